#!/usr/bin/python3
"""Central with 450,000 rows behind nginx, and a site that has 50,000 of them, for bench-first-sync: first-sync.py BUILD."""

import pathlib
import sys
import tempfile

from county import County, Programs

with tempfile.TemporaryDirectory() as name, Programs(sys.argv[1]) as programs:
    folder = pathlib.Path(name)
    county = County(programs, folder, 28, 50000)
    sys.exit(county.bench('first-sync', county.node.process.pid, county.node.nginx.pid, county.node.url, folder, county.enrol(0), county.enrol(0)))
