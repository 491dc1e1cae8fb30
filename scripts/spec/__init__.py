"""The pipeline that turns upstream's published description into our `openapi.yaml`."""
