#!/usr/bin/python3
"""The same records from a device to a service, by PouchDB and by Limber: pouch.py BUILD [--records 10000].

PouchDB replicates from leveldb to express-pouchdb over leveldb at its default batch, over plain HTTP on this machine, and neither end waits for its
disk; Limber pushes through nginx and TLS to a store that is synced before each answer. So what differs favours PouchDB. Its packages are
installed outside of the tree; where node, npm or the packages are not to be had, the bench says that it was skipped."""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))
from limber import FrontedNode, Programs  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent / 'pouch'
TIMES = 10


def skip(why):
    print(json.dumps({'figure': 'pouch', 'skipped': why}))
    sys.exit(0)


def install():
    """PouchDB's packages, in the versions of the lock. Returns where they are."""
    if not shutil.which('node') or not shutil.which('npm'):
        skip('node and npm are not installed')
    folder = pathlib.Path(os.environ.get('XDG_CACHE_HOME') or tempfile.gettempdir()) / 'limber-bench-pouch'
    folder.mkdir(parents=True, exist_ok=True)
    lock, modules = HERE / 'package-lock.json', folder / 'node_modules'
    if modules.exists() and (folder / lock.name).exists() and (folder / lock.name).read_bytes() == lock.read_bytes():
        return modules
    for path in (HERE / 'package.json', lock):
        shutil.copy(path, folder)
    npm = ['npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error', f'--prefix={folder}']
    if subprocess.run(npm, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode != 0:
        shutil.rmtree(folder)
        skip('PouchDB could not be installed by npm')
    return modules


def seconds_of(process):
    """Its processor time until now: proc(5), stat."""
    words = pathlib.Path(f'/proc/{process.pid}/stat').read_text().rpartition(')')[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf('SC_CLK_TCK')


def push_by_pouch(modules, folder, records):
    environment = {**os.environ, 'NODE_PATH': str(modules), 'NODE_ENV': 'production'}
    here, there = folder / 'pouch-device', folder / 'pouch-service'
    here.mkdir()
    there.mkdir()
    with subprocess.Popen(['node', HERE / 'server.js', there], stdout=subprocess.PIPE, text=True, cwd=there, env=environment) as server:
        try:
            url = f'http://127.0.0.1:{int(server.stdout.readline())}/records'
            with subprocess.Popen(['node', HERE / 'push.js', here, records, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=here, env=environment) as device:
                if device.stdout.readline() != 'ready\n':
                    raise SystemExit('PouchDB does not take the records')
                before = seconds_of(server)
                said, _ = device.communicate('go\n', timeout=600)
                told = json.loads(said)
                return {'seconds': told['seconds'], 'device': told['processor'], 'server': seconds_of(server) - before}, told['there']
        finally:
            server.kill()


def push_by_limber(programs, folder, records, path):
    store = folder / 'central'
    programs.ctl(store, 'init', '--class', 'central', '--name', 'Harrow MSK')
    programs.ctl(None, 'demo', folder / 'lists', '--patients', 500)
    programs.ctl(store, 'import', folder / 'lists')
    node = FrontedNode(programs, store)
    code = programs.ctl(store, 'enrol', '--class', 'desk', '--site', programs.list(store, 'site')[0]['code'], '--name', 'Front desk').json['code']
    bench = [programs.build / 'tests/bench/bench-pouch', folder / 'desk', node.url, code, str(records), str(node.process.pid), str(node.nginx.pid), path]
    return json.loads(subprocess.run(bench, stdout=subprocess.PIPE, text=True, env=programs.environment(), check=True).stdout)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('build')
    parser.add_argument('--records', type=int, default=10000)
    wanted = parser.parse_args()
    modules = install()
    with tempfile.TemporaryDirectory() as name, Programs(wanted.build, log=pathlib.Path(name)) as programs:
        folder = pathlib.Path(name)
        limber = push_by_limber(programs, folder, wanted.records, folder / 'records')
        pouch, there = push_by_pouch(modules, folder, folder / 'records')
    if there != wanted.records:
        raise SystemExit(f'PouchDB brought {there} of {wanted.records} records')
    for who, cost in (('Limber', limber), ('yardstick: PouchDB to express-pouchdb', pouch)):
        print(json.dumps({'figure': f'pouch: {who}', 'unit': 's', 'records': wanted.records, 'seconds': round(cost['seconds'], 3), 'records a second': round(wanted.records / cost['seconds']),
                          'processor of the device': round(cost['device'], 2), 'processor of the service': round(cost['server'], 2)}))
    wall = pouch['seconds'] / limber['seconds']
    processor = (pouch['device'] + pouch['server']) / (limber['device'] + limber['server'])
    print(json.dumps({'figure': f'pouch: {TIMES} times faster than PouchDB', 'wall': round(wall, 1), 'processor': round(processor, 1), 'held': wall >= TIMES and processor >= TIMES}))
    sys.exit(0 if wall >= TIMES and processor >= TIMES else 1)


main()
