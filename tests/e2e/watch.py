#!/usr/bin/python3
"""What a running node tells those who look after it: health and figures on its private socket, and to nobody else."""

import http.client
import json
import os
import pathlib
import re
import socket
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))
import tap  # noqa: E402
from limber import Clock, Line, Node, Programs, Trouble, answers, moment, until  # noqa: E402

BUILD = os.environ['LIMBER_BUILD']
CLOCK = Clock(moment('2026-11-23T10:05:00Z'))
NOBODY = 65534


class Unix(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path):
        super().__init__('localhost', timeout=20)
        self.path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(20)
        self.sock.connect(self.path)


def ask(connection, path, method='GET'):
    connection.request(method, path)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, answer.headers, text


def health(store):
    status, headers, text = ask(Unix(store / 'control'), '/health')
    found = json.loads(text)
    if headers['Content-Type'] != 'application/json' or status != (503 if found['status'] == 'failed' else 200):
        raise Trouble(f'{status} {headers} {text}')
    return found


def figures(store):
    status, headers, text = ask(Unix(store / 'control'), '/metrics')
    if status != 200 or headers['Content-Type'] != 'text/plain; version=0.0.4; charset=utf-8':
        raise Trouble(f'{status} {headers}')
    return parse(text)


NAME, LABEL = r'[a-zA-Z_:][a-zA-Z0-9_:]*', r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\"n])*"'
SAMPLE = re.compile(rf'({NAME})(?:{{({LABEL}(?:,{LABEL})*)}})? ([0-9]+(?:\.[0-9]+)?)')


def parse(text):
    """Prometheus' text form, strictly: (name, labels) → value. Each metric is said once with its help and type, then come its samples."""
    if not text.endswith('\n'):
        raise Trouble('the last line has no end')
    samples, said, name, kind, helped = {}, set(), None, None, None
    for line in text[:-1].split('\n'):
        if line.startswith('# HELP '):
            helped = re.fullmatch(rf'# HELP ({NAME}) \S.*', line)[1]
        elif line.startswith('# TYPE '):
            name, kind = re.fullmatch(rf'# TYPE ({NAME}) (counter|gauge|histogram)', line).groups()
            if name in said or name != helped or (kind == 'counter') != name.endswith('_total'):
                raise Trouble(f'said twice, without help, or with a wrong name: {line}')
            said.add(name)
        else:
            found = SAMPLE.fullmatch(line)
            parts = {f'{name}{end}' for end in ('_bucket', '_sum', '_count')} if kind == 'histogram' else {name}
            if not found or found[1] not in parts or (found[1], found[2]) in samples:
                raise Trouble(f'not a sample of {name}: {line}')
            samples[found[1], found[2]] = float(found[3])
    check_histograms(samples)
    return samples


def check_histograms(samples):
    """Buckets only grow, and the last is the count."""
    last = {}
    for (name, labels), value in samples.items():
        if name.endswith('_bucket'):
            series = name, re.sub(r',?le="[^"]*"', '', labels)
            if value < last.get(series, 0):
                raise Trouble(f'{name}{{{labels}}} is less than the bucket before it')
            last[series] = value
            if 'le="+Inf"' in labels and samples[name.replace('_bucket', '_count'), series[1]] != value:
                raise Trouble(f'{name}{{{labels}}} is not the count')


class County:
    """Central, a hub and a desk."""

    def __init__(self, programs, folder):
        self.programs, self.central, self.hub, self.desk = programs, folder / 'central', folder / 'hub', folder / 'desk'
        programs.ctl(None, 'demo', folder / 'lists', '--patients', 120, '--date', '2026-11-23')
        programs.ctl(self.central, 'init', '--class', 'central', '--name', 'Harrow MSK')
        programs.ctl(self.central, 'import', folder / 'lists')
        self.site = programs.list(self.central, 'site')[0]['code']
        self.node = Node(programs, self.central)
        self.line = Line(self.node.port)
        self.join(self.hub, 'hub', self.central, self.line.url)
        self.hub_node = Node(programs, self.hub)
        self.join(self.desk, 'desk', self.hub, self.hub_node.url)
        programs.ctl(self.desk, 'sync')

    def join(self, store, klass, node, url):
        code = self.programs.ctl(node, 'enrol', '--class', klass, '--site', self.site, '--name', f'The {klass}').json['code']
        self.programs.ctl(store, 'join', url, code)


def expect(what, wanted, found):
    if wanted != found:
        raise Trouble(f'{what}: {found} instead of {wanted}')


def health_says_what_is_so():
    with tempfile.TemporaryDirectory() as name, Programs(BUILD, CLOCK) as programs:
        folder = pathlib.Path(name)
        county = County(programs, folder)
        until('the hub is well', lambda: health(county.hub)['status'] == 'ok')
        first = health(county.central)
        expect('a central without a copy', ('degraded', ['no-backup']), (first['status'], [reason['code'] for reason in first['reasons']]))
        programs.ctl(county.central, 'backup', folder / 'copy', '--offsite')
        until('a copy is heard of', lambda: health(county.central)['status'] == 'ok')
        status = programs.ctl(county.central, 'status').json
        told = until('the same is told by status', lambda: (found := health(county.central)['store'])['entries'] == status['entries'] and found)
        expect('when the last copy was made', status['last_backup'], told['last_backup'])
        until('the hub counts as status does', lambda: health(county.hub)['store']['entries'] == programs.ctl(county.hub, 'status').json['entries'])
        (county.central / 'second/journal').rename(folder / 'elsewhere')
        lost = until('a lost second file is told', lambda: (found := health(county.central))['status'] == 'failed' and found)
        expect('why', ['second-file-missing'], [reason['code'] for reason in lost['reasons']])
        (folder / 'elsewhere').rename(county.central / 'second/journal')
        until('it is back', lambda: health(county.central)['status'] == 'ok')


def figures_add_up():
    with tempfile.TemporaryDirectory() as name, Programs(BUILD, CLOCK) as programs:
        county = County(programs, pathlib.Path(name))
        before = figures(county.hub)
        person = programs.list(county.desk, 'patient')[0]['id']
        programs.ctl(county.desk, 'put', 'patient', person, 'language=pl', '--as', programs.list(county.desk, 'staff')[0]['number'])
        programs.ctl(county.desk, 'sync')
        after = figures(county.hub)

        def more(metric, labels=None):
            return after[metric, labels] - before.get((metric, labels), 0)
        expect('entries that were stored', 1, more('limber_entries_received_total', 'verdict="stored"'))
        for handler in ('push', 'pull', 'digest'):
            if more('limber_requests_total', f'handler="{handler}",class="2xx"') < 1:
                raise Trouble(f'no {handler} was counted')
        for metric in ('limber_received_bytes_total', 'limber_sent_bytes_total', 'limber_rows_sent_total'):
            if more(metric) < 1:
                raise Trouble(f'{metric} did not grow')
        expect('devices seen', 1, after['limber_devices_seen', None])
        until('the hub listens to central', lambda: figures(county.central)['limber_wake_lines', None] == 1)
        if not 5 < after['process_open_fds', None] < after['process_max_fds', None] or not 1e6 < after['process_resident_memory_bytes', None] < 1e9:
            raise Trouble(f'{after}')
        until('central is reached', lambda: figures(county.hub)['limber_central_reached', None] == 1)
        county.line.cut()
        until('central is not reached', lambda: figures(county.hub)['limber_central_reached', None] == 0)
        ids = {device['id'] for device in programs.list(county.central, 'device')} | {device['name'] for device in programs.list(county.central, 'device')}
        if any(one in str(labels) for one in ids for _, labels in figures(county.central)):
            raise Trouble('a label says which device it was')


def nobody_else_sees_them():
    with tempfile.TemporaryDirectory() as name, Programs(BUILD, CLOCK) as programs:
        folder = pathlib.Path(name)
        store, public = folder / 'central', folder / 'public'
        programs.ctl(store, 'init', '--class', 'central', '--name', 'Harrow MSK')
        programs.start('limber-node', '--store', store, '--socket', public)
        until('it listens', lambda: answers(public) and answers(store / 'control'))
        for path in ('/health', '/metrics', '/../health', '//health', '/sync/v1/health'):
            status, _, text = ask(Unix(public), path)
            if status < 400 or 'limber_' in text or 'uptime' in text:
                raise Trouble(f'{path} where the network asks: {status} {text}')
        for path, method, wanted in (('/', 'GET', 404), ('/health/', 'GET', 404), ('/metrics', 'DELETE', 405)):
            expect(f'{method} {path}', wanted, ask(Unix(store / 'control'), path, method)[0])
        expect('who may open it', 0o600, (store / 'control').stat().st_mode & 0o777)
        if os.geteuid() == 0:
            for place, mode in ((folder, 0o755), (store, 0o755), (store / 'control', 0o777)):
                place.chmod(mode)
            expect('what another user is told', b'', as_nobody(store / 'control'))


def as_nobody(path):
    """What a process of another user is answered."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
        with socket.socket(socket.AF_UNIX) as end:
            end.connect(str(path))
            try:
                end.sendall(b'GET /health HTTP/1.1\r\n\r\n')
                os.write(writing, end.recv(100))
            except (BrokenPipeError, ConnectionResetError):
                pass
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writing)
    with os.fdopen(reading, 'rb') as answer:
        return answer.read()


def what_is_not_http_is_not_answered_as_such():
    with tempfile.TemporaryDirectory() as name, Programs(BUILD, CLOCK) as programs:
        store = pathlib.Path(name) / 'central'
        programs.ctl(store, 'init', '--class', 'central', '--name', 'Harrow MSK')
        programs.start('limber-node', '--store', store, '--socket', store.parent / 'public')
        until('it listens', lambda: answers(store / 'control'))
        for sent in (b'GET /health HTTP/1.1\r\n' + b'X: y\r\n' * 5000, b'\r\n\r\n', b'\x00' * 40 + b'\n\n', b'GET\n\n', b'GET ' + b'/' * 9000 + b' HTTP/1.1\r\n\r\n'):
            with socket.socket(socket.AF_UNIX) as end:
                end.settimeout(20)
                end.connect(str(store / 'control'))
                try:
                    end.sendall(sent)
                    end.shutdown(socket.SHUT_WR)
                    said = end.recv(60)
                except (BrokenPipeError, ConnectionResetError):
                    continue
                if said.startswith(b'HTTP/1.1 200'):
                    raise Trouble(f'{sent[:40]!r}: {said!r}')
        expect('afterwards', 200, ask(Unix(store / 'control'), '/health')[0])


if __name__ == '__main__':
    tap.run('/e2e/watch', health_says_what_is_so, figures_add_up, nobody_else_sees_them, what_is_not_http_is_not_answered_as_such)
