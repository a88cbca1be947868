#!/usr/bin/python3
"""A site from which the internet is reached by an HTTP proxy only, as its owner's network has it."""

import contextlib
import os
import pathlib
import re
import socket
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))
import tap  # noqa: E402
from limber import Clock, FrontedNode, Line, Programs, Trouble, moment, until  # noqa: E402

BUILD = os.environ['LIMBER_BUILD']
CLOCK = Clock(moment('2026-11-23T10:05:00Z'))
URL = 'https://central.example'  # a name that only the proxy knows


class Proxy:
    """Opens lines to central for whoever asks by CONNECT, and does nothing else."""

    def __init__(self, port):
        self._target, self.asked = port, []
        self._listener = socket.create_server(('127.0.0.1', 0), backlog=64)
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self):
        return f'http://127.0.0.1:{self._listener.getsockname()[1]}'

    def _accept(self):
        while True:
            near, _ = self._listener.accept()
            threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near):
        with near, contextlib.suppress(OSError):
            head = b''
            while b'\r\n\r\n' not in head:
                part = near.recv(4096)
                if not part:
                    return
                head += part
            self.asked.append(head.split(b'\r\n')[0].decode())
            if not re.fullmatch(r'CONNECT central\.example:443 HTTP/1\.[01]', self.asked[-1]):
                near.sendall(b'HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n')
                return
            with socket.create_connection(('127.0.0.1', self._target)) as far:
                near.sendall(b'HTTP/1.1 200 Connection established\r\n\r\n')
                threading.Thread(target=Line.pump, args=(far, near), daemon=True).start()
                Line.pump(near, far)


def place():
    """Central behind its nginx, the proxy before it, and programs that are told of the proxy."""
    programs = Programs(BUILD, CLOCK)
    folder = programs.folder()
    central = folder / 'central'
    programs.ctl(None, 'demo', folder / 'lists', '--patients', 60, '--date', '2026-11-23')
    programs.ctl(central, 'init', '--class', 'central', '--name', 'Harrow MSK')
    programs.ctl(central, 'import', folder / 'lists')
    node = FrontedNode(programs, central)
    proxy = Proxy(node.port)
    return programs, folder, node, proxy, Programs(BUILD, CLOCK, environment={'https_proxy': proxy.url, 'no_proxy': ''})


PROGRAMS, FOLDER, NODE, PROXY, INSIDE = place()


def code():
    site = PROGRAMS.list(NODE.store, 'site')[0]['code']
    return PROGRAMS.ctl(NODE.store, 'enrol', '--class', 'desk', '--site', site, '--name', 'Front desk').json['code']


def without_the_proxy_nobody_is_reached():
    PROGRAMS.ctl(FOLDER / 'nowhere', 'join', URL, code(), wanted=(6,))


def a_device_joins_and_syncs_by_the_proxy():
    INSIDE.ctl(FOLDER / 'desk', 'join', URL, code())
    state = INSIDE.ctl(FOLDER / 'desk', 'sync').json['state']
    if state != 'up-to-date' or not PROXY.asked:
        raise Trouble(f'{state}, and the proxy was asked {PROXY.asked}')


def an_open_line_goes_through_it():
    staff = PROGRAMS.list(NODE.store, 'staff')[0]['number']
    INSIDE.start('limberctl', '--json', '--store', FOLDER / 'desk', 'sync', '--watch')
    until('the desk listens', lambda: INSIDE.ctl(FOLDER / 'desk', 'status').json.get('peer') == 'central')
    PROGRAMS.ctl(NODE.store, 'put', 'practice', 'code=Y00001', 'name=The Green Surgery', '--as', staff)
    until('the desk has the practice', lambda: PROGRAMS.list(FOLDER / 'desk', 'practice', code='Y00001'), 10)


def nothing_is_asked_of_the_proxy_but_a_line():
    others = [line for line in PROXY.asked if not line.startswith('CONNECT central.example:443 ')]
    if others:
        raise Trouble(f'the proxy was asked {others}')


if __name__ == '__main__':
    with PROGRAMS, INSIDE:
        tap.run('/e2e/proxy', without_the_proxy_nobody_is_reached, a_device_joins_and_syncs_by_the_proxy, an_open_line_goes_through_it, nothing_is_asked_of_the_proxy_but_a_line)
