#!/usr/bin/python3
"""Somebody who is not on a site's devices, asked of central through the hub and both nginxes, with the cable in and out."""

import contextlib
import os
import pathlib
import signal
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))
import tap  # noqa: E402
from limber import Clock, Programs, Site, Trouble, moment, until  # noqa: E402

BUILD = os.environ['LIMBER_BUILD']
CLOCK = Clock(moment('2026-11-23T10:05:00Z'))
MOST = 5  # seconds until there is an answer, or the word that there is none

LOGS = tempfile.TemporaryDirectory(prefix='limber-')
PROGRAMS = Programs(BUILD, CLOCK, pathlib.Path(LOGS.name))
SITE = Site(PROGRAMS, PROGRAMS.folder() / 'site', patients=400)
FOUND = {}  # what one test leaves for the next


def find(*words, store=None, wanted=(0,)):
    """The answer of limberctl find, and how many seconds it took."""
    start = time.monotonic()
    answer = PROGRAMS.ctl(store or SITE.desk, 'find', *words, '--as', FOUND['staff'], wanted=wanted)
    return answer, time.monotonic() - start


def desk_has(patient):
    return PROGRAMS.ctl(SITE.desk, 'get', 'patient', patient, wanted=None).status == 0


def begin():
    SITE.make()
    FOUND['staff'] = SITE.receptionist()['number']
    here = {one['id'] for one in PROGRAMS.list(SITE.hub_store, 'patient')}
    FOUND['person'] = next(one for one in PROGRAMS.list(SITE.central_store, 'patient') if one['id'] not in here and one.get('nhs_number') and not one.get('merged_into'))
    PROGRAMS.start('limberctl', '--json', '--store', SITE.desk, 'sync', '--watch')
    until('the desk is up to date', lambda: PROGRAMS.ctl(SITE.desk, 'status').json.get('peer') == 'hub')


def somebody_of_another_site_is_found_and_comes():
    person = FOUND['person']
    answer, seconds = find('--family', person['family'], '--born', person['born'], '--reason', 'walk-in')
    people = [one for one in answer.json['people'] if one['id'] == person['id']]
    if len(people) != 1 or people[0]['nhs_end'] != person['nhs_number'][-4:] or seconds > MOST or desk_has(person['id']):
        raise Trouble(f'{answer.json} after {seconds:.1f} s')
    if set(people[0]) - {'id', 'family', 'given', 'title', 'born', 'nhs_end', 'outward', 'practice', 'died', 'restricted', 'here'}:
        raise Trouble(f'it tells too much: {people[0]}')
    granted = find('--take', person['id'], '--inquiry', answer.json['inquiry'])[0].json
    if granted != {'patient': person['id'], 'day': '2026-11-23'}:
        raise Trouble(f'{granted}')
    until('she is on the desk', lambda: desk_has(person['id']), MOST)


def central_has_written_down_who_asked_and_why():
    device, = (one for one in PROGRAMS.list(SITE.central_store, 'device') if one['name'] == 'Front desk')
    inquiry, = PROGRAMS.list(SITE.central_store, 'inquiry')
    grant, = PROGRAMS.list(SITE.central_store, 'grant')
    if inquiry['device'] != device['id'] or grant['device'] != device['id'] or inquiry['reason'] != 'walk-in' or inquiry['by'] != ['family', 'born'] or FOUND['person']['id'] not in inquiry['shown']:
        raise Trouble(f'{inquiry} {grant}')
    if grant['patient'] != FOUND['person']['id'] or grant['inquiry'] != inquiry['id'] or grant['staff'] != SITE.receptionist()['id']:
        raise Trouble(f'{grant}')
    if PROGRAMS.list(SITE.hub_store, 'inquiry'):
        raise Trouble('the hub keeps the log too')


def a_public_screen_may_not_ask():
    find('--nhs-number', FOUND['person']['nhs_number'], '--reason', 'walk-in', store=SITE.kiosk, wanted=(1, 2, 3))


def with_the_cable_out_that_is_said_in_time():
    SITE.line.cut()
    answer, seconds = find('--nhs-number', FOUND['person']['nhs_number'], '--reason', 'telephone', wanted=(6,))
    if seconds > MOST or answer.json['error'] != 'unreachable':
        raise Trouble(f'{answer.json} after {seconds:.1f} s')
    SITE.line.restore()
    until('she is found again', lambda: find('--nhs-number', FOUND['person']['nhs_number'], '--reason', 'telephone', wanted=None)[0].status == 0)


@contextlib.contextmanager
def silent(node):
    """It takes what comes, and says nothing."""
    os.kill(node.process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(node.process.pid, signal.SIGCONT)


def a_central_that_says_nothing_is_waited_for_no_longer():
    with silent(SITE.central):
        answer, seconds = find('--nhs-number', FOUND['person']['nhs_number'], '--reason', 'telephone', wanted=(6,))
        if seconds > MOST or answer.json['error'] != 'unreachable':
            raise Trouble(f'{answer.json} after {seconds:.1f} s')


def without_the_hub_central_answers():
    SITE.hub.stop()
    answer, seconds = find('--nhs-number', FOUND['person']['nhs_number'], '--reason', 'telephone')
    if seconds > MOST or answer.json['result'] != 'found':
        raise Trouble(f'{answer.json} after {seconds:.1f} s')
    SITE.hub.start()


def the_end_of_the_visit_takes_her_out_again():
    until('the desk is with the hub again', lambda: PROGRAMS.ctl(SITE.desk, 'status').json.get('peer') == 'hub')
    find('--end', FOUND['person']['id'])
    until('the desk has forgotten her', lambda: not desk_has(FOUND['person']['id']))
    until('the hub has too', lambda: PROGRAMS.ctl(SITE.hub_store, 'get', 'patient', FOUND['person']['id'], wanted=None).status == 3)


def what_was_sought_is_in_no_log():
    person, folders = FOUND['person'], [pathlib.Path(LOGS.name), SITE.central.folder, SITE.hub.folder]
    logs = {path: path.read_text(encoding='utf-8', errors='replace') for folder in folders for path in folder.rglob('*.log')}
    told = [str(path) for path, text in logs.items() if any(word in text for word in (person['nhs_number'], person['family'], person['born']))]
    if told or sum('"handler":"find"' in text for text in logs.values()) < 2:
        raise Trouble(f'it is in {told} of {[str(path) for path in logs]}')


if __name__ == '__main__':
    with LOGS, PROGRAMS:
        begin()
        tap.run('/e2e/find', somebody_of_another_site_is_found_and_comes, central_has_written_down_who_asked_and_why, a_public_screen_may_not_ask, with_the_cable_out_that_is_said_in_time,
                a_central_that_says_nothing_is_waited_for_no_longer, without_the_hub_central_answers, the_end_of_the_visit_takes_her_out_again, what_was_sought_is_in_no_log)
