#!/usr/bin/env bash
# Two exports joined: each order with its customer's name, orders of unknown customers too.
set -euo pipefail

sluice join --kind left --on '(order) => order.customer' --on '(customer) => customer.id' \
  data/orders.csv data/customers.csv \
  'map(([order, customer]) => ({
     order: order.order,
     customer: customer?.name ?? `unknown (${order.customer})`,
     amount: order.amount,
   }))' -t csv
