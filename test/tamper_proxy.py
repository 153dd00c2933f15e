#!/usr/bin/env python3
"""A proxy that changes one byte of one answer on its way, for tests of who notices.

  tamper_proxy.py URL PATH SCRIPT    runs `python3 SCRIPT log http://127.0.0.1:PORT/ledger` behind it

PATH is below /ledger/, "tile/0/200"; "" changes nothing. Ends as the script ends, or with 3 when PATH was never asked
for.
"""
import http.client
import http.server
import subprocess
import sys
import threading
import urllib.parse

upstream, changed, script = urllib.parse.urlsplit(sys.argv[1]), "/ledger/" + sys.argv[2], sys.argv[3]
asked = set()


class Proxy(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def do_GET(self):
        asked.add(self.path)
        to = http.client.HTTPConnection(upstream.netloc, timeout=30)
        to.request("GET", self.path)
        answer = to.getresponse()
        body = answer.read()
        to.close()
        if self.path == changed:
            body = bytes([body[0] ^ 1]) + body[1:]
        self.send_response(answer.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
threading.Thread(target=server.serve_forever, daemon=True).start()
ended = subprocess.run([sys.executable, "-B", script, "log", f"http://127.0.0.1:{server.server_port}/ledger"])
server.shutdown()
sys.exit(ended.returncode if sys.argv[2] == "" or changed in asked else 3)
