"""Receive the gateway's webhooks: run it behind https and name its address in the settings."""

import os
from http.server import BaseHTTPRequestHandler, HTTPServer

from aistats import AIStats, WebhookVerificationError
from aistats.webhooks import verify

client, secret, seen = AIStats(), os.environ["AI_STATS_WEBHOOK_SECRET"], set[str]()


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            event = verify(body, self.headers, secret)
        except WebhookVerificationError as error:
            return self.send_error(400, str(error))
        self.send_response(204)  # at once: after 30 s the gateway would send it again
        self.end_headers()
        if event.id not in seen and event.job.succeeded:
            client.videos.download(event.job.id, f"{event.job.id}.mp4", overwrite=True)
            print(f"saved {event.job.id}.mp4", flush=True)
        return seen.add(event.id)  # every event may come four times


HTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8000"))), Receiver).serve_forever()
