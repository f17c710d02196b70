#!/usr/bin/env bash
# Count the requests per minute in an nginx access log, and how many of them failed.
set -euo pipefail

# The result of a sink is one item: here an object, whose values the second command turns into rows.
sluice -i data/access.log -f lines \
  'map((line) => /\[([^:]+:\d+:\d+).*?" (\d{3}) /.exec(line))' \
  'reduce((minutes, [, minute, status]) => {
     const one = (minutes[minute] ??= { minute, requests: 0, failed: 0 });
     one.requests += 1;
     if (status >= 500) one.failed += 1;
     return minutes;
   }, {})' |
  sluice 'flatMap((minutes) => Object.values(minutes))' -t table
