#!/usr/bin/env bash
# A log split into a compressed file for each status, which is there once it is whole.
set -euo pipefail

sluice -i data/access.log -f lines \
  'map((line) => ({ ip: line.split(" ")[0], status: /" (\d{3}) /.exec(line)[1] }))' \
  -o 'by-status/{status}.csv.gz'

for file in by-status/*; do
  echo "$file $(sluice -i "$file" 'count()')"
done
