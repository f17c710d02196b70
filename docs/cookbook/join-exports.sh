#!/usr/bin/env bash
# Join two exports: each order gets its customer's name. Orders of unknown customers are kept.
set -euo pipefail

sluice join --kind left --on '(order) => order.customer' --on '(customer) => customer.id' \
  data/orders.csv data/customers.csv \
  'map(([order, customer]) => ({
     order: order.order,
     customer: customer?.name ?? `unknown (${order.customer})`,
     amount: order.amount,
   }))' -t csv
