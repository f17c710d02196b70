#!/usr/bin/env bash
# List what has changed between two exports of one table: rows added, removed and changed.
set -euo pipefail

sluice join --kind outer --on sku data/prices-old.csv data/prices-new.csv \
  'filter(([old, now]) => old?.price !== now?.price)' \
  'map(([old, now]) => ({
     sku: (old ?? now).sku,
     change: !old ? "added" : !now ? "removed" : "changed",
     from: old?.price ?? "",
     to: now?.price ?? "",
   }))' -t csv
