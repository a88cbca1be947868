"""A display, and hands and eyes for what is on it: what assistive technology sees (AT-SPI) and xdotool's pointer.

On GTK 4.8: buttons and entries act; rows and check buttons do not, so they are clicked where they say they are; hidden pages
have no size; "showing" says nothing. Run it under with-display with LIMBER_TEST_A11Y=1, in the system's own python3."""

import atexit
import os
import subprocess

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

from limber import Trouble, until  # noqa: E402

# It complains once a program that GTK keeps no cache of its tree on the bus.
GLib.log_set_handler('dbind', GLib.LogLevelFlags.LEVEL_WARNING, lambda *_: None, None)
BUTTONS = ('push button', 'button', 'toggle button')


class Display:
    """One more Xvfb, so that two windows do not cover each other."""

    def __init__(self, width=1280, height=800):
        read, write = os.pipe()
        self.size = (width, height)
        self._server = subprocess.Popen(['Xvfb', '-displayfd', str(write), '-screen', '0', f'{width}x{height}x24', '-nolisten', 'tcp', '-noreset'],
                                        pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as said:
            number = said.readline().strip()
        if not number:
            raise Trouble('Xvfb did not start')
        self.name = f':{number}'
        atexit.register(self.close)

    def close(self):
        self._server.terminate()
        self._server.wait()

    def picture(self, path):
        subprocess.run(['import', '-display', self.name, '-window', 'root', str(path)], check=True, stdin=subprocess.DEVNULL)

    def tool(self, *words):
        run = subprocess.run(['xdotool', *map(str, words)], env={**os.environ, 'DISPLAY': self.name}, stdin=subprocess.DEVNULL,
                             capture_output=True, encoding='utf-8', check=False)
        return run.stdout

    def fill(self, process):
        """Without a window manager a window has the size that it asks for; make it the display's."""
        window = until('a window on the display', lambda: self.tool('search', '--onlyvisible', '--pid', process.pid).split())[-1]
        self.tool('windowmove', window, 0, 0)
        self.tool('windowsize', window, *self.size)
        self.tool('windowfocus', window)


class Screen:
    """What one program shows."""

    def __init__(self, process, display, fill=True):
        self.process, self.display = process, display
        Atspi.init()
        self._application = until('the program is on the accessibility bus', self._find_application, 30)
        if fill:
            display.fill(process)

    def _find_application(self):
        if self.process.poll() is not None:
            raise Trouble(f'the program ended with {self.process.returncode}')
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        for at in range(desktop.get_child_count()):
            try:
                child = desktop.get_child_at_index(at)
                if child and child.get_process_id() == self.process.pid and child.get_child_count() > 0:
                    child.set_cache_mask(Atspi.Cache.NONE)
                    return child
            except GLib.Error:
                continue
        return None

    def _walk(self, thing):
        """The thing and all in it that can be seen; what has no size has nothing to show, nor have its children."""
        yield thing
        try:
            count = thing.get_child_count()
            if count == 0 or self._is_hidden(thing):
                return
            children = [thing.get_child_at_index(at) for at in range(count)]
        except GLib.Error:
            return
        for child in children:
            if child is not None:
                yield from self._walk(child)

    @staticmethod
    def _works(thing):
        return thing.get_state_set().contains(Atspi.StateType.SENSITIVE)

    @staticmethod
    def _is_hidden(thing):
        try:
            size = thing.get_size()  # not where it is: of what has just left its window, GTK 4.8 looks for the way there all the same
        except GLib.Error:
            return False  # a page of a stack or the program itself, which have no place of their own
        return size.x <= 0 or size.y <= 0

    @staticmethod
    def _box(thing):
        try:
            box = thing.get_extents(Atspi.CoordType.WINDOW)
        except GLib.Error:
            return None
        return box if box.width > 0 and box.height > 0 else None

    def things(self, name=None, role=None, having=None):
        """Everything that can be seen: with exactly this name, of this role or roles, with this text in its name."""
        if self.process.poll() is not None:
            raise Trouble(f'the program ended with {self.process.returncode}')
        roles = (role,) if isinstance(role, str) else role
        for thing in self._walk(self._application):
            try:
                if name is not None or having is not None:
                    called = thing.get_name() or ''
                    if (name is not None and called != name) or (having is not None and having not in called):
                        continue
                if roles is not None and thing.get_role_name() not in roles:
                    continue
            except GLib.Error:
                continue
            if self._box(thing):
                yield thing

    @staticmethod
    def name_of(thing):
        """What it is called; nothing for what went away while it was looked at."""
        try:
            return thing.get_name() or ''
        except GLib.Error:
            return ''

    def words(self):
        """All that can be read, for a person or for a message about what was seen instead."""
        seen = []
        for thing in self.things():
            try:
                name, role = thing.get_name(), thing.get_role_name()
            except GLib.Error:
                continue
            if name:
                seen.append(f'{role}: {name}')
        return seen

    def see(self, name=None, role=None, having=None, seconds=15):
        """Waits until there is one, and returns the first."""
        try:
            return until(f'"{name or having}" on the screen', lambda: next(self.things(name, role, having), None), seconds)
        except Trouble as trouble:
            raise Trouble(f'{trouble}\n  what is there: ' + '; '.join(self.words())) from None

    def shows(self, name=None, role=None, having=None):
        return next(self.things(name, role, having), None) is not None

    def has_focus(self, name):
        """Whether what is typed goes there: a page that was left and still is on the bus has no focus."""
        return any(thing.get_state_set().contains(Atspi.StateType.FOCUSED) for thing in self.things(name))

    def point(self, thing):
        """Clicks where the thing is, once it has come to rest."""
        seen = []

        def resting():
            box = self._box(thing)
            seen.append(box and (box.x, box.y, box.width, box.height))
            return len(seen) > 2 and seen[-1] is not None and seen[-1] == seen[-2] == seen[-3]
        until('it rests on the screen', resting)
        x, y, width, height = seen[-1]
        self.display.tool('mousemove', x + width // 2, y + height // 2, 'click', 1)

    def press(self, name, role=BUTTONS, having=None, seconds=15):
        """Presses a button, as assistive technology does; what has no action is clicked."""
        def act():
            thing = next(self.things(name, role, having), None)
            if thing is None:
                return False
            try:
                if not self._works(thing):
                    return False
                action = thing.get_action_iface()
                if action is not None and action.get_n_actions() > 0:
                    return action.do_action(0)
            except GLib.Error:
                return False
            self.point(thing)
            return True
        try:
            until(f'press "{name or having}"', act, seconds)
        except Trouble as trouble:
            raise Trouble(f'{trouble}\n  what is there: ' + '; '.join(self.words())) from None

    def tap_figures(self, figures):
        """Touches the keys of a pad. Not by their action: GTK holds a button for 250 ms then, and loses the same one pressed again."""
        for figure in figures:
            self.point(until(f'the key {figure} can be touched', lambda wanted=figure: next((key for key in self.things(wanted, BUTTONS) if self._works(key)), None)))

    def write(self, thing, text):
        editable = thing.get_editable_text_iface()
        if editable is None:
            raise Trouble('nothing can be written there')
        editable.set_text_contents(text)
