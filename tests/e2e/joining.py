#!/usr/bin/python3
"""A public screen joins where it stands: the code typed on it, scanned, or by a keyboard; what is wrong is said, and who has joined never sees it again."""

import contextlib
import os
import pathlib
import sqlite3
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))
import tap  # noqa: E402
from limber import Clock, Programs, Site, Trouble, moment, until  # noqa: E402
from screen import Display, Screen  # noqa: E402

ASKS = 'Set up this screen'


class Door:
    """A computer by the door on which nothing has been set up."""

    def __init__(self, programs, store, *options):
        self.programs, self.store, self.options, self.display = programs, store, options, Display()
        self.process = self.screen = None

    def start(self):
        self.process = self.programs.start('limber-kiosk', '--store', self.store, '--windowed=1280x800', *self.options, DISPLAY=self.display.name)
        self.screen = Screen(self.process, self.display)
        return self.screen

    def stop(self):
        self.process.terminate()
        if self.process.wait(20) != 0:
            raise Trouble(f'it ended with {self.process.returncode}')

    def type(self, text, end=True):
        self.display.fill(self.process)
        self.display.tool('type', '--delay', 15, text)
        if end:
            self.display.tool('key', 'Return')

    def is_asked_to_join(self):
        """The pages before stay on the bus; where the focus is, people are."""
        until('it offers to join', lambda: self.screen.has_focus('Join'), 30)

    def take_another(self):
        until('another code can be taken', lambda: self.screen.has_focus('Join') or self.screen.has_focus('Another code'), 30)
        self.display.tool('key', 'Escape')
        self.screen.see(having='0 of 32')

    def picture(self, name):
        path = pathlib.Path(os.environ['LIMBER_BUILD'], 'meson-logs', f'joining-{name}.png')
        self.display.picture(path)
        print(f'# picture: {path}', flush=True)


def main():
    with tempfile.TemporaryDirectory() as folder, Programs(os.environ['LIMBER_BUILD'], Clock(moment('2026-11-23T10:05:00Z')), pathlib.Path(folder)) as programs:
        site = Site(programs, pathlib.Path(folder) / 'county', 400)
        kiosk, board = Door(programs, pathlib.Path(folder) / 'door'), Door(programs, pathlib.Path(folder) / 'wait', '--board')

        def enrol(klass, name):
            """As the hub prints it, with an address that is reached here: nobody has to trust a certificate, the code pins the key."""
            code = programs.ctl(site.hub_store, 'enrol', '--class', klass, '--site', site.code, '--name', name).json['code'].split('@')[0]
            return code, f'{code}@127.0.0.1:{site.hub.port}'

        def a_screen_without_a_store_asks_for_a_code():
            site.make()
            kiosk.start().see(ASKS)
            kiosk.picture('empty')

        def a_code_is_typed_with_the_keys_on_it_and_its_address():
            code, whole = enrol('kiosk', 'Door')
            plain = code.replace('-', '')
            kiosk.screen.tap_figures(plain[:6])
            kiosk.screen.see(f'{plain[:4]}-{plain[4:6]}')
            kiosk.picture('typing')
            kiosk.screen.press('Delete')
            kiosk.screen.see(f'{plain[:4]}-{plain[4:5]}')
            kiosk.type(plain[5:], end=False)
            kiosk.screen.see(having='Now type the address')
            kiosk.picture('address')
            kiosk.type(whole.split('@')[1])
            kiosk.is_asked_to_join()
            kiosk.screen.see(site.name)
            kiosk.picture('offer')
            kiosk.take_another()

        def a_code_for_staff_is_refused_and_not_used_up():
            whole = enrol('desk', 'Second desk')[1]
            kiosk.type(whole)
            kiosk.screen.see(having='A public screen cannot use it')
            kiosk.picture('misfit')
            if kiosk.screen.has_focus('Join'):
                raise Trouble('it offers to join with the code of a desk')
            kiosk.take_another()
            programs.ctl(pathlib.Path(folder) / 'desk-2', 'join', site.hub.url, whole.split('@', maxsplit=1)[0])

        def a_code_for_the_waiting_room_is_for_another_screen():
            kiosk.type(enrol('board', 'Hall')[1])
            kiosk.screen.see(having='this screen was started for checking in')
            kiosk.take_another()

        def a_used_code_and_one_without_a_line_say_so():
            code, whole = enrol('kiosk', 'Other door')
            programs.ctl(pathlib.Path(folder) / 'other', 'join', site.hub.url, code)
            kiosk.type(whole)
            kiosk.screen.see(having='has been used already')
            kiosk.picture('used')
            kiosk.screen.press('Start again')
            kiosk.screen.see(having='0 of 32')
            whole = enrol('kiosk', 'Door')[1]
            site.hub.stop()
            site.hub.nginx.terminate()
            site.hub.nginx.wait(20)
            site.hub.nginx = None
            kiosk.type(whole)
            kiosk.screen.see(having='There is no line')
            kiosk.picture('no-line')
            site.hub.start()

        def with_the_same_code_it_joins_and_becomes_the_kiosk():
            kiosk.screen.press('Continue')
            kiosk.is_asked_to_join()
            kiosk.screen.press('Join')
            kiosk.screen.see(having='Welcome to', seconds=60)
            kiosk.display.fill(kiosk.process)
            kiosk.picture('joined')
            if kiosk.screen.shows(ASKS):
                raise Trouble('one can still join it')

        def who_has_joined_never_sees_it_again():
            kiosk.stop()
            site.hub.stop()
            kiosk.start().see(having='Welcome to')
            kiosk.display.tool('key', 'Escape', 'key', 'BackSpace', 'key', 'F5', 'key', 'Return')
            if kiosk.screen.shows(ASKS):
                raise Trouble('one can join it again')
            kiosk.store.rename(kiosk.store.with_name('gone'))
            kiosk.display.tool('key', 'Escape')
            if kiosk.screen.shows(ASKS):
                raise Trouble('one can join it when its folder is away')
            kiosk.store.with_name('gone').rename(kiosk.store)
            site.hub.start()

        def a_board_joins_by_its_keyboard():
            board.start().see(ASKS)
            board.type(enrol('board', 'Hall 2')[1])
            board.is_asked_to_join()
            board.type('')
            board.screen.see(having='Please take a seat', seconds=60)
            board.display.fill(board.process)
            board.picture('board')

        def what_waits_for_its_lists_says_what_is_in_the_way():
            slow = Door(programs, pathlib.Path(folder) / 'slow')
            code = enrol('kiosk', 'Slow door')[0]
            programs.ctl(slow.store, 'join', site.hub.url, code)
            with contextlib.closing(sqlite3.connect(slow.store / 'store.db', isolation_level=None)) as store:
                store.execute("DELETE FROM meta WHERE name = 'last_sync'")  # limberctl does not leave before all has come
            site.line.cut()
            site.hub.stop()
            slow.start().see(having='for the first time')
            slow.screen.see(having='No answer from', seconds=60)
            slow.picture('filling')
            site.line.restore()
            site.hub.start()
            slow.screen.see(having='Welcome to', seconds=90)

        def witness(name):
            for door in (kiosk, board):
                if door.process:
                    door.picture(name)
            for log in sorted(programs.log.glob('*.log')):
                print(''.join(f'# {log.name}: {line}\n' for line in log.read_text(errors='replace').splitlines()[-20:]), end='', flush=True)

        steps = [step for step in locals().values() if callable(step) and step not in (enrol, witness)]
        tap.run('/e2e/joining', *steps, witness=witness)


if __name__ == '__main__':
    main()
