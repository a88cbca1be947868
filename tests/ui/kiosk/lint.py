#!/usr/bin/python3
"""limber-kiosk for people who use it by ear, by keys alone, by a finger or by one button:  lint.py LIMBER-KIOSK KIOSK-MAKE-STORE LIMBERCTL.

What assistive technology is told of each page on the way, whatever the page is; what is drawn is looked at by lint.c."""

import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from program import BUTTONS, Atspi, Kiosk, has, keys  # noqa: E402  # pylint: disable=wrong-import-position
import tap  # noqa: E402  # pylint: disable=wrong-import-position
from limber import until  # noqa: E402  # pylint: disable=wrong-import-position

WAY = ('6', 'August', 'O', 'Yes, check me in')
PAGES = ('Welcome to', 'Which day', 'Which month', 'first letter', 'Is this you?', 'You are checked in')


def seen(kiosk):
    """(role, name, node) of what is shown, and all of it inside the window."""
    for role, name, node in kiosk.everything():
        if has(node, Atspi.StateType.VISIBLE):
            yield role, name, node


def buttons(kiosk):
    return [(name, node) for role, name, node in seen(kiosk) if role in BUTTONS]


def complaints(kiosk):
    names = []
    for name, node in buttons(kiosk):
        if not name.strip():
            yield f'a button without a name, in {node.get_parent().get_name()!r}'
        if name in names:
            yield f'two buttons are called {name!r}'
        if has(node, Atspi.StateType.SENSITIVE) and not has(node, Atspi.StateType.FOCUSABLE):
            yield f'{name!r} cannot have the focus'
        names.append(name)
    headings = [name for role, name, _ in seen(kiosk) if role == 'heading' and name.strip()]
    if len(headings) != 1:
        yield f'headings: {headings}'
    if len(kiosk.focused()) != 1:
        yield f'the focus is on {kiosk.focused()}'
    for role, name, _ in seen(kiosk):
        if role in ('unknown', 'invalid'):
            yield f'{name!r} is {role}'


def check(kiosk, page):
    kiosk.wait(page)
    until(f'something has the focus on "{page}"', lambda: len(kiosk.focused()) == 1)
    wrong = list(complaints(kiosk))
    assert not wrong, f'{page}: ' + '; '.join(wrong)


def click(kiosk, name):
    """A finger, as far as a display without glass has one: nothing but where it stands."""
    def box():
        boxes = [node.get_extents(Atspi.CoordType.WINDOW) for called, node in buttons(kiosk) if called == name]
        return boxes[0] if boxes and boxes[0].width > 0 else None
    place = until(f'there is a button {name!r}', box)
    subprocess.run(['xdotool', 'mousemove', str(place.x + place.width // 2), str(place.y + place.height // 2), 'click', '1'], check=True)


def each_page_has_names_roles_and_one_heading():
    with Kiosk() as kiosk:
        check(kiosk, PAGES[0])
        kiosk.press('Check in')
        for page, name in zip(PAGES[1:], (*WAY, None)):
            check(kiosk, page)
            if name:
                kiosk.press(name)


def so_have_the_pages_beside_the_way():
    with Kiosk() as kiosk:
        kiosk.press('Check in')
        kiosk.press('I need a person')
        check(kiosk, 'Please go to the desk')
        kiosk.press('Finish')
        kiosk.press('Check in')
        for name in ('1', 'January', 'X'):
            kiosk.press(name)
        check(kiosk, 'We could not find you')
        kiosk.press('Try again')
        for name in ('4', 'April', 'T'):
            kiosk.press(name)
        check(kiosk, 'Which year')
        kiosk.press('Use my postcode instead')
        check(kiosk, 'What is your postcode?')


def tab_and_enter_are_enough():
    with Kiosk() as kiosk:
        kiosk.wait(PAGES[0])
        for page, name in zip(PAGES, ('Check in', *WAY)):
            kiosk.wait(page)
            kiosk.tab_to(name)
            keys('Return' if name != 'August' else 'space')
        kiosk.wait(PAGES[-1])


def arrows_go_where_they_point_and_escape_goes_back():
    with Kiosk() as kiosk:
        kiosk.press('Check in')
        until('the first day has the focus', lambda: kiosk.focused() == ['1'])
        for key, day in (('Right', '2'), ('Down', '10'), ('Right', '11'), ('Up', '3'), ('Left', '2')):
            keys(key)
            until(f'{key} comes to {day}', lambda day=day: kiosk.focused() == [day], 5)
        keys('Return')
        kiosk.wait('Which month')
        keys('Escape')
        kiosk.wait('Which day')
        until('what was chosen has the focus', lambda: kiosk.focused() == ['2'], 5)


def a_finger_is_enough():
    with Kiosk() as kiosk:
        click(kiosk, 'Check in')
        for page, name in zip(PAGES[1:], WAY):
            kiosk.wait(page)
            click(kiosk, name)
        kiosk.wait(PAGES[-1])
        click(kiosk, 'Finish')
        kiosk.wait(PAGES[0])


def one_key_is_enough():
    """Held, it begins; then each press presses what the mark has come to."""
    with Kiosk() as kiosk:
        kiosk.wait(PAGES[0])
        subprocess.run(['xdotool', 'keydown', 'space', 'sleep', '3.5', 'keyup', 'space'], check=True)
        kiosk.wait('Stop one button')
        kiosk.wait('Which day')
        keys('space')
        until('the mark goes through the first row', lambda: kiosk.focused() == ['2'], 10)
        keys('space')
        kiosk.wait('Day 2')


def without_a_voice_nothing_offers_one():
    with Kiosk() as kiosk:
        check(kiosk, PAGES[0])
        assert 'Read aloud' not in [name for name, _ in buttons(kiosk)]


if __name__ == '__main__':
    tap.run('/ui/kiosk/lint', each_page_has_names_roles_and_one_heading, so_have_the_pages_beside_the_way, tab_and_enter_are_enough,
            arrows_go_where_they_point_and_escape_goes_back, a_finger_is_enough, one_key_is_enough, without_a_voice_nothing_offers_one)
