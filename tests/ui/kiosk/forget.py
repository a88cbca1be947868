#!/usr/bin/python3
"""Between two people nothing survives: not on the screen, for assistive technology, in what was typed ahead, on the clipboards, in the title, in the
log, nor in the program's memory:  forget.py LIMBER-KIOSK KIOSK-MAKE-STORE LIMBERCTL, on a display of its own."""

import os
import pathlib
import re
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / 'support'))
import tap  # noqa: E402  # pylint: disable=wrong-import-position
from limber import Trouble, memory_of, until  # noqa: E402  # pylint: disable=wrong-import-position
from program import Kiosk, keys  # noqa: E402  # pylint: disable=wrong-import-position

STRANGE = 'ZK7M2Q9XWV'  # a code that is on nobody's letter
POSTCODE = 'ZW9XJQ7'     # nobody lives there
SHORTEST = 6            # a shorter text is found in any memory by chance


class Visit(Kiosk):
    """A kiosk, and what it said in one person's visit that it had not in its memory before."""

    def __init__(self, **more):
        super().__init__(**more)
        self.told = set()

    def looked_into(self):
        try:
            return memory_of(self.process.pid)
        except PermissionError:
            raise tap.Skip('only root can read the memory of the kiosk') from None

    def note(self):
        self.told |= {name for _, name, _ in self.everything() if len(name) >= SHORTEST}

    def give_a_postcode(self):
        """Two share the birthday; she is neither."""
        self.press('Check in')
        for answer in ('5', 'May', 'U'):
            self.press(answer)
        for typed in ('1950', POSTCODE):
            self.wait('Delete')
            self.enter(typed)
            self.press('Next')
        self.wait('We could not find you')
        self.press('Finish')
        self.wait('Welcome')

    def whole_visit(self):
        self.scan(STRANGE)
        self.wait('We could not find you')
        self.note()
        self.press('Finish')
        self.wait('Welcome')
        self.press('Check in')
        for answer in ('6', 'August', 'O'):
            self.wait(answer)
            self.note()
            self.press(answer)
        self.wait('Is this you?')
        self.note()
        self.press('Yes, check me in')
        self.wait('You are checked in')
        self.note()


def leftovers(memory, texts):
    return sorted(text for text in texts if text.encode() in memory)


def its_memory_has_nothing_of_the_last_person():
    with Visit(times='120,12,400') as kiosk:  # so many keys take their time where much else goes on
        kiosk.wait('Check in')
        before = kiosk.looked_into()
        kiosk.give_a_postcode()
        kiosk.whole_visit()
        held = b''.join(path.read_bytes() for path in pathlib.Path(kiosk.store).iterdir() if path.is_file())  # the places' names are the site's
        hers = {STRANGE, POSTCODE, f'{POSTCODE[:4]} {POSTCODE[4:]}'} | {text for text in kiosk.told if text.encode() not in before and text.encode() not in held}
        there = leftovers(kiosk.looked_into(), hers)
        if not there:  # how long the page stays may say another number by now
            raise Trouble(f'the test does not see what it looks for: {there} of {sorted(hers)}')
        kiosk.press('Finish')
        kiosk.wait('Welcome')
        print(f'# {len(hers)} texts of hers, such as {sorted(hers)[:4]}', flush=True)
        until('her visit is forgotten', lambda: not leftovers(kiosk.looked_into(), hers), 5)


def what_was_typed_ahead_does_not_reach_the_next_person():
    with Kiosk() as kiosk:
        kiosk.scan(kiosk.letter)
        kiosk.wait('Is this you?')
        kiosk.press('Yes, check me in')
        kiosk.wait('You are checked in')
        kiosk.process.send_signal(signal.SIGSTOP)
        try:
            keys('Return', 'Return', '6', 'Return', '1', delay=30)  # Finish; and what would then be Check in, and a day
        finally:
            kiosk.process.send_signal(signal.SIGCONT)
        kiosk.wait('Welcome')
        subprocess.run(['xdotool', 'key', 'F5'], check=True)  # is heard after all that was typed before it
        found = [text for text in ('Which day', 'Which month') if kiosk.says(text)]
        if found or not kiosk.says('Welcome'):
            raise Trouble(f'the next person is asked {found}')
        keys('Return')  # and what is typed now is hers
        kiosk.wait('Which day')


def the_title_and_the_clipboards_say_nothing():
    with Visit() as kiosk:
        title = ['xdotool', 'search', '--onlyvisible', '--name', '.', 'getwindowname', '%@']
        kiosk.wait('Check in')
        before = subprocess.run(title, capture_output=True, encoding='utf-8', check=True).stdout
        kiosk.whole_visit()
        keys('ctrl+a', 'ctrl+c', 'ctrl+Insert')
        subprocess.run(['xdotool', 'mousemove', '300', '300', 'mousedown', '1', 'mousemove', '900', '500', 'mouseup', '1', 'click', '--repeat', '3', '1'], check=True)
        after = subprocess.run(title, capture_output=True, encoding='utf-8', check=True).stdout
        if after != before:
            raise Trouble(f'{before!r} became {after!r}')
        owners = subprocess.run(['/usr/bin/python3', '-c', OWNERS], capture_output=True, encoding='utf-8', check=True, env=dict(os.environ)).stdout.split()
        if owners != ['0', '0']:
            raise Trouble(f'a selection has an owner: {owners}')


# Who owns the clipboard and the primary selection: 0 is nobody.
OWNERS = '''
import ctypes
x = ctypes.CDLL('libX11.so.6')
x.XOpenDisplay.restype = ctypes.c_void_p
x.XInternAtom.restype = x.XGetSelectionOwner.restype = ctypes.c_ulong
x.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
x.XGetSelectionOwner.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
display = x.XOpenDisplay(None)
print(*(x.XGetSelectionOwner(display, x.XInternAtom(display, name, 0)) for name in (b'CLIPBOARD', b'PRIMARY')))
'''


def assistive_technology_finds_nothing_of_her():
    with Visit() as kiosk:
        kiosk.wait('Check in')
        first = {(role, name) for role, name, _ in kiosk.everything()}
        kiosk.whole_visit()
        held = [node for _, name, node in kiosk.everything() if name]
        kiosk.press('Finish')
        kiosk.wait('Welcome')
        after = until('the first page is as it was', lambda: {(role, name) for role, name, _ in kiosk.everything()} == first or None, 5)
        names = []
        for node in held:  # what a screen reader has kept hold of says no more either
            try:
                names.append(node.get_name() or '')
            except Exception:  # pylint: disable=broad-exception-caught  # gone, as it should be
                continue
        left = [name for name in names if name in kiosk.told and name not in {one for _, one in first}]
        if not after or left:
            raise Trouble(f'still called: {left}')


def the_log_says_nothing_of_anybody():
    with Visit(log=True) as kiosk:
        kiosk.wait('Check in')
        static = {name for _, name, _ in kiosk.everything()}
        kiosk.whole_visit()
        kiosk.scan('5012345678900')
        kiosk.process.terminate()
        kiosk.process.wait(10)
        said = pathlib.Path(kiosk.log).read_text(encoding='utf-8')
        told = [text for text in kiosk.told | {STRANGE, kiosk.letter, '5012345678900', 'Declan', 'Connor', '1954'} if text not in static and re.search(rf'\b{re.escape(text)}\b', said)]
        if told:
            raise Trouble(f'{told} in {said}')


if __name__ == '__main__':
    tap.run('/ui/kiosk/forget', its_memory_has_nothing_of_the_last_person, what_was_typed_ahead_does_not_reach_the_next_person, the_title_and_the_clipboards_say_nothing,
            assistive_technology_finds_nothing_of_her, the_log_says_nothing_of_anybody)
