#!/usr/bin/env bash
# The distinct lines of a million, in the order they first came, without sorting.
set -euo pipefail

seq 1 1000000 | awk '{ print "user-" ($1 * 7919) % 250000 }' > users.txt

# Keys are held in memory, at most a million of them unless maxKeys says otherwise.
sluice -i users.txt 'uniq()' -o distinct.txt

head -n 3 distinct.txt
wc -l < distinct.txt | tr -d ' '
