"""From inside of a session nothing can be reached: network, files, processes, privileges."""

from __future__ import annotations

import errno
import json
import os
import platform
import socket
from pathlib import Path

import pytest

from course.sandbox import outer
from course.sandbox.calls import MACHINES, MISSING
from course.warm.parent import VARIABLES

ROOT = Path(__file__).resolve().parent.parent.parent


def answer(session, code: str) -> object:
    """Run a cell that ends in the expression `answer`; return its value."""
    result = session.run(f"import json\n{code}\nprint(json.dumps(answer))", 30)
    assert result.status == "ok", result
    return json.loads(result.outputs[0].text)


def refused(session, code: str) -> str:
    """Run a cell that must raise; return the exception's name."""
    result = session.run(code, 30)
    assert result.status == "error", result
    return result.error[0]


def test_a_server_on_this_machine_is_out_of_reach(session):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        code = f"import socket\nsocket.create_connection(('127.0.0.1', {port}), 2)"
        assert refused(session, code) in ("OSError", "ConnectionRefusedError")


def test_a_far_address_and_a_name_are_out_of_reach(session):
    connect = "import socket\nsocket.create_connection(('192.0.2.1', 80), 2)"
    assert refused(session, connect) == "OSError"
    assert refused(session, "import socket\nsocket.getaddrinfo('example.org', 80)") == "gaierror"


def test_an_abstract_socket_of_this_machine_is_out_of_reach(session, tmp_path):
    name = f"\0{tmp_path.name}-{os.getpid()}"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(name)
        server.listen()
        code = f"import socket\nsocket.socket(socket.AF_UNIX).connect({name!r})"
        assert refused(session, code) == "ConnectionRefusedError"


def test_a_socket_of_a_family_that_namespaces_do_not_hold_back_cannot_be_made(session):
    code = "import socket\nsocket.socket(40, socket.SOCK_STREAM)"  # AF_VSOCK: to the machine below
    assert refused(session, code) == "PermissionError"


def test_what_lies_in_the_page_cache_is_neither_told_nor_said(session):
    column = MACHINES[platform.machine()][1]
    numbers = {name: both[column] for name, both in MISSING.items()}
    code = "import ctypes\nc, answer = ctypes.CDLL(None, use_errno=True), {}\n"
    code += f"for name, number in {numbers}.items():\n"
    code += "    failed = c.syscall(number, 0, 0, 0, 0, 0, 0)\n"
    code += "    answer[name] = (failed, ctypes.get_errno())"
    assert answer(session, code) == {name: [-1, errno.ENOSYS] for name in numbers}
    read = "import os\nfile = os.open(os.__file__, os.O_RDONLY)\n"
    read += "answer = os.preadv(file, [bytearray(9)], 0)"
    assert answer(session, read) == 9  # that is another call


@pytest.mark.parametrize("name", ["source", "release", "tests", "autograded", ".git", "README.md"])
def test_the_course_folder_is_out_of_sight(session, name):
    assert (ROOT / name).exists()
    assert answer(session, f"import os\nanswer = os.path.lexists({str(ROOT / name)!r})") is False


def test_files_of_this_machine_are_out_of_sight(session, tmp_path):
    (tmp_path / "gradebook.db").write_text("marks")
    files = [tmp_path / "gradebook.db", "/etc/shadow", "/etc/passwd", "/etc/hosts", "/var", "/boot"]
    code = f"import os\nanswer = [f for f in {list(map(str, files))} if os.path.lexists(f)]"
    assert answer(session, code) == []


def test_the_home_folder_is_empty_and_can_be_written(session):
    code = "from pathlib import Path\nanswer = [p.name for p in Path.home().iterdir()]\n"
    assert answer(session, code) == []
    assert session.run("(Path.home() / 'note').write_text('x')", 10).status == "ok"


def test_the_environment_is_a_short_list_without_the_instructors_variables(session, monkeypatch):
    found = set(answer(session, "import os\nanswer = dict(os.environ)"))
    known = set(outer.environment(VARIABLES)) | {"PWD", "MPLBACKEND", "OLDPWD", "SHLVL", "_"}
    assert found <= known


def test_secrets_among_the_instructors_variables_are_not_passed_on(monkeypatch):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "s3cret")
    monkeypatch.setenv("TF_CLI_CONFIG_FILE", "s3cret")
    assert "s3cret" not in outer.environment({}).values()


def test_it_sees_only_itself_and_the_first_process(session):
    seen = "[int(name) for name in os.listdir('/proc') if name.isdigit()]"
    own, found = answer(session, f"import os\nanswer = [os.getpid(), {seen}]")
    assert sorted(found) == [1, own]


def test_it_can_signal_neither_the_first_process_nor_a_group(session):
    code = (
        "import os, signal\n"
        "os.kill(1, signal.SIGKILL); os.kill(1, signal.SIGTERM)\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN); os.killpg(0, signal.SIGTERM)\n"
        "answer = os.path.exists('/proc/1')"
    )
    assert answer(session, code) is True


@pytest.mark.parametrize(
    "call",
    [
        "libc.mount(b'tmpfs', b'/tmp', b'tmpfs', 0, None)",
        "libc.umount2(b'/proc', 2)",
        "libc.unshare(0x10000000)",
        "libc.ptrace(16, 1, 0, 0)",
        "libc.shmget(0, 4096, 0o1600)",
        "libc.msgget(0, 0o1600)",
        "libc.memfd_create(b'x', 0)",
        "libc.setuid(0)",
        "libc.chroot(b'/tmp')",
        "libc.sethostname(b'x', 1)",
        "libc.syscall(56, 0x10000000 | 17, 0, 0, 0, 0) if os.uname().machine == 'x86_64' else -1",
    ],
)
def test_the_kernel_refuses_what_leads_out(session, call):
    code = f"import ctypes, os\nlibc = ctypes.CDLL(None)\nanswer = {call}"
    assert answer(session, code) == -1


def test_it_has_no_capability_and_no_way_to_one(session):
    status = answer(session, "answer = open('/proc/self/status').read()")
    for line in ("CapPrm:\t0000000000000000", "CapEff:\t0000000000000000", "NoNewPrivs:\t1"):
        assert line in status
    assert "Seccomp:\t2" in status


@pytest.mark.parametrize("folder", ["/", "/usr", "/etc", "/dev", "/proc/sys/kernel", "course"])
def test_what_is_shown_cannot_be_written(session, folder):
    folder = str(ROOT / "course") if folder == "course" else folder
    assert refused(session, f"open({folder + '/x'!r}, 'w')") in (
        "OSError",
        "PermissionError",
        "FileNotFoundError",
    )


def test_settings_of_the_kernel_cannot_be_changed(session):
    assert refused(session, "open('/proc/sys/kernel/core_pattern', 'w').write('|/bin/true')") in (
        "OSError",
        "PermissionError",
    )


@pytest.mark.parametrize("link", ["cwd", "root", "exe", "fd/0", "fd/1", "fd/2", "ns/mnt"])
def test_the_first_process_leads_nowhere(session, link):
    assert refused(session, f"import os\nos.readlink('/proc/1/{link}')") in (
        "PermissionError",
        "FileNotFoundError",
    )


@pytest.mark.parametrize("file", ["fd", "map_files", "task/1/fd", "environ", "mem", "maps"])
def test_nobody_looks_into_the_first_process(session, file):
    look = f"import os\np = '/proc/1/{file}'\nos.path.isdir(p) and os.listdir(p) or open(p).read()"
    assert refused(session, look) in ("PermissionError", "FileNotFoundError")


def test_only_its_own_socket_is_open_in_it(session):
    links = "[f'/proc/self/fd/{number}' for number in range(3, 256)]"
    code = f"import os\nanswer = [os.readlink(n) for n in {links} if os.path.lexists(n)]"
    assert [name.partition(":")[0] for name in answer(session, code)] == ["socket"]
