#!/bin/sh
# Makes the benchmark's own virtual environment, where the peers live, and runs the benchmark.
set -eu
BENCH=.venv-bench
PINS=scripts/bench/constraints.txt
LOCKED='--no-deps --only-binary :all: --require-hashes'
if [ ! -e "$BENCH/.ready" ] || [ "$PINS" -nt "$BENCH/.ready" ]; then
    echo "== making $BENCH"
    .venv/bin/python -m venv "$BENCH"
    echo "== installing $(grep -c '==' "$PINS") packages into it"
    "$BENCH/bin/python" -m pip install --quiet $LOCKED -r "$PINS"
    touch "$BENCH/.ready"
fi
echo "== benchmark against raw httpx and peers"
PYTHONPATH=.:generated exec "$BENCH/bin/python" -m scripts.bench ${QUICK:+--quick} --fill "$@"
