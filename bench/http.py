"""A gunicorn on loopback and the plainest client: one connection, one request after another."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def served(database: str) -> Iterator[int]:
    """The product and the floor in one process, as behind a web server that hands out files; its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {**os.environ, "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "bench.settings"}
    env["X_ACCEL_PREFIX"] = "/_private"
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    command += ["--worker-class", "gthread", "--threads", "1", "--keep-alive", "30", "--log-level", "error"]
    process = subprocess.Popen([*command, "config.wsgi"], env=env)
    try:
        for _ in range(200):
            if process.poll() is not None:
                raise SystemExit("The server did not start.")
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


class Client:
    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def seconds(self, path: str, cookie: str, *, expect: str = "", header: str = "") -> float:
        """Seconds of one request; a wrong answer is an error and not a measurement."""
        began = time.perf_counter()
        self.connection.request("GET", path, headers={"Cookie": f"learninglog={cookie}", "Host": "localhost"})
        answer = self.connection.getresponse()
        body = answer.read()
        took = time.perf_counter() - began
        if answer.status != 200 or expect.encode() not in body or (header and not answer.getheader(header)):
            raise SystemExit(f"{path} answered {answer.status} with {len(body)} bytes.")
        return took
