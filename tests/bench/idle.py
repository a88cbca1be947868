#!/usr/bin/python3
"""Central behind nginx and a desk that has joined it, for bench-idle: idle.py BUILD."""

import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))
from limber import Clock, FrontedNode, Programs, moment  # noqa: E402

with tempfile.TemporaryDirectory() as name, Programs(sys.argv[1], Clock(moment('2026-11-23T10:05:00Z'))) as programs:
    folder = pathlib.Path(name)
    store, desk = folder / 'central', folder / 'desk'
    programs.ctl(None, 'demo', folder / 'lists', '--patients', 5000, '--date', '2026-11-23')
    programs.ctl(store, 'init', '--class', 'central', '--name', 'Harrow MSK')
    programs.ctl(store, 'import', folder / 'lists')
    node = FrontedNode(programs, store, options=('--per-address', '1000'))
    site, staff = programs.list(store, 'site')[0]['code'], programs.list(store, 'staff')[0]['number']
    programs.ctl(desk, 'join', node.url, programs.ctl(store, 'enrol', '--class', 'desk', '--site', site, '--name', 'Front desk').json['code'])
    programs.ctl(desk, 'sync')
    change = [programs.path('limberctl'), '--store', store, 'put', 'practice', 'code=Z1', 'name=The Green Surgery', '--as', staff]
    sys.exit(subprocess.run([programs.build / 'tests/bench/bench-idle', desk, str(node.process.pid), str(node.nginx.pid), *change], env=programs.environment(), check=False).returncode)
