#!/usr/bin/python3
"""The main job through the real windows, as assistive technology sees them: a check-in at a kiosk with the internet out
reaches the desk through the hub, and central when the line returns."""

import os
import pathlib
import re
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))
import tap  # noqa: E402
from hands import County  # noqa: E402
from limber import Clock, Programs, Trouble, moment, until  # noqa: E402

FAILING_DISK = pathlib.Path(os.environ['LIMBER_BUILD'], 'tests', 'e2e', 'libfailing-disk.so')


class Work(County):
    """The county, and how far a check-in has come in it."""

    def status(self, person):
        return self.programs.ctl(self.site.central_store, 'get', 'appointment', person.appointment).json['status']

    def reaches(self, store, person):
        until(f'{store.name} has the arrival of {person.family}', lambda: self.site.arrived(store, person.appointment), 30)


def main():
    with tempfile.TemporaryDirectory() as folder, Programs(os.environ['LIMBER_BUILD'], Clock(moment('2026-11-23T10:05:00Z')), pathlib.Path(folder)) as programs:
        work, failing = Work(programs, pathlib.Path(folder) / 'county'), pathlib.Path(folder, 'failing')

        def a_service_is_set_up_from_its_lists():
            work.open(**({'LD_PRELOAD': str(FAILING_DISK), 'LIMBER_TEST_FAILING_DISK': str(failing)} if FAILING_DISK.exists() else {}))

        def a_wrong_pin_opens_nothing():
            work.desk.try_to_sign_in(work.name, '000000')
            work.desk.see('That PIN is not right.')
            if work.desk.is_signed_in():
                raise Trouble('a wrong PIN opened the desk')

        def a_receptionist_signs_in_and_sees_today():
            work.desk.sign_in(work.name, work.pin)
            if work.desk.rows() == 0:
                raise Trouble('today is empty')

        def a_check_in_at_the_kiosk_reaches_desk_and_central():
            person = next(work.people)
            work.kiosk.answer(person)
            work.kiosk.confirm()
            work.desk.see_arrival(person)
            work.reaches(work.site.central_store, person)

        def with_the_cable_out_it_reaches_the_desk_and_later_central():
            person = next(work.people)
            work.site.line.cut()
            work.kiosk.answer(person)
            work.kiosk.confirm()
            work.desk.see_arrival(person)
            work.reaches(work.site.hub_store, person)
            if work.site.arrived(work.site.central_store, person.appointment):
                raise Trouble('central heard of it through a line that was cut')
            work.site.line.restore()
            work.reaches(work.site.central_store, person)

        def the_kiosk_says_that_somebody_is_already_in():
            person = next(work.people)
            work.kiosk.press('Finish')
            work.kiosk.answer(person)
            work.kiosk.confirm()
            work.kiosk.press('Finish')
            work.kiosk.ask(person)
            work.kiosk.see(having='already')

        def the_receptionist_checks_somebody_in_and_takes_it_back():
            person = next(work.people)
            work.desk.check_in(person)
            work.reaches(work.site.central_store, person)
            work.desk.undo(person)
            until('central has it taken back', lambda: work.status(person) == 'booked', 30)

        def a_desk_whose_disk_failed_goes_on_once_it_answers():
            if not FAILING_DISK.exists():
                raise tap.Skip('the failing disk is not built with sanitizers')
            person, site = next(work.people), work.site
            failing.touch()
            programs.ctl(site.central_store, 'put', 'site', site.code, f'early_minutes={site.EARLY + 1}', '--as', site.manager()['number'])
            work.desk.see('The disk does not answer', seconds=30)
            failing.unlink()
            work.desk.press('Try again')
            work.desk.sign_in(work.name, work.pin)
            work.desk.check_in(person)
            work.reaches(site.central_store, person)

        def no_log_names_anybody():
            said = '\n'.join(log.read_text(errors='replace') for log in sorted(pathlib.Path(folder).glob('*.log')))
            if '"event"' not in said:
                raise Trouble('there are no logs to look at')
            secrets = {work.pin}
            for patient in programs.list(work.site.central_store, 'patient'):
                secrets |= {patient.get(field) for field in ('family', 'given', 'nhs_number', 'mobile', 'postcode')}
            told = sorted(secret for secret in secrets if secret and re.search(rf'\b{re.escape(secret)}\b', said))
            if told:
                raise Trouble(f'the logs say {told}')

        tap.run('/e2e/screens', *filter(callable, locals().values()), witness=work.witness)


if __name__ == '__main__':
    main()
