#!/bin/sh
# Makes the benchmark's own virtual environment, where the peers live, and runs the benchmark.
# A peer that cannot be installed is missing from no table: its column says so.
set -eu
BENCH=.venv-bench
PINS=scripts/bench/constraints.txt
PIP="$BENCH/bin/python -m pip install --quiet --require-hashes"
if [ ! -e "$BENCH/.ready" ] || [ "$PINS" -nt "$BENCH/.ready" ]; then
    echo "== setting up $BENCH"
    .venv/bin/python -m venv "$BENCH"
    if $PIP -r "$PINS"; then
        touch "$BENCH/.ready"
    else
        for package in httpx sniffio anyio attrs python-dateutil openai anthropic phaseo; do
            $PIP -c "$PINS" "$package" || echo "not installed: $package"
        done
    fi
fi
echo "== benchmark against raw httpx and peers"
PYTHONPATH=.:generated exec "$BENCH/bin/python" -m scripts.bench ${QUICK:+--quick} --fill "$@"
