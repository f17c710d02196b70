import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import * as sluice from '../lib/index.js';
import { optionRows, type Row } from './helpers/option-rows.js';

/** The error that a call throws, or that its promise rejects with. */
const refusalOf = async ({ call }: Row, options: object): Promise<unknown> => {
  try {
    await call(options);
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('options', () => {
  for (const [what, { call, all }] of Object.entries(optionRows)) {
    const who = what === 'Hub.join' ? 'hub' : what;

    it(`of ${what} that are misspelt are refused at the call, by name`, async () => {
      for (const [option, value] of Object.entries(all)) {
        const misspelt = { ...all, [`${option}s`]: value };
        const error = await refusalOf({ call, all }, misspelt);
        expect(error).to.be.instanceOf(sluice.ArgumentError);
        const { message } = error as Error;
        expect(message.startsWith(`${who}: unknown option ${option}s; known are `)).to.equal(true);
        const known = message.slice(message.indexOf('are ') + 4).split(', ');
        expect(known).to.have.members(Object.keys(all));
      }
    });

    it(`of ${what} are all known`, async () => {
      expect(await refusalOf({ call, all }, all)).to.equal(undefined);
    });
  }

  it('onError and retry are taken by those that the guide names, and by no other', () => {
    const policed = Object.entries(optionRows).filter(([, { all }]) => 'retry' in all);
    const guide = readFileSync('docs/guide.md', 'utf8');
    const list = /^Every callback that is called once.*?`onError: 'skip'`/ms.exec(guide)?.[0];
    const named = [...(list ?? '').matchAll(/`(\w+)`/g)].map(([, word]) => word);
    const operators = named.filter(
      (word) => word !== 'onError' && word !== 'retry' && word !== 'concurrency',
    );
    expect(guide).to.include('`generate` takes both');
    expect(policed.map(([who]) => who)).to.have.members([...operators, 'generate']);
  });

  it('of everything in the package that takes any are among these', () => {
    const without = new Set(['compose', 'stats']);
    const takers = Object.entries(sluice)
      .filter(([, value]) => !/^class\b/.test(String(value)))
      .map(([exported]) => exported)
      .filter((exported) => !without.has(exported));
    expect(Object.keys(optionRows)).to.include.members(takers);
  });
});
