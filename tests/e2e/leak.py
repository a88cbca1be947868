#!/usr/bin/python3
"""What a kiosk may not hold is never there: of somebody of whom everything is known at the desk, nothing but what check-in needs is in the kiosk's
files, its log, its environment or its memory, before, while and after she checks in with the internet out."""

import os
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))
import tap  # noqa: E402
from hands import County  # noqa: E402
from limber import Clock, Programs, Trouble, memory_of, moment, until  # noqa: E402

GIVEN, NUMBER, MOBILE, PHONE, EMAIL = 'Zephyrindale', '9997309006', '07700900931', '02079460958', 'z.quillfeather@brambleknock.example'
STREET, POSTCODE, NEED, REASON, NOTE, CLINIC, SERVICE, PRACTICE = ('7 Xylophone Mews', 'HA2 9ZZ', 'Vellichor needs', 'Quockerwodger of the left shoulder', 'Snollygoster came late',
                                                                 'Absquatulate pain class', 'absquatulate', 'Widdershins Surgery')


class Look:
    """Where a store's owner could have let something lie."""

    def __init__(self, programs, store, process, log):
        self.programs, self.store, self.process, self.log = programs, store, process, log

    def places(self):
        for path in sorted(self.store.rglob('*')):
            if path.is_file():
                yield f'file {path.name}', path.read_bytes()
        for name in ('environ', 'cmdline'):
            yield name, pathlib.Path(f'/proc/{self.process.pid}/{name}').read_bytes()
        for path in sorted(self.log):
            yield f'log {path.name}', path.read_bytes()
        for kind in ('patient', 'appointment', 'arrival', 'task', 'staff', 'referral', 'practice', 'service', 'place', 'site'):
            yield f'list {kind}', self.programs.ctl(self.store, 'list', kind, wanted=None).output.encode()
        yield 'memory', self.memory()

    def memory(self):
        return memory_of(self.process.pid)

    def finds(self, canaries):
        """{canary: places}, however it is written."""
        found = {}
        for place, bytes_of in self.places():
            lower = bytes_of.lower()
            for canary in canaries:
                if any(form.encode().lower() in lower for form in (canary, canary.replace(' ', ''), f'{canary[:3]} {canary[3:6]} {canary[6:]}')):
                    found.setdefault(canary, []).append(place)
        return found


def tell_everything(programs, site, person):
    """All that a desk may know of her. Returns what no kiosk may."""
    family, staff, central = f'{person.initial}uillfeatherby', site.manager()['number'], site.central_store

    def put(kind, *words):
        return programs.ctl(central, 'put', kind, *words, '--as', staff).json['id']
    practice = put('practice', 'code=W99999', f'name={PRACTICE}')
    service = put('service', f'code={SERVICE}', f'name={CLINIC}')
    appointment = programs.ctl(central, 'get', 'appointment', person.appointment).json
    patient = appointment['patient']
    put('patient', patient, f'family={family}', f'given={GIVEN}', f'nhs_number={NUMBER}', f'mobile={MOBILE}', f'phone={PHONE}', f'email={EMAIL}', f'address={STREET}', f'postcode={POSTCODE}',
        f'needs={NEED}', f'practice={practice}', 'language=pl')
    referral = put('referral', f'patient={patient}', 'number=R99999', 'received=2026-10-01', 'source=gp', f'service={service}', f'reason={REASON}')
    put('appointment', person.appointment, f'service={service}', f'referral={referral}', f'attendance_note={NOTE}')
    person.family, person.given = family, GIVEN
    return {family, GIVEN, NUMBER, MOBILE, PHONE, EMAIL, STREET, POSTCODE, NEED, REASON, NOTE, CLINIC, SERVICE, PRACTICE}


def main():
    with tempfile.TemporaryDirectory() as folder, Programs(os.environ['LIMBER_BUILD'], Clock(moment('2026-11-23T10:05:00Z')), pathlib.Path(folder)) as programs:
        work = County(programs, pathlib.Path(folder) / 'county')
        told, people, looks = set(), [], {}

        def look():
            found = looks['kiosk'].finds(told)
            if found:
                raise Trouble(str(found))

        def a_desk_knows_everything_of_somebody():
            work.open()
            people.append(next(work.people))
            told.update(tell_everything(programs, work.site, people[0]))
            for name, screen in (('kiosk', work.kiosk), ('desk', work.desk)):
                looks[name] = Look(programs, getattr(work.site, name), screen.process, [path for path in pathlib.Path(folder).glob('*.log') if f'limber{"-kiosk" if name == "kiosk" else ""}-' in path.name])
            if os.geteuid() != 0:
                looks['kiosk'].memory = looks['desk'].memory = lambda: b''  # which only root may read
            until('the desk has it all', lambda: told == set(looks['desk'].finds(told)), 60)
            until('the kiosk has her new initial', lambda: any(one['initials'].replace(' ', '').startswith('Z') for one in programs.list(work.site.kiosk, 'patient')), 30)

        def the_kiosk_beside_it_has_nothing_of_that():
            look()

        def nor_when_she_checks_in_with_the_internet_out_and_the_desk_sees_it():
            work.desk.sign_in(work.name, work.pin)
            work.site.line.cut()
            work.kiosk.answer(people[0])
            look()
            work.kiosk.confirm()
            look()
            work.desk.see_arrival(people[0])
            if work.site.arrived(work.site.central_store, people[0].appointment):
                raise Trouble('central heard of it through a line that was cut')
            work.kiosk.press('Finish')
            work.kiosk.see('Check in')
            look()

        def nor_when_the_internet_is_back():
            work.site.line.restore()
            until('central has the arrival', lambda: work.site.arrived(work.site.central_store, people[0].appointment), 30)
            programs.ctl(work.site.central_store, 'put', 'appointment', people[0].appointment, f'attendance_note={NOTE}, again', '--as', work.site.receptionist()['number'])
            until('the desk has what is newer', lambda: 'again' in programs.ctl(work.site.desk, 'get', 'appointment', people[0].appointment).json.get('attendance_note', ''), 30)
            look()

        tap.run('/e2e/leak', *[one for name, one in locals().items() if callable(one) and name != 'look'], witness=work.witness)


if __name__ == '__main__':
    main()
