#!/usr/bin/python3
"""limberctl bundle: what a store says to somebody far away has nothing of any person in it, in whatever form, and no key, PIN or code."""

import base64
import contextlib
import json
import os
import pathlib
import sqlite3
import stat
import subprocess
import sys
import tarfile
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))
import tap  # noqa: E402
from limber import Clock, FrontedNode, Programs, Trouble, moment, until  # noqa: E402

BUILD = pathlib.Path(os.environ['LIMBER_BUILD'])
CLOCK = Clock(moment('2026-11-23T10:05:00Z'))
PATIENT = {'family': 'Quillfeather', 'given': 'Zephyrinda', 'nhs_number': '9997309006', 'mobile': '07700900931', 'address': '7 Xylophone Mews', 'postcode': 'ZX9 9QJ', 'language': 'tlh',
           'born': '1931-07-19', 'phone': '02089460931'}
STAFF = {'family': 'Brambleknock', 'given': 'Thessalonia'}
TASK, REASON, PIN, CODE = 'Her knee, Wibblethorpe said', 'Flumgarten asked for it', '58091764', '4071'
PROXY = 'https://grimsditch:Snorkelwhacker@proxy.example:3128'
LINE = {'time': '2026-11-23T10:05:00.000Z', 'level': 'warning', 'event': 'message', 'domain': 'limber', 'text': f'{PATIENT["family"]} was here', 'device': PATIENT['family'],
        'handler': PATIENT['given'], 'version': PATIENT['nhs_number'], 'error': PATIENT['mobile'], 'status': '7 Xylophone Mews'}
GOOD = [{'time': '2026-11-23T10:05:01.000Z', 'level': 'info', 'event': 'request', 'handler': handler, 'status': 200, 'microseconds': 4321, 'device': '01a204c7-b184-7708-a29c-d4eae7cd777d'}
        for handler in ('push', 'find', 'leave')] + [{'time': '2026-11-23T10:05:02.000Z', 'level': 'error', 'event': 'failed', 'error': 'departed'}]


def forms(text):
    """A text as it may hide: as it is, in hex, and in base64 at each of its three places."""
    raw = text.encode()
    yield text
    yield raw.hex()
    for shift in range(3):
        whole = base64.b64encode(b'\0' * shift + raw).decode().rstrip('=')
        cut = whole[(0, 2, 3)[shift]:len(whole) - (1 if (len(raw) + shift) % 3 else 0)]
        yield cut
        yield cut.translate(str.maketrans('+/', '-_'))


def unpack(path):
    """What is in a bundle: name to text, in its order."""
    found = {}
    with tarfile.open(path, 'r:gz') as archive:
        for member in archive:
            if not member.isfile() or member.mode != 0o600 or not member.name.startswith('limber-bundle/') or '..' in member.name:
                raise Trouble(f'{member.name} is in it, {member.mode:o}')
            found[member.name.split('/', 1)[1]] = archive.extractfile(member).read().decode('utf-8')
    return found


def secrets_of(store):
    """The private key of a store, and the keyed forms of what else nobody may know."""
    with contextlib.closing(sqlite3.connect(f'file:{store / "store.db"}?mode=ro', uri=True)) as database:
        names = dict(database.execute("SELECT name, value FROM meta WHERE name LIKE '%secret%' OR name LIKE '%key%' OR name LIKE '%code%' OR name LIKE '%pin%'"))
        return {f'{store.name} {name}': value for name, value in names.items() if len(value) >= 16}


def tools(folder):
    """Programs that stand in for those of the machine: a journal that has, beside what Limber writes, what it never would."""
    folder.mkdir()
    journal = folder / 'lines'
    journal.write_text('\n'.join([*map(json.dumps, GOOD), f'<4>{json.dumps(LINE)}', f'{PATIENT["family"]} {PATIENT["nhs_number"]}', f'{{"text": "{PIN}"', json.dumps([PATIENT['family']])]) + '\n', encoding='utf-8')
    journalctl = folder / 'journalctl'
    journalctl.write_text(f'#!/bin/sh\ncat {journal}\n', encoding='utf-8')
    journalctl.chmod(0o755)
    return f'{folder}:{os.environ["PATH"]}'


def fill(programs, folder):
    """A central that knows the canary in every way, a hub and a kiosk; returns the three stores and all that may be told to nobody."""
    central, hub, kiosk = (folder / name for name in ('central', 'hub', 'kiosk'))
    lists = folder / 'lists'
    programs.ctl(None, 'demo', lists, '--patients', 60, '--date', '2026-11-23')
    programs.ctl(central, 'init', '--class', 'central', '--name', 'Harrow MSK')
    programs.ctl(central, 'import', lists, wanted=None)
    staff, patient, site = (programs.list(central, kind)[0] for kind in ('staff', 'patient', 'site'))
    number = programs.list(central, 'staff', role='service-manager')[0]['number']
    programs.ctl(central, 'put', 'staff', staff['id'], *(f'{name}={value}' for name, value in STAFF.items()), '--as', number)
    programs.ctl(central, 'staff', 'pin', staff['id'], text=f'{PIN}\n')
    programs.ctl(central, 'put', 'patient', patient['id'], *(f'{name}={value}' for name, value in PATIENT.items()), '--as', number)
    programs.ctl(central, 'put', 'task', 'about=must-be-seen', f'text={TASK}', f'patient={patient["id"]}', f'site={site["id"]}', 'made=2026-11-23T10:00:00+00:00', 'status=open', '--as', number)
    other = programs.list(central, 'patient')[1]
    programs.ctl(central, 'erase', 'patient', other['id'], 'mobile', '--reason', REASON, '--as', number, wanted=None)
    codes = [programs.ctl(central, 'enrol', '--class', 'office', '--name', 'Unused').json['code']]
    return central, hub, kiosk, site, codes, staff, patient


def damage(store):
    """Somebody's hand in the file: a reason and a conflict's field that quote her, as a hostile device's might."""
    with contextlib.closing(sqlite3.connect(store / 'store.db')) as database:
        key, = database.execute('SELECT max(key) FROM journal').fetchone()
        database.execute('INSERT OR REPLACE INTO quarantine(key, reason, at) VALUES(?, ?, 0)', (key, f'“{PATIENT["family"]}” is no date'))
        database.execute("INSERT OR REPLACE INTO conflict(n, kind, field, state, stamps, digest, seq) VALUES(999999, 'patient', ?, 0, x'', x'', 999999)", (PATIENT['given'],))
        database.execute('INSERT OR REPLACE INTO meta(name, value) VALUES(?, ?)', ('peer_url', PROXY))
        database.execute(f'CREATE TABLE "{PATIENT["family"]}"(n)')
        database.commit()


def configuration(folder, code):
    """What an administrator may have put beside the node's configuration."""
    (folder / 'environment').write_text(f'https_proxy={PROXY}\nOTHER={PIN}\n', encoding='utf-8')
    (folder / 'code').write_text(f'{code}\n', encoding='utf-8')
    (folder / PATIENT['family']).write_text(PATIENT['given'], encoding='utf-8')
    path = folder / 'nginx.conf'
    path.write_text(path.read_text(encoding='utf-8') + f'# {PATIENT["family"]}\nserver_name {PATIENT["given"]};\n{PATIENT["family"]} {PIN};\n', encoding='utf-8')


def make(programs, store, path, folder, search):
    said = subprocess.run([programs.path('limberctl'), '--store', store, 'bundle', path, '--config', folder], capture_output=True, encoding='utf-8', env=programs.environment(PATH=search), check=False)
    if said.returncode:
        raise Trouble(said.stdout + said.stderr)
    return said.stdout + said.stderr


def nothing_of_a_person_is_in_it():
    with tempfile.TemporaryDirectory() as name, Programs(BUILD, CLOCK) as programs:
        folder = pathlib.Path(name)
        search = tools(folder / 'bin')
        central, hub, kiosk, site, codes, staff, patient = fill(programs, folder)
        node = FrontedNode(programs, central)
        codes.append(programs.ctl(central, 'enrol', '--class', 'hub', '--site', site['code'], '--name', 'Back room').json['code'])
        programs.ctl(hub, 'join', node.url, codes[-1])
        programs.ctl(hub, 'sync')
        fronted = FrontedNode(programs, hub, upstream=node.url)
        codes.append(programs.ctl(hub, 'enrol', '--class', 'kiosk', '--site', site['code'], '--name', 'Kiosk by the door').json['code'])
        programs.ctl(kiosk, 'join', fronted.url, codes[-1])
        programs.ctl(kiosk, 'sync')
        programs.ctl(kiosk, 'kiosk', 'code', text=f'{CODE}\n')
        until('the hub lists its kiosk', lambda: any(one['name'] == 'Kiosk by the door' and one['last_seen'] for one in programs.ctl(hub, 'fleet').json), 60)
        running = {'central': (central, node.folder), 'hub': (hub, fronted.folder)}
        bundles = {}
        configuration(node.folder, codes[0])
        for what, (store, place) in running.items():
            bundles[f'{what}, running'] = (make(programs, store, folder / f'{what}-running.tar.gz', place, search), unpack(folder / f'{what}-running.tar.gz'))
        node.stop()
        fronted.stop()
        damage(central)
        for store in (central, hub, kiosk):
            bundles[store.name] = (make(programs, store, folder / f'{store.name}.tar.gz', node.folder, search), unpack(folder / f'{store.name}.tar.gz'))
        told_to_nobody = {**{f'patient {key}': value for key, value in PATIENT.items() if key != 'language'}, **{f'staff {key}': value for key, value in STAFF.items()}, 'task': 'Wibblethorpe', 'reason': 'Flumgarten',
                          'PIN': PIN, 'proxy user': 'grimsditch', 'proxy password': 'Snorkelwhacker', 'street': 'Xylophone', 'staff id': staff['id'], 'patient id': patient['id'], 'staff number': f'"{staff["number"]}"'}
        for number, code in enumerate(codes):
            told_to_nobody[f'code {number}'] = code.split('@')[0]
            told_to_nobody[f'code {number} without dashes'] = code.split('@')[0].replace('-', '')
        for store in (central, hub, kiosk):
            told_to_nobody.update(secrets_of(store))
        told_to_nobody['TLS key'] = (node.folder / 'key.pem').read_text().splitlines()[1]
        if len([name for name in told_to_nobody if ' ' in name and name.split(' ')[0] in ('central', 'hub', 'kiosk')]) < 3:
            raise Trouble(f'no private keys were found: {sorted(told_to_nobody)}')
        hits = [f'{what} of {where}, in {part}' for where, (said, parts) in bundles.items() for part, text in {'what was said': said, **parts}.items()
                for what, secret in told_to_nobody.items() if any(form.casefold() in text.casefold() for form in forms(secret))]
        if hits:
            raise Trouble('\n'.join(hits))
        check_contents({where: parts for where, (_, parts) in bundles.items()})


def check_contents(bundles):
    """That there is something in them, or it would be easy."""
    central, running, kiosk = bundles['central'], bundles['central, running'], bundles['kiosk']
    order = ['MANIFEST.txt', 'versions.json', 'machine.json', 'files.json', 'status.json', 'vitals.json', 'form.json', 'chains.json', 'waiting.json', 'clocks.json']
    if [name for name in central if name in order] != order or list(kiosk)[:10] != order:
        raise Trouble(f'in another order: {list(central)}')
    if any(name not in parts['MANIFEST.txt'] for parts in bundles.values() for name in parts if name != 'MANIFEST.txt'):
        raise Trouble('the manifest does not say all')
    form, waiting, files = (json.loads(central[name]) for name in ('form.json', 'waiting.json', 'files.json'))
    if form['rows']['patient'] < 50 or not form['check']['sound'] or form['rows']['journal'] < 100 or None in form['rows'].values():
        raise Trouble(central['form.json'])
    if waiting['quarantine'] != {'content-refused': 1} or waiting['conflicts_open'] != {'other': 1} or waiting['joining_codes']['waiting'] < 1 or waiting['joining_codes']['used'] < 1:
        raise Trouble(central['waiting.json'])
    if files['environment_sets'] != ['https_proxy'] or 'code' not in files['configuration'] or files['store']['store.db']['bytes'] < 4096:
        raise Trouble(central['files.json'])
    if {one['name'] for one in json.loads(central['fleet.json'])} != {'Harrow MSK', 'Back room', 'Kiosk by the door'} or 'fleet.json' in kiosk:
        raise Trouble(central['fleet.json'])
    if json.loads(running['health.json'])['class'] != 'central' or 'limber_devices_in_need' not in running['metrics.txt'] or 'health.json' in central:
        raise Trouble('nothing of the running node')
    *lines, last = (json.loads(line) for line in central['log.txt'].splitlines())
    if [{**line, 'time': good['time']} for line, good in zip(lines, GOOD)] != GOOD or len(lines) != len(GOOD) or last['event'] != 'message' or not {'device', 'status', 'version', 'text'}.isdisjoint(last):
        raise Trouble(central['log.txt'])
    if 'ssl_protocols TLSv1.2 TLSv1.3;' not in central['nginx.txt'] or 'server_name …' not in central['nginx.txt'] or '# 1 other lines' not in central['nginx.txt']:
        raise Trouble(central['nginx.txt'])
    if 'sqlite' not in json.loads(central['versions.json']) or json.loads(central['machine.json'])['disk']['free_bytes'] <= 0 or json.loads(kiosk['status.json'])['class'] != 'kiosk':
        raise Trouble(central['machine.json'])


def it_is_written_whole_or_not_at_all():
    with tempfile.TemporaryDirectory() as name, Programs(BUILD, CLOCK) as programs:
        folder = pathlib.Path(name)
        store, path = folder / 'central', folder / 'out' / 'bundle.tar.gz'
        path.parent.mkdir()
        programs.ctl(store, 'init', '--class', 'central', '--name', 'Harrow MSK')
        programs.ctl(store, 'bundle', path)
        if stat.S_IMODE(path.stat().st_mode) != 0o600:
            raise Trouble(f'others may read it: {path.stat().st_mode:o}')
        before = path.read_bytes()
        refused = programs.ctl(store, 'bundle', path, wanted=(1,))
        if refused.json['error'] != 'refused' or path.read_bytes() != before:
            raise Trouble('it wrote over a file that was there')
        programs.ctl(store, 'bundle', folder / 'nowhere' / 'bundle.tar.gz', wanted=(5,))
        full = pathlib.Path('/dev/full')
        if full.exists():
            programs.ctl(store, 'bundle', full, wanted=(1,))
        library = BUILD / 'tests' / 'e2e' / 'libfailing-disk.so'
        if library.exists():  # not beside the sanitizers
            search = programs.environment(LD_PRELOAD=str(library), LIMBER_TEST_FAILING_DISK=str(folder))
            said = subprocess.run([programs.path('limberctl'), '--store', store, 'bundle', path.parent / 'second.tar.gz'], capture_output=True, encoding='utf-8', env=search, check=False)
            if said.returncode != 5 or 'cannot be written' not in said.stderr or sorted(path.parent.iterdir()) != [path]:
                raise Trouble(f'on a disk that does not sync: {said}, {sorted(path.parent.iterdir())}')


if __name__ == '__main__':
    tap.run('/e2e/bundle', nothing_of_a_person_is_in_it, it_is_written_whole_or_not_at_all)
