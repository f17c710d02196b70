#!/usr/bin/env bash
# Compress all large logs below a folder, also when file names contain spaces, quotes or line breaks.
set -euo pipefail

mkdir -p logs/old
seq 1 5000 > 'logs/app server.log'
seq 1 9000 > "logs/old/it's.log"
echo small > logs/small.log

find logs -name '*.log' -print0 |
  sluice -f nul 'filter(async (path) => (await import("node:fs/promises")).stat(path).then(({ size }) => size > 10_000))' \
    'sort()' -t nul |
  xargs -0 gzip

find logs -type f | sort
