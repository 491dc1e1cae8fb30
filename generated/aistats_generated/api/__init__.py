"""One package per room of the gateway, one module per operation."""
