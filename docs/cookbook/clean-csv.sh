#!/usr/bin/env bash
# Clean a CSV file: trim fields, convert ages to numbers, and set doubtful rows aside to be corrected by hand.
set -euo pipefail

# Malformed rows, such as the one with an extra field, go to a file with their line number and the reason.
sluice -i data/contacts.csv --on-error bad-rows.ndjson \
  'map((r) => ({ name: r.name.trim(), email: r.email.trim().toLowerCase(), age: Number(r.age) }))' \
  'map((r) => ({ ...r, ok: !Number.isNaN(r.age) && /^\S+@\S+$/.test(r.email) }))' \
  --tee clean.csv='compose(filter((r) => r.ok), map(({ ok, ...r }) => r))' \
  --tee doubtful.csv='compose(filter((r) => !r.ok), map(({ ok, ...r }) => r))' \
  'tally((r) => r.ok)' 2>&1

head clean.csv doubtful.csv bad-rows.ndjson
