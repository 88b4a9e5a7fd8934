#!/bin/sh
# The command `airlock` of the packages, with the Node that they bring.
exec /usr/lib/airlock/node/bin/node /usr/lib/airlock/out/cli/airlock.js "$@"
