"""Started as a program of its own: takes memory, time and disk away from itself, then becomes the one it is to run.

python -I -S confined.py <memory> <cpu seconds> <file bytes> <program> <argument> …
"""

import os
import resource
import sys

_DIE_WITH_PARENT = 1


def _limit(what: int, most: int) -> None:
    _soft, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, most))


def _die_with_parent() -> None:
    """A worker that is killed leaves nobody at work behind it; only Linux knows how."""
    try:
        import ctypes
        import signal

        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, int(signal.SIGKILL))
    except (AttributeError, OSError):
        return


def main(arguments: list[str]) -> None:
    memory, seconds, disk = (int(value) for value in arguments[:3])
    _die_with_parent()
    os.umask(0o077)
    for what, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, disk)):
        _limit(what, most)
    # macOS refuses to limit address space; time and disk are held there all the same.
    if sys.platform == "linux":
        _limit(resource.RLIMIT_AS, memory)
    os.execv(arguments[3], arguments[3:])  # noqa: S606


if __name__ == "__main__":
    main(sys.argv[1:])
