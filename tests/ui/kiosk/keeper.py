#!/usr/bin/python3
"""limber-kiosk --keep: what is seen when the screen fails, and how soon it is back:  keeper.py LIMBER-KIOSK KIOSK-MAKE-STORE, on a display of its own."""

import collections
import contextlib
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / 'support'))
import tap  # noqa: E402  # pylint: disable=wrong-import-position
from limber import Trouble, until  # noqa: E402  # pylint: disable=wrong-import-position

KIOSK, MAKE_STORE = sys.argv[1:3]
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whoever started the tests may have it ignored, and then the screen would too
BACK = 3  # seconds
STYLE = pathlib.Path(__file__).resolve().parents[3] / 'resources/kiosk/kiosk.css'
PALETTE = {bytes.fromhex(found) for found in re.findall(r'@define-color \w+\s+#([0-9A-Fa-f]{6});', STYLE.read_text(encoding='utf-8'))}
PAGE = bytes.fromhex(re.search(r'@define-color page\s+#(\w{6})', STYLE.read_text(encoding='utf-8'))[1])


def look():
    """The screen, each fourth point of each fourth line."""
    seen = subprocess.run(['import', '-window', 'root', '-depth', '8', 'ppm:-'], capture_output=True, check=True).stdout
    _, width, height, points = re.match(rb'(P6)\s(\d+)\s(\d+)\s255\s(.*)', seen, re.DOTALL).groups()
    width = int(width) * 3
    lines = [points[at:at + width] for at in range(0, int(height) * width, 4 * width)]
    return [line[at:at + 3] for line in lines for at in range(0, width, 12)]


def mixed(colour):
    """Whether it lies between two colours of the palette, as the edge of a letter does."""
    return any(all(min(a, b) <= part <= max(a, b) for a, b, part in zip(first, second, colour)) for first in PALETTE for second in PALETTE)


def strange(points, pointer=0):
    """The colours that are not of the kiosk, and how often they are seen, but for as many points as a pointer has; more of a mixture than long edges have is no edge."""
    counts = collections.Counter(points)
    most = len(points) // 50
    found = {colour.hex(): count for colour, count in counts.items() if not mixed(colour) or (count > most and colour not in PALETTE)}
    return found if sum(found.values()) > pointer else {}


class Kept:
    """A keeper and its screen: 23 November 2026, nine o'clock."""

    def __init__(self, **more):
        self._folder = tempfile.TemporaryDirectory()
        self.store = self._folder.name + '/store'
        subprocess.run([MAKE_STORE, self.store], check=True, capture_output=True)
        self._log = open(self._folder.name + '/log', 'w+', encoding='utf-8')  # pylint: disable=consider-using-with
        environment = dict(os.environ, LIMBER_NOW='2026-11-23T09:00:00Z', **more)
        self.process = subprocess.Popen([KIOSK, '--keep', '--store', self.store], env=environment, stderr=self._log)
        self.welcome = None

    def __enter__(self):
        self.welcome = until('the screen is shown', self._shown, 30)
        return self

    def __exit__(self, *error):
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(10)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self._log.close()
        self._folder.cleanup()

    def said(self):
        self._log.seek(0)
        return self._log.read()

    def screen(self):
        """The process number of the screen, None while there is none."""
        found = pathlib.Path(f'/proc/{self.process.pid}/task/{self.process.pid}/children').read_text(encoding='ascii').split()
        return int(found[0]) if found else None

    def _shown(self):
        """The first page, which has the large action in it; the plain page has not."""
        points = look()
        action = bytes.fromhex('00594f')
        if not self.screen() or collections.Counter(points)[action] <= len(points) // 5:
            return None
        time.sleep(0.5)  # until it has found its place
        return points if look() == points else None

    def fails(self, how, least=0.0):
        """Ends the screen, and looks until it is back. Returns what was seen meanwhile, and how long it took."""
        before = self.screen()
        began = time.monotonic()
        os.kill(before, how)
        seen = []
        while True:
            seen.append(look())
            strangers = strange(seen[-1])
            if strangers:
                raise Trouble(f'colours that are nobody\'s: {strangers}')
            now = time.monotonic() - began
            if now > least and self.screen() not in (None, before) and seen[-1] == self.welcome:
                return seen, now
            if now > least + BACK:
                others = sum(one != other for one, other in zip(seen[-1], self.welcome))
                raise Trouble(f'not back after {now:.1f} s, {others} of {len(self.welcome)} points are others: {self.said()}')


def ten_faults_and_each_time_it_is_back_within_three_seconds():
    with Kept() as kept:
        slowest, plain = 0, 0
        for _ in range(10):
            seen, took = kept.fails(signal.SIGSEGV)
            slowest, plain = max(slowest, took), plain + sum(points != kept.welcome for points in seen)
        print(f'# slowest {slowest:.2f} s, {plain} pictures of the plain page', flush=True)
        if not plain:
            raise Trouble('the plain page was never seen')


def whatever_ends_it():
    with Kept() as kept:
        for how in (signal.SIGABRT, signal.SIGKILL, signal.SIGBUS, signal.SIGTRAP, signal.SIGHUP):
            kept.fails(how)


def the_plain_page_names_the_site_and_sends_people_to_the_desk():
    with Kept() as kept:
        os.kill(kept.screen(), signal.SIGSTOP)
        kept.process.send_signal(signal.SIGSTOP)  # so that it stays away
        with contextlib.ExitStack() as stack:
            stack.callback(kept.process.send_signal, signal.SIGCONT)
            os.kill(kept.screen(), signal.SIGKILL)
            points = until('the plain page', lambda: next((points for points in [look()] if points != kept.welcome), None))
            ink = sum(point != PAGE for point in points[:len(points) // 8])
            if strange(points) or not ink:
                raise Trouble(f'{strange(points)}, {ink} points of the site\'s name')


def a_screen_that_hangs_is_ended_and_begun_again():
    with Kept(LIMBER_KIOSK_SILENCE='3') as kept:
        _, took = kept.fails(signal.SIGSTOP, least=3)
        if took > 3 + BACK:
            raise Trouble(f'it took {took:.1f} s')


def the_screen_ends_with_its_keeper():
    kept = Kept()
    with kept:
        screen = kept.screen()
        kept.process.kill()
        until('the screen has ended', lambda: not pathlib.Path(f'/proc/{screen}').exists())


def the_keeper_ends_with_the_screen_that_staff_close_or_when_it_is_told():
    with Kept() as kept:
        os.kill(kept.screen(), signal.SIGTERM)  # which ends it as the closing code does
        if kept.process.wait(10) != 0:
            raise Trouble(f'exit {kept.process.returncode}')
    with Kept() as kept:
        screen = kept.screen()
        kept.process.terminate()
        if kept.process.wait(10) != 0 or pathlib.Path(f'/proc/{screen}').exists():
            raise Trouble(f'exit {kept.process.returncode}')


def what_is_wrong_on_its_command_line_is_said_once():
    run = subprocess.run([KIOSK, '--keep', '--store', '/nowhere', 'more'], capture_output=True, encoding='utf-8', timeout=20, check=False)
    if run.returncode != 2:
        raise Trouble(f'exit {run.returncode}: {run.stderr}')


def the_service_manager_is_told():
    with tempfile.TemporaryDirectory() as name, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(name + '/notify')
        manager.settimeout(20)
        with Kept(NOTIFY_SOCKET=name + '/notify', WATCHDOG_USEC='400000'):
            heard = [manager.recv(100) for _ in range(3)]
        if heard != [b'READY=1', b'WATCHDOG=1', b'WATCHDOG=1']:
            raise Trouble(str(heard))


def the_screen_is_first_to_go_when_memory_is_short_and_leaves_no_core():
    with Kept() as kept:
        adjusted = pathlib.Path(f'/proc/{kept.screen()}/oom_score_adj').read_text(encoding='ascii').strip()
        own = pathlib.Path(f'/proc/{kept.process.pid}/oom_score_adj').read_text(encoding='ascii').strip()
        if int(adjusted) <= int(own):
            raise Trouble(f'{adjusted} and {own}')
        if os.geteuid() == 0 and os.stat(f'/proc/{kept.screen()}/environ').st_uid != 0:
            raise Trouble('it can be looked into')


if __name__ == '__main__':
    tap.run('/ui/kiosk/keeper', ten_faults_and_each_time_it_is_back_within_three_seconds, whatever_ends_it, the_plain_page_names_the_site_and_sends_people_to_the_desk,
            a_screen_that_hangs_is_ended_and_begun_again, the_screen_ends_with_its_keeper, the_keeper_ends_with_the_screen_that_staff_close_or_when_it_is_told,
            what_is_wrong_on_its_command_line_is_said_once, the_service_manager_is_told, the_screen_is_first_to_go_when_memory_is_short_and_leaves_no_core)
