"""What a patient does at the kiosk and a receptionist at the desk, by what the screens say."""

import calendar
import os
import pathlib
import time

from limber import Site, Trouble, until
from screen import Display, Screen

ROWS = ('panel', 'list item', 'table row')


class Kiosk(Screen):
    """The kiosk's window."""

    def ask(self, person):
        """From the first page to the last question."""
        self.press('Check in', seconds=30)
        self.see('Which day were you born?')
        self.press(str(person.day))
        self.see('Which month were you born?')
        self.press(calendar.month_name[person.month])
        self.see('What is the first letter of your last name?')
        self.press(person.initial)

    def answer(self, person):
        """From the first page to the one that shows what was found."""
        self.ask(person)
        found = until('the kiosk answers', lambda: next((page for page in ('Is this you?', 'Which year were you born?') if self.shows(page)), None))
        if found == 'Which year were you born?':
            self.tap_figures(str(person.year))
            self.press('Next')
            self.see('Is this you?')

    ASKED = {'Is this still your phone number?': 'Yes, this is right', 'How bad is your pain today?': '6', 'How are you since you were last here?': 'Better'}

    def confirm(self):
        """To the last page, with an answer to whatever is asked on the way."""
        self.press('Yes, check me in')
        asked = dict(self.ASKED)
        while (page := until('the kiosk goes on', lambda: next((page for page in (*asked, 'You are checked in') if self.shows(page)), None))) in asked:
            self.press(asked.pop(page))


class Desk(Screen):
    """The receptionist's window."""

    TODAY = 'Today’s appointments'

    def try_to_sign_in(self, name, pin):
        again = 0.0

        def chosen():
            nonlocal again
            if self.has_focus('PIN'):  # a page that was left keeps its place on the bus, and its rows must not be clicked through: the page that is shown has the keys
                return True
            row = next(self.things(name, ROWS), None)
            if row is not None and time.monotonic() > again:
                self.point(row)
                again = time.monotonic() + 5
            return False
        until(f'{name} can be chosen', chosen, 30)
        self.tap_figures(pin)
        self.press('Sign in')

    def sign_in(self, name, pin):
        self.try_to_sign_in(name, pin)
        self.see(self.TODAY)
        until('today has people', self.rows)

    def is_signed_in(self):
        return self.shows(self.TODAY)

    def rows(self):
        """How many rows of today's list say something."""
        return sum(1 for _ in self.things(having=' · '))

    def summary(self):
        return f'{self.rows()} rows of today’s list'

    def row_of(self, person):
        """The row of today's list that is about this person, or None. Its name says all that the row shows."""
        names = (person.family.upper(), person.given.upper(), f'{person.start:%H:%M}')
        return next((thing for thing in self.things(having=' · ') if all(name in self.name_of(thing).upper() for name in names)), None)

    def is_here(self, person):
        row = self.row_of(person)
        return row is not None and 'Here' in self.name_of(row)

    def see_arrival(self, person, seconds=15):
        try:
            until(f'the desk shows that {person.given} {person.family} is here', lambda: self.is_here(person), seconds)
        except Trouble as trouble:
            row = self.row_of(person)
            raise Trouble(f'{trouble}; the row says: {self.name_of(row) if row else "nothing"}') from None

    def search(self, person):
        """Types a name and clicks the one who was meant among those found."""
        names = (person.family.upper(), person.given.upper())
        self.write(self.see('Find somebody', role='entry'), f'{person.given} {person.family}')
        self.point(until(f'{person.given} {person.family} is found',
                         lambda: next((thing for thing in self.things(having='Born ', role=ROWS) if all(name in self.name_of(thing).upper() for name in names)), None)))

    def check_in(self, person):
        """Choosing somebody who is expected now checks her in; it can be undone."""
        self.search(person)
        self.see_arrival(person)

    def undo(self, person):
        self.press('Undo')
        until(f'{person.given} {person.family} is taken back', lambda: not self.is_here(person))


class County:
    """A county, the windows of its kiosk and its desk, each on a display of its own, and the people who come, in turn."""

    def __init__(self, programs, folder):
        self.programs, self.site = programs, Site(programs, folder, 300)
        self.name = self.pin = self.people = self.kiosk = self.desk = None

    def open(self, **environment):
        """From nothing to both windows; the desk's gets more in its environment."""
        site, displays = self.site, (Display(), Display())
        site.make(lambda text: print(f'# {text}', flush=True))
        self.name, self.pin = site.set_pin()
        self.people = site.people()
        self.kiosk = Kiosk(self.programs.start('limber-kiosk', '--store', site.kiosk, '--windowed=1280x800', DISPLAY=displays[0].name), displays[0])
        self.desk = Desk(self.programs.start('limber', '--store', site.desk, DISPLAY=displays[1].name, **environment), displays[1])

    def picture(self, screen, name):
        path = pathlib.Path(os.environ['LIMBER_BUILD'], 'meson-logs', f'{name}.png')
        screen.display.picture(path)
        print(f'# picture: {path}', flush=True)

    def witness(self, name):
        """What there is to look at when the test of that name has failed."""
        for screen, program in ((self.kiosk, 'kiosk'), (self.desk, 'desk')):
            if screen:
                self.picture(screen, f'{name}-{program}')
        for log in sorted(self.programs.log.glob('*.log')):
            print(''.join(f'# {log.name}: {line}\n' for line in log.read_text(errors='replace').splitlines()[-20:]), end='', flush=True)
        if self.desk:
            print(f'# desk: {self.programs.ctl(self.site.desk, "status", wanted=None).output.strip()}', flush=True)
            print(f'# ended: {[process.args[0].name for process in self.programs.running() if process.poll() is not None]}', flush=True)
