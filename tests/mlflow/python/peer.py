"""
The Python client as a service for the tests, since starting it takes seconds. Prints its port, then answers
`POST / {"call": <function>, "with": {<arguments>}}` with `{"result": …}` or `{"error": …}`, one at a time, until its standard
input ends.
"""

import json
import logging
import os
import sys
import threading
import traceback
from http.server import BaseHTTPRequestHandler, HTTPServer

import reading
import writing

CALLS = {
    name: function
    for module in (reading, writing)
    for name, function in vars(module).items()
    if callable(function) and getattr(function, "__module__", "") == module.__name__
}


def answer(text):
    try:
        request = json.loads(text)
        return {"result": CALLS[request["call"]](**request["with"])}
    except Exception:
        return {"error": traceback.format_exc()}


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        text = self.rfile.read(int(self.headers["Content-Length"]))
        body = json.dumps(answer(text)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def end_with_parent():
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    logging.getLogger("mlflow").setLevel(logging.ERROR)
    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=end_with_parent, daemon=True).start()
    print(server.server_port, flush=True)
    server.serve_forever()
