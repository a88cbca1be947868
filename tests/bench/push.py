#!/usr/bin/python3
"""Central with 450,000 rows behind nginx, and the desks of nine sites for each of three rounds, for bench-push: push.py BUILD."""

import pathlib
import sys
import tempfile

from county import County, Programs

with tempfile.TemporaryDirectory() as name, Programs(sys.argv[1]) as programs:
    folder = pathlib.Path(name)
    county = County(programs, folder, 30, 15000)
    desks = [folder / f'desk-{site}' for site in range(27)]
    for site, desk in enumerate(desks):
        programs.ctl(desk, 'join', county.node.url, county.enrol(site))
    sys.exit(county.bench('push', county.node.process.pid, county.node.nginx.pid, county.store / 'store.db', county.copy / 'store.db', *desks))
