"""A real nginx on loopback with the configuration of docs/nginx/media.conf, in front of a canned application."""

import contextlib
import http.client
import shutil
import subprocess
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.ports import free_port

OURS = Path(__file__).resolve().parents[2] / "docs" / "nginx" / "media.conf"
PACKAGE = "nginx-light"

CONFIGURATION = """
daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        set $private_files {private}/;
        location / {{
            proxy_pass http://127.0.0.1:{application};
        }}
        include {ours};
    }}
}}
"""


def program():
    """The nginx of this machine, if there is one."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


class Canned(BaseHTTPRequestHandler):
    """Answers every request as the application has just answered the test."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        status, headers, body = self.server.answer
        self.send_response_only(status)
        for name, value in headers:
            if name != "Content-Length":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@contextlib.contextmanager
def nginx(private):
    """`ask(answer, path, headers)` gives what a browser gets: status, headers in lower case, bytes."""
    folder = Path(tempfile.mkdtemp(prefix="nginx-"))
    folder.chmod(0o700)
    application = ThreadingHTTPServer(("127.0.0.1", 0), Canned)
    thread = threading.Thread(target=application.serve_forever, daemon=True)
    thread.start()
    port, configuration = free_port(), folder / "nginx.conf"
    configuration.write_text(
        CONFIGURATION.format(folder=folder, port=port, private=private, application=application.server_port, ours=OURS)
    )
    server = subprocess.Popen([program(), "-c", str(configuration), "-e", str(folder / "error.log")], cwd=folder)
    try:
        _until_listening(server, port, folder)

        def ask(answer, path="/", headers=None):
            application.answer = answer
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            with contextlib.closing(connection):
                connection.request("GET", path, headers=headers or {})
                response = connection.getresponse()
                return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()

        yield ask
    finally:
        server.kill()
        server.wait(30)
        application.shutdown()
        application.server_close()
        thread.join()
        shutil.rmtree(folder, ignore_errors=True)


def _until_listening(server, port, folder):
    for _ in range(600):
        if server.poll() is not None:
            raise RuntimeError(f"nginx ended: {(folder / 'error.log').read_text()[-2000:]}")
        with contextlib.suppress(OSError), contextlib.closing(http.client.HTTPConnection("127.0.0.1", port)) as probe:
            probe.connect()
            return
        time.sleep(0.05)
    raise RuntimeError("nginx did not listen")
