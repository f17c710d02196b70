#!/usr/bin/env bash
# Split a log into one compressed file per status; each file appears only once it is complete.
set -euo pipefail

sluice -i data/access.log -f lines \
  'map((line) => ({ ip: line.split(" ")[0], status: /" (\d{3}) /.exec(line)[1] }))' \
  -o 'by-status/{status}.csv.gz'

for file in by-status/*; do
  echo "$file $(sluice -i "$file" 'count()')"
done
