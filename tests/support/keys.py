"""The desk of somebody who never looks at her hands: keys alone, and what is in sight and has the focus as a screen reader has it."""

from hands import Desk
from limber import Trouble, until

from gi.repository import Atspi, GLib  # whose version screen.py has said


class KeyDesk(Desk):
    """The receptionist's window, without a pointer."""

    box = bar = count = pill = None

    def key(self, *keys):
        self.display.tool('key', '--delay', 15, *keys)

    def type(self, text):
        self.display.tool('type', '--delay', 15, text)

    def point(self, thing):
        raise Trouble('a pointer at the desk of keys')

    def reads(self, thing):
        try:
            return thing.get_name() or ''
        except GLib.Error:
            return ''

    def sign_in(self, name, pin, text=''):
        """Types her name, and her PIN; what she had typed before stands there again."""
        until('a name can be typed', lambda: self.has_focus('Your name'))
        self.type(name.split()[0].lower())
        self.key('Return')
        until('a PIN can be typed', lambda: self.has_focus('PIN'))
        self.type(pin)
        self.key('Return')
        self.settle(name, text)

    def settle(self, name, text=''):
        """Finds once what is read from then on: each page of work has its own."""
        self.see(name, role='push button')
        self.see(self.TODAY)
        self.box = self.see('Find somebody', role='entry')
        self.count = self.see(having=' booked', role='label')
        self.pill = None
        self.bar = None
        self.waits_for_a_name(text)

    def waits_for_a_name(self, text=''):
        """The caret is in the search, which holds nothing, or what she had typed."""
        def waits():
            try:
                return self.box.get_state_set().contains(Atspi.StateType.FOCUSED) and Atspi.Text.get_text(self.box, 0, Atspi.Text.get_character_count(self.box)) == text
            except GLib.Error:
                return False
        until(f'the caret is in the search, which holds “{text}”', waits)

    def says(self, words, seconds=15):
        """The bar at the bottom, which changes its words in place."""
        def said():
            if self.bar is None:
                self.bar = next(self.things(words, 'label'), None)
            return self.bar is not None and self.reads(self.bar) == words
        try:
            until(f'the bar says “{words}”', said, seconds)
        except Trouble as trouble:
            raise Trouble(f'{trouble}\n  what is there: ' + '; '.join(self.words())) from None

    def counts(self, booked, here, seconds=20):
        """What stands above the list."""
        words = f'{booked} booked, {here} here so far'
        until(f'above the list: {words}', lambda: self.reads(self.count).startswith(words), seconds)

    def comes(self, person):
        """Three letters and Enter."""
        self.type(person.key)
        self.key('Return')
        self.says(f'{person} checked in')
        self.waits_for_a_name()

    def pill_says(self, beginning, seconds=30):
        """What is said of sync."""
        words = ('Up to date', 'Working offline', 'waiting', 'Fetching', 'Checking')

        def look():
            if self.pill is None or not self.reads(self.pill):
                self.pill = next((thing for thing in self.things(role='push button') if any(word in self.name_of(thing) for word in words)), None)
            return self.pill is not None and self.reads(self.pill).startswith(beginning)
        try:
            until(f'sync: {beginning}', look, seconds)
        except Trouble as trouble:
            raise Trouble(f'{trouble}; it says {self.pill and self.reads(self.pill)}') from None
        return self.reads(self.pill)
