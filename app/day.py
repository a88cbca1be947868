"""A day that plays itself on a display of its own: what app/run does without a screen. Each step says what was observed."""

import time

from hands import Desk, Kiosk
from limber import Trouble, until
from screen import Display, Screen


class Steps:
    """Numbered steps, each with what was seen and how long it took, and pictures of the screens."""

    def __init__(self, tell, pictures):
        self.tell, self.pictures, self.number, self.displays = tell, pictures, 0, {}
        pictures.mkdir(parents=True, exist_ok=True)

    def step(self, title, act):
        self.number += 1
        start = time.monotonic()
        try:
            seen = act()
        except Trouble:
            self.tell(f'{self.number:2}. {title}: NOT SO')
            self.picture('trouble')
            raise
        self.tell(f'{self.number:2}. {title}: {seen} ({time.monotonic() - start:.2f} s)')

    def picture(self, name, *which):
        for display in which or self.displays:
            self.displays[display].picture(self.pictures / f'{self.number:02}-{display}-{name}.png')


def count(site, store):
    arrivals = len(site.programs.list(store, 'arrival'))
    return f'{arrivals} arrival{"" if arrivals == 1 else "s"}'


def play(site, name, pin, pictures, tell):
    """Plays the day and returns 0, or raises Trouble at the first thing that is not as it should be."""
    steps, programs = Steps(tell, pictures), site.programs
    people = list(site.people())
    if len(people) < 2:
        raise Trouble(f'{len(people)} people can check in now; it takes two')
    first, second = people[:2]
    steps.displays = {'desk': Display(), 'kiosk': Display(), 'board': Display()}
    try:
        play_on(site, programs, steps, first, second, name, pin)
    finally:
        for display in steps.displays.values():
            display.close()
    tell(f'\nAll was as it should be. Pictures: {pictures}')
    return 0


def play_on(site, programs, steps, first, second, name, pin):
    displays = steps.displays
    desk_program = programs.start('limber', '--store', site.desk, DISPLAY=displays['desk'].name)
    kiosk_program = programs.start('limber-kiosk', '--store', site.kiosk, '--windowed=1280x800', DISPLAY=displays['kiosk'].name)
    board_program = programs.start('limber-kiosk', '--board', '--store', site.board, '--windowed=1280x800', DISPLAY=displays['board'].name)
    desk, kiosk, board = Desk(desk_program, displays['desk']), Kiosk(kiosk_program, displays['kiosk']), Screen(board_program, displays['board'])

    def sign_in():
        desk.sign_in(name, pin)
        return f'{name} sees {desk.summary()}'

    def check_in(person):
        def act():
            start = time.monotonic()
            kiosk.answer(person)
            steps.picture('is-this-you', 'kiosk')
            kiosk.confirm()
            said = time.monotonic()
            until('the desk has it in its store', lambda: site.arrived(site.desk, person.appointment))
            soon = (time.monotonic() - said) * 1000
            steps.picture('checked-in', 'kiosk')
            return f'{person}; "You are checked in" after {said - start:.1f} s of pressing, in the desk\'s store {soon:.0f} ms later or sooner'
        return act

    def reaches_desk(person):
        def act():
            desk.see_arrival(person)
            steps.picture('here', 'desk')
            return f'the row says "{desk.row_of(person).get_name()}"'
        return act

    def call_in(person):
        def act():
            called = f'{person.given} {person.family[0].upper()}.'
            desk.point(desk.row_of(person))
            desk.press('Call in')
            board.see(called)
            steps.picture('called', 'desk', 'board')
            return f'the board shows "{called}"'
        return act

    def reaches(store, person, what):
        def act():
            until(f'{what} has the arrival of {person.family}', lambda: site.arrived(store, person.appointment), 30)
            return f'{count(site, store)} there'
        return act

    def cut():
        site.line.cut()
        answer = programs.ctl(site.hub_store, 'sync', wanted=(6,))
        return f'the hub says: {answer.json["message"]}'

    def nothing_at_central():
        if site.arrived(site.central_store, second.appointment):
            raise Trouble('central has it, although the internet is cut')
        return f'{count(site, site.central_store)} at central, {count(site, site.hub_store)} at the hub'

    def restore():
        site.line.restore()
        return 'the hub may call central again'

    steps.step('The receptionist signs in', sign_in)
    steps.picture('today', 'desk')
    steps.picture('welcome', 'kiosk')
    steps.step('Somebody checks in at the kiosk', check_in(first))
    steps.step('The desk sees it', reaches_desk(first))
    steps.step('Central has it', reaches(site.central_store, first, 'central'))
    steps.step('The internet is cut', cut)
    steps.step('Somebody else checks in at the kiosk', check_in(second))
    steps.step('The desk sees it through the hub', reaches_desk(second))
    steps.step('The desk calls somebody in, and the waiting room sees it', call_in(second))
    steps.step('The hub has it', reaches(site.hub_store, second, 'the hub'))
    steps.step('Central does not', nothing_at_central)
    steps.step('The internet is restored', restore)
    steps.step('Central has it', reaches(site.central_store, second, 'central'))
    steps.step('All stores agree', lambda: agree(site))
    steps.picture('end')


def agree(site):
    """Whoever holds all of the arrivals holds the same."""
    def same():
        digests = [site.programs.ctl(store, 'digest').json.get('arrival') for store in (site.central_store, site.hub_store, site.desk)]
        return digests[0] if digests[0] and all(digest == digests[0] for digest in digests) else None
    digest = until('central, hub and desk hold the same arrivals', same, 30)
    for store in (site.central_store, site.hub_store, site.desk, site.kiosk):
        site.programs.ctl(store, 'verify')
    return f'{digest["count"]} arrivals, digest {str(digest["hash"])[:12]}; every chain verified'
