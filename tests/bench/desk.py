#!/usr/bin/python3
"""The desk's start, its memory, its lists and a check-in at a whole county, each beside a yardstick in the same run: desk.py BUILD. Under with-display."""

import os
import pathlib
import subprocess
import sys
import tempfile
import time

from started import NOW, Started, memory, tell

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(sys.argv[1]).resolve()
TURNS = 15
RATIO = 1.6
SETTLED = 3  # seconds
PULSE = 'LIMBER_BENCH_PULSE'


def main():
    if os.environ.get('LIMBER_BENCH_DISPLAY') != '1':
        os.environ['LIMBER_BENCH_DISPLAY'] = '1'
        os.execv(ROOT / 'tests/support/with-display', ['with-display', '--size', '1920x1080', '/usr/bin/python3', *sys.argv])
    with tempfile.TemporaryDirectory() as folder:
        desk, bare, store = BUILD / 'tests/bench/bench-desk', BUILD / 'tests/bench/bench-bare', folder + '/store'
        subprocess.run([desk, 'make', store], check=True, stdout=subprocess.DEVNULL)
        took, used = ([], []), {'Rss': ([], []), 'Pss:': ([], []), 'Private': ([], [])}
        for _ in range(TURNS):
            for which, command, pulse in ((0, (desk, 'start', store), PULSE), (1, (bare,), 'LIMBER_KIOSK_PULSE')):
                started = Started(*command, pulse=pulse)
                took[which].append(started.took)
                started.end()
        for _ in range(3):  # both at once: what they share with others they then share with the same ones
            both = Started(desk, 'work', store, pulse=PULSE), Started(bare)
            time.sleep(SETTLED)
            for what, figures in used.items():
                for which, started in enumerate(both):
                    figures[which].append(memory(started.process.pid, what))
            for started in both:
                started.end()
        held = [tell('desk, start until somebody can sign in', 'ms', *took, RATIO),
                tell('desk at work, memory', 'kB', *used['Rss'], RATIO)]
        for what in ('Pss:', 'Private'):
            tell(f'desk at work, {what.strip(":")} (told only)', 'kB', *used[what], RATIO)
        held.append(subprocess.run([desk, store], check=False, env=dict(os.environ, LIMBER_NOW=NOW)).returncode == 0)
    sys.exit(0 if all(held) else 1)


if __name__ == '__main__':
    main()
