#!/usr/bin/python3
"""kill -9 during writes, imports, restores and syncs, on a real disk. What was acknowledged is in a ledger outside of Limber; all of it must be there afterwards."""

import concurrent.futures
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))
import tap  # noqa: E402
from limber import Clock, Node, Programs, Trouble, moment, until  # noqa: E402

BUILD = os.environ['LIMBER_BUILD']
LONG_KILLS = {'limberctl': 9000, 'import': 2000, 'restore': 1000, 'sync': 3500, 'node': 4500}  # 20,000, about as long each
KILLS = LONG_KILLS if tap.LONG else {part: 10 if part == 'restore' else 50 for part in LONG_KILLS}
SEED = int(os.environ.get('LIMBER_SEED') or random.SystemRandom().randrange(1 << 30))
CHOICE = random.Random(SEED)
CLOCK = Clock(moment('2026-11-23T10:05:00Z'))


def central(programs, folder):
    store = folder / 'central'
    programs.ctl(None, 'demo', folder / 'lists', '--patients', 100, '--date', '2026-11-23')
    programs.ctl(store, 'init', '--class', 'central', '--name', 'Harrow MSK')
    programs.ctl(store, 'import', folder / 'lists')
    return store


def put(programs, store, name):
    """One change as a separate program; returns it running."""
    return start(programs, store, 'put', 'practice', f'code={name}', f'name=Practice {name}', '--as', 'S0001')


def check(programs, store, ledger):
    """All that was acknowledged is there, once; and the store's own check finds nothing."""
    codes = [practice['code'] for practice in programs.list(store, 'practice')]
    lost = sorted(set(ledger) - set(codes))
    if lost or len(codes) != len(set(codes)):
        raise Trouble(f'seed {SEED}: {len(lost)} of {len(ledger)} acknowledged changes are lost: {lost[:5]}')
    programs.ctl(store, 'verify')


def start(programs, store, *words):
    command = [programs.path('limberctl'), '--json', '--store', str(store), *map(str, words)]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding='utf-8', env=programs.environment())


def time_of(begin):
    """How long a command takes that is left alone: the middle of five, since one may have to wait for the machine."""
    times = []
    for number in range(5):
        start_time = time.monotonic()
        whole = begin(number)
        said = whole.communicate()
        if whole.returncode != 0:
            raise Trouble(''.join(said))
        times.append(time.monotonic() - start_time)
    return sorted(times)[2]


def kill_within(running, usual):
    """Kills it somewhere within its usual time. Returns whether it was not done yet."""
    try:
        running.wait(CHOICE.uniform(0.1, 1.1) * usual)
    except subprocess.TimeoutExpired:
        running.kill()
    said = running.communicate()
    if running.returncode not in (0, -signal.SIGKILL):
        raise Trouble(''.join(said))
    return running.returncode != 0


def killed_limberctl_loses_nothing():
    with tempfile.TemporaryDirectory() as folder, Programs(BUILD, CLOCK) as programs:
        store, ledger, killed, number = central(programs, pathlib.Path(folder)), [], 0, 0
        usual = time_of(lambda n: put(programs, store, f'TRIAL{n}'))
        while killed < KILLS['limberctl']:
            number += 1
            if kill_within(put(programs, store, f'C{number:05}'), usual):
                killed += 1
            else:
                ledger.append(f'C{number:05}')
        check(programs, store, ledger)
        print(f'# seed {SEED}: {killed} kills of limberctl, {len(ledger)} of {number} changes acknowledged', flush=True)


def killed_import_leaves_whole_batches():
    """Two counties by turns, so that each import has much to write; the last is left alone and has the last word."""
    with tempfile.TemporaryDirectory() as folder, Programs(BUILD, CLOCK) as programs:
        folder = pathlib.Path(folder)
        store, killed, number = central(programs, folder), 0, 0
        programs.ctl(None, 'demo', folder / 'others', '--patients', 120, '--date', '2026-11-30')
        lists = [folder / 'others', folder / 'lists']
        usual = time_of(lambda n: start(programs, store, 'import', lists[n % 2]))
        while killed < KILLS['import']:
            number += 1
            killed += kill_within(start(programs, store, 'import', lists[number % 2]), usual)
            if number % 10 == 0:
                programs.ctl(store, 'verify')
        programs.ctl(store, 'import', lists[0])
        counts = [len(programs.list(store, kind)) for kind in ('patient', 'appointment')]
        programs.ctl(store, 'import', lists[0])
        if counts != [len(programs.list(store, kind)) for kind in ('patient', 'appointment')]:
            raise Trouble(f'seed {SEED}: a list that was taken in twice made more records')
        programs.ctl(store, 'verify')
        print(f'# seed {SEED}: {killed} kills of {number} imports', flush=True)


def killed_restore_loses_nothing():
    """Central is put back to its first backup, again and again: with its second file it has everything, whenever it is killed."""
    with tempfile.TemporaryDirectory() as folder, Programs(BUILD, CLOCK) as programs:
        folder = pathlib.Path(folder)
        store, backup, ledger, killed, number = central(programs, folder), folder / 'backup.db', [], 0, 0
        programs.ctl(store, 'backup', backup)
        usual = time_of(lambda n: start(programs, store, 'restore', backup))
        while killed < KILLS['restore']:
            number += 1
            if put_done(programs, store, f'R{number:05}'):
                ledger.append(f'R{number:05}')
            killed += kill_within(start(programs, store, 'restore', backup), usual)
            check(programs, store, ledger)
        print(f'# seed {SEED}: {killed} kills of {number} restores, {len(ledger)} changes acknowledged', flush=True)


def killed_sync_loses_nothing():
    """A desk writes, and its sync is killed again and again, on the way up and on the way down."""
    with tempfile.TemporaryDirectory() as folder, Programs(BUILD, CLOCK) as programs:
        folder = pathlib.Path(folder)
        store, desk, ledger, killed, number = central(programs, folder), folder / 'desk', [], 0, 0
        site = programs.list(store, 'site')[0]['code']
        node = Node(programs, store)
        programs.ctl(desk, 'join', node.url, programs.ctl(store, 'enrol', '--class', 'desk', '--site', site, '--name', 'Desk').json['code'])
        usual = time_of(lambda n: start(programs, desk, 'sync'))
        while killed < KILLS['sync']:
            number += 1
            for place, name in ((desk, f'D{number:05}'), (store, f'U{number:05}')):
                if put_done(programs, place, name):
                    ledger.append(name)
            killed += kill_within(start(programs, desk, 'sync'), 2 * usual)  # it was timed with nothing to carry
            if number % 100 == 0:  # it has more to offer by and by
                usual = time_of(lambda n: start(programs, desk, 'sync'))
        programs.ctl(desk, 'sync')
        for place in (desk, store):
            check(programs, place, ledger)
        node.stop()
        check(programs, store, ledger)
        print(f'# seed {SEED}: {killed} kills of {number} syncs, {len(ledger)} changes acknowledged', flush=True)


def killed_node_loses_nothing():
    """Changes go to the node that owns the store; it is killed while they are on their way, and started again."""
    with tempfile.TemporaryDirectory() as folder, Programs(BUILD, CLOCK) as programs:
        store, ledger, counter = central(programs, pathlib.Path(folder)), [], iter(range(1, 1 << 20))
        stop, up = threading.Event(), threading.Event()
        node = Node(programs, store)
        up.set()

        def write():
            while not stop.is_set():
                if up.wait(0.1):
                    name = f'N{next(counter):05}'
                    if put_done(programs, store, name):
                        ledger.append(name)

        with concurrent.futures.ThreadPoolExecutor(3) as pool:
            writers = [pool.submit(write) for _ in range(3)]
            try:
                for _ in range(KILLS['node']):
                    before = len(ledger)
                    until('changes are acknowledged', lambda seen=before: len(ledger) > seen + 1, 60)
                    stop.wait(CHOICE.uniform(0, 0.02))
                    up.clear()
                    node.stop(signal.SIGKILL)
                    until('the node runs again', lambda: starts(node), 30)
                    up.set()
            finally:
                stop.set()
            for writer in writers:
                writer.result()
        check(programs, store, ledger)
        node.stop()
        check(programs, store, ledger)
        print(f'# seed {SEED}: {KILLS["node"]} kills of limber-node, {len(ledger)} changes acknowledged', flush=True)


def starts(node):
    """A command that found no owner may own the store for a moment."""
    try:
        node.start()
    except Trouble:
        if node.process.returncode != 5:
            raise
        return False
    return True


def put_done(programs, store, name):
    writing = put(programs, store, name)
    writing.communicate()
    return writing.returncode == 0


PARTS = {'limberctl': killed_limberctl_loses_nothing, 'import': killed_import_leaves_whole_batches, 'restore': killed_restore_loses_nothing,
         'sync': killed_sync_loses_nothing, 'node': killed_node_loses_nothing}

if __name__ == '__main__':
    tap.run('/e2e/crash', PARTS[sys.argv[1]])
