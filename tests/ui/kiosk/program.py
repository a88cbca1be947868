#!/usr/bin/python3
"""limber-kiosk as a patient, a scanner, a meddler and staff use it:  program.py LIMBER-KIOSK KIOSK-MAKE-STORE LIMBERCTL, on a display of its own."""

import contextlib
import itertools
import json
import os
import pathlib
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import warnings

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402  # pylint: disable=wrong-import-position

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / 'support'))
import tap  # noqa: E402  # pylint: disable=wrong-import-position
from limber import Trouble, until  # noqa: E402  # pylint: disable=wrong-import-position

warnings.simplefilter('ignore')
KIOSK, MAKE_STORE, LIMBERCTL = sys.argv[1:4]
FORM, ADVICE = (str(pathlib.Path(__file__).resolve().parents[3] / 'resources/questionnaires' / name) for name in ('arrival.json', 'advice.json'))
BUTTONS = ('push button', 'button')


def find_all(node):
    """(role, name, node) of everything inside."""
    try:
        yield node.get_role_name(), node.get_name() or '', node
        for i in range(node.get_child_count()):
            child = node.get_child_at_index(i)
            if child:
                yield from find_all(child)
    except GLib.Error:
        return  # it went away while it was looked at


def has(node, state):
    try:
        return node.get_state_set().contains(state)
    except GLib.Error:
        return False


def keys(*names, delay=60):
    subprocess.run(['xdotool', 'key', '--delay', str(delay), *names], check=True)


class Kiosk:
    """A running limber-kiosk over a fresh store: 23 November 2026, nine o'clock; Declan O'Connor (6 August 1954) at 9:15."""

    def __init__(self, code=None, store=None, times='30,12,400', form=None, log=False, options=(), **variables):
        self._folder = tempfile.TemporaryDirectory()
        self.store = store or self._folder.name + '/store'
        if store is None:
            made = subprocess.run([MAKE_STORE, self.store, code or '', *([form] if form else [])], check=True, capture_output=True, text=True)
            self.letter = made.stdout.strip()
        environment = dict(os.environ, LIMBER_NOW='2026-11-23T09:00:00Z', LIMBER_KIOSK_TIMES=times, GTK_DEBUG='interactive', **variables)
        self.log = self._folder.name + '/log' if log else os.devnull
        with open(self.log, 'w', encoding='utf-8') as said:
            self.process = subprocess.Popen([KIOSK, '--store', self.store, *options], env=dict(environment, **({'G_MESSAGES_DEBUG': 'all'} if log else {})), stderr=said, stdout=said)

    def __enter__(self):
        until('the kiosk is shown', lambda: self.application())
        return self

    def __exit__(self, *error):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self._folder.cleanup()

    def application(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(i)
            if application and application.get_name() == 'limber-kiosk' and application.get_process_id() == self.process.pid:
                return application
        return None

    def everything(self):
        application = self.application()
        return list(find_all(application)) if application else []

    def says(self, text):
        return any(text in name for _, name, _ in self.everything())

    def shown(self):
        """What it says, but for the time."""
        return [(role, name) for role, name, _ in self.everything() if not re.fullmatch(r'\d+(:\d\d)?[ap]m', name)]

    def focused(self):
        """The names of what has the focus."""
        return [name for _, name, node in self.everything() if has(node, Atspi.StateType.FOCUSED)]

    def wait(self, text):
        until(f'the kiosk says "{text}"', lambda: self.says(text), 10)

    def press(self, name):
        found = until(f'there is a button "{name}"', lambda: [node for role, is_called, node in self.everything() if is_called == name and role in BUTTONS], 10)
        found[0].do_action(0)

    def tab_to(self, name):
        for _ in range(60):
            if self.focused() == [name]:
                return
            keys('Tab', delay=20)
        raise Trouble(f'Tab does not come to {name!r}: {self.focused()}')

    def enter(self, text):
        """On the keys of a page, one after the other."""
        for i, letter in enumerate(text):
            self.press(letter)
            self.wait(text[:i + 1])

    def scan(self, code):
        """A scanner: a key every few milliseconds, then Enter."""
        subprocess.run(['xdotool', 'type', '--delay', '0', '--args', '1', code, 'key', 'Return'], check=True)

    def hold_the_corner(self):
        """As staff do."""
        subprocess.run(['xdotool', 'mousemove', '20', '20', 'mousedown', '1'], check=True)
        self.wait('Staff: close this screen')
        subprocess.run(['xdotool', 'mouseup', '1'], check=True)

    def written(self):
        """How much there is in its journal."""
        with contextlib.closing(sqlite3.connect(f'file:{self.store}/store.db?mode=ro', uri=True)) as database:
            return database.execute('SELECT count(*) FROM journal').fetchone()[0]

    def arrivals(self):
        return json.loads(subprocess.run([LIMBERCTL, '--store', self.store, '--json', 'list', 'arrival'], check=True, capture_output=True, text=True).stdout)


def a_patient_checks_in_by_touch():
    with Kiosk() as kiosk:
        kiosk.press('Check in')
        kiosk.wait('Which day were you born?')
        kiosk.press('6')
        kiosk.press('August')
        kiosk.press('O')
        kiosk.wait('Is this you?')
        kiosk.wait('D O')
        assert not kiosk.says('Connor') and not kiosk.says('Declan')
        kiosk.press('Yes, check me in')
        kiosk.wait('You are checked in')
        kiosk.wait('Waiting area B')
        assert ['via' in arrival for arrival in kiosk.arrivals()] == [True], kiosk.arrivals()
        kiosk.press('Finish')
        kiosk.wait('Welcome to Alexandra Avenue Clinic')
        assert not kiosk.says('D O')


def six_taps_are_enough_and_one_after_a_scan():
    with Kiosk() as kiosk:
        taps = 0
        for name in ('Check in', '6', 'August', 'O', 'Yes, check me in'):
            kiosk.press(name)
            taps += 1
        kiosk.wait('You are checked in')
        assert taps <= 6, taps
    with Kiosk() as kiosk:
        kiosk.wait('Check in')
        kiosk.scan(kiosk.letter)
        kiosk.press('Yes, check me in')
        kiosk.wait('You are checked in')


def journal(store, kind):
    """What a kiosk has written of a kind, the oldest first; it holds neither answers nor tasks."""
    with contextlib.closing(sqlite3.connect(f'file:{store}/store.db?mode=ro', uri=True)) as database:
        return [body for (body,) in database.execute("SELECT body FROM journal WHERE json_extract(header,'$[8]')=? ORDER BY key", [kind])]


def who_is_checked_in_is_asked_what_is_due():
    with Kiosk(form=FORM) as kiosk:
        kiosk.wait('Check in')
        kiosk.scan(kiosk.letter)
        kiosk.press('Yes, check me in')
        kiosk.wait('Is this still your phone number?')
        assert not kiosk.says('07700') and not kiosk.says('900')
        assert ['via' in arrival for arrival in kiosk.arrivals()] == [True], kiosk.arrivals()
        kiosk.press('No, it has changed')
        kiosk.wait('How bad is your pain today?')
        kiosk.wait('Question 1 of 2')
        keys('1', '0', 'Return', delay=150)
        kiosk.wait('How are you since you were last here?')
        until('the first answer is on the disk', lambda: any('valueInteger\\":10' in body for body in journal(kiosk.store, 'answers')))
        kiosk.press('Back')
        kiosk.wait('How bad is your pain today?')
        kiosk.press('6')
        kiosk.press('Worse')
        kiosk.wait('When did it get worse?')
        kiosk.press("I'd rather ask a person")
        kiosk.wait('You are checked in')
        kiosk.wait('Waiting area B')
        kiosk.wait('We have told the desk that you would like a person to ask you.')
        told = ' '.join(journal(kiosk.store, 'task'))
        assert 'details-changed' in told and 'ask-in-person' in told, told
        assert 'valueInteger\\":6' in journal(kiosk.store, 'answers')[-1]
        kiosk.press('Finish')
        kiosk.wait('Welcome')


def what_was_answered_before_the_plug_was_pulled_is_there():
    with Kiosk(form=FORM) as kiosk:
        kiosk.wait('Check in')
        kiosk.scan(kiosk.letter)
        kiosk.press('Yes, check me in')
        kiosk.press('Skip')
        kiosk.wait('How bad is your pain today?')
        kiosk.press('7')
        kiosk.wait('How are you since you were last here?')
        until('the answer is on the disk', lambda: journal(kiosk.store, 'answers'))
        kiosk.process.kill()
        kiosk.process.wait()
        assert 'valueInteger\\":7' in journal(kiosk.store, 'answers')[-1]


def a_keyboard_is_enough():
    with Kiosk() as kiosk:
        kiosk.wait('Check in')
        keys('Return')
        kiosk.wait('Which day')
        keys('2', '9', 'Return', delay=150)
        kiosk.wait('Which month')
        keys('f', 'e', 'b', 'Return', delay=150)
        kiosk.wait('first letter')
        keys('w', 'Return', delay=150)
        kiosk.wait('Is this you?')
        keys('Escape')
        kiosk.wait('Welcome')


def whoever_comes_in_reads_advice():
    with Kiosk(form=ADVICE) as kiosk:
        kiosk.wait('Welcome')
        written = kiosk.written()
        kiosk.press('Advice for joints and backs')
        kiosk.press('Keep moving')
        kiosk.wait('Gentle movement is good for most sore joints and backs.')
        assert not kiosk.says('When to call 999'), 'two topics at once'
        kiosk.press('Back')
        kiosk.press('When to call 999')
        kiosk.wait('Numbness or tingling around your genitals')
        kiosk.press('Back')
        kiosk.wait('Keep moving')
        kiosk.press('Back')
        kiosk.wait('Welcome')
        kiosk.press('Advice for joints and backs')
        kiosk.press('Sleep and mood')
        kiosk.wait('It does not replace what your doctor or therapist tells you.')
        kiosk.press('Finish')
        kiosk.wait('Welcome')
        kiosk.press('Advice for joints and backs')
        kiosk.wait('Keep moving')
        assert kiosk.written() == written, 'what was read was written down'


def a_keyboard_is_enough_to_read_it():
    with Kiosk(form=ADVICE) as kiosk:
        kiosk.wait('Welcome')
        kiosk.tab_to('Advice for joints and backs')
        keys('Return')
        kiosk.wait('Keep moving')
        until('the first topic has the focus', lambda: kiosk.focused() == ['When to call 999'])
        keys('Right')
        until('the next one has it', lambda: kiosk.focused() == ['When to call 111 or your GP'])
        keys('Return')
        kiosk.wait('It does not replace what your doctor or therapist tells you.')
        until('Finish has the focus', lambda: kiosk.focused() == ['Finish'])
        keys('Escape')
        kiosk.wait('Keep moving')
        kiosk.tab_to('Keep moving')
        keys('space')
        kiosk.wait('Gentle movement is good for most sore joints and backs.')
        keys('Return')
        kiosk.wait('Welcome')
        kiosk.tab_to('Advice for joints and backs')
        keys('Return')
        kiosk.wait('Keep moving')
        keys('Escape')
        kiosk.wait('Welcome')


def who_shares_a_birthday_is_asked_for_her_postcode():
    with Kiosk() as kiosk:
        kiosk.press('Check in')
        for name in ('5', 'May', 'U'):
            kiosk.press(name)
        kiosk.wait('Which year were you born?')
        kiosk.enter('1950')
        kiosk.press('Next')
        kiosk.wait('What is your postcode?')
        kiosk.enter('HA52BX')
        kiosk.press('Delete')
        until('the last letter is gone', lambda: not kiosk.says('HA52BX'))
        kiosk.press('B')
        kiosk.wait('HA52BB')
        kiosk.press('Next')
        kiosk.wait('Is this you?')
        kiosk.wait('V U')
        assert not kiosk.says('HA5') and not kiosk.says('Underwood')
        kiosk.press('No, this is not me')
        kiosk.press('Try again')
        kiosk.wait('Which day')
        for what in (('5', 'Return'), ('m', 'a', 'y', 'Return'), ('u', 'Return')):  # now by the keyboard
            page = kiosk.shown()
            keys(*what, delay=150)
            until('the next page has come', lambda page=page: kiosk.shown() != page, 10)
        kiosk.wait('Which year were you born?')
        keys('1', '9', '5', '0', 'Return', delay=150)
        kiosk.wait('What is your postcode?')
        keys('h', 'a', '3', '1', 'h', 'q', 'Return', delay=150)
        kiosk.wait('Is this you?')
        kiosk.wait('U U')


def a_letter_is_scanned_from_any_page():
    with Kiosk() as kiosk:
        kiosk.press('Check in')
        kiosk.wait('Which day')
        kiosk.scan(kiosk.letter)
        kiosk.wait('Is this you?')
        kiosk.press('Yes, check me in')
        kiosk.wait('You are checked in')
        kiosk.scan(kiosk.letter)
        kiosk.wait('You are already checked in')
        kiosk.scan('5012345678900')
        kiosk.wait('We could not read that code')


def who_is_not_on_the_list_is_not_checked_in():
    with Kiosk() as kiosk:
        kiosk.press('Check in')
        kiosk.press('1')
        kiosk.press('January')
        kiosk.press('X')
        kiosk.wait('We could not find you on today')
        kiosk.wait('You have NOT been checked in.')
        assert kiosk.arrivals() == [], kiosk.arrivals()


def every_button_is_called_what_it_says():
    with Kiosk(form=ADVICE) as kiosk:
        for page, then in (('Welcome', 'Advice for joints and backs'), ('Keep moving', 'Finish'), ('Welcome', 'Check in'), ('Which day', 'Language'), ('Polski', 'Back')):
            kiosk.wait(page)
            for role, name, node in kiosk.everything():
                assert not name.startswith(('Gtk', 'Limber')), name
                if role in BUTTONS and has(node, Atspi.StateType.VISIBLE):
                    labels = [inner for _, inner, _ in list(find_all(node))[1:]]
                    assert name in labels or page == 'Welcome' and name.startswith('Check in'), (name, labels)
            kiosk.press(then)


def no_chord_does_anything():
    held = ('ctrl', 'alt', 'shift', 'super')
    plain = list('abcdefghijklmnopqrstuvwxyz0123456789') + ['period', 'comma', 'space', 'Return', 'Escape', 'Tab', 'Delete', 'Menu', 'Print'] + [f'F{n}' for n in range(1, 13)]
    chords = ['+'.join((*some, key)) for n in (1, 2, 3) for some in itertools.combinations(held, n) if set(some) != {'shift'} for key in plain]
    chords += ['Menu', 'shift+F10', 'F1', 'F10', 'F11', 'F12']
    with Kiosk() as kiosk:
        kiosk.press('Check in')
        kiosk.wait('Which day')
        for start in range(0, len(chords), 100):
            keys(*chords[start:start + 100], delay=1)
        keys('Right')
        kiosk.wait('Which day')
        windows = [role for role, _, _ in kiosk.everything() if role in ('frame', 'window', 'dialog', 'popup menu', 'menu')]
        assert windows == ['frame'], windows
        assert kiosk.process.poll() is None


def staff_leave_by_the_corner_and_a_code():
    with Kiosk() as kiosk:
        kiosk.wait('Check in')
        made = subprocess.run([LIMBERCTL, '--store', kiosk.store, 'kiosk', 'code'], input='74185\n', check=True, capture_output=True, text=True)
        assert 'set' in made.stdout, made.stdout
        kiosk.hold_the_corner()
        keys('1', '1', '1', '1', delay=120)
        kiosk.press('Next')
        kiosk.wait('That is not the code')
        keys('7', '4', '1', '8', '5', delay=120)
        kiosk.press('Next')
        assert kiosk.process.wait(10) == 0


def sigterm_ends_it_cleanly():
    with Kiosk() as kiosk:
        kiosk.wait('Check in')
        kiosk.process.send_signal(signal.SIGTERM)
        assert kiosk.process.wait(10) == 0
        subprocess.run([LIMBERCTL, '--store', kiosk.store, 'verify'], check=True, capture_output=True)


def without_its_store_it_sends_people_to_the_desk():
    with tempfile.TemporaryDirectory() as broken:
        pathlib.Path(broken, 'store.db').write_bytes(b'no store at all' * 1000)
        with Kiosk(store=broken) as kiosk:
            kiosk.wait('This screen is not working')
            kiosk.wait('Please go to the desk.')
            assert not kiosk.says('Set up this screen'), 'it can be joined where there is a store'
    with tempfile.TemporaryDirectory() as empty, Kiosk(store=empty + '/none') as kiosk:
        kiosk.wait('Set up this screen')
    with Kiosk() as first, Kiosk(store=first.store) as second:
        second.wait('This screen is not working')


def a_language_is_chosen_and_the_next_person_finds_the_first():
    """On a machine where no locale was ever generated; and by a desk's own language it is not decided."""
    with Kiosk(LC_ALL='C', LANGUAGE='ta') as kiosk:
        kiosk.press('Polski')
        kiosk.wait('Zgłoszenie na wizytę')
        kiosk.press('Zgłoszenie na wizytę')
        kiosk.press('6')
        kiosk.wait('Miesiąc urodzenia?')
        kiosk.press('Język')
        kiosk.press('ગુજરાતી')
        kiosk.wait('તારીખ 6')
        assert not kiosk.says('Krok') and not kiosk.says('Step')
        kiosk.press('મને મદદ જોઈએ છે')
        kiosk.press('પૂરું કરો')
        kiosk.wait('Welcome to Alexandra Avenue Clinic')


def nobody_there_is_asked_for_and_then_forgotten():
    with Kiosk(times='1,12,400') as kiosk:
        kiosk.press('Check in')
        kiosk.press('6')
        kiosk.wait('Are you still there?')
        assert not kiosk.says('Day 6')
        kiosk.press('Yes, I am still here')
        kiosk.wait('Day 6')


if __name__ == '__main__':
    tap.run('/ui/kiosk/program', a_patient_checks_in_by_touch, six_taps_are_enough_and_one_after_a_scan, who_is_checked_in_is_asked_what_is_due,
            what_was_answered_before_the_plug_was_pulled_is_there, a_keyboard_is_enough, whoever_comes_in_reads_advice, a_keyboard_is_enough_to_read_it, who_shares_a_birthday_is_asked_for_her_postcode, a_letter_is_scanned_from_any_page, who_is_not_on_the_list_is_not_checked_in,
            every_button_is_called_what_it_says, no_chord_does_anything, a_language_is_chosen_and_the_next_person_finds_the_first,
            staff_leave_by_the_corner_and_a_code, sigterm_ends_it_cleanly, without_its_store_it_sends_people_to_the_desk, nobody_there_is_asked_for_and_then_forgotten)
