#!/usr/bin/python3
"""Every way out but staff's is shut:  escape.py LIMBER-KIOSK KIOSK-MAKE-STORE LIMBERCTL KIOSK-STORM, on a display of its own."""

import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / 'support'))
import tap  # noqa: E402  # pylint: disable=wrong-import-position
from limber import Trouble, until  # noqa: E402  # pylint: disable=wrong-import-position
from program import Kiosk, keys  # noqa: E402  # pylint: disable=wrong-import-position

STORM = sys.argv[4]
ROLES = ('frame', 'window', 'dialog', 'alert', 'popup menu', 'menu', 'menu item', 'tool tip', 'entry', 'text', 'password text', 'file chooser', 'color chooser', 'link')
SEEDS = range(1, 21 if tap.LONG else 4)


class Shut(Kiosk):
    """A kiosk whose windows are counted."""

    def windows(self):
        """Every window of the display that can be seen, whosever it is."""
        return subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', ''], capture_output=True, encoding='utf-8', check=False).stdout.split()

    def storm(self, *words):
        said = subprocess.run([STORM, *map(str, words)], capture_output=True, encoding='utf-8', check=True).stdout
        if words[0] != 'keys':
            print(f'# {" ".join(map(str, words))}: {said.strip()}', flush=True)

    def check(self, what):
        """That it runs, is one window, and has none of the things that lead out of it."""
        if self.process.poll() is not None:
            raise Trouble(f'{what} ended it: {self.process.returncode}')
        until('the kiosk answers', lambda: self.says('Text size'), 60)  # once it has taken in all that came
        odd = [(role, name) for role, name, _ in self.everything() if role in ROLES]
        if [role for role, _ in odd] != ['frame'] or len(self.windows()) != self.at_first:
            raise Trouble(f'{what}: {odd}, windows {self.windows()}')
        started = pathlib.Path(f'/proc/{self.process.pid}/task/{self.process.pid}/children').read_text(encoding='ascii').split()
        if started:
            raise Trouble(f'{what} started {started}')

    def __enter__(self):
        super().__enter__()
        self.wait('Check in')
        self.at_first = until('a window', lambda: len(self.windows()) or None)
        return self


def see_that_nothing_moves(kiosk, what, deed, keyboard=True):
    """A page in the middle and its words are as they were, and so is its focus, unless it was pointed at."""
    kiosk.press('Check in')
    kiosk.wait('Which day')
    keys('Right')
    page, focus = kiosk.shown(), kiosk.focused()
    if not focus:
        raise Trouble('nothing has the focus')
    deed()
    keys('F5')
    kiosk.check(what)
    now, then = kiosk.shown(), kiosk.focused()
    if now != page or (keyboard and then != focus):
        raise Trouble(f'{what} changed {set(page) ^ set(now)}, or the focus from {focus} to {then}')


def every_chord_of_up_to_three_held_keys_does_nothing():
    with Shut(times='300,60,0') as kiosk:
        see_that_nothing_moves(kiosk, 'a chord', lambda: kiosk.storm('chords'))


def menus_help_and_function_keys_do_nothing():
    with Shut(times='300,60,0') as kiosk:
        plain = ['Menu', 'Help', 'Print', 'Sys_Req', 'Pause', 'Insert', 'Delete', 'Home', 'End', 'Prior', 'Next', 'Undo', 'Redo', 'Find', 'Multi_key', *(f'F{number}' for number in range(1, 25))]

        def deed():
            kiosk.storm('keys', *plain)
            keys('shift+F10', 'shift+Menu', 'shift+Insert', 'shift+Delete', 'shift+F1')
        see_that_nothing_moves(kiosk, 'a key', deed)


def a_long_press_the_other_buttons_and_a_drag_open_nothing():
    with Shut(times='300,60,0') as kiosk:
        def deed():
            for button in (2, 3, 8, 9):
                subprocess.run(['xdotool', 'mousemove', '200', '400', 'click', str(button)], check=True)
            subprocess.run(['xdotool', 'mousemove', '200', '130', 'mousedown', '1', 'sleep', '1.5', 'mousemove', '240', '180', 'mousemove', '400', '300', 'mouseup', '1'], check=True)
        see_that_nothing_moves(kiosk, 'a long press', deed, keyboard=False)


def whoever_closes_it_from_outside_is_not_heard():
    with Shut(times='300,60,0') as kiosk:
        def deed():
            window = kiosk.windows()[-1]
            subprocess.run(['/usr/bin/python3', '-c', ASK_TO_CLOSE, window], check=True)
            keys('alt+F4', 'ctrl+q', 'ctrl+w', 'F11', 'super+l')
        see_that_nothing_moves(kiosk, 'closing', deed)


# What a window manager sends for its close button: WM_DELETE_WINDOW.
ASK_TO_CLOSE = '''
import ctypes, sys
x = ctypes.CDLL('libX11.so.6')
x.XOpenDisplay.restype = ctypes.c_void_p
x.XInternAtom.restype = ctypes.c_ulong
x.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
x.XSendEvent.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_long, ctypes.c_void_p]
x.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
class Message(ctypes.Structure):
    _fields_ = [('type', ctypes.c_int), ('serial', ctypes.c_ulong), ('send', ctypes.c_int), ('display', ctypes.c_void_p), ('window', ctypes.c_ulong),
                ('message', ctypes.c_ulong), ('format', ctypes.c_int), ('data', ctypes.c_long * 5), ('rest', ctypes.c_long * 24)]
display, window = x.XOpenDisplay(None), int(sys.argv[1])
event = Message(type=33, window=window, message=x.XInternAtom(display, b'WM_PROTOCOLS', 0), format=32)
event.data[0] = x.XInternAtom(display, b'WM_DELETE_WINDOW', 0)
x.XSendEvent(display, window, 0, 0, ctypes.byref(event))
x.XSync(display, 0)
'''


def what_is_pasted_or_dropped_goes_nowhere():
    with Shut(times='300,60,0') as kiosk:
        owner = subprocess.Popen(['/usr/bin/python3', '-c', OWN], stdout=subprocess.PIPE)
        try:
            owner.stdout.readline()

            def deed():
                keys('ctrl+v', 'shift+Insert', 'ctrl+shift+v')
                subprocess.run(['xdotool', 'mousemove', '640', '400', 'click', '2'], check=True)
            see_that_nothing_moves(kiosk, 'pasting', deed, keyboard=False)
        finally:
            owner.kill()
            owner.wait()


# Owns both selections, and would hand them out.
OWN = '''
import ctypes, time
x = ctypes.CDLL('libX11.so.6')
x.XOpenDisplay.restype = ctypes.c_void_p
x.XInternAtom.restype = x.XDefaultRootWindow.restype = x.XCreateSimpleWindow.restype = ctypes.c_ulong
x.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
x.XDefaultRootWindow.argtypes = x.XFlush.argtypes = [ctypes.c_void_p]
x.XCreateSimpleWindow.argtypes = [ctypes.c_void_p, ctypes.c_ulong, *[ctypes.c_int] * 2, *[ctypes.c_uint] * 3, *[ctypes.c_ulong] * 2]
x.XSetSelectionOwner.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_ulong]
display = x.XOpenDisplay(None)
window = x.XCreateSimpleWindow(display, x.XDefaultRootWindow(display), 0, 0, 1, 1, 0, 0, 0)
for name in (b'CLIPBOARD', b'PRIMARY'):
    x.XSetSelectionOwner(display, x.XInternAtom(display, name, 0), window, 0)
x.XFlush(display)
print('ready', flush=True)
time.sleep(60)
'''


def any_touches_anywhere_leave_one_window_and_a_first_page():
    for seed in SEEDS:
        with Shut(times='1,1,0') as kiosk:
            kiosk.storm('touches', seed, 1000)
            kiosk.check(f'seed {seed}')
            keys('Escape', 'Escape', 'Escape', 'Escape', 'Escape', 'Escape')
            until(f'seed {seed}: the first page comes again', lambda: kiosk.says('Welcome'), 30)
            kiosk.scan(kiosk.letter)
            until(f'seed {seed}: a letter is still read', lambda: kiosk.says('Is this you?') or kiosk.says('You are') or kiosk.says('Please ask at the desk, or wait') or None, 10)
            kiosk.check(f'seed {seed}')


def a_scanner_that_sends_control_characters_or_no_end_is_put_up_with():
    with Shut(times='300,60,0') as kiosk:
        for number in range(3):
            kiosk.storm('keys', *'ABCDEFGHJK' * 300, 'Return')
            kiosk.wait('We could not read that code')
            kiosk.press('Finish')
            kiosk.wait('Welcome')
        keys(*(f'ctrl+{letter}' for letter in 'abcdefghijklmnopqrstuvwxyz'), 'ctrl+bracketleft', 'ctrl+backslash', 'ctrl+bracketright', delay=1)
        kiosk.storm('keys', 'Linefeed', 'Clear', 'Break', 'Cancel', 'Execute', 'Tab', 'Linefeed')
        kiosk.check('a control character')
        kiosk.scan(kiosk.letter)
        kiosk.wait('Is this you?')


def a_flood_of_scans_is_slowed_down_and_then_over():
    with Shut(times='300,60,0') as kiosk:
        for _ in range(40):
            kiosk.storm('keys', *'ZK7M2Q9XWV', 'Return')
        kiosk.check('a flood')
        kiosk.wait('Please ask at the desk, or wait a minute')
        kiosk.press('Finish')
        kiosk.wait('Welcome')


def nothing_answers_to_it_on_the_session_bus():
    with Shut():
        said = subprocess.run(['gdbus', 'call', '--session', '--dest', 'org.freedesktop.DBus', '--object-path', '/org/freedesktop/DBus', '--method', 'org.freedesktop.DBus.ListNames'],
                              capture_output=True, encoding='utf-8', check=True).stdout
        if 'imber' in said:
            raise Trouble(said)


def the_closing_code_is_told_by_nothing_on_the_screen_or_the_bus():
    with Shut(code='74185', times='300,60,0') as kiosk:
        kiosk.hold_the_corner()
        before = [name for _, name, _ in kiosk.everything()]
        keys('9', '9', '9', '0', delay=120)
        until('four dots', lambda: kiosk.says('●●●●'))
        after = [name for _, name, _ in kiosk.everything()]
        if sorted(after) != sorted([name for name in before if name] + ['●●●●'] + [''] * after.count('')) and len(after) != len(before):
            raise Trouble(f'{before} and {after}')
        if any('9990' in name.replace(' ', '') or '999' in name for name in after):
            raise Trouble(str(after))


if __name__ == '__main__':
    os.environ.pop('GTK_DEBUG', None)
    tap.run('/ui/kiosk/escape', every_chord_of_up_to_three_held_keys_does_nothing, menus_help_and_function_keys_do_nothing, a_long_press_the_other_buttons_and_a_drag_open_nothing,
            whoever_closes_it_from_outside_is_not_heard, what_is_pasted_or_dropped_goes_nowhere, any_touches_anywhere_leave_one_window_and_a_first_page,
            a_scanner_that_sends_control_characters_or_no_end_is_put_up_with, a_flood_of_scans_is_slowed_down_and_then_over, nothing_answers_to_it_on_the_session_bus,
            the_closing_code_is_told_by_nothing_on_the_screen_or_the_bus)
