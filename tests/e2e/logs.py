#!/usr/bin/python3
"""What a node writes about itself: lines of JSON, and in none of them, nor anywhere else where an administrator looks, anything of a person."""

import contextlib
import csv
import json
import os
import pathlib
import signal
import socket
import sys
import tempfile
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))
import tap  # noqa: E402
from limber import Clock, Line, Programs, Trouble, answers, moment, until  # noqa: E402

BUILD = pathlib.Path(os.environ['LIMBER_BUILD'])
CLOCK = Clock(moment('2026-11-23T10:05:00Z'))
FAMILY, GIVEN, NUMBER, PIN, MOBILE, STREET, BROKEN = 'Quillfeather', 'Zephyrinda', '9997309006', '58091764', '7700900931', '7 Xylophone Mews', 'Brambleknock'
CANARIES = (FAMILY, GIVEN, NUMBER, PIN, MOBILE, STREET, BROKEN)


class Watched(Programs):
    """Programs whose messages and command lines are kept."""

    def __init__(self, log):
        super().__init__(BUILD, CLOCK, log)
        self.lines, self.said, self._over = set(), [], threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self):
        while not self._over.wait(0.002):
            for entry in pathlib.Path('/proc').iterdir():
                with contextlib.suppress(OSError):
                    if entry.name.isdigit() and os.readlink(entry / 'exe').startswith(str(BUILD)):
                        self.lines.add((entry / 'cmdline').read_bytes().decode('utf-8', 'replace'))

    def ctl(self, store, *arguments, **more):
        answer = super().ctl(store, *arguments, **more)
        self.said.append(answer.messages)
        return answer

    def __exit__(self, *what):
        self._over.set()
        self._thread.join()
        return super().__exit__(*what)

    def node(self, store, level='debug'):
        path = store.parent / f'{store.name}.sock'
        process = self.start('limber-node', '--store', store, '--socket', path, '--log-level', level)
        until(f'{store.name} listens', lambda: answers(path))
        return process, Line(path)


def make_lists(programs, folder):
    """A county in which one person, who is expected now, is the canary, and in two more lines something is wrong that names her. Returns when she was
    born, and at which site she is expected."""
    programs.ctl(None, 'demo', folder, '--patients', 120, '--date', '2026-11-23')
    path = folder / 'patients.csv'
    with open(path, encoding='utf-8', newline='') as file:
        rows = list(csv.DictReader(file))
    with open(folder / 'appointments.csv', encoding='utf-8', newline='') as file:
        visit = next(one for one in csv.DictReader(file) if one['status'] == 'booked' and '2026-11-23T10:05' < one['start'] < '2026-11-23T10:35')
    rows.sort(key=lambda one: one['id'] != visit['patient'])
    rows[0].update(family=FAMILY, given=GIVEN, nhs_number=NUMBER, mobile=f'0{MOBILE}', address=STREET)
    rows[1].update(family=BROKEN, born=f'{BROKEN}/1950')
    rows[2].update(nhs_number=NUMBER[:-1] + '7', given=BROKEN)
    with open(path, 'w', encoding='utf-8', newline='') as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return rows[0]['born'], visit['site']


def send_raw(path, text):
    with socket.socket(socket.AF_UNIX) as end:
        end.settimeout(5)
        end.connect(str(path))
        end.sendall(text.encode())
        said = b''
        with contextlib.suppress(TimeoutError, ConnectionError):
            while (piece := end.recv(65536)):
                said += piece
        return said.decode('utf-8', 'replace')


def be_hostile(path):
    """Questions that name the canary wherever a question can."""
    body = json.dumps({'heads': [[FAMILY]], 'name': GIVEN})
    signed = f'Signature-Input: l=("@method");keyid="{FAMILY}";nonce="{NUMBER}";tag="{PIN}"\r\nSignature: l=:{NUMBER}:\r\n'
    for method, target, head in (('GET', f'/{FAMILY}/{NUMBER}', ''), ('GET', f'/sync/v1/pull?cursor={FAMILY}.{NUMBER}', signed), ('POST', f'/sync/v1/push?{PIN}', signed),
                                 ('POST', '/sync/v1/join', ''), (FAMILY.upper(), f'/sync/v1/wake?name={GIVEN}', f'Upgrade: {GIVEN}\r\nX-{FAMILY}: {NUMBER}\r\n')):
        send_raw(path, f'{method} {target} HTTP/1.1\r\nHost: {FAMILY}\r\n{head}Content-Length: {len(body)}\r\n\r\n{body}')
    send_raw(path, f'{FAMILY} {NUMBER}\r\n\r\n')
    send_raw(path, f'GET /{FAMILY}%zz%00 HTTP/9.9\r\nCookie: {PIN}\r\n\r\n')


def work(programs, folder):
    """A day of the canary's, with what can go wrong in it. Returns the nodes' processes."""
    central, hub, kiosk, desk = (folder / name for name in ('central', 'hub', 'kiosk', 'desk'))
    born, site = make_lists(programs, folder / 'lists')
    programs.ctl(central, 'init', '--class', 'central', '--name', 'Harrow MSK')
    process, line = programs.node(central)
    programs.ctl(central, 'import', folder / 'lists', wanted=None)
    person = next(one for one in programs.list(central, 'patient') if one['family'] == FAMILY)
    staff = programs.list(central, 'staff')[0]
    programs.ctl(central, 'staff', 'pin', staff['id'], text=f'{PIN}\n')
    code = programs.ctl(central, 'enrol', '--class', 'hub', '--site', site, '--name', 'Back room').json['code']
    programs.ctl(hub, 'join', line.url, code)
    hub_process, hub_line = programs.node(hub)
    for store, klass in ((kiosk, 'kiosk'), (desk, 'desk')):
        code = programs.ctl(hub, 'enrol', '--class', klass, '--site', site, '--name', klass).json['code']
        programs.ctl(store, 'join', hub_line.url, code)
        programs.ctl(store, 'sync')
    programs.ctl(kiosk, 'arrive', '--born', f'{int(born[8:])}/{int(born[5:7])}/{born[:4]}', '--initial', FAMILY[0])
    programs.ctl(desk, 'put', 'patient', person['id'], 'language=pl', '--as', staff['number'])
    programs.ctl(desk, 'put', 'patient', person['id'], 'born=never', '--as', staff['number'], wanted=(1, 2))
    for store in (kiosk, desk, kiosk):
        programs.ctl(store, 'sync')
    be_hostile(folder / 'hub.sock')
    be_hostile(folder / 'central.sock')
    return process, hub_process


def told(folder):
    """What is said to those who look after the nodes."""
    return [send_raw(folder / store / 'control', f'GET {page} HTTP/1.1\r\n\r\n') for store in ('central', 'hub') for page in ('/health', '/metrics')]


def lines_of(log):
    """Each line of each node's log, as an object."""
    for path in sorted(log.glob('limber-node-*.log')):
        for line in path.read_text(encoding='utf-8').splitlines():
            if line.startswith('Listening on '):
                continue  # printed for a person, and not part of the log
            found = json.loads(line)
            if not {'time', 'level', 'event'} <= set(found) or found['level'] not in ('error', 'warning', 'info', 'debug'):
                raise Trouble(f'not a line of a log: {line}')
            yield found


def nothing_of_a_person_is_written():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        log = folder / 'log'
        log.mkdir()
        with Watched(log) as programs:
            central, hub = work(programs, folder)
            pages = told(folder)
            hub.send_signal(signal.SIGABRT)
            hub.wait(20)
            programs.ctl(folder / 'kiosk', 'sync', wanted=None)
            central.terminate()
            central.wait(20)
            found = list(lines_of(log))
            handlers = {(line['handler'], line['status']) for line in found if line['event'] == 'request'}
            if not {('join', 200), ('push', 200), ('pull', 200), ('digest', 200), ('wake', 101), ('other', 401)} <= handlers or not any(line['event'] == 'message' for line in found):
                raise Trouble(f'the logs do not have what was done: {handlers}')
            if not any(len(line) > 20 for line in programs.lines) or not all('limber' in page or 'status' in page for page in pages):
                raise Trouble('the test does not see what it looks at')
        places = {**{f'log {path.name}': path.read_text(encoding='utf-8') for path in log.iterdir()}, 'health and metrics': '\n'.join(pages),
                  'messages of limberctl': '\n'.join(programs.said), 'command lines': '\n'.join(programs.lines)}
        hits = [f'{canary} in {place}: {next(line for line in text.splitlines() if canary.casefold() in line.casefold())}'
                for place, text in places.items() for canary in CANARIES if canary.casefold() in text.casefold()]
        if hits:
            raise Trouble('\n'.join(hits))


def as_much_is_written_as_was_asked_for():
    for level, wanted in (('error', set()), ('warning', set()), ('info', {'started', 'request', 'stopping'})):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            with Programs(BUILD, CLOCK, folder) as programs:
                programs.ctl(folder / 'central', 'init', '--class', 'central', '--name', 'Harrow MSK')
                process = Watched.node(programs, folder / 'central', level)[0]
                send_raw(folder / 'central.sock', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')
                process.terminate()
                process.wait(20)
            events = {line['event'] for line in lines_of(folder)}
            if events != wanted:
                raise Trouble(f'--log-level {level}: {events}')


if __name__ == '__main__':
    tap.run('/e2e/logs', nothing_of_a_person_is_written, as_much_is_written_as_was_asked_for)
