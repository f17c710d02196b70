#!/usr/bin/env bash
# The answer of an API, an array deep inside a JSON document of any size, as flat CSV.
set -euo pipefail

sluice -i data/repositories.json -f json:path=data.items \
  'map(({ name, owner, topics, stars }) => ({ name, owner: owner.login, topics: topics.join(" "), stars }))' \
  'sort({ by: (r) => r.stars, descending: true })' -t csv
