#!/usr/bin/env bash
# Packs the package, installs it into an empty folder, and uses it there: from JavaScript, TypeScript and the shell.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
say() { printf -- '-- %s\n' "$1"; }
version_of() { (cd "$root" && node -p "require('./package.json').devDependencies['$1']"); }

say 'pack'
(cd "$root" && npm pack --pack-destination "$work" > "$work/packed.txt" 2> "$work/pack.log") || {
  cat "$work/pack.log" "$work/packed.txt" >&2
  exit 1
}
tarball=$work/$(tail -n 1 "$work/packed.txt")

say 'install into an empty folder'
mkdir "$work/user"
cd "$work/user"
echo '{ "private": true, "type": "module" }' > package.json
npm install --no-audit --no-fund --loglevel=error "$tarball"
test ! -e node_modules/typescript

say 'what it holds'
cat > "$work/contents.mjs" <<'JS'
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = process.argv[2];
const top = readdirSync(root).sort();
assert.deepEqual(top, ['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'docs', 'lib', 'package.json']);
assert.deepEqual(readdirSync(join(root, 'dist')).sort(), ['lib', 'sluice.1']);
const maps = readdirSync(join(root, 'dist/lib'), { recursive: true }).filter((path) => path.endsWith('.map'));
assert.ok(maps.length > 0);
for (const map of maps) {
  const path = join(root, 'dist/lib', map);
  for (const source of JSON.parse(readFileSync(path, 'utf8')).sources) {
    assert.ok(existsSync(join(dirname(path), source)), `${map} names ${source}, which the package lacks`);
  }
}
JS
node "$work/contents.mjs" node_modules/sluice

say 'JavaScript, with no other package at hand'
mkdir -p "$work/alone/node_modules"
cp -R node_modules/sluice "$work/alone/node_modules/"
cat > "$work/alone/use.mjs" <<'JS'
import assert from 'node:assert/strict';
import { pipeline as nodePipeline } from 'node:stream/promises';
import { filter, map, pipeline, range, toArray } from 'sluice';

const even = (x) => x % 2 === 0;
assert.deepEqual(await pipeline(range(0, 5), map((x) => x * x), filter(even), toArray()), [0, 4, 16]);

const seen = [];
await nodePipeline([1, 2, 3], map((x) => x + 1), async (items) => {
  for await (const item of items) seen.push(item);
});
assert.deepEqual(seen, [2, 3, 4]);
await assert.rejects(import('sluice/dist/lib/index.js'), { code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' });
JS
node "$work/alone/use.mjs"

say 'the conformance suites, by another runner'
cat > "$work/alone/upper.test.mjs" <<'JS'
import { describe, test } from 'node:test';
import { map } from 'sluice';
import { stageConformance } from 'sluice/testing';

const make = () => map((text) => text.toUpperCase());
describe('upper', () => {
  for (const { name, run } of stageConformance(make, { input: ['a', 'b', 'c'], expected: ['A', 'B', 'C'] }))
    test(name, run);
});
JS
node --test "$work/alone/upper.test.mjs" > "$work/suite.txt" || {
  cat "$work/suite.txt" >&2
  exit 1
}

say 'TypeScript, strict'
npm install --no-audit --no-fund --loglevel=error \
  "typescript@$(version_of typescript)" "@types/node@$(version_of @types/node)"
cat > tsconfig.json <<'JSON'
{
  "compilerOptions": {
    "target": "es2022",
    "module": "nodenext",
    "types": ["node"],
    "strict": true,
    "exactOptionalPropertyTypes": true,
    "noUncheckedIndexedAccess": true,
    "skipLibCheck": false
  },
  "files": ["use.ts"]
}
JSON
cat > use.ts <<'TS'
import assert from 'node:assert/strict';
import { broadcast, compose, filter, map, pipeline, range, reduce, toArray } from 'sluice';
import { type Check, sinkConformance } from 'sluice/testing';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

const texts = await pipeline(range(0, 2), map((x) => x + 1), map((x) => ({ text: x.toFixed(1) })), toArray());
const textsType: Same<typeof texts, { text: string }[]> = true;
assert.deepEqual([texts, textsType], [[{ text: '1.0' }, { text: '2.0' }], true]);

const both = await pipeline(
  range(0, 6),
  map((x) => x * x),
  broadcast(
    reduce((sum: number, x: number) => sum + x, 0),
    compose(filter((x: number) => x % 2 === 0), toArray()),
  ),
);
const bothType: Same<typeof both, [number, number[]]> = true;
assert.deepEqual([both, bothType], [[55, [0, 4, 16]], true]);

const checks: Check[] = sinkConformance(() => toArray<number>(), { input: [1, 2, 3], result: [1, 2, 3], empty: [] });
for (const { run } of checks) await run();

// @ts-expect-error a stage of strings does not follow a source of numbers
const wrong = () => pipeline(range(0, 3), map((x: string) => x.length), toArray());
assert.equal(typeof wrong, 'function');
TS
node_modules/.bin/tsc -p .
node use.js

say 'the command'
got=$(printf '{"a":1}\n{"a":2}\n' | npx --no sluice 'map(r => r.a * 2)')
test "$got" = $'2\n4' || {
  printf 'expected 2 and 4, got:\n%s\n' "$got" >&2
  exit 1
}
echo 'the package works'
