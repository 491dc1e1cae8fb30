"""The benchmark beside raw httpx and peers: `make bench`."""
