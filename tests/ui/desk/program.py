#!/usr/bin/python3
"""limber as a receptionist and those who look after it use it:  program.py LIMBER MAKE-SAMPLE KIOSK-MAKE-STORE LIMBERCTL, on a display of its own."""

import fcntl
import json
import os
import pathlib
import re
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
from limber import Clock, Node, Programs, moment, until  # noqa: E402  # pylint: disable=wrong-import-position

warnings.simplefilter('ignore')
LIMBER, MAKE_SAMPLE, KIOSK_MAKE_STORE, LIMBERCTL = sys.argv[1:5]
NOW, PIN = '2026-11-23T09:41:00Z', '482915'
BUTTONS = ('push button', 'button')


def find_all(node):
    """(role, name, node) of everything that is in sight: what is hidden has no extents."""
    try:
        component = node.get_component_iface()
        if component:
            size = component.get_extents(Atspi.CoordType.WINDOW)
            if size.width <= 0 or size.height <= 0:
                return
        yield node.get_role_name(), node.get_name() or '', node
        for i in range(node.get_child_count()):
            child = node.get_child_at_index(i)
            if child:
                yield from find_all(child)
    except GLib.Error:
        return  # it went away while it was looked at


def keys(*names):
    subprocess.run(['xdotool', 'key', '--delay', '60', *names], check=True)


def limberctl(store, *words, stdin=None):
    done = subprocess.run([LIMBERCTL, '--store', store, '--json', *words], input=stdin, check=True, capture_output=True, text=True, env=dict(os.environ, LIMBER_NOW=NOW))
    return json.loads(done.stdout) if done.stdout.strip() else None


class Desk:
    """A running limber over a store: 23 November 2026, 9:41."""

    def __init__(self, store):
        self.store = store
        self.process = subprocess.Popen([LIMBER, '--store', store], env=dict(os.environ, LIMBER_NOW=NOW), stderr=subprocess.DEVNULL)

    def __enter__(self):
        until('the window is shown', self.application)
        return self

    def __exit__(self, *error):
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait()

    def application(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(i)
            if application and application.get_process_id() == self.process.pid:
                return application
        return None

    def everything(self):
        application = self.application()
        return list(find_all(application)) if application else []

    def says(self, text):
        return any(text in name for _, name, _ in self.everything())

    def wait(self, text):
        until(f'the desk says "{text}"', lambda: self.says(text), 15)

    def press(self, name):
        found = until(f'there is a button "{name}"', lambda: [node for role, called, node in self.everything() if called == name and role in BUTTONS], 15)
        found[0].do_action(0)

    def type(self, field, text):
        found = until(f'there is a field "{field}"', lambda: [node for _, called, node in self.everything() if called == field and node.get_editable_text_iface()], 15)
        found[0].get_editable_text_iface().set_text_contents(text)

    def sign_in(self):
        self.wait('Anna Reid')
        keys('Return')
        self.wait('Sign in')
        self.type('PIN', PIN)
        self.press('Sign in')
        self.wait('Monday 23-Nov-2026')


def in_a_store(*arguments):
    """A test that is given the folder of a sample store."""
    def decorate(test):
        def run():
            with tempfile.TemporaryDirectory() as folder:
                subprocess.run([MAKE_SAMPLE, folder + '/store', *arguments], check=True)
                test(folder + '/store')
        run.__name__ = test.__name__
        return run
    return decorate


def status_of(store, number):
    patient = limberctl(store, 'get', 'patient', number)['id']
    return limberctl(store, 'list', 'appointment', f'patient={patient}')[0]['status']


@in_a_store('12')
def a_receptionist_signs_in_and_checks_somebody_in(store):
    with Desk(store) as desk:
        desk.sign_in()
        desk.wait('12 booked, 3 here so far, 1 needs you')
        assert 'librsvg' not in pathlib.Path(f'/proc/{desk.process.pid}/maps').read_text(encoding='utf-8'), 'an icon was not drawn when Limber was built'
        desk.type('Find somebody', 'thomas d')
        desk.wait('10:00 with Rachel Nowak · Booked')
        keys('Return')
        desk.wait('David Thomas checked in')
        desk.wait('Here 09:41')
        assert status_of(store, 'thomas') == 'arrived'
        keys('ctrl+z')
        desk.wait('Taken back for David Thomas')
        assert status_of(store, 'thomas') == 'booked'


@in_a_store('12')
def somebody_new_is_registered_changed_and_referred_by_keys(store):
    with Desk(store) as desk:
        desk.sign_in()
        desk.type('Find somebody', 'quill 6/8/54')
        keys('F3')
        desk.wait('Register somebody new')
        desk.wait('06-Aug-1954 (72y)')
        keys('Tab', 'a', 'n', 'n', 'Return')
        desk.wait('ann quill is registered')
        keys('ctrl+e')
        desk.wait('How to reach this person')
        keys(*'07700900123', 'Return')
        desk.wait('Details of ann quill saved')
        keys('ctrl+r')
        desk.wait('Take down a referral by telephone')
        person = limberctl(store, 'list', 'patient', 'family=quill')[0]
        assert (person['given'], person['born'], person['mobile']) == ('ann', '1954-08-06', '07700 900123')


@in_a_store('12')
def three_keys_and_enter_are_enough(store):
    with Desk(store) as desk:
        desk.sign_in()
        desk.wait('12 booked')
        keys('l', 'i', 'Return')
        desk.wait('Jon Li checked in')
        keys('ctrl+l')
        desk.wait('Locked. Your work is as you left it.')
        assert not desk.says('THOMPSON')


@in_a_store('12')
def the_days_keys_open_its_pages_and_print(store):
    with tempfile.TemporaryDirectory() as folder:
        os.environ['LIMBER_PRINT_TO'] = folder + '/printed.pdf'
        with Desk(store) as desk:
            desk.sign_in()
            keys('F8')
            desk.wait('Everything is closed')
            keys('F7')
            desk.wait('Type in from paper')
            keys('9', '0', '5', 'Down')  # Barton-Wood, who was marked as not having come
            desk.wait('Here 09:05 · saved')
            assert status_of(store, 'barton') == 'arrived'
            keys('F9')
            desk.wait('4 people are in the building, and 2 more may be.')
            desk.wait('Handed to the printer: who is in the building')
            assert pathlib.Path(folder, 'printed.pdf').stat().st_size > 1000
            keys('ctrl+p')
            desk.wait('Handed to the printer: the day’s list')
            keys('F1')
            desk.wait('Begin here')
            keys('p', 'a', 'p', 'e', 'r')
            desk.wait('When the power may go, and after it went')
            keys('Escape', 'ctrl+question')
            desk.wait('Ask the central service')
            keys('Escape')
            keys('Escape')
            desk.wait('Monday 23-Nov-2026')
        del os.environ['LIMBER_PRINT_TO']


@in_a_store('12')
def what_is_done_elsewhere_appears_by_itself(store):
    with Desk(store) as desk:
        desk.sign_in()
        desk.wait('3 here so far')
        patient = limberctl(store, 'get', 'patient', 'thomas')['id']
        appointment = limberctl(store, 'list', 'appointment', f'patient={patient}')[0]['id']
        limberctl(store, 'put', 'appointment', appointment, 'status=arrived', '--as', 'S0001')
        desk.wait('4 here so far')


@in_a_store('12')
def somebody_is_booked_moved_and_cancelled_by_keys_alone(store):
    with Desk(store) as desk:
        desk.sign_in()
        keys('F2')
        desk.wait('10:00 to 10:30, Rachel Nowak')
        limberctl(store, 'clinic', 'add', '--with', 'S0005', '--first', '2026-11-23', '--begins', '10:00', '--ends', '11:30', '--minutes', '30', '--as', 'S0001')
        desk.wait('Free, 10:00 to 10:30, Jane Clarke')
        keys('ctrl+j')
        desk.wait('Free at 10:00')
        keys('Return', 'b', 'a', 'r', 't')
        desk.wait('BARTON-WOOD, Geoffrey (Dr)')
        keys('Return')
        desk.wait('Booking for')
        keys('Return')
        desk.wait('Booked: Geoffrey Barton-Wood')
        desk.wait('BARTON-WOOD, Geoffrey (Dr), 10:00 to 10:30, Jane Clarke, Booked')
        keys('ctrl+x')
        desk.wait('Moving the appointment of')
        keys('Down', 'Return')
        desk.wait('BARTON-WOOD, Geoffrey (Dr), 10:30 to 11:00, Jane Clarke, Booked')
        keys('ctrl+z')
        desk.wait('BARTON-WOOD, Geoffrey (Dr), 10:00 to 10:30, Jane Clarke, Booked')
        keys('Delete', 'i', 'l', 'l', 'Tab', 'Return')
        desk.wait('Cancelled: Geoffrey Barton-Wood')
        desk.wait('Free, 10:00 to 10:30, Jane Clarke')
        patient = limberctl(store, 'get', 'patient', 'barton')['id']
        assert [(one['cancelled_by'], one['cancel_reason']) for one in limberctl(store, 'list', 'appointment', f'patient={patient}') if one['status'] == 'cancelled'] == [('patient', 'ill')]


@in_a_store('12', '0')
def a_pin_that_is_given_while_it_runs_lets_somebody_in(store):
    with Desk(store) as desk:
        desk.wait('Nobody can sign in here yet')
        limberctl(store, 'staff', 'pin', 'S0001', stdin=PIN + '\n')
        desk.sign_in()


@in_a_store('0')
def a_store_in_use_says_so_and_opens_when_it_is_free(store):
    with open(store + '/lock', 'a', encoding='utf-8') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # as another program of Limber's has it that shows no window
        with Desk(store) as desk:
            desk.wait('This store is already in use')
            desk.wait('Nothing was changed, and the other program goes on working.')
            fcntl.flock(lock, fcntl.LOCK_UN)
            desk.press('Try again')
            desk.wait('Anna Reid')


def limber(*words):
    """A start that shows no window of its own, without a session bus; its exit status, and what it said."""
    done = subprocess.run([LIMBER, *words], check=False, capture_output=True, text=True, timeout=15, env=dict(os.environ, LIMBER_NOW=NOW, DBUS_SESSION_BUS_ADDRESS='disabled:'))
    return done.returncode, done.stdout + done.stderr


@in_a_store('12')
def a_second_start_on_a_store_leaves_the_first_at_work(store):
    with Desk(store) as desk:
        desk.sign_in()
        assert limber('--store', store) == (0, '')
        desk.wait('Monday 23-Nov-2026')
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([MAKE_SAMPLE, folder + '/store', '0'], check=True)
            with Desk(folder + '/store') as other:  # another store is another window
                other.wait('Anna Reid')
        assert limber('--store', store, '--lock') == (0, '')
        desk.wait('Locked. Your work is as you left it.')
    status, said = limber('--store', store, '--lock')
    assert status == 1 and 'no screen to lock' in said, said


def a_kiosks_store_is_refused():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([KIOSK_MAKE_STORE, folder + '/store'], check=True, capture_output=True)
        with Desk(folder + '/store') as desk:
            desk.wait('This store is not for this program')
            desk.wait('This is a kiosk’s store')


@in_a_store('0')
def a_newer_store_is_kept_as_it_is(store):
    file = next(pathlib.Path(store).glob('*.db'), None) or next(path for path in pathlib.Path(store).iterdir() if path.read_bytes()[:15] == b'SQLite format 3')
    with sqlite3.connect(file) as database:
        database.execute('PRAGMA user_version=99')
    with Desk(store) as desk:
        desk.wait('This Limber is too old for its store')
        desk.wait('Everything in the store is as it was.')


def without_a_store_a_demonstration_is_made_and_somebody_signs_in():
    with tempfile.TemporaryDirectory() as folder:
        with Desk(folder + '/none') as desk:
            desk.wait('Welcome to Limber')
            keys('Tab', 'Return')
            desk.wait('The demonstration is ready')
            pin = next(word for _, name, _ in desk.everything() if 'PIN is' in name for word in re.findall(r'[0-9]{6}', name))
            keys('Return')
            desk.wait('Who is working here?')
            keys('Return')
            desk.wait('PIN')
            keys(*pin, 'Return')
            desk.wait('Monday 23-Nov-2026')
        with Desk(folder + '/none') as desk:
            desk.wait('Go on with the demonstration')
            keys('Tab', 'Return')
            desk.wait('Who is working here?')


def make_central(programs):
    """A central service with a site, whose manager has the PIN, and a node on it."""
    folder = programs.folder()
    programs.ctl(None, 'demo', folder / 'lists', '--patients', 40)
    programs.ctl(folder / 'central', 'init', '--class', 'central', '--name', 'Harrow MSK')
    programs.ctl(folder / 'central', 'import', folder / 'lists')
    manager = programs.list(folder / 'central', 'staff', role='service-manager', site='LMB01')[0]
    programs.ctl(folder / 'central', 'staff', 'pin', manager['number'], text=PIN + '\n')
    node = Node(programs, folder / 'central')
    programs.ctl(folder / 'central', 'address', node.url)
    return folder, node, manager['number']


def a_code_is_shown_for_what_it_is_and_joins_by_keyboard():
    with Programs(pathlib.Path(LIMBER).parents[2], Clock(moment(NOW))) as programs:
        folder, node, manager = make_central(programs)
        code, kiosk = (programs.ctl(node.store, 'enrol', '--class', of, '--site', 'LMB01', '--name', name).json['code'] for of, name in (('desk', 'Front desk'), ('kiosk', 'Door')))
        with Desk(folder / 'desk') as desk:
            desk.wait('Welcome to Limber')
            keys('Return')
            desk.type('Joining code', kiosk)
            keys('Return')
            desk.wait('This code is for a check-in kiosk')
            keys('Return')
            node.stop()
            desk.type('Joining code', code)
            keys('Return')
            desk.wait('There is no line')
            node.start()
            keys('Return')
            desk.wait('Reception desk')
            desk.wait('Lime Tree Clinic')
            desk.wait('Front desk')
            keys('Return')
            desk.wait('Who is working here?')
            keys('Return')
            desk.type('PIN', PIN)
            desk.press('Sign in')
            desk.wait('Monday 23-Nov-2026')
            keys('ctrl+comma')
            desk.wait('Minutes before the appointment')
            keys(*['Tab'] * 6, 'space')
            desk.wait('this computer')
            desk.type('What it is called', 'Second desk')
            desk.press('Make a joining code')
            desk.wait('Good once')
            second = next(name for _, name, _ in desk.everything() if '@http://' in name)
            third = programs.ctl(folder / 'desk', 'enrol', '--class', 'kiosk', '--name', 'Door', '--as', manager).json['code']
        assert programs.ctl(folder / 'desk', 'status').json['name'] == 'Front desk'
        assert programs.ctl(folder / 'second', 'join', second).json['name'] == 'Second desk'
        assert programs.ctl(folder / 'third', 'join', third).json['class'] == 'kiosk'
        programs.ctl(folder / 'desk', 'lost', 'Second desk', '--as', manager)
        assert [device['name'] for device in programs.list(node.store, 'device') if device.get('revoked')] == ['Second desk']
        programs.ctl(folder / 'desk', 'lost', 'Second desk', '--undo', '--as', manager)
        assert not [device for device in programs.list(node.store, 'device') if device.get('revoked')]


tap.run('/ui/desk/program', a_receptionist_signs_in_and_checks_somebody_in, three_keys_and_enter_are_enough, the_days_keys_open_its_pages_and_print, what_is_done_elsewhere_appears_by_itself,
        somebody_new_is_registered_changed_and_referred_by_keys, somebody_is_booked_moved_and_cancelled_by_keys_alone,
        a_pin_that_is_given_while_it_runs_lets_somebody_in, a_store_in_use_says_so_and_opens_when_it_is_free, a_second_start_on_a_store_leaves_the_first_at_work,
        a_kiosks_store_is_refused,
        a_newer_store_is_kept_as_it_is, without_a_store_a_demonstration_is_made_and_somebody_signs_in, a_code_is_shown_for_what_it_is_and_joins_by_keyboard)
