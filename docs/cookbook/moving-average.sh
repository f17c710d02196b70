#!/usr/bin/env bash
# Compute the average temperature of every seven days in a row, and find the warmest such week.
set -euo pipefail

sluice -i data/seattle-weather.ndjson.gz \
  'window(7)' \
  'filter((days) => days.length === 7)' \
  'map((days) => ({
     from: days[0].date,
     to: days[6].date,
     average: Number((days.reduce((sum, day) => sum + day.tempMax, 0) / 7).toFixed(2)),
   }))' \
  'top(1, (week) => week.average)' -t csv
