#!/usr/bin/python3
"""A node behind its nginx, as a network sees it: what strangers send, and what devices get nevertheless."""

import concurrent.futures
import contextlib
import json
import os
import pathlib
import resource
import socket
import ssl
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))
import tap  # noqa: E402
from limber import Clock, FrontedNode, Programs, Trouble, moment, until  # noqa: E402

BUILD = os.environ['LIMBER_BUILD']
CLOCK = Clock(moment('2026-11-23T10:05:00Z'))
PER_ADDRESS = 60
HOST = b'Host: node.example\r\n'
PULL = b'GET /sync/v1/pull HTTP/1.1\r\n' + HOST
PUSH = b'POST /sync/v1/push HTTP/1.1\r\n' + HOST


def tls(version=None, ciphers=None):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers(ciphers or 'DEFAULT:@SECLEVEL=0')
    if version:
        context.minimum_version = context.maximum_version = version
    return context


@contextlib.contextmanager
def few_descriptors():
    """Whoever is started now gets no more than a stingy shell would give."""
    given, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (given, most))


class Place:
    """Central behind nginx, a desk that keeps its line to it open the whole time, and one that asks now and then."""

    def __init__(self, programs, folder):
        self.programs, self.folder, self.store, self.desk, self.other = programs, folder, folder / 'central', folder / 'desk', folder / 'other'
        programs.ctl(None, 'demo', folder / 'lists', '--patients', 60, '--date', '2026-11-23')
        programs.ctl(self.store, 'init', '--class', 'central', '--name', 'Harrow MSK')
        programs.ctl(self.store, 'import', folder / 'lists')
        self.staff = programs.list(self.store, 'staff')[0]['number']
        with few_descriptors():
            self.node = FrontedNode(programs, self.store, options=('--per-address', str(PER_ADDRESS)))
        self.join(self.desk, 'Front desk')
        self.join(self.other, 'Back desk')
        programs.start('limberctl', '--json', '--store', self.desk, 'sync', '--watch')
        self.line = None  # what open_lines() says once it is open

    def connect(self, context=None, session=None):
        """A TLS connection with a minute's patience."""
        plain = socket.create_connection(('127.0.0.1', self.node.port), 60)
        return (context or tls()).wrap_socket(plain, session=session)

    def ask(self, request, wait=5):
        """Every byte that comes back until nginx closes the connection, which it must do by itself."""
        with self.connect() as line:
            line.settimeout(wait)
            with contextlib.suppress(ssl.SSLError, ConnectionError):  # nginx has heard enough
                line.sendall(request)
            return Answers(read_all(line))

    def status(self, request=PULL + b'Connection: close\r\n\r\n'):
        return self.ask(request).only()

    def answers_a_device(self):
        self.programs.ctl(self.other, 'sync')

    def join(self, store, name):
        site = self.programs.list(self.store, 'site')[0]['code']
        code = self.programs.ctl(self.store, 'enrol', '--class', 'desk', '--site', site, '--name', name).json['code']
        self.programs.ctl(store, 'join', self.node.url, code)

    def nginx_processes(self):
        master = self.node.nginx.pid
        workers = pathlib.Path(f'/proc/{master}/task/{master}/children').read_text(encoding='ascii').split()
        return [master, *map(int, workers)]

    def change(self, code):
        """A change at central, and how long until the desk with the open line has it."""
        self.programs.ctl(self.store, 'put', 'practice', f'code={code}', 'name=The Green Surgery', '--as', self.staff)
        start = time.monotonic()
        until(f'the desk has {code}', lambda: self.programs.list(self.desk, 'practice', code=code), 5)
        return time.monotonic() - start


def read_all(line):
    data = b''
    with contextlib.suppress(ConnectionError, ssl.SSLEOFError, ssl.SSLZeroReturnError):
        try:
            while part := line.recv(65536):
                data += part
        except TimeoutError:
            data += b' and the connection stays open'
    return data


class Answers:
    """What came back on one connection, taken apart."""

    def __init__(self, data):
        self.all, self.left = [], data
        while self.left.startswith(b'HTTP/1.'):
            head, _, rest = self.left.partition(b'\r\n\r\n')
            status, *lines = head.decode('latin-1').split('\r\n')
            headers = {name.lower(): value for name, _, value in (line.partition(': ') for line in lines)}
            length = int(headers.get('content-length', 0))
            self.all.append((int(status.split()[1]), headers, rest[:length]))
            self.left = rest[length:]

    def only(self):
        if len(self.all) != 1 or self.left:
            raise Trouble(f'{len(self.all)} answers, and then {self.left[:200]}')
        return self.all[0][0]


def place_of(test):
    """A test gets the place by its name, for tap."""
    def run():
        test(PLACE)
    run.__name__ = test.__name__
    return run


PLACE = None


def old_tls_is_refused_and_new_tls_resumes(place):
    for version in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
        try:
            with place.connect(tls(version)) as line:
                raise Trouble(f'{line.version()} is spoken')
        except ssl.SSLError as error:
            if 'ALERT_PROTOCOL_VERSION' not in str(error):
                raise Trouble(f'{version.name}: not refused by nginx: {error}') from error
    for ciphers in ('AES128-GCM-SHA256', 'ECDHE-ECDSA-AES128-SHA', 'ECDHE-ECDSA-AES256-SHA384', 'DHE-RSA-AES128-GCM-SHA256'):
        try:
            with place.connect(tls(ssl.TLSVersion.TLSv1_2, f'{ciphers}:@SECLEVEL=0')) as line:
                raise Trouble(f'{line.cipher()} is spoken')
        except ssl.SSLError as error:
            if 'HANDSHAKE_FAILURE' not in str(error):
                raise Trouble(f'{ciphers}: not refused by nginx: {error}') from error
    for version, name in ((ssl.TLSVersion.TLSv1_2, 'TLSv1.2'), (ssl.TLSVersion.TLSv1_3, 'TLSv1.3')):
        context = tls(version)
        context.set_alpn_protocols(['h2', 'http/1.1'])
        with place.connect(context) as line:
            line.sendall(PULL + b'Connection: close\r\n\r\n')
            if Answers(read_all(line)).only() != 401 or line.version() != name or line.selected_alpn_protocol() == 'h2':
                raise Trouble(f'{name}: {line.version()}, {line.selected_alpn_protocol()}')
            session = line.session
        with place.connect(context, session) as again:
            if not again.session_reused:
                raise Trouble(f'{name} is not resumed')


def a_device_joins_and_its_open_line_wakes_it(place):
    until('the desk has the patients', lambda: place.programs.list(place.desk, 'patient'))
    if (seconds := place.change('WAKE1')) > 2:
        raise Trouble(f'woken after {seconds:.1f} s')
    place.line = steady('the line is open', lambda: open_lines(place))
    if len(place.line) != 1:
        raise Trouble(f'{place.line} are open')


def steady(what, look):
    """What is seen when it changes no more."""
    seen = []
    until(what, lambda: seen.append(look()) or len(seen) > 30 and all(one == seen[-1] for one in seen[-30:]))
    return seen[-1]


def open_lines(place):
    """Which connections the node has now: those of open lines."""
    with open('/proc/net/unix', encoding='ascii') as table:
        return {line.split()[6] for line in table if line.split()[3:6] == ['00000000', '0001', '03'] and line.rstrip().endswith(str(place.node.socket))}


REFUSED = {
    400: {
        'a length and chunks': PUSH + b'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n' + PULL + b'\r\n',
        'chunks and a length': PUSH + b'Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n' + PULL + b'\r\n',
        'two lengths': PUSH + b'Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello' + PULL + b'\r\n',
        'two equal lengths': PUSH + b'Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello',
        'two lengths in a line': PUSH + b'Content-Length: 5, 5\r\n\r\nhello',
        'two hosts': PULL + HOST + b'\r\n',
        'no host': b'GET /sync/v1/pull HTTP/1.1\r\n\r\n',
        'a host with a path': b'GET /sync/v1/pull HTTP/1.1\r\nHost: a/b\r\n\r\n',
        'a length with a plus': PUSH + b'Content-Length: +5\r\n\r\nhello',
        'a length below nothing': PUSH + b'Content-Length: -1\r\n\r\nhello',
        'a length in hex': PUSH + b'Content-Length: 0x5\r\n\r\nhello',
        'a length beyond counting': PUSH + b'Content-Length: 99999999999999999999999999\r\n\r\nhello',
        'a folded header': PULL + b'X-Fold: a\r\n b\r\n\r\n',
        'a space before the colon': PUSH + b'Content-Length : 5\r\n\r\nhello',
        'NUL in a header': PULL + b'X-Nul: a\0b\r\n\r\n',
        'NUL in the path': b'GET /sync/v1/pull\0 HTTP/1.1\r\n' + HOST + b'\r\n',
        'an encoded NUL': b'GET /sync/v1/pull%00 HTTP/1.1\r\n' + HOST + b'\r\n',
        'beyond the root': b'GET /../sync/v1/pull HTTP/1.1\r\n' + HOST + b'\r\n',
        'a small method': b'get /sync/v1/pull HTTP/1.1\r\n' + HOST + b'\r\n',
        'HTTP/2.0': b'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
        'rubbish': b'\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n',
    },
    404: {name: b'GET ' + name.encode() + b' HTTP/1.1\r\n' + HOST + b'\r\n' for name in (
        '/', '/control', '/refused', '/sync', '/sync/v1', '/sync/v1/', '/sync/v1/../x', '/sync/v1/../v1/pull', '/x/../sync/v1/pull', '//sync/v1/pull', '/sync//v1/pull', '/sync/v1//pull',
        '/sync/v1/./pull', '/sync/v1/pull/', '/sync/v1/pull;x', '/sync/v1/%70ull', '/sync/v1/pull%20', '/sync/v1/pull#x', '/SYNC/V1/pull', '/sync/v1/wake/../push', '/sync/v1/pull?a=/../b',
        '/sync/v1/pull?a=%00"', 'http://node.example/sync/v1/pull', 'https://elsewhere.example/sync/v1/wake')},
    405: {method: method.encode() + b' /sync/v1/pull HTTP/1.1\r\n' + HOST + b'\r\n' for method in ('PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH', 'PROPFIND')},
    411: {
        'chunks': PUSH + b'Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
        'chunks with extensions': PUSH + b'Transfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\n\r\n' + PULL + b'\r\n',
    },
    413: {'a body of 2 MiB': PUSH + b'Content-Length: 2097152\r\n\r\n', 'a body of 2 MiB that comes': PUSH + b'Content-Length: 2097152\r\n\r\n' + b'x' * 2097152,
          'a byte too many': PUSH + f'Content-Length: {1024 * 1024 + 1025}\r\n\r\n'.encode()},
    414: {'a long address': b'GET /sync/v1/pull?a=' + b'x' * 5000 + b' HTTP/1.1\r\n' + HOST + b'\r\n'},
    431: {'a long header': PULL + b'X-Long: ' + b'x' * 5000 + b'\r\n\r\n', 'many headers': PULL + b''.join(b'X-%d: %s\r\n' % (n, b'x' * 1000) for n in range(12)) + b'\r\n'},
    501: {'another coding': PUSH + b'Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n'},
    505: {'HTTP/9.9': b'GET /sync/v1/pull HTTP/9.9\r\n' + HOST + b'\r\n'},
}


def what_is_malformed_gets_one_refusal_and_the_door(place):
    wrong = []
    for status, requests in REFUSED.items():
        for name, request in requests.items():
            answers = place.ask(request)
            if len(answers.all) != 1 or answers.left or answers.all[0][0] != status:
                wrong.append(f'{name}: {[one[0] for one in answers.all]} {answers.left[:80]} instead of {status}')
                continue
            _, headers, body = answers.all[0]
            said = json.loads(body)
            if headers['content-type'] != 'application/json' or headers['server'] != 'nginx' or set(said) != {'error', 'message'} or headers.get('connection') != 'close':
                wrong.append(f'{name}: {headers} {body}')
    if wrong:
        raise Trouble('\n'.join(wrong))
    place.answers_a_device()


def resident(process):
    """kB, shared pages counted in part."""
    with open(f'/proc/{process}/smaps_rollup', encoding='ascii') as rollup:
        return sum(int(line.split()[1]) for line in rollup if line.startswith('Pss:'))


def what_is_odd_reaches_the_node_as_one_plain_request(place):
    """nginx writes each request anew, so that lines without a carriage return mean the same to both."""
    for name, request, statuses in (
            ('bare line feeds', b'GET /sync/v1/pull HTTP/1.1\nHost: node.example\nConnection: close\n\n', [401]),
            ('two at once', PULL + b'\r\n' + PULL + b'Connection: close\r\n\r\n', [401, 401]),
            ('a body of the longest kind', PUSH + b'Connection: close\r\nContent-Length: 1048640\r\n\r\n' + b'x' * 1048640, [401, 413]),
            ('HTTP/1.0', b'GET /sync/v1/pull HTTP/1.0\r\n' + HOST + b'\r\n', [404]),
            ('an upgrade elsewhere', PULL + b'Connection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n', [401]),
            ('an unsigned line', PULL.replace(b'pull', b'wake') + b'Connection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n', [401])):
        answers = place.ask(request, wait=20)
        found = [one[0] for one in answers.all]
        if found != statuses and (len(found) != 1 or found[0] not in statuses) or answers.left:
            raise Trouble(f'{name}: {found} instead of {statuses}, {answers.left[:80]}')
    answers = place.ask(PULL + b'X-Long: ' + b'x' * 64 * 1024 * 1024 + b'\r\n\r\n', wait=20)
    if [one[0] for one in answers.all] not in ([431], []) or answers.left:  # nothing, when nginx left while it was still coming
        raise Trouble(f'a head of 64 MiB: {answers.all}')
    if (memory := sum(resident(process) for process in place.nginx_processes())) > 60_000:
        raise Trouble(f'nginx uses {memory} kB')
    with socket.create_connection(('127.0.0.1', place.node.port), 10) as plain:
        plain.sendall(PULL + b'\r\n')
        answers = Answers(read_all(plain))
    if answers.only() != 400:
        raise Trouble('a request without TLS was answered')
    place.answers_a_device()


def hold(place, kind):
    """How long nginx bears somebody who is slow, or None when it is more than 15 seconds."""
    start = time.monotonic()
    plain = socket.create_connection(('127.0.0.1', place.node.port), 20)
    line = plain if kind == 'no handshake' else tls().wrap_socket(plain)
    with line:
        line.settimeout(1)
        with contextlib.suppress(OSError):
            line.sendall({'no handshake': b'\x16', 'silence': b'', 'half a head': PULL, 'a head by and by': PULL, 'half a body': PUSH + b'Content-Length: 100\r\n\r\nx'}[kind])
            while time.monotonic() - start < 15:
                try:
                    if not line.recv(4096):
                        return time.monotonic() - start
                except TimeoutError:
                    if kind == 'a head by and by':
                        line.sendall(b'X')
            return None
    return time.monotonic() - start


def the_slow_are_shown_the_door_and_nobody_waits_for_them(place):
    kinds = ['no handshake', 'silence', 'half a head', 'a head by and by', 'half a body'] * 10
    with concurrent.futures.ThreadPoolExecutor(len(kinds)) as pool:
        held = [(kind, pool.submit(hold, place, kind)) for kind in kinds]
        start = time.monotonic()
        place.answers_a_device()
        if (waited := time.monotonic() - start) > 5:
            raise Trouble(f'a device waited {waited:.1f} s')
        late = [kind for kind, future in held if future.result() is None]
    if late:
        raise Trouble(f'still there after 15 s: {late}')


def an_open_line_outlives_all_that(place):
    """It is older than any time-out by now, and still the same."""
    if (lines := open_lines(place)) != place.line:
        raise Trouble(f'{lines} instead of {place.line}')
    if (seconds := place.change('WAKE2')) > 2:
        raise Trouble(f'woken after {seconds:.1f} s')


def is_told(line):
    """Whether this one was too many: the others wait for the rest of their body."""
    try:
        return Answers(line.recv(4096)).all[0][0] == 429
    except ssl.SSLWantReadError:
        return False


def too_many_are_told_so_and_room_is_there_again_at_once(place):
    half = PUSH + b'Content-Length: 100\r\n\r\nx'
    with contextlib.ExitStack() as stack:
        for _ in range(300):
            stack.enter_context(place.connect())  # says nothing
        lines = [stack.enter_context(place.connect()) for _ in range(2 * PER_ADDRESS)]
        for line in lines:
            line.sendall(half)
            line.setblocking(False)
        told = []
        until('those beyond the limit are told so', lambda: told.extend(line for line in lines if line not in told and is_told(line)) or len(told) >= PER_ADDRESS, 5)
        if len(told) > PER_ADDRESS + 1:  # the desk's open line counts too
            raise Trouble(f'{len(told)} instead of {PER_ADDRESS} were too many')
        if place.status() != 429:
            raise Trouble('one address may ask for more than it should')
    until('there is room again', lambda: place.status() == 401, 1)
    place.answers_a_device()


def descriptors(process):
    return len(os.listdir(f'/proc/{process.pid}/fd'))


def a_thousand_connections_leave_nothing_behind(place):
    def settled():
        return steady('its descriptors stay', lambda: descriptors(place.node.process))

    def connect(number):
        return place.status() if number % 2 else place.status(PUSH + b'Connection: close\r\nContent-Length: 3\r\n\r\nabc')
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        statuses = set(pool.map(connect, range(100)))  # the node opens its store for as many readers as it needs
        before = settled()
        statuses |= set(pool.map(connect, range(1000)))
    if not statuses <= {401, 429}:
        raise Trouble(f'answers {statuses}')
    after = settled()
    if after > before + 4:
        raise Trouble(f'{before} descriptors before, {after} after')


def both_take_the_descriptors_that_they_need(place):
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    _, worker, *_ = place.nginx_processes()
    for process, wanted in ((place.node.process.pid, 8192), (worker, 10240)):
        limits = pathlib.Path(f'/proc/{process}/limits').read_text(encoding='ascii')
        given = int(next(line for line in limits.splitlines() if line.startswith('Max open files')).split()[3])
        if given < min(wanted, most):
            raise Trouble(f'{given} descriptors instead of {wanted}')


def a_node_that_is_away_is_said_and_found_again(place):
    place.node.stop()
    answers = place.ask(PULL + b'Connection: close\r\n\r\n')
    if answers.only() != 502 or json.loads(answers.all[0][2])['error'] != 'unreachable':
        raise Trouble(f'{answers.all}')
    place.node.start()
    place.answers_a_device()
    if place.change('WAKE3') > 5:
        raise Trouble('the desk has not found the node again')


def without_nginx_it_is_said(place):
    """In a mount namespace of its own nginx is nothing that can be run."""
    nginx, out = place.programs.path('nginx'), place.folder / 'without'
    command = ['unshare', '--mount', 'sh', '-c', 'mount --bind /dev/null "$1" || exit 99; shift; exec "$@"', 'sh', nginx, place.programs.path('limberctl'), '--store', place.store, 'node-config', out,
               '--listen', '127.0.0.1:8443']
    run = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, encoding='utf-8', env=place.programs.environment(), check=False)
    if run.returncode == 99 or 'unshare' in run.stderr:
        raise tap.Skip('nothing can be mounted here')
    if run.returncode != 1 or 'nginx is not installed' not in run.stderr or (out / 'nginx.conf').exists():
        raise Trouble(f'exit {run.returncode}: {run.stdout}{run.stderr}')


def what_is_asked_is_written_nowhere(place):
    """Not even when it fails: an address may have a name in it."""
    for refused in (b'', b'X-Nul: \0\r\n', b'Transfer-Encoding: chunked\r\n'):
        place.ask(PULL.replace(b'pull', b'pull?name=Cordelia') + b'X-Name: Cordelia\r\n' + refused + b'Connection: close\r\n\r\n')
    place.node.stop()
    place.status(PULL.replace(b'pull', b'pull?name=Cordelia') + b'Connection: close\r\n\r\n')
    place.node.start()
    files = [path for path in place.node.folder.rglob('*') if path.is_file()]
    if 'nginx.log' not in (path.name for path in files) or any(b'Cordelia' in path.read_bytes() for path in files):
        raise Trouble(f'among {[path.name for path in files]}')


if __name__ == '__main__':
    with tempfile.TemporaryDirectory() as folder_name, Programs(BUILD, CLOCK, pathlib.Path(folder_name)) as all_programs:
        PLACE = Place(all_programs, pathlib.Path(folder_name))
        tap.run('/e2e/front', *map(place_of, (
            old_tls_is_refused_and_new_tls_resumes, a_device_joins_and_its_open_line_wakes_it, what_is_malformed_gets_one_refusal_and_the_door, what_is_odd_reaches_the_node_as_one_plain_request,
            the_slow_are_shown_the_door_and_nobody_waits_for_them, an_open_line_outlives_all_that, too_many_are_told_so_and_room_is_there_again_at_once,
            a_thousand_connections_leave_nothing_behind, both_take_the_descriptors_that_they_need, a_node_that_is_away_is_said_and_found_again, without_nginx_it_is_said,
            what_is_asked_is_written_nowhere)))
