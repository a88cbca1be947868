#!/usr/bin/python3
"""A receptionist's morning of sixty people, by keys alone: what she types goes to the screen that has the focus, and what it shows is read as a
screen reader does. Beside her a second desk and a kiosk; in the middle of it the line to central is cut."""

import json
import os
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))
import tap  # noqa: E402
from hands import County, Desk, Kiosk  # noqa: E402
from keys import KeyDesk  # noqa: E402
from limber import Clock, Programs, Trouble, moment, until  # noqa: E402
from screen import Display  # noqa: E402
from sixty import CLINICIANS, FAMILIES, One, Sixty  # noqa: E402

DAY, NOW, PIN = '2026-11-23', '2026-11-23T10:05:00Z', '271828'


class Morning(County):
    """The site, its two desks, its kiosk and those who come."""

    APART = ('Adeyemi',)  # expected at ten, and did not come
    STAFF = ('Cerys Pugh', 'Manoj Gohil', 'Aruna Suthar')

    def __init__(self, programs, folder):
        super().__init__(programs, folder)
        self.site, self.folder, self.second, self.everybody = Sixty(programs, folder), folder, None, {}
        self.expected, self.here, self.ledger = len(FAMILIES), 0, {}

    def open(self, **environment):
        site, programs, displays = self.site, self.programs, [Display() for _ in range(3)]
        site.make(lambda text: print(f'# {text}', flush=True))
        for number, code in enumerate(CLINICIANS, 1):
            programs.ctl(site.central_store, 'clinic', 'add', '--with', code, '--in', f'Room {number}', '--first', DAY, '--begins', '13:00', '--ends', '15:00', '--minutes', '20',
                         '--site', site.code, '--as', site.manager()['number'])
        site.second_store = self.folder / 'second'
        site.join(site.second_store, 'desk', 'Second desk', site.hub_store, site.hub.url)
        site.set_pin(PIN, ('S0002', 'S0003'))
        for store in (site.second_store, site.kiosk):
            programs.ctl(store, 'sync')
        self.know()
        self.kiosk = Kiosk(programs.start('limber-kiosk', '--store', site.kiosk, '--windowed=1280x800', DISPLAY=displays[0].name), displays[0])
        self.desk = KeyDesk(programs.start('limber', '--store', site.desk, DISPLAY=displays[1].name), displays[1])
        self.second = Desk(programs.start('limber', '--store', site.second_store, DISPLAY=displays[2].name), displays[2])

    def know(self):
        """Who comes, and by which appointment."""
        of = {patient['id']: patient['family'] for patient in self.programs.list(self.site.desk, 'patient')}
        booked = {of[appointment['patient']]: appointment for appointment in self.programs.list(self.site.desk, 'appointment')}
        self.everybody = {family: One(number, family, booked[family]) for number, family in enumerate((*FAMILIES, 'Sutcliffe'), 1)}

    def is_here(self, person):
        self.here += 1
        self.ledger[person.family] = 'arrived'

    def take(self, number):
        """The next so many who come."""
        families = [family for family in FAMILIES if family in self.everybody and family not in self.APART][:number]
        return [self.everybody.pop(family) for family in families]

    def witness(self, name):
        super().witness(name)
        if self.second:
            self.picture(self.second, f'{name}-second')

    def digests(self):
        """Of every kind that all of them hold: who is revoked or has read what is not for a desk."""
        site = self.site
        said = [self.programs.ctl(store, 'digest').json for store in (site.central_store, site.hub_store, site.desk, site.second_store)]
        return [{kind: one[kind] for kind in said[0] if kind not in ('device', 'reading')} for one in said]

    def at_central(self):
        return len(self.programs.list(self.site.central_store, 'arrival'))

    def statuses(self, store):
        of = {patient['id']: patient['family'] for patient in self.programs.list(store, 'patient')}
        found = {}
        for one in self.programs.list(store, 'appointment'):
            found.setdefault(of[one['patient']], []).append(one)
        return found

    def agree(self, store):
        """The ledger kept here, and what this store says."""
        found = self.statuses(store)
        wrong = {family: [one['status'] for one in found[family]] for family, status in self.ledger.items() if sorted(one['status'] for one in found[family]) != sorted(status.split())}
        if wrong:
            raise Trouble(f'{store.name} has {wrong}, which should be { {family: self.ledger[family] for family in wrong} }')

    def once(self, store):
        """Nobody stands there twice, and nobody came twice."""
        arrivals = [(arrival['appointment'], arrival.get('round')) for arrival in self.programs.list(store, 'arrival')]
        twice = {one for one in arrivals if arrivals.count(one) > 1}
        if twice:
            raise Trouble(f'{store.name}: {twice} came twice')
        if (conflicts := self.programs.list(store, 'conflict')):
            raise Trouble(f'{store.name}: {conflicts}')


def main():
    with tempfile.TemporaryDirectory() as folder, Programs(os.environ['LIMBER_BUILD'], Clock(moment(NOW)), pathlib.Path(folder)) as programs:
        work = Morning(programs, pathlib.Path(folder) / 'county')

        def come(number):
            people = work.take(number)
            for person in people:
                work.desk.comes(person)
                work.is_here(person)
            work.desk.counts(work.expected, work.here)
            return people

        def somewhere_else(number, how):
            """Whoever is checked in elsewhere stands on her list by itself."""
            for person in work.take(number):
                how(person)
                work.is_here(person)
                work.desk.counts(work.expected, work.here)
                work.desk.waits_for_a_name()

        def at_the_kiosk(person):
            work.kiosk.answer(person)
            work.kiosk.confirm()
            work.kiosk.press('Finish')

        def everything_is_open_and_she_has_signed_in():
            work.open()
            work.desk.sign_in(work.STAFF[0], PIN)
            work.second.sign_in(work.STAFF[2], PIN)
            work.desk.counts(work.expected, 0)
            work.desk.pill_says('Up to date')

        def three_letters_and_enter_each():
            come(14)

        def who_comes_at_the_kiosk_or_the_second_desk_stands_on_her_list():
            somewhere_else(2, at_the_kiosk)
            somewhere_else(2, work.second.check_in)

        def one_is_taken_back_and_comes_again():
            person, = work.take(1)
            work.desk.comes(person)
            work.desk.key('ctrl+z')
            work.desk.says(f'Taken back for {person}')
            work.desk.waits_for_a_name()
            work.desk.counts(work.expected, work.here)
            work.everybody[person.family] = person

        def one_is_called_to_a_room():
            person, = come(1)
            work.desk.key('ctrl+n')
            work.desk.says(f'{person} called')
            work.desk.waits_for_a_name()
            work.ledger[person.family] = 'called'

        def one_did_not_come_and_is_booked_again():
            person = work.everybody.pop('Adeyemi')
            work.desk.type(person.key)
            work.desk.key('ctrl+Return')
            work.desk.see('Did not come', role='push button')
            work.desk.key('ctrl+d')
            work.desk.says(f'{person} did not come')
            work.desk.key('Escape')
            work.desk.waits_for_a_name()
            work.desk.type(person.key)
            work.desk.key('ctrl+b')
            work.desk.see(having='Booking in the place of')
            work.desk.see(having='Free at 13:00')
            work.desk.key('Return')
            work.desk.says(f'Booked: {person}')
            work.ledger[person.family] = 'did-not-attend booked'
            work.expected += 1
            work.desk.key('Escape')
            work.desk.waits_for_a_name()

        def one_is_moved():
            person, = work.take(1)
            work.desk.type(person.key)
            work.desk.key('ctrl+m')
            work.desk.see('Moving the appointment of')
            work.desk.key('ctrl+j')
            work.desk.see(having='Free at 13:')
            work.desk.key('Return')
            work.desk.says(f'Moved: {person}')
            work.desk.key('Escape')
            work.desk.waits_for_a_name()
            work.ledger[person.family] = 'booked'

        def one_is_cancelled():
            person, = work.take(1)
            work.desk.type(person.key)
            work.desk.key('ctrl+k')
            until('she is asked why', lambda: work.desk.has_focus('Why it is cancelled'))
            work.desk.type('ill')
            work.desk.key('Tab', 'Return')
            work.desk.says(f'Cancelled: {person}')
            work.ledger[person.family] = 'cancelled'
            work.expected -= 1
            come(1)  # what is typed goes to the search from the diary too
            work.desk.key('Escape')
            work.desk.waits_for_a_name()

        def one_is_here_without_an_appointment():
            person = work.everybody.pop('Sutcliffe')
            work.desk.type(person.key)
            work.desk.see(having='No appointment here today')
            work.desk.key('ctrl+i')
            work.desk.says(f'{person} checked in, without an appointment')
            work.ledger[person.family] = 'arrived booked'
            work.expected += 1
            work.here += 1
            work.desk.waits_for_a_name()

        def what_is_said_of_sync_is_so():
            work.desk.pill_says('Up to date')
            work.agree(work.site.central_store)

        def another_takes_a_turn_and_what_was_typed_waits():
            work.desk.type('quar')
            work.desk.key('ctrl+u')
            work.desk.sign_in(work.STAFF[1], PIN)
            come(2)
            work.desk.key('ctrl+u')
            work.desk.sign_in(work.STAFF[0], PIN, 'quar')
            work.desk.key('ctrl+l')
            until('her PIN is asked for', lambda: work.desk.has_focus('PIN'))
            if work.desk.shows(having=' · Booked'):
                raise Trouble('somebody can be read on a locked screen')
            work.desk.type(PIN)
            work.desk.key('Return')
            work.desk.settle(work.STAFF[0], 'quar')
            work.desk.key('Escape')
            work.desk.waits_for_a_name()
            come(1)

        def with_the_line_cut_the_site_goes_on():
            before = work.at_central()
            work.site.line.cut()
            come(12)
            somewhere_else(2, at_the_kiosk)
            somewhere_else(2, work.second.check_in)
            said = work.desk.pill_says('Working offline since ')
            if 'hub reachable' not in said:
                raise Trouble(f'it says {said}')
            work.agree(work.site.hub_store)
            if (now := work.at_central()) != before:
                raise Trouble(f'central has {now} through a line that was cut, and had {before}')

        def when_it_is_back_central_hears_of_all():
            work.site.line.restore()
            work.desk.pill_says('Up to date', 90)
            work.agree(work.site.central_store)

        def the_rest_come():
            come(len([family for family in FAMILIES if family in work.everybody]))
            work.desk.pill_says('Up to date')
            work.agree(work.site.central_store)

        def everybody_holds_the_very_same_and_every_deed_once():
            until('all hold the same', lambda: len({json.dumps(one, sort_keys=True) for one in work.digests()}) == 1, 30)
            for store in (work.site.central_store, work.site.hub_store, work.site.desk, work.site.second_store):
                work.agree(store)
                work.once(store)

        tap.run('/e2e/morning', everything_is_open_and_she_has_signed_in, three_letters_and_enter_each, who_comes_at_the_kiosk_or_the_second_desk_stands_on_her_list,
                one_is_taken_back_and_comes_again, one_is_called_to_a_room, one_did_not_come_and_is_booked_again, one_is_moved, one_is_cancelled, one_is_here_without_an_appointment,
                what_is_said_of_sync_is_so, another_takes_a_turn_and_what_was_typed_waits, with_the_line_cut_the_site_goes_on, when_it_is_back_central_hears_of_all, the_rest_come,
                everybody_holds_the_very_same_and_every_deed_once, witness=work.witness)


if __name__ == '__main__':
    main()
