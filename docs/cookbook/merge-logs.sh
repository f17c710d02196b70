#!/usr/bin/env bash
# Merge the logs of several servers into one, ordered by time.
set -euo pipefail

sluice -i data/db.ndjson -i data/web-1.ndjson -i data/web-2.ndjson --merge-by time \
  'map(({ time, host, msg }) => `${time.slice(11, 19)} ${host} ${msg}`)' -t lines
