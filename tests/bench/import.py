#!/usr/bin/python3
"""A whole service's lists, and a central that is to take them in, for bench-import: import.py BUILD.

265,422 people, 150 sites and half a million appointments; LIMBER_BENCH_LISTS names a folder with other lists."""

import csv
import datetime
import itertools
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zoneinfo

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))
from limber import Programs  # noqa: E402

PEOPLE, SITES, CLINICIANS, APPOINTMENTS = 265422, 150, 6, 515000
LONDON = zoneinfo.ZoneInfo('Europe/London')


def write(path, head, rows):
    with open(path, 'w', newline='', encoding='utf-8') as file:
        out = csv.writer(file)
        out.writerow(head.split())
        out.writerows(rows)


def times():
    """Every clinician's starts at every site, a day after the other."""
    first = datetime.datetime(2026, 11, 21, 8, tzinfo=LONDON)
    for n in itertools.count():
        day, slot = divmod(n, 20)
        yield (first + datetime.timedelta(days=day, minutes=slot * 30)).isoformat()


def make_large(folder):
    """Puts more sites, staff and appointments beside the people of a county that limberctl has invented."""
    sites = [f'B{n:03}' for n in range(SITES)]
    write(folder / 'sites.csv', 'code name kind places', ((site, f'Community site {site}', 'health-centre', 'Room 1;Room 2;Hall') for site in sites))
    clinicians = [(f'S{n:04}', sites[n // CLINICIANS]) for n in range(SITES * CLINICIANS)]
    write(folder / 'staff.csv', 'id family given role site trained', ((number, 'Hart', 'Jo', 'physiotherapist', site, '') for number, site in clinicians))
    with open(folder / 'referrals.csv', newline='', encoding='utf-8') as file:
        referrals = [(row['id'], row['patient'], row['service']) for row in csv.DictReader(file)]
    endless = itertools.cycle(referrals)
    booked = ((*referral, *clinician, start) for start in times() for clinician, referral in zip(clinicians, endless))
    write(folder / 'appointments.csv', 'id referral patient site clinician start minutes place type service status',
          ((f'A{n:07}', referral, patient, site, number, start, 30, 'Room 1', 'follow-up', service, 'booked')
           for n, (referral, patient, service, number, site, start) in enumerate(itertools.islice(booked, APPOINTMENTS))))


with tempfile.TemporaryDirectory() as name, Programs(sys.argv[1]) as programs:
    place = pathlib.Path(name)
    lists = pathlib.Path(os.environ.get('LIMBER_BENCH_LISTS') or place / 'lists')
    if not lists.exists():
        programs.ctl(None, 'demo', lists, '--patients', PEOPLE)
        make_large(lists)
    programs.ctl(place / 'central', 'init', '--class', 'central', '--name', 'Harrow MSK')
    (place / 'copy').mkdir()
    shutil.copy(place / 'central' / 'store.db', place / 'copy')
    command = [programs.build / 'tests/bench/bench-import', place / 'central', place / 'copy' / 'store.db', lists]
    sys.exit(subprocess.run(command, env=programs.environment(), check=False).returncode)
