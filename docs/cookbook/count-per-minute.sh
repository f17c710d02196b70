#!/usr/bin/env bash
# Requests per minute, and how many of them failed, of an nginx access log.
set -euo pipefail

# The result of a sink is one item: a JSON array here, whose elements the second command reads.
sluice -i data/access.log -f lines \
  'map((line) => /\[([^:]+:\d+:\d+).*?" (\d{3}) /.exec(line))' \
  'reduce((minutes, [, minute, status]) => {
     const one = (minutes[minute] ??= { minute, requests: 0, failed: 0 });
     one.requests += 1;
     if (status >= 500) one.failed += 1;
     return minutes;
   }, {})' |
  sluice 'flatMap((minutes) => Object.values(minutes))' -t table
