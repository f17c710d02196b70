// Group clicks into sessions: clicks of one user with less than half an hour between them.
import { createReadStream } from 'node:fs';
import { forEach, parseNdjson, pipeline, sort } from 'sluice';

const GAP_MS = 30 * 60 * 1000;

/** A custom stage: an async generator function. */
async function* sessions(clicks) {
  let session;
  for await (const { user, at, page } of clicks) {
    const time = Date.parse(at);
    if (session?.user === user && time - session.last < GAP_MS) {
      session.last = time;
      session.pages.push(page);
      continue;
    }
    if (session) yield session;
    session = { user, start: at, last: time, pages: [page] };
  }
  if (session) yield session;
}

await pipeline(
  createReadStream('data/clicks.ndjson'),
  parseNdjson(),
  sort({ by: (click) => [click.user, click.at] }),
  sessions,
  forEach(({ user, start, pages }) => console.log(user, start, pages.join(' '))),
);
