#!/usr/bin/env bash
# Convert the response of an API to flat CSV: an array deep inside a JSON document of any size.
set -euo pipefail

sluice -i data/repositories.json -f json:path=data.items \
  'map(({ name, owner, topics, stars }) => ({ name, owner: owner.login, topics: topics.join(" "), stars }))' \
  'sort({ by: (r) => r.stars, descending: true })' -t csv
