#!/usr/bin/python3
"""The kiosk under fingers: calm, sore, shaking, resting or too many:  touch.py LIMBER-KIOSK KIOSK-MAKE-STORE LIMBERCTL, on a display that takes touches."""

import calendar
import gettext
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / 'support'))
import fingers  # noqa: E402  # pylint: disable=wrong-import-position
import tap  # noqa: E402  # pylint: disable=wrong-import-position
from limber import Trouble, until  # noqa: E402  # pylint: disable=wrong-import-position
from program import BUTTONS, FORM, KIOSK, MAKE_STORE, Atspi, GLib, Kiosk, journal, keys  # noqa: E402  # pylint: disable=wrong-import-position

SIZE = (1280, 800)
CATALOGUES = pathlib.Path(KIOSK).resolve().parents[2] / 'po/kiosk'
FRESH = 0.3  # seconds that a page takes no second tap of the same hand
ODD = {'window', 'dialog', 'alert', 'popup menu', 'menu', 'menu item', 'tool tip'}
WIDE_AWAKE = '300,60,0'
SEEDS = range(1, 11 if tap.LONG else 3)


def place_of(node):
    """Where it is on the screen; None for what is not seen."""
    try:
        box = node.get_extents(Atspi.CoordType.WINDOW)
    except GLib.Error:
        return None
    return (box.x, box.y, box.width, box.height) if box.width > 0 and box.height > 0 else None


class Touched(Kiosk):
    """A kiosk and the fingers before it. What they do is told to the display, never to the program."""

    def __init__(self, *args, **kwargs):
        if fingers.lacking():
            raise tap.Skip(fingers.lacking())
        super().__init__(*args, **kwargs)
        self.language, self.words = 'en', gettext.NullTranslations()
        self.hand = HAND

    def __exit__(self, *error):
        super().__exit__(*error)
        self.hand.rest()

    def buttons(self):
        """What can be pressed: its name, and where it is on the screen."""
        found = [(name, place_of(node)) for role, name, node in self.everything() if role in BUTTONS]
        return [(name, box) for name, box in found if box]

    def box(self, name):
        """Where a button is, once it has come to rest."""
        node = until(f'there is a button "{name}"', lambda: next((node for role, called, node in self.everything() if called == name and role in BUTTONS and place_of(node)), None), 10)
        seen = []

        def resting():
            seen.append(place_of(node))
            return len(seen) > 2 and seen[-1] is not None and seen[-1] == seen[-2] == seen[-3]
        until(f'the button "{name}" rests', resting, 10)
        return seen[-1]

    def middle(self, name):
        x, y, width, height = self.box(name)
        return x + width / 2, y + height / 2

    def tap(self, name, tremble=0):
        self.hand.tap(*self.middle(name), tremble)

    def tap_twice(self, x, y):
        """A sore hand's: the second tap is no other answer, and not quite where the first one was."""
        self.hand.tap(x, y)
        begun = time.monotonic()
        until('a hand that trembles is down again', lambda: time.monotonic() > begun + 0.12)
        self.hand.tap(x + 25, y - 15)
        if time.monotonic() > begun + FRESH - 0.05:
            raise tap.Skip('this machine is too busy to tap twice in a quarter of a second')

    def see(self, text):
        """Waits for a page, and reads it for as long as it is fresh."""
        self.wait(text)
        read = time.monotonic() + FRESH
        until('the page has been read', lambda: time.monotonic() > read)

    def speak(self, language):
        """From here on it is in another language."""
        self.language, self.words = language, gettext.translation('limber-kiosk', CATALOGUES, [language])

    def say(self, text):
        """A text of the kiosk or of the form, as it is told now."""
        return FORM_WORDS.get(text, {}).get(self.language) or self.words.gettext(text)

    def heading(self):
        return next((name for role, name, _ in self.everything() if role == 'heading'), None)

    def stays(self, heading):
        """It has taken in all that came, and is still the same page, alone in one window."""
        self.see(self.say(heading))
        seen = self.everything()
        roles = [role for role, _, _ in seen]
        now = next((name for role, name, _ in seen if role == 'heading'), None)
        if self.process.poll() is not None or roles.count('frame') != 1 or set(roles) & ODD or now != self.say(heading):
            raise Trouble(f'"{now}" instead of "{heading}", {set(roles) & ODD}, {self.process.poll()}')

    def to_day(self):
        self.see(self.say('Welcome to %s') % HERE)
        self.tap(self.say('Check in'))
        self.see(self.say(DAY))


def translations(item, found):
    """Every text of a questionnaire with its translations: {text: {language: text}}."""
    if isinstance(item, dict):
        for key, more in item.items():
            if key.startswith('_') and isinstance(item.get(key[1:]), str):
                texts = found.setdefault(item[key[1:]], {})
                for part in more['extension']:
                    lang, content = part['extension']
                    texts[lang['valueCode']] = content['valueString']
            translations(more, found)
    elif isinstance(item, list):
        for part in item:
            translations(part, found)
    return found


FORM_WORDS = translations(json.loads(pathlib.Path(FORM).read_text(encoding='utf-8')), {})
HERE = 'Alexandra Avenue Clinic'
DAY, MONTH, LETTER = 'Which day were you born?', 'Which month were you born?', 'What is the first letter of your last name?'
ARABIC = 'العربية'


def check_in(kiosk, tremble=0, look=None):
    """Declan O'Connor, from the first page to the first again, with all that is asked on the way."""
    pages = ((DAY, '6'), (MONTH, 'August'), (LETTER, 'O'), ('Is this you?', 'Yes, check me in'), ('Is this still your phone number?', 'Yes, this is right'),
             ('How bad is your pain today?', '6'), ('How are you since you were last here?', 'Better'))
    kiosk.see(kiosk.say('Welcome to %s') % HERE)
    kiosk.tap(kiosk.say('Check in'), tremble)
    for heading, key in pages:
        kiosk.see(kiosk.say(heading))
        if look:
            look(kiosk, heading)
        kiosk.tap(kiosk.say(key), tremble)
    kiosk.see(kiosk.say('You are checked in'))
    if len(journal(kiosk.store, 'arrival')) != 1 or 'valueInteger\\":6' not in journal(kiosk.store, 'answers')[-1]:
        raise Trouble(f'{journal(kiosk.store, "arrival")}, {journal(kiosk.store, "answers")}')
    kiosk.tap(kiosk.say('Finish'), tremble)


def a_finger_is_enough_on_every_page():
    with Touched(form=FORM, times=WIDE_AWAKE) as kiosk:
        check_in(kiosk)
        kiosk.stays(f'Welcome to {HERE}')


def is_mirrored(kiosk, heading):
    if heading == DAY and (kiosk.middle('1')[0] < kiosk.middle('2')[0] or kiosk.middle(kiosk.say('Back'))[0] < SIZE[0] / 2):
        raise Trouble('it is not mirrored')


def a_finger_is_enough_from_right_to_left():
    with Touched(form=FORM, times=WIDE_AWAKE) as kiosk:
        kiosk.see(f'Welcome to {HERE}')
        kiosk.tap(ARABIC)
        kiosk.speak('ar')
        check_in(kiosk, look=is_mirrored)
        kiosk.see(f'Welcome to {HERE}')


def a_hand_that_trembles_presses_all_the_same():
    with Touched(form=FORM, times=WIDE_AWAKE) as kiosk:
        check_in(kiosk, tremble=24)
        kiosk.see(f'Welcome to {HERE}')
        x, y, width, height = kiosk.box('Check in')
        kiosk.hand.put((0, x + 40, y + 40))
        kiosk.hand.move((0, x + width / 2, y + height / 2), (0, x + width - 40, y + height - 40))
        kiosk.hand.lift((0, x + width - 40, y + height - 40))
        kiosk.see(DAY)


def two_taps_of_a_sore_hand_choose_once():
    with Touched(times=WIDE_AWAKE) as kiosk:
        kiosk.to_day()
        stood = []
        for day in ('14', '15', '21', '22'):
            x, y = kiosk.middle(day)
            kiosk.tap_twice(x, y)
            kiosk.see(f'Day {day}')
            kiosk.stays(MONTH)
            stood += [name for name, (left, top, width, height) in kiosk.buttons() if left <= x + 25 < left + width and top <= y - 15 < top + height]
            kiosk.tap('Back')
            kiosk.see(DAY)
        if not set(stood) & set(calendar.month_name):
            raise Trouble(f'no month stands where a day stood: {stood}')
        kiosk.tap('22')
        kiosk.see(MONTH)
        kiosk.tap_twice(*kiosk.middle('Back'))
        kiosk.stays(DAY)


def figures_are_as_quick_as_the_hand():
    with Touched(times=WIDE_AWAKE) as kiosk:
        kiosk.to_day()
        for key, heading in (('4', MONTH), ('April', LETTER), ('T', 'Which year were you born?')):
            kiosk.tap(key)
            kiosk.see(heading)
        one, nine, next_key = kiosk.middle('1'), kiosk.middle('9'), kiosk.middle('Next')
        for place in (one, nine, one, one):
            kiosk.hand.tap(*place)
        until('four figures', lambda: kiosk.says('1911'))
        kiosk.hand.tap(*next_key)
        kiosk.see('You have NOT been checked in.')


def a_long_press_opens_nothing_and_presses_when_it_ends():
    with Touched(times=WIDE_AWAKE) as kiosk:
        kiosk.to_day()
        place = kiosk.middle('17')
        for spot in ((640, 130), place):
            kiosk.hand.put((0, *spot))
            held = time.monotonic() + 1.5
            until('it was held', lambda end=held: time.monotonic() > end)
            kiosk.stays(DAY)
            kiosk.hand.lift((0, *spot))
        kiosk.see('Day 17')


def a_drag_over_keys_presses_none_and_moves_nothing():
    with Touched(times=WIDE_AWAKE) as kiosk:
        kiosk.to_day()
        before = kiosk.buttons()
        for to in ('31', '7', '1', '25', '18'):
            kiosk.hand.slide(kiosk.middle('17'), kiosk.middle(to))
        for edge in ((640, 799), (640, 0), (0, 400), (1279, 400)):
            kiosk.hand.slide(edge, (640, 400))
            kiosk.hand.slide(kiosk.middle('17'), edge)
        kiosk.stays(DAY)
        if kiosk.buttons() != before:
            raise Trouble('something has moved')
        kiosk.tap('17')
        kiosk.see('Day 17')


def a_page_that_is_too_long_follows_the_finger():
    with Touched(times=WIDE_AWAKE, options=['--windowed=800x480']) as kiosk:
        kiosk.to_day()
        kiosk.see('More')
        x, y = kiosk.middle('9')
        top = kiosk.box('9')[1]
        kiosk.hand.slide((x, y), (x, y - 200))
        until('it has moved', lambda: dict(kiosk.buttons())['9'][1] < top - 100)
        kiosk.stays(DAY)
        kiosk.tap('17', tremble=20)
        kiosk.see('Day 17')
        # A swipe does not go on into the page that comes next.
        kiosk.hand.slide((x, 400), (x, 250), 3)
        kiosk.hand.slide((x, 400), (x, 100), 3)
        kiosk.scan(kiosk.letter)
        kiosk.see('Is this you?')
        first = kiosk.box('Text size')
        kiosk.stays('Is this you?')
        if first[1] < 0 or kiosk.box('Text size') != first:
            raise Trouble(f'it is at {first}, and then at {kiosk.box("Text size")}')


def many_fingers_at_once_choose_one_thing_or_none():
    with Touched(times=WIDE_AWAKE) as kiosk:
        kiosk.to_day()
        first, second = kiosk.middle('9'), kiosk.middle('20')
        kiosk.hand.put((0, *first), (1, *second))
        kiosk.stays(DAY)
        kiosk.hand.lift((0, *first), (1, *second))
        kiosk.see('Day 9')
        kiosk.stays(MONTH)
        kiosk.tap('Back')
        kiosk.see(DAY)
        places = [(at, *kiosk.middle(str(3 * at + 1))) for at in range(10)]
        kiosk.hand.put(*places)
        kiosk.hand.move(*((at, x + 3, y - 3) for at, x, y in places))
        kiosk.hand.lift(*reversed(places))
        kiosk.stays(MONTH)
        kiosk.tap('August')
        kiosk.see(LETTER)


def a_palm_that_rests_does_not_keep_others_from_pressing():
    with Touched(times=WIDE_AWAKE) as kiosk:
        kiosk.see(f'Welcome to {HERE}')
        kiosk.hand.put((5, 700, 790))
        kiosk.tap('Check in')
        kiosk.see(DAY)
        kiosk.tap('6')
        kiosk.see('Day 6')
        kiosk.hand.lift((5, 700, 790))
        kiosk.stays(MONTH)
        kiosk.tap('August')
        kiosk.see(LETTER)


def what_began_on_one_page_ends_on_no_other():
    with Touched(times=WIDE_AWAKE) as kiosk:
        # A letter is scanned while a finger is down.
        kiosk.see(f'Welcome to {HERE}')
        kiosk.scan(kiosk.letter)
        kiosk.see('Is this you?')
        places = [kiosk.middle(name) for name in ('Yes, check me in', 'No, this is not me')]
        kiosk.tap('No, this is not me')
        kiosk.see('You have NOT been checked in.')
        kiosk.tap('Finish')
        kiosk.to_day()
        for place in places:
            kiosk.hand.put((0, *place))
            kiosk.scan(kiosk.letter)
            kiosk.see('Is this you?')
            kiosk.hand.move((0, *place))
            kiosk.hand.lift((0, *place))
            kiosk.stays('Is this you?')
        # Another finger goes on while the first one stays.
        kiosk.tap('No, this is not me')
        kiosk.see('You have NOT been checked in.')
        kiosk.tap('Finish')
        kiosk.to_day()
        place = kiosk.middle('17')
        kiosk.hand.put((0, *place))
        kiosk.hand.tap(*kiosk.middle('1'), finger=1)
        kiosk.see('Day 1')
        kiosk.hand.lift((0, *place))
        kiosk.stays(MONTH)
        if journal(kiosk.store, 'arrival'):
            raise Trouble('somebody was checked in')


def a_finger_that_stays_while_the_screen_is_left_presses_nothing():
    with Touched(times='1,1,0') as kiosk:
        kiosk.see(f'Welcome to {HERE}')
        place = kiosk.middle('Check in')
        kiosk.tap('Check in')
        kiosk.wait(DAY)
        kiosk.wait('Are you still there?')
        still = kiosk.middle('Yes, I am still here')
        kiosk.tap('Yes, I am still here')
        kiosk.wait(DAY)
        kiosk.hand.put((0, *still))
        kiosk.see('Are you still there?')
        kiosk.hand.lift((0, *still))
        kiosk.stays('Are you still there?')
        kiosk.scan(kiosk.letter)
        kiosk.tap('Yes, check me in')
        kiosk.wait('You are checked in')
        kiosk.hand.put((0, *place))
        kiosk.see(f'Welcome to {HERE}')
        kiosk.hand.lift((0, *place))
        kiosk.stays(f'Welcome to {HERE}')


def staff_leave_by_a_finger_in_the_corner():
    for language, corner in (('English', (15, 15)), (ARABIC, (SIZE[0] - 15, 15))):
        with Touched(code='74185', times=WIDE_AWAKE) as kiosk:
            kiosk.see(f'Welcome to {HERE}')
            if language == ARABIC:
                kiosk.tap(language)
                kiosk.speak('ar')
                kiosk.see(kiosk.say('Welcome to %s') % HERE)
            kiosk.hand.put((0, *corner))
            kiosk.hand.move((0, SIZE[0] - corner[0], 15))
            kiosk.hand.lift((0, SIZE[0] - corner[0], 15))
            kiosk.hand.put((0, *corner))
            kiosk.wait(kiosk.say('Staff: close this screen'))
            kiosk.hand.lift((0, *corner))
            for figure in '74185':
                kiosk.tap(figure)
            kiosk.tap(kiosk.say('Next'))
            if kiosk.process.wait(10) != 0:
                raise Trouble(f'it ended with {kiosk.process.returncode}')


def one_button_is_a_finger_anywhere():
    with Touched(times=WIDE_AWAKE) as kiosk:
        kiosk.see(f'Welcome to {HERE}')
        kiosk.tap('One button')
        until('the mark is there', lambda: kiosk.focused() == ['Check in'])
        kiosk.see('Stop one button')
        kiosk.tap_twice(30, 700)
        kiosk.see(DAY)
        until('the first row is marked, and then the second', lambda: kiosk.focused() == ['9'], 10)
        kiosk.tap_twice(1200, 420)
        until('the second of its keys is marked', lambda: kiosk.focused() == ['10'], 10)
        kiosk.stays(DAY)
        kiosk.hand.tap(640, 780)
        kiosk.see('Day 10')


def any_fingers_anywhere_leave_one_window_and_a_first_page():
    for seed in SEEDS:
        with Touched(times='1,1,0') as kiosk:
            kiosk.see(f'Welcome to {HERE}')
            chance = random.Random(seed)
            for _ in range(400):
                at = chance.randrange(10)
                place = (at, chance.randrange(SIZE[0]), chance.randrange(SIZE[1]))
                if at not in kiosk.hand.down:
                    kiosk.hand.put(place)
                elif chance.random() < 0.5:
                    kiosk.hand.move(place)
                else:
                    kiosk.hand.lift(place)
            kiosk.hand.rest()
            until(f'seed {seed}: it answers', kiosk.heading, 30)
            roles = [role for role, _, _ in kiosk.everything()]
            if set(roles) & ODD or roles.count('frame') != 1 or kiosk.process.poll() is not None:
                raise Trouble(f'seed {seed}: {set(roles) & ODD}, {kiosk.process.poll()}')
            keys('Escape', 'Escape', 'Escape', 'Escape', 'Escape', 'Escape')
            kiosk.scan(kiosk.letter)
            until(f'seed {seed}: a letter is still read', lambda now=kiosk: now.says('Is this you?') or now.says('You are already checked in'), 30)


def the_board_takes_no_touch():
    if fingers.lacking():
        raise tap.Skip(fingers.lacking())
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([MAKE_STORE, '--board', folder + '/store'], check=True)
        with Touched(store=folder + '/store', times='1,1,0', options=['--board']) as board:
            board.wait('Please take a seat. We will call you.')
            before = board.shown()
            for x, y in ((640, 400), (1270, 790), (640, 20), (200, 600)):
                board.tap_twice(x, y)
                board.hand.slide((x, y), (640, 200))
            board.hand.put(*((at, 100 + 110 * at, 500) for at in range(10)))
            board.hand.rest()
            if board.buttons() or board.shown() != before:
                raise Trouble(f'{board.buttons()} {set(board.shown()) ^ set(before)}')
            # But staff can leave it, as any screen.
            board.hand.put((0, 15, 15))
            board.wait('Staff: close this screen')


if __name__ == '__main__':
    HAND = None if fingers.lacking() else fingers.Fingers(SIZE)
    TESTS = (a_finger_is_enough_on_every_page, a_finger_is_enough_from_right_to_left, a_hand_that_trembles_presses_all_the_same, two_taps_of_a_sore_hand_choose_once,
             figures_are_as_quick_as_the_hand, a_long_press_opens_nothing_and_presses_when_it_ends, a_drag_over_keys_presses_none_and_moves_nothing,
             a_page_that_is_too_long_follows_the_finger, many_fingers_at_once_choose_one_thing_or_none, a_palm_that_rests_does_not_keep_others_from_pressing,
             what_began_on_one_page_ends_on_no_other, a_finger_that_stays_while_the_screen_is_left_presses_nothing, staff_leave_by_a_finger_in_the_corner,
             one_button_is_a_finger_anywhere, the_board_takes_no_touch, any_fingers_anywhere_leave_one_window_and_a_first_page)
    ONLY = sys.argv[4:]
    tap.run('/ui/kiosk/touch', *(test for test in TESTS if not ONLY or test.__name__ in ONLY))
