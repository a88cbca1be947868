#!/usr/bin/python3
"""Central behind nginx and a device that has joined it, for bench-connections: connections.py BUILD [--connections 10000]."""

import argparse
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))
from limber import FrontedNode, Programs  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument('build')
parser.add_argument('--connections', type=int, default=10000)
wanted = parser.parse_args()
with tempfile.TemporaryDirectory() as name, Programs(wanted.build, log=pathlib.Path(name)) as programs:
    folder = pathlib.Path(name)
    store, office = folder / 'central', folder / 'office'
    programs.ctl(store, 'init', '--class', 'central', '--name', 'Harrow MSK')
    node = FrontedNode(programs, store, options=('--per-address', '2000'))
    programs.ctl(office, 'join', node.url, programs.ctl(store, 'enrol', '--class', 'office', '--name', 'Office').json['code'])
    bench = [programs.build / 'tests/bench/bench-connections', office, node.url, str(node.process.pid), str(node.nginx.pid), str(wanted.connections)]
    sys.exit(subprocess.run(bench, env=programs.environment(), check=False).returncode)
