#!/usr/bin/python3
"""A desk is retired, a kiosk moved, a hub replaced, with people at work: each hands over what it has, says so, and leaves nothing."""

import os
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))
import tap  # noqa: E402
from hands import County  # noqa: E402
from limber import Clock, FrontedNode, Programs, Trouble, moment, until  # noqa: E402


class Work(County):
    """The county, and how a device leaves it."""

    def device(self, name, store=None):
        return next(one for one in self.programs.list(store or self.site.central_store, 'device') if one['name'] == name and one['class'] != 'central')

    def has_gone(self, store):
        """Nothing of the store is left, and the next program is told why."""
        def gone():
            return not any(path.name.startswith('store.db') for path in store.iterdir())
        until(f'nothing is left in {store.name}', gone, 30)
        said = self.programs.ctl(store, 'list', 'patient', wanted=(1,))
        if said.json['error'] != 'departed':
            raise Trouble(said.output)


def main():
    with tempfile.TemporaryDirectory() as folder, Programs(os.environ['LIMBER_BUILD'], Clock(moment('2026-11-23T10:05:00Z')), pathlib.Path(folder)) as programs:
        work = Work(programs, pathlib.Path(folder) / 'county')

        def a_service_is_set_up_from_its_lists():
            # A whole page goes while it is looked at, and GTK 4.8 warns when it is asked where a widget is that has just gone.
            work.open(G_DEBUG='')
            work.desk.sign_in(work.name, work.pin)

        def a_desk_that_is_retired_hands_over_and_closes():
            person, site = next(work.people), work.site
            site.line.cut()
            work.desk.check_in(person)
            programs.ctl(site.central_store, 'retire', 'Front desk')
            if site.arrived(site.central_store, person.appointment):
                raise Trouble('central heard of it through a line that was cut')
            site.line.restore()
            work.desk.see(having='This device was retired', seconds=60)
            work.picture(work.desk, 'leave-desk')
            if not site.arrived(site.central_store, person.appointment):
                raise Trouble('it went before central had what it wrote')
            work.has_gone(site.desk)
            until('central knows', lambda: work.device('Front desk').get('left'), 30)

        def it_joins_again_in_the_same_folder():
            site = work.site
            code = programs.ctl(site.hub_store, 'enrol', '--class', 'desk', '--site', site.code, '--name', 'Front desk').json['code']
            work.desk.press('Join a site with a code')
            work.desk.write(work.desk.see('Joining code'), f'{code.split("@")[0]}@{site.hub.url}')
            work.desk.press('Continue')
            work.desk.see(site.name)
            work.desk.press('Join')
            work.desk.sign_in(work.name, work.pin)
            work.desk.check_in(next(work.people))

        def a_kiosk_that_is_moved_joins_its_new_site_where_it_stands():
            site, other = work.site, next(one['code'] for one in programs.list(work.site.central_store, 'site') if one['code'] != work.site.code)
            moved = programs.ctl(site.central_store, 'move', 'Kiosk by the door', '--site', other).json
            work.has_gone(site.kiosk)
            work.kiosk.see('Set up this screen', seconds=60)
            work.kiosk.see(having='goes to another site')
            work.picture(work.kiosk, 'leave-kiosk')
            work.kiosk.display.fill(work.kiosk.process)
            work.kiosk.display.tool('type', '--delay', 15, f'{moved["code"].split("@")[0]}@{site.central.url}')
            work.kiosk.display.tool('key', 'Return')
            until('it offers to join', lambda: work.kiosk.has_focus('Join'), 30)
            work.kiosk.display.tool('key', 'Return')
            work.kiosk.see(having='Welcome to', seconds=60)
            joined = programs.ctl(site.kiosk, 'status').json
            if joined['class'] != 'kiosk' or joined['site'] == site.id:
                raise Trouble(f'it joined as {joined}')

        def a_hub_that_is_replaced_goes_with_all_it_had():
            site, old = work.site, work.site.hub
            code = programs.ctl(site.central_store, 'enrol', '--class', 'hub', '--site', site.code, '--name', 'New hub', '--replaces', f'Hub of {site.name}').json['code']
            new = site.folder / 'new-hub'
            programs.ctl(new, 'join', site.central.url, code)
            until('the old hub ends', lambda: old.process.poll() is not None, 60)
            work.has_gone(site.hub_store)
            old.nginx.terminate()
            old.nginx.wait(20)
            programs.ctl(new, 'sync')
            site.hub_store, site.hub = new, FrontedNode(programs, new, old.port)
            person = next(work.people)
            work.desk.check_in(person)
            until('the new hub has it', lambda: site.arrived(new, person.appointment), 60)

        tap.run('/e2e/leave', *filter(callable, locals().values()), witness=work.witness)


if __name__ == '__main__':
    main()
