#!/usr/bin/python3
"""What goes wrong in the world, and what a person is told: a clear message each, and nothing lost."""

import csv
import hashlib
import os
import pathlib
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))
import tap  # noqa: E402
from limber import Clock, Node, Programs, Trouble, moment  # noqa: E402

BUILD = os.environ['LIMBER_BUILD']
CLOCK = Clock(moment('2026-11-23T10:05:00Z'))
LATER = Clock(moment('2027-02-01T10:05:00Z'))


def expect(answer, status, *words):
    """The command ended with this status and its message has these words."""
    said = (answer.output + answer.messages).casefold()
    missing = [word for word in words if word.casefold() not in said]
    if answer.status != status or missing:
        raise Trouble(f'exit {answer.status} instead of {status}, without {missing}: {answer.output}{answer.messages}')


def county(programs, folder, patients=120):
    store, lists = folder / 'central', folder / 'lists'
    programs.ctl(None, 'demo', lists, '--patients', patients, '--date', '2026-11-23')
    programs.ctl(store, 'init', '--class', 'central', '--name', 'Harrow MSK')
    return store, lists


def filled(programs, folder, patients=120):
    store, lists = county(programs, folder, patients)
    programs.ctl(store, 'import', lists)
    return store


def wrong_used_and_expired_codes_are_refused():
    with tempfile.TemporaryDirectory() as name, Programs(BUILD, CLOCK) as programs, Programs(BUILD, LATER) as later:
        folder = pathlib.Path(name)
        store = filled(programs, folder)
        site = programs.list(store, 'site')[0]['code']
        node = Node(programs, store)
        codes = [programs.ctl(store, 'enrol', '--class', 'hub', '--site', site, '--name', f'Hub {n}').json['code'] for n in range(2)]
        middle = len(codes[0]) // 2
        wrong = codes[0][:middle] + ('2' if codes[0][middle] != '2' else '3') + codes[0][middle + 1:]
        expect(programs.ctl(folder / 'a', 'join', node.url, wrong, wanted=None), 1, 'code')
        expect(programs.ctl(folder / 'b', 'join', node.url, 'not-a-code', wanted=None), 1, 'code')
        programs.ctl(folder / 'c', 'join', node.url, codes[0])
        expect(programs.ctl(folder / 'd', 'join', node.url, codes[0], wanted=None), 1, 'code')
        node.stop()
        expect(programs.ctl(folder / 'e', 'join', node.url, codes[1], wanted=None), 6)
        node = Node(later, store, node.port)
        expect(later.ctl(folder / 'f', 'join', node.url, codes[1], wanted=None), 1, 'code')
        left = [device for device in 'abdef' if (folder / device / 'store.db').exists()]
        if left:
            raise Trouble(f'a refused device left a store behind: {left}')


def broken_lines_cost_no_other():
    with tempfile.TemporaryDirectory() as name, Programs(BUILD, CLOCK) as programs:
        folder = pathlib.Path(name)
        store, lists = county(programs, folder)
        path = lists / 'patients.csv'
        with open(path, encoding='utf-8', newline='') as file:
            rows = list(csv.reader(file))
        column = {title: at for at, title in enumerate(rows[0])}
        born = next(title for title in ('born', 'birth_date', 'date_of_birth') if title in column)
        rows[3][column[born]] = '31/02/1950'
        rows[5][column['family']] = ''
        rows[7] = rows[7][:2]
        broken = {rows[at][0] for at in (3, 5, 7)}
        with open(path, 'w', encoding='utf-8', newline='') as file:
            csv.writer(file).writerows(rows)
        with open(path, 'ab') as file:
            file.write(b'"X1,\xff\xfe broken')
        trial = programs.ctl(store, 'import', lists, '--dry-run', wanted=None)
        if programs.list(store, 'patient'):
            raise Trouble('a trial run wrote something')
        done = programs.ctl(store, 'import', lists, wanted=None)
        for answer in (trial, done):
            if answer.status not in (0, 1):
                raise Trouble(f'exit {answer.status}: {answer.output}{answer.messages}')
            expect(answer, answer.status, born, 'family')
        numbers = {patient['number'] for patient in programs.list(store, 'patient')}
        wanted = {row[0] for row in rows[1:]} - broken
        if numbers != wanted:
            raise Trouble(f'missing {sorted(wanted - numbers)[:5]}, too many {sorted(numbers - wanted)[:5]}')
        programs.ctl(store, 'verify')


def digest_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def a_newer_store_is_kept_and_explained():
    with tempfile.TemporaryDirectory() as name, Programs(BUILD, CLOCK) as programs:
        folder = pathlib.Path(name)
        store = filled(programs, folder)
        base = store / 'store.db'
        with sqlite3.connect(base) as connection:
            form = connection.execute('PRAGMA user_version').fetchone()[0]
            connection.execute(f'PRAGMA user_version={form + 1}')
        connection.close()
        before = digest_of(base)
        for words in (('list', 'site'), ('put', 'practice', 'code=X1', 'name=X', '--as', 'S0001'), ('status',), ('verify',)):
            expect(programs.ctl(store, *words, wanted=None), 5, 'newer')
        node = programs.start('limber-node', '--store', store, '--listen-insecure', '127.0.0.1:0', '--port-file', folder / 'port')
        if node.wait(20) == 0:
            raise Trouble('limber-node ran over a newer store')
        if digest_of(base) != before:
            raise Trouble('the store was changed')


class SmallDisk:
    """A disk of a few MiB: a tmpfs where this may mount one, or a limit on the size of files."""

    def __init__(self, folder, megabytes):
        self.folder, self.megabytes, self.mounted = folder, megabytes, False
        self.filler = folder / 'filler'

    def __enter__(self):
        self.folder.mkdir()
        self.mounted = subprocess.run(['mount', '-t', 'tmpfs', '-o', f'size={self.megabytes}m', 'tmpfs', self.folder],
                                      stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0
        return self

    def __exit__(self, *_):
        if self.mounted:
            subprocess.run(['umount', '-l', self.folder], check=True)

    def fill(self, leave):
        """Leaves this many bytes."""
        free = os.statvfs(self.folder)
        with open(self.filler, 'wb') as file:
            file.truncate(0)
            file.write(b'\0' * max(0, free.f_bavail * free.f_frsize - leave))


def a_full_disk_is_said_and_loses_nothing():
    with tempfile.TemporaryDirectory() as name, Programs(BUILD, CLOCK) as programs, SmallDisk(pathlib.Path(name) / 'disk', 24) as disk:
        if not disk.mounted:
            raise tap.Skip('a small disk cannot be mounted here')
        store = filled(programs, disk.folder, 100)
        acknowledged, refusals = [], 0
        disk.fill(300_000)
        for number in range(3000):
            answer = programs.ctl(store, 'put', 'practice', f'code=F{number:05}', f'name={"x" * 200}', f'address={"y" * 390}', '--as', 'S0001', wanted=None)
            if answer.status == 0:
                acknowledged.append(f'F{number:05}')
                continue
            expect(answer, answer.status, 'full')
            refusals += 1
            if refusals == 5:
                break
        if not acknowledged or refusals < 5:
            raise Trouble(f'{len(acknowledged)} changes and {refusals} refusals: the disk was not filled as meant')
        disk.filler.unlink()
        programs.ctl(store, 'put', 'practice', 'code=AFTER', 'name=After', '--as', 'S0001')
        codes = {practice['code'] for practice in programs.list(store, 'practice')}
        lost = (set(acknowledged) | {'AFTER'}) - codes
        if lost:
            raise Trouble(f'acknowledged and lost: {sorted(lost)}')
        programs.ctl(store, 'verify')


def a_file_that_may_not_grow_loses_nothing():
    """The same for a disk that fails in another way, which needs no right to mount: no file may be larger than it is."""
    with tempfile.TemporaryDirectory() as name, Programs(BUILD, CLOCK) as programs:
        store = filled(programs, pathlib.Path(name), 100)
        programs.ctl(store, 'put', 'practice', 'code=BEFORE', 'name=Before', '--as', 'S0001')

        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (512, 512))
        run = subprocess.run([programs.path('limberctl'), '--json', '--store', store, 'put', 'practice', 'code=X1', 'name=X', '--as', 'S0001'], preexec_fn=limit,
                             stdin=subprocess.DEVNULL, capture_output=True, encoding='utf-8', env=programs.environment(), check=False)
        if run.returncode != 5 or '"error":"disk"' not in run.stdout:
            raise Trouble(f'exit {run.returncode}: {run.stdout}{run.stderr}')
        programs.ctl(store, 'put', 'practice', 'code=AFTER', 'name=After', '--as', 'S0001')
        codes = {practice['code'] for practice in programs.list(store, 'practice')}
        if not {'BEFORE', 'AFTER'} <= codes:
            raise Trouble(f'acknowledged and lost: {codes}')
        programs.ctl(store, 'verify')


def a_disk_that_does_not_sync_is_said_and_loses_nothing():
    """Whoever owns the store says it and stops; nothing is said to be saved until it is opened again."""
    library = pathlib.Path(BUILD) / 'tests' / 'e2e' / 'libfailing-disk.so'
    if not library.exists():
        raise tap.Skip('the failing disk is not built with sanitizers')
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        failing, log = folder / 'failing', folder / 'log'
        log.mkdir()
        with Programs(BUILD, CLOCK, log, {'LD_PRELOAD': str(library), 'LIMBER_TEST_FAILING_DISK': str(failing)}) as programs:
            store, acknowledged = filled(programs, folder), []

            def put(code, wanted):
                answer = programs.ctl(store, 'put', 'practice', f'code={code}', f'name=Practice {code}', '--as', 'S0001', wanted=None)
                expect(answer, wanted, *(['"error":"disk"'] if wanted else []))
                if not wanted:
                    acknowledged.append(code)

            put('A1', 0)
            failing.touch()
            put('B1', 5)  # limberctl alone
            plain = subprocess.run([programs.path('limberctl'), '--store', store, 'put', 'practice', 'code=B0', 'name=B0', '--as', 'S0001'], stdin=subprocess.DEVNULL, capture_output=True,
                                   encoding='utf-8', env=programs.environment(), check=False)
            if (plain.returncode, plain.stdout, plain.stderr) != (5, '', f'limberctl: The second file {store}/second/journal cannot be written: the disk does not answer as it should\nDetails: Input/output error\n'):
                raise Trouble(f'exit {plain.returncode}: {plain.stdout}{plain.stderr}')
            failing.unlink()
            node = Node(programs, store)
            put('A2', 0)
            failing.touch()
            put('B2', 5)  # through the node, which then ends
            if (status := node.process.wait(20)) != 5:
                raise Trouble(f'the node ended with {status}')
            said = ''.join(path.read_text() for path in log.glob('limber-node-*.log'))
            if '"event":"failed","error":"disk"' not in said:
                raise Trouble(f'the node did not say why it ended: {said}')
            failing.unlink()
            node.start()
            put('A3', 0)
            node.stop()
            codes = [practice['code'] for practice in programs.list(store, 'practice')]
            if not set(acknowledged) <= set(codes):
                raise Trouble(f'{set(acknowledged) - set(codes)} was acknowledged and is lost')
            programs.ctl(store, 'verify')


if __name__ == '__main__':
    tap.run('/e2e/refusals', wrong_used_and_expired_codes_are_refused, broken_lines_cost_no_other, a_newer_store_is_kept_and_explained,
            a_full_disk_is_said_and_loses_nothing, a_file_that_may_not_grow_loses_nothing, a_disk_that_does_not_sync_is_said_and_loses_nothing)
