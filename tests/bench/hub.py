#!/usr/bin/python3
"""A county with its nodes running, for bench-hub: hub.py BUILD."""

import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))
from limber import Clock, Programs, Site, moment  # noqa: E402

with tempfile.TemporaryDirectory() as folder, Programs(sys.argv[1], Clock(moment('2026-11-23T10:05:00Z'))) as programs:
    site = Site(programs, pathlib.Path(folder) / 'county', 5000)
    site.make()
    sys.exit(subprocess.run([programs.build / 'tests/bench/bench-hub', site.desk, site.kiosk], env=programs.environment(), check=False).returncode)
