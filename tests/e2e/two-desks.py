#!/usr/bin/python3
"""Two receptionists change one person's details at once, each at a desk of her own: what does not touch stands, what does is neither lost nor
decided by a machine, and what one of them decides the other sees. Two programs, a hub and a central service; keys alone."""

import os
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))
import tap  # noqa: E402
from hands import County  # noqa: E402
from keys import KeyDesk  # noqa: E402
from limber import Clock, Programs, Trouble, moment, until  # noqa: E402
from screen import Display  # noqa: E402
from sixty import Sixty  # noqa: E402

NOW, PIN, ONE, OTHER = '2026-11-23T10:05:00Z', '271828', 'Cerys Pugh', 'Aruna Suthar'


class Two(County):
    """The site and its two desks."""

    def __init__(self, programs, folder):
        super().__init__(programs, folder)
        self.site, self.second_store, self.second, self.person = Sixty(programs, folder), folder / 'second', None, None

    def open(self, **environment):
        site, programs, displays = self.site, self.programs, (Display(), Display())
        site.make(lambda text: print(f'# {text}', flush=True))
        site.join(self.second_store, 'desk', 'Second desk', site.hub_store, site.hub.url)
        site.set_pin(PIN, ('S0003',))
        programs.ctl(self.second_store, 'sync')
        self.person = programs.list(site.central_store, 'patient', family='Abbott')[0]['id']
        self.desk = KeyDesk(programs.start('limber', '--store', site.desk, DISPLAY=displays[0].name), displays[0])
        self.second = KeyDesk(programs.start('limber', '--store', self.second_store, DISPLAY=displays[1].name), displays[1])
        self.desk.sign_in(ONE, PIN)
        self.second.sign_in(OTHER, PIN)

    def witness(self, name):
        super().witness(name)
        if self.second:
            self.picture(self.second, f'{name}-second')

    def desks(self):
        return self.desk, self.second

    def begin(self, desk):
        """Opens what is to be changed, and leaves the caret in the mobile number, which is marked: what is typed stands in its place."""
        desk.type('abb')
        desk.key('ctrl+e')
        until('the mobile number can be typed', lambda: desk.has_focus('Mobile'))

    def save(self, desk):
        desk.key('Return')
        desk.says('Details of Peter Abbott saved')
        desk.key('Escape', 'Escape')
        desk.waits_for_a_name()

    def apart(self):
        """From now on neither desk hears of the other: without its hub each would ask central."""
        self.site.hub.stop()
        self.site.central.stop()
        for desk in self.desks():
            desk.pill_says('Working offline')

    def together(self):
        self.site.central.start()
        self.site.hub.start()
        for desk in self.desks():
            desk.pill_says('Up to date', 60)

    def stores(self):
        return self.site.central_store, self.site.hub_store, self.site.desk, self.second_store

    def has(self, store):
        return self.programs.ctl(store, 'get', 'patient', self.person).json

    def all_have(self, **fields):
        """Both desks, the hub and central."""
        for store in self.stores():
            until(f'{store.name} has {fields}', lambda one=store: all(self.has(one).get(field) == value for field, value in fields.items()), 30)

    def conflicts(self, store):
        return self.programs.list(store, 'conflict')


def main():
    with tempfile.TemporaryDirectory() as folder, Programs(os.environ['LIMBER_BUILD'], Clock(moment(NOW)), pathlib.Path(folder)) as programs:
        work = Two(programs, pathlib.Path(folder) / 'county')

        def two_desks_are_at_work():
            work.open()

        def two_fields_at_once_both_stand():
            work.apart()
            for desk in work.desks():
                work.begin(desk)
            work.desk.type('07700900123')
            work.save(work.desk)
            until('the email can be typed', lambda: work.second.has_focus('Email') or work.second.key('Tab'))
            work.second.type('abbott@example.org')
            work.save(work.second)
            work.together()
            work.all_have(mobile='07700 900123', email='abbott@example.org')
            for store in work.stores():
                if found := work.conflicts(store):
                    raise Trouble(f'{store.name}: {found}')

        def the_same_field_at_once_waits_for_a_person():
            work.apart()
            for desk, number in zip(work.desks(), ('07700900456', '07700900789')):
                work.begin(desk)
                desk.type(number)
            for desk in work.desks():
                work.save(desk)
            work.together()
            for store in work.stores():
                until(f'{store.name} has the conflict', lambda one=store: [each['state'] for each in work.conflicts(one)] == ['open'], 30)
            work.all_have(mobile='07700 900789')

        def both_desks_show_both_answers_who_when_and_where():
            for desk in work.desks():
                desk.key('F6')
                desk.see('Two answers (1)')
                for words in ('ABBOTT, Peter', '07700 900789', '07700 900456', f'{OTHER}, ', f'{ONE}, ', 'Second desk, ', 'Front desk, ', 'Keep what stands', 'Use the other'):
                    desk.see(having=words)

        def what_one_decides_the_other_sees():
            until('the other answer can be chosen', lambda: work.desk.has_focus('Use the other') or work.desk.key('Tab'))
            work.desk.key('Return')
            work.desk.says('Decided, and changed')
            work.all_have(mobile='07700 900456')
            for desk in work.desks():
                desk.see(having=f'Decided by {ONE}')
            for store in work.stores():
                until(f'{store.name} has it settled', lambda one=store: [each['state'] for each in work.conflicts(one)] == ['settled'], 30)

        tap.run('/e2e/two-desks', *filter(callable, list(locals().values())), witness=work.witness)


if __name__ == '__main__':
    main()
