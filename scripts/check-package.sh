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

say 'how large it is'
mkdir "$work/unpacked"
tar -xzf "$tarball" -C "$work/unpacked"
files=$(find "$work/unpacked" -type f | wc -l)
unpacked=$(find "$work/unpacked" -type f -exec cat {} + | wc -c)
printf '%d files, %d bytes unpacked, %d bytes packed\n' "$files" "$unpacked" "$(wc -c < "$tarball")"
test "$files" -le 150
test "$unpacked" -le 1200000

say 'install into an empty folder'
mkdir "$work/user"
cd "$work/user"
echo '{ "private": true, "type": "module" }' > package.json
npm install --no-audit --no-fund --loglevel=error "$tarball"
test ! -e node_modules/typescript

say 'what it holds'
node "$root/scripts/check-package/contents.mjs" node_modules/sluice "$root"

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

say 'CommonJS'
cat > "$work/alone/use.cjs" <<'JS'
const assert = require('node:assert/strict');
const { map, pipeline, range, toArray } = require('sluice');
const { stageConformance } = require('sluice/testing');

pipeline(range(0, 2), map((x) => x + 1), toArray()).then(async (items) => {
  assert.deepEqual(items, [1, 2]);
  assert.equal((await import('sluice')).map, map);
  assert.equal(typeof stageConformance, 'function');
});
JS
node "$work/alone/use.cjs"

say 'stack traces lead to the sources'
cp "$root/scripts/check-package/traces.mjs" "$work/alone/"
node --enable-source-maps "$work/alone/traces.mjs" "$root"
echo "import { take } from 'sluice'; take(-1);" > "$work/alone/fatal.mjs"
node --enable-source-maps "$work/alone/fatal.mjs" 2> "$work/fatal.txt" && exit 1
grep -q 'throw new ArgumentError' "$work/fatal.txt" || {
  cat "$work/fatal.txt" >&2
  exit 1
}

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
for way in 'node16 node16' 'esnext bundler' 'preserve bundler'; do
  read -r module resolution <<< "$way"
  node_modules/.bin/tsc -p . --noEmit --module "$module" --moduleResolution "$resolution"
done
cat > use.cts <<'TS'
import { map, Stage } from 'sluice';
import { stageConformance } from 'sluice/testing';

const stage: Stage<number, string> = map((x: number) => x.toFixed());
// The suites take what the package makes: a class of one is the class of the other.
export const checks = stageConformance(() => stage, { input: [1], expected: ['1'] });
// @ts-expect-error streams are made by functions
export const made = new Stage();
TS
node_modules/.bin/tsc --ignoreConfig --noEmit --strict --module nodenext --target es2022 --types node use.cts

say 'the command'
got=$(printf '{"a":1}\n{"a":2}\n' | npx --no sluice 'map(r => r.a * 2)')
test "$got" = $'2\n4' || {
  printf 'expected 2 and 4, got:\n%s\n' "$got" >&2
  exit 1
}
test "$(npx --no -- sluice --version)" = "$(node -p "require('sluice/package.json').version")"

say 'the manual page'
npx --no -- sluice --man | diff - "node_modules/sluice/$(node -p "require('sluice/package.json').man")"
head -n 5 node_modules/sluice/dist/sluice.1 | grep -q '^\.TH'
echo 'the package works'
