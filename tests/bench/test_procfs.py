"""Processor time and memory are read from /proc, whatever a program is called."""

import os

import pytest

from tests.bench import procfs


@pytest.fixture
def proc(tmp_path):
    """A /proc with four processes: 1 started 20 and 30, and 30 started 40."""

    def add(pid, parent, *, user=0, system=0, name="python"):
        folder = tmp_path / str(pid)
        folder.mkdir()
        times = f"0 0 0 0 0 0 0 0 0 {user} {system} 0 0"
        (folder / "stat").write_text(f"{pid} ({name}) S {parent} {times}")
        (folder / "status").write_text("Name:\tpython\nVmHWM:\t    2000 kB\nVmRSS:\t    1000 kB\n")

    (tmp_path / "self").mkdir()
    add(1, 0)
    add(20, 1, user=100, system=50, name="a (b) c")
    add(30, 1, user=10)
    add(40, 30, system=40)
    return tmp_path


def test_a_family_is_whoever_was_started_by_one_of_it(proc):
    assert procfs.family(30, proc=proc) == [30, 40]
    assert procfs.family(1, proc=proc) == [1, 20, 30, 40]


def test_a_process_that_has_ended_has_no_family_and_used_nothing(proc):
    assert procfs.family(99, proc=proc) == []
    assert procfs.cpu_seconds([99], proc=proc) == 0


def test_processor_time_is_that_of_user_and_system(proc):
    assert procfs.cpu_seconds([20], proc=proc) * procfs.TICKS == 150
    assert procfs.cpu_seconds([20, 30, 40], proc=proc) * procfs.TICKS == 200


def test_memory_is_in_bytes(proc):
    assert procfs.memory(1, proc=proc) == 1000 * 1024
    assert procfs.memory(1, "VmHWM", proc=proc) == 2000 * 1024


def test_this_process_is_found_where_linux_keeps_it():
    assert os.getpid() in procfs.family(os.getppid())
    assert procfs.cpu_seconds([os.getpid()]) > 0
    assert procfs.memory(os.getpid()) > 1_000_000
