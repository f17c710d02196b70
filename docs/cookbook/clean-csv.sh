#!/usr/bin/env bash
# A CSV file cleaned: fields trimmed, ages as numbers, and what makes no sense set aside for whoever has to mend it.
set -euo pipefail

# Rows that are no CSV, such as the one with a field too many, go to a file with their line and the reason.
sluice -i data/contacts.csv --on-error bad-rows.ndjson \
  'map((r) => ({ name: r.name.trim(), email: r.email.trim().toLowerCase(), age: Number(r.age) }))' \
  'map((r) => ({ ...r, ok: !Number.isNaN(r.age) && /^\S+@\S+$/.test(r.email) }))' \
  --tee clean.csv='compose(filter((r) => r.ok), map(({ ok, ...r }) => r))' \
  --tee doubtful.csv='compose(filter((r) => !r.ok), map(({ ok, ...r }) => r))' \
  'tally((r) => r.ok)' 2>&1

head clean.csv doubtful.csv bad-rows.ndjson
