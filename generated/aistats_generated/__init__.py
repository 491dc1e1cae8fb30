"""What the gateway speaks, made from openapi.yaml: models, and the pure halves of every operation."""
