"""Central behind nginx with as many rows as a service has after years, and devices that have joined it, for the benches."""

import pathlib
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))
from limber import FrontedNode, Programs  # noqa: E402

ROWS = 450000


class County:
    """large: how many of the rows the first of the sites has."""

    def __init__(self, programs, folder, sites, large):
        self.programs, self.store, self.copy, self._folder = programs, folder / 'central', folder / 'copy', folder
        programs.ctl(self.store, 'init', '--class', 'central', '--name', 'Harrow MSK')
        self.bench('county', self.store, sites, ROWS, large)
        self.copy.mkdir()
        shutil.copy(self.store / 'store.db', self.copy)
        self.node = FrontedNode(programs, self.store, options=('--per-address', '2000'))

    def enrol(self, site):
        """A join code for a desk at that site."""
        code = f'B{site:03}'
        return self.programs.ctl(self.store, 'enrol', '--class', 'desk', '--site', code, '--name', f'Desk at {code}').json['code']

    def bench(self, name, *arguments):
        command = [self.programs.build / f'tests/bench/bench-{name}', *map(str, arguments)]
        return subprocess.run(command, env=self.programs.environment(), check=name == 'county').returncode
