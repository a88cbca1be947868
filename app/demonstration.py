#!/usr/bin/python3
"""The demonstration that app/run starts: a county, its central service, one site's hub, and that site's desk, kiosk and board."""

import argparse
import json
import os
import pathlib
import select
import shutil
import signal
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'tests/support'))
from limber import Clock, Programs, Site, Trouble, moment  # noqa: E402

MARK = 'limber-demo.json'


def tell(text=''):
    print(text, flush=True)


def prepare(folder, keep):
    """The folder is emptied only if it is ours: nothing of anybody's is ever removed by a wrong --dir."""
    mark = folder / MARK
    if keep and mark.exists():
        return json.loads(mark.read_text())
    if folder.exists() and any(folder.iterdir()):
        if not mark.exists():
            raise Trouble(f'{folder} holds something else; choose another --dir')
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    mark.write_text('{}')
    return {}


def remember(folder, site):
    (folder / MARK).write_text(json.dumps({'site': [site.id, site.code, site.name], 'ports': [site.central.port, site.line.port, site.hub.port]}))


def begin(programs, folder, keep, patients):
    known = prepare(folder, keep)
    site = Site(programs, folder, patients)
    if 'ports' in known:
        site.id, site.code, site.name = known['site']
        site.start_nodes(ports=known['ports'])
        tell(f'went on with the county in {folder}')
    else:
        site.make(tell)
        tell('lived its day until now: ' + ', '.join(f'{count} {word.replace("-", " ")}' for word, count in site.live().items()))
    if not site.board.exists():
        site.add_board()
        tell('joined a board, for the waiting room')
    remember(folder, site)
    return site


def tell_people(site):
    people = list(site.people())[:8]
    tell('Can check in at the kiosk now:' if people else 'Nobody has an appointment in the next minutes; start again for a new county.')
    for person in people:
        tell(f'  {person}')


def follow(site, windows):
    """Until all windows are closed or somebody says quit."""
    listening = [sys.stdin]
    while any(window.poll() is None for window in windows):
        ready, _, _ = select.select(listening, [], [], 0.5)
        if not ready:
            continue
        word = sys.stdin.readline()
        if not word:
            listening = []
        word = word.strip()
        if word == 'cut':
            site.line.cut()
            tell('The internet is cut: the hub cannot reach central.')
        elif word == 'restore':
            site.line.restore()
            tell('The internet is back.')
        elif word == 'who':
            tell_people(site)
        elif word == 'quit':
            return
        elif word:
            tell('cut, restore, who or quit')


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--dir', type=pathlib.Path, required=True)
    parser.add_argument('--keep', action='store_true')
    parser.add_argument('--patients')
    parser.add_argument('--headless', action='store_true')
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        options.dir.mkdir(parents=True, exist_ok=True)
        clock = Clock(moment(os.environ.get('LIMBER_NOW')))  # the machine's own, but for pictures
        with Programs(options.build, clock, options.dir) as programs:
            start = time.monotonic()
            site = begin(programs, options.dir, options.keep, options.patients)
            name, pin = site.set_pin()
            tell(f'ready in {time.monotonic() - start:.1f} s; stores and logs are in {options.dir}')
            if options.headless:
                import day  # pylint: disable=import-outside-toplevel  # needs the display that only --headless has
                return day.play(site, name, pin, options.dir / 'pictures', tell)
            tell(f'\nSign in at the desk as {name} with PIN {pin}.')
            tell_people(site)
            tell('\nType cut, restore, who or quit.')
            follow(site, [programs.start('limber', '--store', site.desk), programs.start('limber-kiosk', '--store', site.kiosk, '--windowed=1280x800'),
                          programs.start('limber-kiosk', '--board', '--store', site.board, '--windowed=1280x720')])
            return 0
    except Trouble as trouble:
        tell(f'Not as it should be: {trouble}')
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == '__main__':
    sys.exit(main())
