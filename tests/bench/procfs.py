"""What processes cost, as Linux counts it: processor time and memory, from /proc."""

import os
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")
PARENT, USER, SYSTEM = 1, 11, 12
"""Fields of /proc/PID/stat behind the name of the program."""


def fields(stat):
    """Return the fields of a stat file behind the program's name, which may hold anything."""
    return stat.rpartition(")")[2].split()


def family(pid, *, proc=PROC):
    """Return a process and all that it started, directly or not, as far as they run."""
    parents = {}
    for folder in proc.iterdir():
        if folder.name.isdigit() and (stat := _stat(folder)):
            parents[int(folder.name)] = int(stat[PARENT])
    members = {pid} & parents.keys()
    while more := {one for one, parent in parents.items() if parent in members} - members:
        members |= more
    return sorted(members)


def cpu_seconds(pids, *, proc=PROC):
    """Return the processor time that these processes have used since they began."""
    stats = [stat for pid in pids if (stat := _stat(proc / str(pid)))]
    return sum(int(stat[USER]) + int(stat[SYSTEM]) for stat in stats) / TICKS


def memory(pid, name="VmRSS", *, proc=PROC):
    """Return a process's memory in bytes: VmRSS is what it has now, VmHWM the most it ever had."""
    for line in (proc / str(pid) / "status").read_text().splitlines():
        key, _colon, value = line.partition(":")
        if key == name:
            return int(value.split()[0]) * 1024
    return 0


def _stat(folder):
    try:
        return fields((folder / "stat").read_text())
    except (FileNotFoundError, ProcessLookupError):
        return None
