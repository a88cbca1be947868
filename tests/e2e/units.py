#!/usr/bin/python3
"""The systemd units: that systemd finds no fault in them, how little they leave to whoever breaks in, and that Limber works within what they leave."""

import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))
import confined  # noqa: E402
import tap  # noqa: E402
from limber import Clock, Line, Programs, Trouble, answers, moment, until  # noqa: E402

BUILD = pathlib.Path(os.environ['LIMBER_BUILD'])
UNITS = BUILD / 'resources/systemd'
CONFINED = pathlib.Path(confined.__file__)
EXPOSURE = {'limber-central.service': 0.5, 'limber-hub.service': 1.2, 'limber-join.service': 1.2, 'limber-backup.service': 0.5, 'limber-nginx.service': 1.7, 'limber-kiosk.service': 1.7,
            'limber-board.service': 1.7}
CLOCK = Clock(moment('2026-11-23T10:05:00Z'))


def run(*command, **more):
    return subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8', timeout=120, check=False, **more)


def in_place(folder, programs):
    """The units as on a machine where the programs are, which need not be installed here."""
    nginx = pathlib.Path(shutil.which('nginx', path='/usr/sbin:/usr/bin') or shutil.which('true'))
    here = {'limber-node': programs.path('limber-node'), 'limberctl': programs.path('limberctl'), 'nginx': nginx, 'limber-kiosk': programs.path('limber-kiosk'), 'cage': shutil.which('cage') or '/bin/true'}
    for unit in sorted(UNITS.glob('limber-*')):
        text = re.sub(r'/\S*/(limber-node|limberctl|limber-kiosk|cage|nginx)(?=\s-)', lambda found: str(here[found[1]]), unit.read_text(encoding='utf-8'))
        (folder / unit.name).write_text(text, encoding='utf-8')
    return sorted(folder.iterdir())


def systemd_finds_no_fault():
    with tempfile.TemporaryDirectory() as name, Programs(BUILD) as programs:
        units = in_place(pathlib.Path(name), programs)
        if len(units) != len(EXPOSURE) + 1:
            raise Trouble(f'other units than were expected: {units}')
        said = run('systemd-analyze', 'verify', '--recursive-errors=no', '--man=no', *units)
        if said.returncode != 0 or said.stdout.strip():
            raise Trouble(f'exit {said.returncode}: {said.stdout}')


def little_is_left_to_whoever_breaks_in():
    for name, most in EXPOSURE.items():
        said = run('systemd-analyze', 'security', '--offline=true', f'--threshold={round(most * 10)}', '--no-pager', UNITS / name)
        found = re.search(r'Overall exposure level for \S+ (\d+\.\d+)', said.stdout)
        if said.returncode != 0 or not found or float(found[1]) > most:
            raise Trouble(f'{name}: exposure above {most}:\n{said.stdout}')


class Confined:
    """A node as its unit runs it: on a Unix socket, with a line to it for those who speak TCP."""

    def __init__(self, programs, store, **environment):
        self.unit = UNITS / f'limber-{store.name}.service'
        self.socket = store.parent / f'{store.name}.sock'
        command = [sys.executable, CONFINED, self.unit, programs.path('limber-node'), '--store', store, '--socket', self.socket]
        self.process = subprocess.Popen(list(map(str, command)), env=programs.environment(**environment), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8')
        self.line = Line(self.socket)
        until(f'{store.name} listens', lambda: answers(self.socket) or self.process.poll() is not None)
        self.look()

    def look(self):
        if self.process.poll() is not None:
            what = f'system call {-self.process.returncode}' if self.process.returncode < 0 else self.process.returncode
            raise Trouble(f'{self.unit.name} ended the node ({"a forbidden system call" if self.process.returncode == -signal.SIGSYS else what}): {self.process.stdout.read()}')

    def stop(self):
        self.look()
        self.line.close()
        self.process.terminate()
        said = self.process.communicate(timeout=30)[0]
        if self.process.returncode != 0:
            raise Trouble(f'{self.unit.name}: exit {self.process.returncode}: {said}')
        return said


def waking(programs, hub, central):
    """Central learns something; its hub, which listens, has it without having asked."""
    practice = programs.list(central, 'practice')[0]['id']
    staff = programs.list(central, 'staff')[0]['number']
    programs.ctl(central, 'put', 'practice', practice, 'name=The Old Surgery', '--as', staff)
    until('the hub was woken', lambda: programs.ctl(hub, 'get', 'practice', practice).json['name'] == 'The Old Surgery', 30)


def nodes_work_within_their_units():
    with tempfile.TemporaryDirectory() as name, Programs(BUILD, CLOCK) as programs:
        folder = pathlib.Path(name)
        central, hub, desk = folder / 'central', folder / 'hub', folder / 'desk'
        programs.ctl(None, 'demo', folder / 'lists', '--patients', 120, '--date', '2026-11-23')
        programs.ctl(central, 'init', '--class', 'central', '--name', 'Harrow MSK')
        nodes = [Confined(programs, central)]
        try:
            programs.ctl(central, 'import', folder / 'lists')
            site = programs.list(central, 'site')[0]['code']
            code = programs.ctl(central, 'enrol', '--class', 'hub', '--site', site, '--name', 'Back room').json['code']
            programs.ctl(hub, 'join', nodes[0].line.url, code)
            nodes.append(Confined(programs, hub))
            code = programs.ctl(hub, 'enrol', '--class', 'desk', '--site', site, '--name', 'Front desk').json['code']
            programs.ctl(desk, 'join', nodes[1].line.url, code)
            programs.ctl(desk, 'sync')
            programs.ctl(desk, 'put', 'patient', programs.list(desk, 'patient')[0]['id'], 'language=pl', '--as', programs.list(desk, 'staff')[0]['number'])
            programs.ctl(desk, 'sync')
            until('central has what the desk wrote', lambda: programs.ctl(desk, 'sync', wanted=None).status == 0 and programs.ctl(desk, 'status').json['pending'] == 0, 30)
            waking(programs, hub, central)
            programs.ctl(central, 'backup', folder / 'copy.db', '--offsite')
            programs.ctl(central, 'verify')
        finally:
            for node in nodes:
                node.process.poll()
        for node in reversed(nodes):
            node.stop()


def what_a_unit_forbids_ends_the_node():
    """The witness of the test above."""
    with tempfile.TemporaryDirectory() as name, Programs(BUILD, CLOCK) as programs:
        folder = pathlib.Path(name)
        unit = folder / 'poor.service'
        text = (UNITS / 'limber-central.service').read_text(encoding='utf-8')
        unit.write_text(text.replace('SystemCallErrorNumber', 'SystemCallFilter=~fdatasync\nSystemCallErrorNumber'), encoding='utf-8')
        programs.ctl(folder / 'central', 'init', '--class', 'central', '--name', 'Harrow MSK')
        said = run(sys.executable, CONFINED, unit, programs.path('limber-node'), '--store', folder / 'central', '--socket', folder / 'socket', env=programs.environment())
        if said.returncode != -signal.SIGSYS:
            raise Trouble(f'exit {said.returncode}: {said.stdout}')


def a_nodes_log_goes_to_the_journal():
    """Standard error goes where standard output goes, unless it is said."""
    for name in ('limber-central.service', 'limber-hub.service'):
        unit = confined.settings(UNITS / name)
        if unit.get('StandardOutput') != ['null'] or unit.get('StandardError') != ['journal']:
            raise Trouble(f'{name}: {unit.get("StandardOutput")} {unit.get("StandardError")}')


def the_service_manager_is_told():
    with tempfile.TemporaryDirectory() as name, Programs(BUILD, CLOCK) as programs, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        folder, heard = pathlib.Path(name), []
        manager.bind(str(folder / 'notify'))
        threading.Thread(target=lambda: [heard.append(manager.recv(100).decode()) for _ in range(100)], daemon=True).start()
        programs.ctl(folder / 'central', 'init', '--class', 'central', '--name', 'Harrow MSK')
        node = Confined(programs, folder / 'central', NOTIFY_SOCKET=str(folder / 'notify'), WATCHDOG_USEC='100000')
        until('the node is ready and alive', lambda: heard[:1] == ['READY=1'] and heard.count('WATCHDOG=1') > 2)
        node.stop()
        until('the node says that it stops', lambda: heard[-1:] == ['STOPPING=1'])


def a_store_in_use_is_not_tried_in_a_tight_loop():
    with tempfile.TemporaryDirectory() as name, Programs(BUILD, CLOCK) as programs:
        folder = pathlib.Path(name)
        programs.ctl(folder / 'central', 'init', '--class', 'central', '--name', 'Harrow MSK')
        node = Confined(programs, folder / 'central')
        second = run(programs.path('limber-node'), '--store', folder / 'central', '--socket', folder / 'second', env=programs.environment())
        node.stop()
        (folder / 'sleep').write_text('#!/bin/sh\necho "slept $1"\n', encoding='utf-8')
        (folder / 'sleep').chmod(0o755)
        for name_of_unit in ('limber-central.service', 'limber-hub.service'):
            unit = confined.settings(UNITS / name_of_unit)
            pause = re.fullmatch(r"/bin/sh -c '(.*)'", unit['ExecStopPost'][-1])[1]
            slept = [run('/bin/sh', '-c', pause, env={'PATH': f'{folder}:/usr/bin:/bin', 'EXIT_STATUS': str(status)}).stdout for status in (second.returncode, 0)]
            if second.returncode != 5 or slept != ['slept 28\n', ''] or unit['Restart'] != ['always'] or int(unit['StartLimitBurst'][-1]) > 100:
                raise Trouble(f'{name_of_unit}: exit {second.returncode}, {slept}, {unit["Restart"]}')


def a_public_screen_begins_again_unless_staff_closed_it():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for program, text in (('cage', 'shift 2; "$@"; exit 0'), ('limber-kiosk', 'echo "$@" >>"$0.said"; [ -z "$WATCHDOG_PID" ] || exit 9; exit $WANTED')):
            (folder / program).write_text(f'#!/bin/sh\n{text}\n', encoding='utf-8')
            (folder / program).chmod(0o755)
        for unit_name, options in (('limber-kiosk.service', '--keep --store'), ('limber-board.service', '--keep --board --store')):
            unit = confined.settings(UNITS / unit_name)
            script = re.fullmatch(r"/bin/sh -c '(.*)'", unit['ExecStart'][-1])[1]
            script = re.sub(r'/\S*/(limber-kiosk|cage)(?=\s-)', lambda found: str(folder / found[1]), script).replace('/run/limber-screen', name)
            ended = [run('/bin/sh', '-c', script, env={'PATH': '/usr/bin:/bin', 'WANTED': str(wanted), 'WATCHDOG_PID': '1'}).returncode for wanted in (1, 139, 0)]
            (folder / 'closed').unlink()
            said = (folder / 'limber-kiosk.said').read_text(encoding='utf-8').splitlines()[-1]
            if ended != [1, 1, 0] or unit['Restart'] != ['on-failure'] or not said.startswith(options):
                raise Trouble(f'{unit_name}: {ended}, {unit["Restart"]}, {said}')


if __name__ == '__main__':
    tap.run('/e2e/units', systemd_finds_no_fault, little_is_left_to_whoever_breaks_in, nodes_work_within_their_units, what_a_unit_forbids_ends_the_node, a_nodes_log_goes_to_the_journal,
            the_service_manager_is_told, a_store_in_use_is_not_tried_in_a_tight_loop,
            a_public_screen_begins_again_unless_staff_closed_it)
