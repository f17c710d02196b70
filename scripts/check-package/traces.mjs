/** Frames of traces name the sources of the repository, whose folder is the argument. Runs beside the installed package. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { buffer, flatMap, map, pipeline, range, take, toArray } from 'sluice';

const repository = process.argv[2];

/** The frames of an error: what was called, in which file, on which line. */
function framesOf({ stack }) {
  const frames = [
    ...stack.matchAll(/^ +at (?:async )?(.*?) \(?(?:file:\/\/)?(\/.*?):(\d+):\d+\)?$/gm),
  ];
  return frames.map(([, name, path, line]) => ({ name, path, line: Number(line) }));
}

/** Of those in the package: the last part of each name stands in the file, and its line holds code, not a comment. */
function check(frames) {
  for (const { name, path, line } of frames) {
    const [, file] = /node_modules\/sluice\/(lib\/.*\.ts)$/.exec(path) ?? [];
    assert.ok(file, `${name} is at ${path}`);
    const text = readFileSync(`${repository}/${file}`, 'utf8');
    assert.match(text.split('\n')[line - 1], /[(.]|throw/, `${file}:${line}`);
    assert.ok(
      name === '<anonymous>' || text.includes(name.split('.').at(-1)),
      `${name} in ${file}`,
    );
  }
}

const errorOf = (run) => pipeline(...run).then(assert.fail, (error) => error);
function ofTheUser() {
  throw new Error('mine');
}
const { cause } = await errorOf([range(0, 3), map(ofTheUser), toArray()]);
const [first, ...rest] = framesOf(cause);
assert.equal(first.name, 'ofTheUser');
assert.match(first.path, /traces\.mjs$/);
check(rest.filter(({ path }) => path.includes('/sluice/')));
// A private method, too, is told by its name.
assert.match(rest[0].name, /^\w+\.#\w{4,}$/);
assert.match(rest[0].path, /\/sluice\/lib\/core\//);

const inside = framesOf((await errorOf([range(0, 3), flatMap(() => 5), toArray()])).cause);
check(inside.filter(({ path }) => path.includes('/sluice/')));
assert.match(inside[0].path, /\/sluice\/lib\/core\//);

for (const stage of [() => take(-1), () => buffer({ size: -1 })]) {
  assert.throws(stage, (error) => {
    const frames = framesOf(error).filter(({ path }) => path.includes('/sluice/'));
    check(frames);
    return frames.some(({ path }) => /lib\/operators\/.*(take|buffer)\.ts$/.test(path));
  });
}
