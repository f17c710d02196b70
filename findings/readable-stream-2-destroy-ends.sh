#!/usr/bin/env bash
# readable-stream 2.3.8: a Readable that is destroyed without an error in the middle emits `end`, as if it were complete. So
# Node's own pipeline resolves with a part of the items. From version 3 on it emits `close` only, and the pipeline rejects.
# Prints the events, and how Node's pipeline settles; fails if that changes. Seen on Node 20.20 and 24.22.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true, "type": "module" }' > package.json
npm install --silent --no-audit --no-fund old@npm:readable-stream@2.3.8 new@npm:readable-stream@3.6.2
cat > run.js <<'JS'
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const lines = [];
for (const version of ['old', 'new']) {
  const { Readable } = (await import(version)).default;
  let given = 0;
  const source = new Readable({
    objectMode: true,
    read() {
      setImmediate(() => {
        given += 1;
        if (given === 3) this.destroy();
        else if (given < 3) this.push(given);
      });
    },
  });
  const events = [];
  for (const event of ['end', 'close', 'error']) source.on(event, () => events.push(event));
  const got = [];
  const sink = new Writable({
    objectMode: true,
    write(item, _encoding, done) {
      got.push(item);
      done();
    },
  });
  const waited = new Promise((resolve) => setTimeout(resolve, 500, 'is pending'));
  const run = pipeline(source, sink).then(
    () => 'resolves',
    (error) => `rejects with ${error.code}`,
  );
  const outcome = await Promise.race([run, waited]);
  lines.push(`${version}: events ${events.join(' ') || 'none'}; items ${got}; the pipeline ${outcome}`);
}
console.log(lines.join('\n'));
JS
node run.js | tee seen
diff - seen << 'SEEN'
old: events end; items 1,2; the pipeline resolves
new: events close; items 1,2; the pipeline rejects with ERR_STREAM_PREMATURE_CLOSE
SEEN
