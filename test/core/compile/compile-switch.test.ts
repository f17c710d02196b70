import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';

const ITEMS = 5000;
const lib = (path: string): string => new URL(`../../../lib/${path}`, import.meta.url).href;

/** The item at which generated code first called the callback, and the outcome of the run. */
const script = `
  import { pipeline, range, map, filter, flatMap, scan, tap, take, drain, toArray } from '${lib('index.js')}';
  let first;
  const look = (x) => {
    first ??= new Error('who called?').stack.includes('sluice:segment-') ? x : undefined;
  };
  await pipeline(range(0, ${ITEMS}), tap(look), drain());
  const items = await pipeline(
    range(0, ${ITEMS}), map((x) => x + 1), filter((x) => x % 3), flatMap((x) => [x, -x]),
    scan((sum, x) => sum + x, 0), map(async (x) => x), take(500), toArray(),
  );
  const broken = () => { throw new Error('broken on purpose'); };
  const fails = map((x) => (x === 4500 ? broken() : x), { name: 'fails' });
  const error = await pipeline(range(0, ${ITEMS}), fails, toArray()).catch((error) => error);
  const { stage, index, item, message } = error;
  console.log(JSON.stringify({ first, outcome: { items, stage, index, item, message } }));
`;

interface Told {
  readonly first?: number;
  readonly outcome: unknown;
}

async function told(setting: string | undefined, flags: readonly string[] = []): Promise<Told> {
  const { SLUICE_COMPILE: _, ...env } = process.env;
  const args = [...flags, '--input-type=module', '--eval', script];
  const own = setting === undefined ? env : { ...env, SLUICE_COMPILE: setting };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { env: own });
  expect(stderr).to.equal('');
  return JSON.parse(stdout) as Told;
}

describe('SLUICE_COMPILE', () => {
  let plain: Told;
  before(async () => {
    plain = await told('0');
  });

  it('0 has no code generated', () => {
    expect(plain.first).to.equal(undefined);
    expect(plain.outcome).to.deep.include({ index: 4500, item: 4500 });
  });

  it('1 has all of a segment compiled, with the same results', async () => {
    expect(await told('1')).to.deep.equal({ ...plain, first: 0 });
  });

  /** Waiting counts as an item, and a time slice may end on the way. */
  const expectCompiled = ({ first, outcome }: Told, at: number) => {
    expect(first).to.be.within(at - 32, at);
    expect(outcome).to.deep.equal(plain.outcome);
  };

  it('n has a segment compiled by its nth item', async () => {
    expectCompiled(await told('100'), 99);
  });

  it('that is not set has a segment compiled by its 64th item', async () => {
    expectCompiled(await told(undefined), 63);
  });

  for (const setting of ['', 'true', '-1', '1.5', 'Infinity']) {
    it(`${JSON.stringify(setting)}, which is no such number, is as good as not set`, async () => {
      expectCompiled(await told(setting), 63);
    });
  }

  it('makes no difference where no code may be generated', async () => {
    const forbidden = ['--disallow-code-generation-from-strings'];
    for (const setting of [undefined, '1']) {
      expect(await told(setting, forbidden)).to.deep.equal(plain);
    }
  });
});
