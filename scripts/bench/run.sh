#!/bin/sh
# Makes the benchmark's own virtual environment, where the peers live, and runs the benchmark.
# A peer that cannot be installed is missing from no table: its column says so.
set -eu
BENCH=.venv-bench
if [ ! -e "$BENCH/.ready" ] || [ scripts/bench/constraints.txt -nt "$BENCH/.ready" ]; then
    echo "== setting up $BENCH"
    .venv/bin/python -m venv "$BENCH"
    "$BENCH/bin/python" -m pip install --quiet --require-hashes -r scripts/bench/constraints.txt
    touch "$BENCH/.ready"
fi
echo "== benchmark against raw httpx and peers"
PYTHONPATH=.:generated exec "$BENCH/bin/python" -m scripts.bench ${QUICK:+--quick} --fill "$@"
