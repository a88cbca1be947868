#!/usr/bin/python3
"""Runs a program under the restrictions of a systemd unit that a kernel can put on it without systemd:  confined.py UNIT PROGRAM [ARGUMENT…]

System calls that the unit forbids end the program instead of failing: what a program never notices, a test must. Kept are the lists of
system calls, the families of sockets, memory that is written and executed, the private network, the umask, the limit of descriptors, and
that nothing gains privileges."""

import ctypes
import errno
import os
import resource
import socket
import subprocess
import sys

import seccomp

# These are tried and done without: GLib gives its threads the first one's place in the queue if it may, and SQLite its files to their folder's
# owner when root opens them.
DONE_WITHOUT = ('sched_setattr', 'fchown')
CLONE_NEWNET, PR_SET_NO_NEW_PRIVS, PR_SET_MDWE = 0x40000000, 38, 65


def settings(path):
    """The unit's settings, each with its values in order; an empty value puts away those before it."""
    found = {}
    with open(path, encoding='utf-8') as file:
        for line in file:
            name, equals, value = line.strip().partition('=')
            if equals and not line.startswith(('#', ';')):
                found[name] = [*found.get(name, []), value] if value else []
    return found


def calls_of(name, known={}):  # noqa: B006  # what was asked of systemd once
    """The system calls that a name in SystemCallFilter= stands for."""
    if not name.startswith('@'):
        return {name}
    if name not in known:
        lines = subprocess.run(['systemd-analyze', 'syscall-filter', name], capture_output=True, encoding='utf-8', check=True).stdout.splitlines()[1:]
        known[name] = set().union(*(calls_of(line.strip()) for line in lines if line.strip() and not line.strip().startswith('#')))
    return known[name]


def allowed_calls(unit):
    allowed = set(calls_of('@default'))
    for value in unit.get('SystemCallFilter', []):
        names = set().union(*(calls_of(name) for name in value.lstrip('~').split()))
        allowed = allowed - names if value.startswith('~') else allowed | names
    return allowed


def confine_calls(unit):
    allowed, families = allowed_calls(unit), unit['RestrictAddressFamilies'][-1].split()
    rules = seccomp.SyscallFilter(seccomp.KILL_PROCESS)
    for name in sorted(allowed - {'socket'}):
        try:
            rules.add_rule(seccomp.ALLOW, name)
        except (RuntimeError, OSError):
            pass  # a call that this machine does not have
    for name in set(DONE_WITHOUT) - allowed:
        rules.add_rule(seccomp.ERRNO(errno.EPERM), name)
    for family in range(0, 64):
        name = getattr(socket, 'AF_' + str(family), None) or next((name for name in ('AF_UNIX', 'AF_INET', 'AF_INET6', 'AF_NETLINK') if getattr(socket, name) == family), None)
        rules.add_rule(seccomp.ALLOW if name in families else seccomp.ERRNO(errno.EAFNOSUPPORT), 'socket', seccomp.Arg(0, seccomp.EQ, family))
    rules.load()


def main():
    unit, command = settings(sys.argv[1]), sys.argv[2:]
    libc = ctypes.CDLL(None, use_errno=True)
    if unit.get('PrivateNetwork') == ['yes'] and os.geteuid() == 0 and libc.unshare(CLONE_NEWNET) != 0 and ctypes.get_errno() != errno.EPERM:
        sys.exit('confined: no private network')  # but in a container that may not make one
    if 'LimitNOFILE' in unit:
        wanted = min(int(unit['LimitNOFILE'][-1]), resource.getrlimit(resource.RLIMIT_NOFILE)[1])
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, wanted))
    os.umask(int(unit['UMask'][-1], 8))
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if unit.get('MemoryDenyWriteExecute') == ['yes']:
        libc.prctl(PR_SET_MDWE, 1, 0, 0, 0)  # a kernel before 6.3 does not know it
    confine_calls(unit)
    os.execv(command[0], command)


if __name__ == '__main__':
    main()
