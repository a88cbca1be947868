#!/usr/bin/python3
"""The waiting-room screen through the real windows: whoever is called at the desk stands there, with the internet out too."""

import os
import pathlib
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))
import tap  # noqa: E402
from hands import County  # noqa: E402
from limber import Clock, Programs, Trouble, moment, until  # noqa: E402
from screen import Display, Screen  # noqa: E402


class Waiting(County):
    """The county, with a screen in its waiting room."""

    board = None

    def open(self, **environment):
        super().open(**environment)
        self.site.add_board(volume=0)
        display = Display()
        self.board = Screen(self.programs.start('limber-kiosk', '--board', '--store', self.site.board, '--windowed=1280x800', DISPLAY=display.name), display)

    @staticmethod
    def called(person):
        return f'{person.given} {person.family[0].upper()}.'

    def call(self, person):
        """Calls somebody in at the desk; returns when the screen in the waiting room shows it, and says how long that took."""
        self.desk.press('Call in')
        start = time.monotonic()
        until(f'the board shows {self.called(person)}', lambda: self.board.shows(self.called(person)), 15)
        print(f'# the board showed it after {1000 * (time.monotonic() - start):.0f} ms, as seen from outside', flush=True)


def main():
    with tempfile.TemporaryDirectory() as folder, Programs(os.environ['LIMBER_BUILD'], Clock(moment('2026-11-23T10:05:00Z')), pathlib.Path(folder)) as programs:
        work = Waiting(programs, pathlib.Path(folder) / 'county')
        seen = []

        def a_site_with_a_board_is_set_up():
            work.open()
            work.desk.sign_in(work.name, work.pin)
            work.board.see('Please take a seat. We will call you.', seconds=30)

        def who_is_called_at_the_desk_stands_on_the_board():
            person = next(work.people)
            seen.append(person)
            work.desk.check_in(person)
            work.call(person)
            work.board.see('Please go in now')

        def what_is_taken_back_goes():
            work.desk.press('Undo call')
            until('the board is calm', lambda: not work.board.shows(work.called(seen[0])))

        def with_the_internet_out_too():
            person = next(work.people)
            seen.append(person)
            work.site.line.cut()
            work.desk.check_in(person)
            work.call(person)

        def without_its_hub_the_board_says_so():
            work.site.hub.stop()
            work.board.see('Calls may be late here. Please listen for your name.', seconds=60)
            work.site.hub.start()
            until('the board is in touch again', lambda: not work.board.shows('Calls may be late here. Please listen for your name.'), 60)
            work.site.line.restore()

        def the_board_holds_nobody():
            for kind in ('patient', 'appointment', 'arrival', 'staff'):
                if programs.ctl(work.site.board, 'list', kind, wanted=None).json:
                    raise Trouble(f'the board holds {kind}')
            files = b''.join(file.read_bytes() for file in work.site.board.iterdir() if file.is_file())
            for person in seen:
                if person.family.encode() in files:
                    raise Trouble(f'the board’s store has {person.family} in it')

        def a_number_is_told_at_the_kiosk():
            person = next(work.people)
            site = work.site
            programs.ctl(site.central_store, 'put', 'site', site.code, 'call_by=number', '--as', site.manager()['number'])
            until('the kiosk has heard', lambda: programs.ctl(site.kiosk, 'get', 'site', site.id).json.get('call_by') == 'number', 60)
            work.kiosk.answer(person)
            work.kiosk.confirm()
            work.kiosk.see('Your number')

        tap.run('/e2e/board', *filter(callable, locals().values()), witness=work.witness)


if __name__ == '__main__':
    main()
