#!/usr/bin/env bash
# Find the distinct lines among a million, in the order of their first occurrence, without sorting.
set -euo pipefail

seq 1 1000000 | awk '{ print "user-" ($1 * 7919) % 250000 }' > users.txt

# Keys are held in memory: at most a million, unless maxKeys is given.
sluice -i users.txt 'uniq()' -o distinct.txt

head -n 3 distinct.txt
wc -l < distinct.txt | tr -d ' '
