#!/usr/bin/python3
"""A site with its nodes running, and a board in its waiting room, for bench-board: board.py BUILD."""

import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))
from limber import ROOT, Clock, Programs, Site, moment  # noqa: E402

with tempfile.TemporaryDirectory() as folder, Programs(sys.argv[1], Clock(moment('2026-11-23T10:05:00Z'))) as programs:
    site = Site(programs, pathlib.Path(folder) / 'county', 5000)
    site.make()
    site.add_board(volume=0)
    sys.exit(subprocess.run([ROOT / 'tests/support/with-display', '--size', '1920x1920', programs.build.resolve() / 'tests/bench/bench-board', site.desk, site.board],
                            env=programs.environment(), check=False).returncode)
