#!/usr/bin/python3
"""The kiosk under a Wayland compositor, weston's shell for kiosks:  weston.py LIMBER-KIOSK KIOSK-MAKE-STORE LIMBERCTL, on a display of its own."""

import atexit
import collections
import os
import pathlib
import shutil
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / 'support'))
import tap  # noqa: E402  # pylint: disable=wrong-import-position
from limber import Trouble, until  # noqa: E402  # pylint: disable=wrong-import-position
import keeper  # noqa: E402  # pylint: disable=wrong-import-position
from program import Kiosk, keys  # noqa: E402  # pylint: disable=wrong-import-position

SIZE = (1280, 800)
POINTER = 20  # weston draws one, of an arrow's size
PICTURES = pathlib.Path(os.environ.get('LIMBER_BUILD', '/tmp'), 'meson-logs')


def compositor():
    """weston in a window as large as the display; ends with this program."""
    weston = shutil.which('weston')
    if not weston:
        return False
    server = subprocess.Popen([weston, '--backend=x11-backend.so', '--use-pixman', '--shell=kiosk-shell.so', f'--width={SIZE[0]}', f'--height={SIZE[1]}', '--no-config', '--idle-time=0',
                               '--socket=limber-kiosk-test'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    atexit.register(lambda: (server.terminate(), server.wait()))
    socket = pathlib.Path(os.environ['XDG_RUNTIME_DIR'], 'limber-kiosk-test')
    until('weston listens', socket.exists)
    os.environ.update(WAYLAND_DISPLAY='limber-kiosk-test', GDK_BACKEND='wayland')
    return True


THERE = compositor()


def needed():
    if not THERE:
        raise tap.Skip('weston is not installed')


def it_fills_the_screen_and_somebody_checks_in():
    needed()
    with Kiosk() as kiosk:
        kiosk.wait('Check in')
        frame = next(node for role, _, node in kiosk.everything() if role == 'frame')
        box = frame.get_extents(1)
        if (box.width, box.height) != SIZE:
            raise Trouble(f'{box.width}x{box.height}')
        kiosk.press('Check in')
        for answer in ('6', 'August', 'O'):
            kiosk.press(answer)
        kiosk.press('Yes, check me in')
        kiosk.wait('You are checked in')
        picture = PICTURES / 'kiosk-weston.png'
        subprocess.run(['import', '-window', 'root', str(picture)], check=True)
        print(f'# picture: {picture}', flush=True)
        odd = keeper.strange(keeper.look(), POINTER)
        if odd:
            raise Trouble(f'colours that are nobody\'s: {odd}')


def keys_and_a_scanner_work_there():
    needed()
    with Kiosk() as kiosk:
        kiosk.wait('Check in')
        keys('Return')
        kiosk.wait('Which day')
        keys('Escape')
        kiosk.wait('Welcome')
        kiosk.scan(kiosk.letter)
        kiosk.wait('Is this you?')
        keys('alt+F4', 'ctrl+q', 'F11', 'super+Tab', 'alt+Tab', 'ctrl+alt+BackSpace')
        kiosk.wait('Is this you?')


def after_a_fault_it_is_back_above_the_plain_page():
    needed()
    with keeper.Kept() as kept:
        action = bytes.fromhex('00594f')
        for _ in range(3):
            before = kept.screen()
            os.kill(before, signal.SIGSEGV)
            seen = []

            def back(old=before, looks=seen):
                looks.append(keeper.look())
                odd = keeper.strange(looks[-1], POINTER)
                if odd:
                    raise Trouble(f'colours that are nobody\'s: {odd}')
                return kept.screen() not in (None, old) and collections.Counter(looks[-1])[action] > len(looks[-1]) // 5
            until('the screen is back', back, keeper.BACK)


if __name__ == '__main__':
    tap.run('/ui/kiosk/weston', it_fills_the_screen_and_somebody_checks_in, keys_and_a_scanner_work_there, after_a_fault_it_is_back_above_the_plain_page)
