#!/usr/bin/env bash
# Sort a file that may be larger than memory: by number, descending, then by name.
set -euo pipefail

seq 1 50000 | awk 'BEGIN { print "name,score" } { print "item-" $1 "," ($1 * 7919) % 1000 }' > scores.csv

# Arrays are compared item by item, and negating a number reverses its order. At most 4 MiB are held in memory.
sluice -i scores.csv -f csv:types \
  'sort({ by: (r) => [-r.score, r.name], maxBytes: 4 * 1024 * 1024 })' -o sorted.csv.gz

sluice -i sorted.csv.gz 'take(3)' -t csv
