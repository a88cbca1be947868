"""Limber's programs as a test or the scripted day handles them: stores, nodes, a line that can be cut, conditions with a deadline.

What a person would see and press is in screen.py. Times are of the clock that the programs are given (LIMBER_NOW), which starts
where Clock says and runs on."""

import calendar
import contextlib
import datetime
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import zoneinfo

ROOT = pathlib.Path(__file__).resolve().parents[2]
ARRIVAL = ROOT / 'resources/questionnaires/arrival.json'
LONDON = zoneinfo.ZoneInfo('Europe/London')


class Trouble(Exception):
    """Something was not as it should be; the text says what was expected and what was seen."""


def until(what, condition, seconds=20):
    """Returns the first true result of condition, asked again and again, or raises Trouble once the time is over."""
    end = time.monotonic() + seconds
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > end:
            raise Trouble(f'{what}: not so after {seconds} s')
        time.sleep(0.01)  # between two looks; what is waited for is the condition


class Clock:
    """The programs' time: starts at a chosen moment, or is the machine's own."""

    def __init__(self, start=None):
        self._shift = start - datetime.datetime.now(LONDON) if start else None

    def now(self):
        return datetime.datetime.now(LONDON) + (self._shift or datetime.timedelta())

    def environment(self):
        return {} if self._shift is None else {'LIMBER_NOW': self.now().isoformat(timespec='seconds')}


def moment(value):
    """A TIME as limberctl prints it, as a datetime; None for none."""
    if value in (None, ''):
        return None
    if isinstance(value, (int, float)):
        return datetime.datetime.fromtimestamp(value / 1000, LONDON)
    return datetime.datetime.fromisoformat(value.replace('Z', '+00:00')).astimezone(LONDON)


class Answer:
    """What a command of limberctl said: its exit status, its JSON (None without), and its messages."""

    def __init__(self, status, output, messages):
        self.status, self.output, self.messages = status, output, messages
        try:
            self.json = json.loads(output) if output.strip() else None
        except json.JSONDecodeError:
            self.json = None


def memory_of(pid):
    """Every readable byte of a program, which only root may read."""
    found = []
    with open(f'/proc/{pid}/maps', encoding='utf-8') as maps, open(f'/proc/{pid}/mem', 'rb', 0) as memory:
        for line in maps:
            span, rights, _, _, _, *path = line.split(maxsplit=5)
            if rights[0] == 'r' and not (path and path[0].startswith('[v')):
                first, last = (int(end, 16) for end in span.split('-'))
                try:
                    memory.seek(first)
                    found.append(memory.read(last - first))
                except OSError:
                    continue  # it went meanwhile, or is a device's
    return b'\0'.join(found)


class Programs:
    """Where the programs are built, with the clock and the environment that they get. Ends all it started when it is left."""

    def __init__(self, build, clock=None, log=None, environment=None):
        self.build, self.clock, self.log = pathlib.Path(build), clock or Clock(), log
        self._environment = environment or {}
        self._running, self._folders = [], []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in reversed(self._running):
            if process.poll() is None:
                process.terminate()
        for process in reversed(self._running):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._running.clear()
        for folder in self._folders:
            self._keep_logs(folder)
            shutil.rmtree(folder, ignore_errors=True)
        self._folders.clear()

    def _keep_logs(self, folder):
        for log in folder.rglob('*.log') if self.log else ():
            if log.stat().st_size:
                shutil.copy(log, self.log / f'{folder.name}-{log.name}')

    def folder(self):
        """A folder with a short name, since a socket's may not be long, that another user's programs can enter; it goes at the end."""
        folder = pathlib.Path(tempfile.mkdtemp(prefix='limber-'))
        folder.chmod(0o755)
        self._folders.append(folder)
        return folder

    def path(self, program):
        if program == 'nginx':
            found = shutil.which('nginx', path=f'{os.environ.get("PATH", "")}:/usr/sbin')
            if not found:
                raise Trouble('nginx is not installed; app/install brings it')
            return pathlib.Path(found)
        places = {'limberctl': 'sync/ctl', 'limber-node': 'sync', 'limber-kiosk': 'ui/board', 'limber': 'ui/desk'}
        path = self.build / places[program] / program
        if not path.exists():
            found = sorted(found for found in self.build.rglob(program) if found.is_file() and os.access(found, os.X_OK))
            if not found:
                raise Trouble(f'{program} is not built in {self.build}')
            path = found[0]
        return path

    def environment(self, **more):
        return {'GSETTINGS_SCHEMA_DIR': str(self.build / 'resources'), **os.environ, **self._environment, **self.clock.environment(), **more}

    def start(self, program, *arguments, **environment):
        log = open(self.log / f'{program}-{len(self._running)}.log', 'ab') if self.log else None
        with contextlib.closing(log) if log else contextlib.nullcontext():
            process = subprocess.Popen([self.path(program), *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=log or subprocess.DEVNULL, stderr=log,
                                       env=self.environment(**environment))
        self._running.append(process)
        return process

    def running(self):
        """All that were started, those that have ended too."""
        return list(self._running)

    def ctl(self, store, *arguments, wanted=(0,), text=None, seconds=120):
        """Runs a command of limberctl with --json; another exit status than those wanted is Trouble (wanted=None: any will do)."""
        command = [self.path('limberctl'), '--json']
        command += ['--store', str(store)] if store else []
        run = subprocess.run([*command, *map(str, arguments)], input=text, stdin=None if text is not None else subprocess.DEVNULL,
                             capture_output=True, encoding='utf-8', env=self.environment(), timeout=seconds, check=False)
        if wanted is not None and run.returncode not in wanted:
            raise Trouble(f'limberctl {" ".join(map(str, arguments))}: exit {run.returncode}\n{run.stdout}{run.stderr}')
        return Answer(run.returncode, run.stdout, run.stderr)

    def list(self, store, kind, **fields):
        return self.ctl(store, 'list', kind, *(f'{field}={value}' for field, value in fields.items())).json


def free_port():
    """One that nobody has now."""
    with socket.create_server(('127.0.0.1', 0)) as taken:
        return taken.getsockname()[1]


def answers(address):
    """Whether somebody listens there: a port of this machine, or the path of a socket, which is there a moment before."""
    with socket.socket(socket.AF_INET if isinstance(address, int) else socket.AF_UNIX) as line:
        return line.connect_ex(('127.0.0.1', address) if isinstance(address, int) else str(address)) == 0


class Node:
    """A running limber-node over a store."""

    def __init__(self, programs, store, port=0, upstream=None):
        self.programs, self.store, self.upstream, self.process, self.port = programs, pathlib.Path(store), upstream, None, port
        self.start()

    @property
    def url(self):
        return f'http://127.0.0.1:{self.port}'

    def _launch(self, *where):
        more = ['--upstream', self.upstream] if self.upstream else []
        self.process = self.programs.start('limber-node', '--store', self.store, *where, *more)

    def _runs(self):
        if self.process.poll() is not None:
            raise Trouble(f'limber-node over {self.store} ended with {self.process.returncode}')
        return True

    def start(self):
        """On the port that it had before, so that its devices find it again."""
        said = self.store.parent / f'{self.store.name}.port'
        said.unlink(missing_ok=True)
        self._launch('--listen-insecure', f'127.0.0.1:{self.port}', '--port-file', said)
        self.port = int(until(f'limber-node over {self.store} listens', lambda: self._runs() and said.exists() and said.read_text().strip()))

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(20)


class FrontedNode(Node):
    """A running limber-node on its Unix socket, and the nginx in front of it, which goes on when the node is stopped."""

    def __init__(self, programs, store, port=0, upstream=None, options=()):
        self.folder, self.nginx, self.options = programs.folder(), None, options
        self.socket = self.folder / 'node.sock'
        super().__init__(programs, store, port, upstream)

    @property
    def url(self):
        return f'https://127.0.0.1:{self.port}'

    def start(self):
        self._launch('--socket', self.socket)
        until(f'limber-node over {self.store} listens', lambda: self._runs() and answers(self.socket))
        if self.nginx is None:
            self._start_nginx()

    def _start_nginx(self):
        wanted = self.port
        for _ in range(5):  # somebody may take the port between its finding and nginx
            self.port = wanted or free_port()
            made = self.programs.ctl(self.store, 'node-config', self.folder, '--listen', f'127.0.0.1:{self.port}', *self.options).json
            self.nginx = self.programs.start('nginx', '-c', made['configuration'], '-g', 'daemon off;')
            until('nginx listens', lambda: self.nginx.poll() is not None or answers(self.port))
            if self.nginx.poll() is None:
                return
        raise Trouble(f'nginx did not start at 127.0.0.1:{self.port}')


class Line:
    """The internet between a hub and central: a relay that can be cut, to a port or to the path of a Unix socket. While it is cut, every connection
    is refused at once."""

    def __init__(self, port, at=0, scheme='http'):
        self._scheme, self._target, self._open, self._lock, self._pairs = scheme, port, True, threading.Lock(), set()
        self._listener = socket.create_server(('127.0.0.1', at), backlog=64)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self):
        return f'{self._scheme}://127.0.0.1:{self.port}'

    def cut(self):
        with self._lock:
            self._open = False
            for end in self._pairs:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def restore(self):
        with self._lock:
            self._open = True

    def close(self):
        self.cut()
        self._listener.close()

    def _accept(self):
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _reach(self):
        if isinstance(self._target, int):
            return socket.create_connection(('127.0.0.1', self._target), 5)
        far = socket.socket(socket.AF_UNIX)
        far.connect(str(self._target))
        return far

    def _serve(self, near):
        with near:
            if not self._open:
                return
            try:
                far = self._reach()
            except OSError:
                return
            far.settimeout(None)  # an idle line is a line
            with far:
                with self._lock:
                    if not self._open:
                        return
                    self._pairs |= {near, far}
                back = threading.Thread(target=self.pump, args=(far, near), daemon=True)
                back.start()
                self.pump(near, far)
                back.join()
                with self._lock:
                    self._pairs -= {near, far}

    @staticmethod
    def pump(source, sink):
        with contextlib.suppress(OSError):
            while (data := source.recv(65536)):
                sink.sendall(data)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


class Site:
    """A demonstration county: central, one site's hub behind a line that can be cut, and that site's desk and kiosk."""

    def __init__(self, programs, folder, patients=None):
        self.programs, self.folder, self.patients = programs, pathlib.Path(folder), patients
        self.central_store, self.hub_store, self.desk, self.kiosk, self.board = (self.folder / name for name in ('central', 'hub', 'desk', 'kiosk', 'board'))
        self.central = self.line = self.hub = None
        self.code = self.id = self.name = None

    EARLY = 180  # minutes before an appointment from which on one may check in: long, so that there is always somebody

    def write_lists(self, lists):
        """Of an invented county. Returns what is in them."""
        more = ['--patients', str(self.patients)] if self.patients else []
        return self.programs.ctl(None, 'demo', lists, '--date', self.programs.clock.now().date().isoformat(), *more).output.strip()

    def make(self, tell=lambda text: None):
        """From nothing to four stores that hold what they should."""
        programs, lists = self.programs, self.folder / 'lists'
        self.folder.mkdir(parents=True, exist_ok=True)
        tell(f'made the lists of a county: {self.write_lists(lists)}')
        programs.ctl(self.central_store, 'init', '--class', 'central', '--name', 'Harrow MSK')
        start = time.monotonic()
        programs.ctl(self.central_store, 'import', lists, seconds=600)
        counts = {kind: len(programs.list(self.central_store, kind)) for kind in ('site', 'staff', 'patient', 'appointment')}
        tell(f'imported into central in {time.monotonic() - start:.1f} s: ' + ', '.join(f'{count} {kind}' for kind, count in counts.items()))
        self.choose()
        programs.ctl(self.central_store, 'put', 'site', self.code, f'early_minutes={self.EARLY}', '--as', self.manager()['number'])
        programs.ctl(self.central_store, 'form', 'publish', ARRIVAL, '--as', self.manager()['number'])
        self.start_nodes(join=True)
        tell(f'started central at {self.central.url} and the hub of {self.name} at {self.hub.url}')
        for store, klass, name in ((self.desk, 'desk', 'Front desk'), (self.kiosk, 'kiosk', 'Kiosk by the door')):
            self.join(store, klass, name, self.hub_store, self.hub.url)
            programs.ctl(store, 'sync')
        tell(f'joined a desk ({len(programs.list(self.desk, "appointment"))} appointments) '
             f'and a kiosk ({len(programs.list(self.kiosk, "appointment"))} appointments)')

    def add_board(self, call_by='name', **choices):
        """A waiting-room screen at the site, which from now on calls people by it."""
        said = [f'{name}={value}' for name, value in {'call_by': call_by, **choices}.items()]
        self.programs.ctl(self.central_store, 'put', 'site', self.code, *said, '--as', self.manager()['number'])
        self.programs.ctl(self.hub_store, 'sync', wanted=None)
        self.join(self.board, 'board', 'Waiting room', self.hub_store, self.hub.url)
        self.programs.ctl(self.board, 'sync')

    def choose(self):
        """The site with most appointments around now."""
        now, busy = self.programs.clock.now(), {}
        for appointment in self.programs.list(self.central_store, 'appointment', status='booked'):
            if abs((moment(appointment['start']) - now).total_seconds()) < 1800:
                busy[appointment['site']] = busy.get(appointment['site'], 0) + 1
        if not busy:
            raise Trouble(f'nobody has an appointment around {now:%H:%M}')
        self.id = max(sorted(busy), key=busy.get)
        site = next(site for site in self.programs.list(self.central_store, 'site') if site['id'] == self.id)
        self.code, self.name = site['code'], site['name']

    def join(self, store, klass, name, node, url):
        code = self.programs.ctl(node, 'enrol', '--class', klass, '--site', self.code, '--name', name).json['code']
        self.programs.ctl(store, 'join', url, code)

    def start_nodes(self, join=False, ports=(0, 0, 0)):
        self.central = FrontedNode(self.programs, self.central_store, ports[0])
        self.line = Line(self.central.port, ports[1], 'https')
        if join:
            self.join(self.hub_store, 'hub', f'Hub of {self.name}', self.central_store, self.line.url)
            self.programs.ctl(self.hub_store, 'sync')
        self.hub = FrontedNode(self.programs, self.hub_store, ports[2])

    def receptionist(self):
        return self.one_of_staff(role='reception', site=self.code)

    def manager(self):
        """Of the whole service."""
        return self.one_of_staff(role='service-manager')

    def one_of_staff(self, **which):
        staff = self.programs.list(self.central_store, 'staff', **which)
        if not staff:
            raise Trouble(f'{self.name} has no {which["role"]}')
        return min(staff, key=lambda one: one['number'])

    def set_pin(self, pin='271828', others=()):
        """Gives a receptionist of the site a PIN, at central, and others too, and waits until the desk has heard of it. Returns her name and the PIN."""
        receptionist = self.receptionist()
        for one in (receptionist['id'], *others):
            self.programs.ctl(self.central_store, 'staff', 'pin', one, text=f'{pin}\n')

        def known():
            self.programs.ctl(self.hub_store, 'sync', wanted=None)
            self.programs.ctl(self.desk, 'sync', wanted=None)
            return len({json.dumps(self.programs.ctl(store, 'digest').json['staff'], sort_keys=True) for store in (self.central_store, self.desk)}) == 1
        until('the desk knows the PIN', known, 30)
        return f'{receptionist["given"]} {receptionist["family"]}', pin

    def live(self):
        """The site's day until now: earlier people were seen or did not come, some wait. Returns how many of each."""
        now, done = self.programs.clock.now(), {'seen': 0, 'did-not-attend': 0, 'waiting': 0}
        known = {patient['id']: patient for patient in self.programs.list(self.kiosk, 'patient')}
        today = [one for one in self.programs.list(self.kiosk, 'appointment', start=now.date().isoformat()) if one['status'] == 'booked']
        for number, appointment in enumerate(sorted(today, key=lambda one: (moment(one['start']), one['id']))):
            start, person = moment(appointment['start']), known.get(appointment['patient'])
            minutes = (now - start).total_seconds() / 60
            if minutes > 25:
                word = 'did-not-attend' if number % 9 == 4 else 'seen'
                self.programs.ctl(self.central_store, 'put', 'appointment', appointment['id'], f'status={word}', '--as', self.receptionist()['number'])
                done[word] += 1
            elif minutes > 0 and person is not None:
                year, month, day = person['born'].split('-')
                came = (start - datetime.timedelta(minutes=7)).isoformat()
                answer = self.programs.ctl(self.kiosk, 'arrive', '--born', f'{day}/{month}/{year}', '--initial', person['letters'][0], '--at', came, wanted=None)
                done['waiting'] += answer.json.get('result') == 'checked-in'
        for store in (self.kiosk, self.hub_store, self.desk):
            self.programs.ctl(store, 'sync')
        return done

    def people(self):
        """Those whom the kiosk may check in now without asking more: what they would type, and who the desk knows them as."""
        now, expected, alike = self.programs.clock.now(), {}, {}
        known = {patient['id']: patient for patient in self.programs.list(self.kiosk, 'patient')}
        for person in known.values():
            for letter in person['letters']:
                alike.setdefault((person['born'][5:], letter), set()).add(person['id'])
        for appointment in sorted(self.programs.list(self.kiosk, 'appointment'), key=lambda one: (moment(one['start']), one['id'])):
            expected.setdefault(appointment['patient'], []).append(appointment)
        for patient, (first, *others) in expected.items():
            person, minutes = known.get(patient), (moment(first['start']) - now).total_seconds() / 60
            if person is None or person.get('at_desk') or others or first['status'] != 'booked' or not -3 < minutes < self.EARLY - 2:
                continue
            if all(len(alike[person['born'][5:], letter]) == 1 for letter in person['letters']):
                yield Person(self, person, first)

    def arrived(self, store, appointment):
        return bool(self.programs.list(store, 'arrival', appointment=appointment))


class Person:
    """Somebody with an appointment now."""

    def __init__(self, site, known, appointment):
        self.appointment, self.id, self.start = appointment['id'], known['id'], moment(appointment['start'])
        self.year, self.month, self.day = map(int, known['born'].split('-'))
        self.initial = known['letters'][0].upper()
        told = site.programs.ctl(site.desk, 'get', 'patient', self.id).json
        self.family, self.given = told['family'], told['given']

    def __str__(self):
        return f'born {self.day} {calendar.month_name[self.month]}, surname with {self.initial}: {self.given} {self.family}, at {self.start:%H:%M}'
