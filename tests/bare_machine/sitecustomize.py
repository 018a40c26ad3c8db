"""Takes away from Python, as it starts, what it has on POSIX systems and has not on Windows.

It stands for a Windows machine where there is none; it is no Windows. What it takes away:

- the modules ``fcntl``, ``grp``, ``pwd``, ``pty``, ``resource``, ``syslog``, ``termios`` and
  ``tty``, for whoever imports them from now on;
- the names of ``os``, ``signal``, ``select`` and ``socket`` below (``GONE``): users and groups,
  forking, flags of ``open``, signals but for those of C, ``epoll``, and sockets with a path;
- the time zones of the system, for which Python then asks the package tzdata.

What it makes behave as there:

- a folder cannot be opened;
- a file that any process has open cannot be renamed, replaced or removed, nor a folder in which one
  is; no name can be given by ``os.rename`` that is taken;
- a process is born with no open file but its standard streams, and none of these is a socket;
- a pair of sockets is one of TCP on this machine;
- sockets have ``share`` and ``fromshare``, which hand one over to a process by its number. They are
  stood in for by what POSIX has for it;
- files are written and read as text with an encoding that is named, by docgen at least.

What it leaves: ``sys.platform`` and ``os.name``, paths with slashes, the file system with its case
and its names, and the standard library, filelock and platformdirs as they are on this system; those
that would ask for what is gone are imported before.
"""

import array
import errno
import importlib.abc
import os
import signal
import socket
import stat
import sys
import threading
import warnings
from pathlib import Path

os.supports_dir_fd.clear()
os.supports_fd.discard(os.listdir)
os.supports_fd.discard(os.scandir)
os.supports_follow_symlinks.discard(os.chmod)

import asyncio  # noqa: F401
import concurrent.futures.process  # noqa: F401
import select
import shutil
import sqlite3  # noqa: F401
import ssl  # noqa: F401
import subprocess
import tempfile

import filelock  # noqa: F401
import platformdirs

platformdirs.user_cache_path("docgen")
shutil._use_fd_functions = False  # type: ignore[attr-defined]

MODULES = ("fcntl", "grp", "pwd", "pty", "resource", "syslog", "termios", "tty")
GONE = {
    os: (
        *("getuid", "geteuid", "getgid", "getegid", "getgroups", "getresuid", "getresgid"),
        *("setuid", "seteuid", "setgid", "setegid", "setgroups", "setresuid", "setresgid"),
        *("initgroups", "getgrouplist", "getsid", "setsid", "getpgid", "getpgrp", "setpgid"),
        *("fork", "forkpty", "wait", "wait3", "wait4", "waitid", "killpg", "nice", "getpriority"),
        *("setpriority", "posix_spawn", "posix_spawnp", "register_at_fork", "pidfd_open"),
        *("mkfifo", "mknod", "chown", "fchown", "lchown", "chroot", "fchdir", "fchmod", "statvfs"),
        *("fstatvfs", "sysconf", "confstr", "pathconf", "fpathconf", "uname", "getloadavg"),
        *("pread", "pwrite", "preadv", "pwritev", "readv", "writev", "sendfile", "lockf", "sync"),
        *("posix_fadvise", "posix_fallocate", "memfd_create", "eventfd", "copy_file_range"),
        *("splice", "openpty", "ttyname", "ctermid", "tcgetpgrp", "tcsetpgrp", "set_blocking"),
        *("sched_getaffinity", "sched_setaffinity", "sched_yield", "getxattr", "setxattr"),
        *("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_DIRECTORY", "O_NOCTTY", "O_SYNC", "O_DSYNC"),
        *("O_ASYNC", "O_TMPFILE", "O_PATH", "O_NOATIME", "O_DIRECT", "O_NDELAY"),
    ),
    signal: (
        *("SIGHUP", "SIGKILL", "SIGALRM", "SIGUSR1", "SIGUSR2", "SIGCHLD", "SIGCLD", "SIGPIPE"),
        *("SIGSTOP", "SIGTSTP", "SIGCONT", "SIGTTIN", "SIGTTOU", "SIGQUIT", "SIGXFSZ", "SIGXCPU"),
        *("SIGWINCH", "SIGIO", "SIGPOLL", "SIGPROF", "SIGVTALRM", "SIGURG", "SIGSYS", "SIGTRAP"),
        *("alarm", "pause", "setitimer", "getitimer", "siginterrupt", "pthread_sigmask"),
        *("pthread_kill", "sigpending", "sigwait", "sigwaitinfo", "sigtimedwait"),
    ),
    select: ("epoll", "poll", "kqueue"),
    socket: ("AF_UNIX", "send_fds", "recv_fds", "CMSG_LEN", "CMSG_SPACE", "SCM_RIGHTS"),
}

StrPath = str | os.PathLike[str]

_LOCAL, _RIGHTS = socket.AF_UNIX, socket.SCM_RIGHTS
_SPACE = socket.CMSG_SPACE(array.array("i", [0]).itemsize)
_KILL = 9
_NO_ACCESS, _OPEN_BY_ANOTHER = 5, 32
"""ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION"""


class _NotHere(importlib.abc.MetaPathFinder):
    def find_spec(self, name: str, path: object, target: object = None) -> None:
        if name in MODULES:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def _take_away() -> None:
    for module in MODULES:
        sys.modules.pop(module, None)
    sys.meta_path.insert(0, _NotHere())
    for owner, names in GONE.items():
        for name in names:
            if hasattr(owner, name):
                delattr(owner, name)


def _lock_open_files() -> None:
    replace, remove, open_ = os.replace, os.remove, os.open

    def replacing(source: StrPath, target: StrPath) -> None:
        _refuse_open(source)
        _refuse_open(target, _NO_ACCESS)
        if os.path.isdir(target) and not os.path.isdir(source):
            raise _refusal(_NO_ACCESS, target)
        replace(source, target)

    def renaming(source: StrPath, target: StrPath) -> None:
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), os.fspath(target))
        replacing(source, target)

    def removing(path: StrPath) -> None:
        _refuse_open(path)
        remove(path)

    def opening(path: StrPath, flags: int, mode: int = 0o777) -> int:
        if os.path.isdir(path):
            raise _refusal(_NO_ACCESS, path)
        return open_(path, flags, mode)

    taken = {"replace": replacing, "rename": renaming, "open": opening}
    for name, function in (*taken.items(), ("remove", removing), ("unlink", removing)):
        setattr(os, name, function)


def _refuse_open(path: StrPath, code: int = _OPEN_BY_ANOTHER) -> None:
    folder, name = os.path.split(os.path.abspath(path))
    wanted = os.path.join(os.path.realpath(folder), name)
    for held in _open_files():
        if held == wanted or held.startswith(f"{wanted}{os.sep}"):
            raise _refusal(code, path)


def _open_files() -> "set[str]":
    found = set()
    for process in os.listdir("/proc"):
        if not process.isdecimal():
            continue
        for folder in ("fd", "map_files"):
            try:
                names = os.listdir(f"/proc/{process}/{folder}")
            except OSError:
                continue
            for name in names:
                try:
                    found.add(os.readlink(f"/proc/{process}/{folder}/{name}"))
                except OSError:
                    continue
    return found


def _refusal(code: int, path: StrPath) -> PermissionError:
    message = "The process cannot access the file because it is being used by another process"
    error = PermissionError(errno.EACCES, message, os.fspath(path))
    vars(error)["winerror"] = code
    return error


def _give_birth_to_bare_processes() -> None:
    start = subprocess.Popen.__init__

    def starting(self, *arguments, **options):  # type: ignore[no-untyped-def]
        assert not options.get("pass_fds"), "pass_fds not supported on Windows."
        assert options.get("preexec_fn") is None, "preexec_fn is not supported on Windows"
        for stream in ("stdin", "stdout", "stderr"):
            number = options.get(stream)
            if isinstance(number, int) and number >= 0 and stat.S_ISSOCK(os.fstat(number).st_mode):
                raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        start(self, *arguments, **options)

    vars(subprocess)["_USE_POSIX_SPAWN"] = False
    subprocess.Popen.__init__ = starting  # type: ignore[method-assign]
    subprocess.Popen.kill = lambda self: self.send_signal(_KILL)  # type: ignore[method-assign]


def _share_sockets() -> None:
    listen, receive = socket.socket.listen, socket.socket.recvmsg

    def share(self, process: int) -> bytes:  # type: ignore[no-untyped-def]
        """A place at which the process of this number finds the socket, once."""
        number = os.dup(self.fileno())
        place = os.path.join(tempfile.mkdtemp(), "socket")
        door = socket.socket(_LOCAL)
        door.bind(place)
        listen(door, 1)
        threading.Thread(target=hand_out, args=(door, place, number), daemon=True).start()
        return place.encode()

    def hand_out(door: socket.socket, place: str, number: int) -> None:
        with door, door.accept()[0] as other:
            rights = array.array("i", [number])
            other.sendmsg([b"!"], [(socket.SOL_SOCKET, _RIGHTS, rights)])
        os.close(number)
        Path(place).unlink()
        Path(place).parent.rmdir()

    def fromshare(data: bytes) -> socket.socket:
        with socket.socket(_LOCAL) as door:
            door.connect(data.decode())
            _, [(_, _, rights)], *_ = receive(door, 1, _SPACE)
        return socket.socket(fileno=array.array("i", rights)[0])

    def pair(*_: int) -> "tuple[socket.socket, socket.socket]":
        with socket.socket() as door:
            door.bind(("127.0.0.1", 0))
            listen(door, 1)
            one = socket.create_connection(door.getsockname())
            return one, door.accept()[0]

    socket.socketpair = pair  # type: ignore[assignment]
    socket.socket.share = share  # type: ignore[attr-defined]
    socket.fromshare = fromshare  # type: ignore[attr-defined]


def _name_encodings() -> None:
    warnings.filterwarnings("error", category=EncodingWarning, module=r"docgen\b")


_share_sockets()
_give_birth_to_bare_processes()
_take_away()
_lock_open_files()
_name_encodings()
