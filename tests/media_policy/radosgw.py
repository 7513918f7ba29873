"""A real object store for tests: Ceph's gateway on loopback, all in memory, in a folder of its own.

It checks signatures as Amazon's does, which in-process doubles do not. Run as a program it serves until it is stopped:
`python -m tests.media_policy.radosgw`.
"""

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

from tests.ports import free_port

PROGRAMS = ("ceph-mon", "ceph-osd", "ceph-authtool", "monmaptool", "radosgw", "radosgw-admin")
PACKAGES = "radosgw ceph-mon ceph-osd ceph-common"
_PATIENCE = 120
_TRIES = 8
OSD_PORTS = 21

CONFIGURATION = """
[global]
fsid = {fsid}
mon_host = v1:127.0.0.1:{mon_port}
mon_initial_members = a
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
ms_bind_msgr2 = false
ms_bind_port_min = {osd_port}
ms_bind_port_max = {osd_port_max}
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
auth_allow_insecure_global_id_reclaim = true
osd_objectstore = memstore
memstore_device_bytes = 1073741824
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 1
osd_pool_default_pgp_num = 1
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_data = {folder}/mon
osd_data = {folder}/osd
keyring = {folder}/keyring
run_dir = {folder}
admin_socket = {folder}/$name.asok
pid_file = {folder}/$name.pid
log_file = {folder}/$name.log
mon_cluster_log_file = {folder}/cluster.log
crash_dir = {folder}
rgw_data = {folder}/rgw
rgw_frontends = beast endpoint=127.0.0.1:{port}
rgw_thread_pool_size = 16
rgw_enable_usage_log = false
rgw_lc_debug_interval = 0
rgw_enable_ops_log = false
"""


class Fallen(RuntimeError):
    """A program ended while it was waited for."""


def missing():
    """The programs that are not installed here."""
    return [name for name in PROGRAMS if shutil.which(name) is None]


class Gateway:
    """One monitor, one store in memory, one gateway; `endpoint`, `access_key` and `secret_key` say how to reach it."""

    def __init__(self):
        # Not below pytest's folder: the sockets' paths must stay under a hundred characters.
        self.folder = Path(tempfile.mkdtemp(prefix="rgw-"))
        self.access_key, self.secret_key = secrets.token_hex(10), secrets.token_hex(20)
        self.port, mon_port, osd_port = free_port(), free_port(), free_port(OSD_PORTS)
        self._cluster, self._store = str(uuid.uuid4()), str(uuid.uuid4())
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self.configuration = self.folder / "ceph.conf"
        self.configuration.write_text(
            CONFIGURATION.format(
                fsid=self._cluster,
                mon_port=mon_port,
                osd_port=osd_port,
                osd_port_max=osd_port + OSD_PORTS - 1,
                folder=self.folder,
                port=self.port,
            )
        )
        self._mon_port = mon_port
        self._processes = []

    def start(self):
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def _start(self):
        for name in ("mon", "osd", "rgw"):
            (self.folder / name).mkdir()
        keyring, monmap = self.folder / "keyring", self.folder / "monmap"
        self._run("ceph-authtool", "--create-keyring", keyring, "--gen-key", "-n", "mon.", "--cap", "mon", "allow *")
        address = f"[v1:127.0.0.1:{self._mon_port}]"
        self._run("monmaptool", "--create", "--fsid", self._cluster, "--addv", "a", address, monmap)
        self._run("ceph-mon", "-i", "a", "--mkfs", "--monmap", monmap)
        self._spawn("ceph-mon", "-i", "a", "-f")
        self._until(
            lambda: self._call("ceph", "--connect-timeout", "5", "osd", "new", self._store, "0").returncode == 0
        )
        self._run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", self._store)
        self._spawn_store()
        keys = (f"--access-key={self.access_key}", f"--secret-key={self.secret_key}")
        self._run("radosgw-admin", "user", "create", "--uid=tests", "--display-name=tests", *keys)
        self._spawn("radosgw", "-n", "client.rgw", "-f")
        self._until(self._answers)

    def _spawn_store(self):
        """On a busy machine the store may speak to the monitor before it knows whose it is, and gives up: once more."""
        for tries_left in reversed(range(_TRIES)):
            self._spawn("ceph-osd", "-i", "0", "-f")
            try:
                self._until(lambda: "1 up" in self._call("ceph", "--connect-timeout", "5", "osd", "stat").stdout)
            except Fallen:
                if not tries_left:
                    raise
                self._processes.pop().wait()
            else:
                return

    def stop(self):
        for process in reversed(self._processes):
            process.send_signal(signal.SIGKILL)  # all is in memory: there is nothing to put in order
            process.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _call(self, program, *arguments):
        line = [program, *(str(argument) for argument in arguments)]
        return subprocess.run(
            line, capture_output=True, text=True, timeout=_PATIENCE, env=self._environment(), check=False
        )

    def _run(self, program, *arguments):
        done = self._call(program, *arguments)
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr[-800:]}")

    def _spawn(self, program, *arguments):
        line = [program, *arguments]
        with (self.folder / f"{program}.out").open("wb") as log:
            self._processes.append(subprocess.Popen(line, stdout=log, stderr=log, env=self._environment()))

    def _environment(self):
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "LC_ALL": "C",
            "CEPH_CONF": str(self.configuration),
        }

    def _until(self, ready):
        deadline = time.monotonic() + _PATIENCE
        while not ready():
            fallen = [process.args[0] for process in self._processes if process.poll() is not None]
            if fallen or time.monotonic() > deadline:
                kind = Fallen if fallen else RuntimeError
                logs = "\n".join(path.read_text(errors="replace")[-1500:] for path in self.folder.glob("*.out"))
                raise kind(f"the object store did not come up ({fallen}): {logs}")
            time.sleep(0.2)

    def _answers(self):
        try:
            with urllib.request.urlopen(self.endpoint, timeout=2) as answer:
                return answer.status == 200
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False


if __name__ == "__main__":
    gateway = Gateway().start()
    print(f"{gateway.endpoint} {gateway.access_key} {gateway.secret_key}", flush=True)
    try:
        signal.pause()
    finally:
        gateway.stop()
