"""Side-by-side benchmark of this client with raw httpx and its peers; see docs/benchmarks.md."""
