#!/usr/bin/env bash
# The logs of several servers as one, in order of time.
set -euo pipefail

sluice -i data/db.ndjson -i data/web-1.ndjson -i data/web-2.ndjson --merge-by time \
  'map(({ time, host, msg }) => `${time.slice(11, 19)} ${host} ${msg}`)' -t lines
