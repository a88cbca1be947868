#!/usr/bin/python3
"""A storm of devices that come back at once, for bench-storm: storm.py BUILD [--devices 300] [--entries 2000] [--sites 100]."""

import argparse
import contextlib
import csv
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))
from limber import FrontedNode, Programs  # noqa: E402

YARDSTICK = ('journal', 'thing', 'patient', 'appointment', 'change')


def yardstick(path, folder, batches):
    """SQLite alone writing the rows that central has: the same tables and indexes, in so many synced transactions. Returns seconds."""
    with contextlib.closing(sqlite3.connect(f'file:{folder / "yardstick.db"}', uri=True, isolation_level=None)) as plain:
        for text in ('PRAGMA journal_mode=WAL', 'PRAGMA synchronous=FULL', 'PRAGMA cache_size=-16000'):
            plain.execute(text)
        plain.execute('ATTACH ? AS central', (f'file:{path}?mode=ro',))
        for name in YARDSTICK:
            for text, in plain.execute('SELECT sql FROM central.sqlite_master WHERE tbl_name=? AND sql IS NOT NULL', (name,)).fetchall():
                plain.execute(text)
        counts = {name: plain.execute(f'SELECT count(*) FROM central.{name}').fetchone()[0] for name in YARDSTICK}
        last, start = dict.fromkeys(YARDSTICK, 0), time.monotonic()
        for _ in range(batches):
            plain.execute('BEGIN IMMEDIATE')
            for name, count in counts.items():
                plain.execute(f'INSERT INTO main.{name} SELECT * FROM central.{name} WHERE rowid>? ORDER BY rowid LIMIT ?', (last[name], -(-count // batches)))
                last[name] = plain.execute(f'SELECT max(rowid) FROM main.{name}').fetchone()[0]
            plain.execute('COMMIT')
        return time.monotonic() - start


def print_node(log):
    """How long the node itself took for what it was asked: the rest of what a device felt is the way there, and this machine, which is all devices too."""
    took = {'every reply': [], 'replies to pushes that were taken': []}
    for said in (json.loads(line) for line in log.read_text().splitlines() if line.startswith('{')):
        if said['event'] == 'request':
            took['every reply'].append(said['microseconds'] / 1000)
        if said['event'] == 'request' and said['handler'] == 'push' and said['status'] == 200 and said['received'] > 1024:
            took['replies to pushes that were taken'].append(said['microseconds'] / 1000)
    for figure, samples in took.items():
        samples.sort()
        at = {name: samples[min(int(part * len(samples)), len(samples) - 1)] for name, part in (('p50', 0.5), ('p95', 0.95), ('p99', 0.99), ('most', 1))}
        print(json.dumps({'figure': f'storm: in the node, {figure}', 'unit': 'ms', 'n': len(samples), **at}))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('build')
    parser.add_argument('--devices', type=int, default=300)
    parser.add_argument('--entries', type=int, default=2000)
    parser.add_argument('--sites', type=int, default=100)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, Programs(wanted.build, log=pathlib.Path(name)) as programs:
        folder = pathlib.Path(name)
        store, lists, devices = folder / 'central', folder / 'lists', folder / 'devices'
        bench = programs.build / 'tests/bench/bench-storm'
        devices.mkdir()
        programs.ctl(None, 'demo', lists, '--patients', 5000)
        with open(lists / 'sites.csv', 'a', newline='') as sites:
            csv.writer(sites).writerows((f'N{n:03}', f'Hall {n}', 'church-hall', '') for n in range(wanted.sites))
        programs.ctl(store, 'init', '--class', 'central', '--name', 'Harrow MSK')
        programs.ctl(store, 'import', lists)
        with open(folder / 'list.csv', 'w', newline='') as listed:
            csv.writer(listed).writerows([('class', 'site', 'name')] + [('desk', f'N{n % wanted.sites:03}', f'Desk {n}') for n in range(wanted.devices)])
        codes = programs.ctl(store, 'enrol-list', folder / 'list.csv').json
        (folder / 'codes').write_text('\n'.join(one['code'] for one in codes))
        node = FrontedNode(programs, store, options=('--per-address', '2000'))
        arguments = [devices, node.url, folder / 'codes', str(wanted.entries), str(node.process.pid), str(node.nginx.pid)]
        status = subprocess.run([bench, *arguments], env=programs.environment(), check=False).returncode
        node.stop()
        print_node(next(folder.glob('limber-node-*.log')))
        status |= subprocess.run([bench, '--check', devices, store, str(wanted.entries), str(wanted.devices)], env=programs.environment(), check=False).returncode
        entries = wanted.entries * wanted.devices
        took = yardstick(store / 'store.db', folder, max(1, entries // 500))
        print(f'{{"figure": "yardstick: SQLite alone writes the same rows and indexes, 500 entries a transaction", "unit": "s", '
              f'"entries": {entries}, "seconds": {took:.1f}, "entries a second": {entries / took:.0f}}}')
        sys.exit(status)


main()
