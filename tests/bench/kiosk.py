#!/usr/bin/python3
"""The kiosk's start, its memory and its pages, each beside a yardstick in the same run: kiosk.py BUILD. Under with-display."""

import os
import pathlib
import subprocess
import sys
import tempfile
import time

from started import Started, memory, tell

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(sys.argv[1]).resolve()
TURNS = 15
RATIO = 1.4
SETTLED = 3  # seconds
# As the keeper starts the screen; a kiosk that is started by hand begins once more to have it.
KEPT = {'GLIBC_TUNABLES': 'glibc.malloc.perturb=165:glibc.malloc.tcache_count=0'}


def main():
    if os.environ.get('LIMBER_BENCH_DISPLAY') != '1':
        os.environ['LIMBER_BENCH_DISPLAY'] = '1'
        os.execv(ROOT / 'tests/support/with-display', ['with-display', '/usr/bin/python3', *sys.argv])
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([BUILD / 'tests/ui/kiosk/kiosk-make-store', folder + '/store'], check=True, stdout=subprocess.DEVNULL)
        bare, kiosk = (BUILD / 'tests/bench/bench-bare',), (BUILD / 'ui/board/limber-kiosk', '--store', folder + '/store', '--windowed=1280x800')
        took, used = ([], []), ([], [])
        for _ in range(TURNS):
            for which, command, more in ((0, kiosk, KEPT), (1, bare, {})):
                started = Started(*command, **more)
                took[which].append(started.took)
                started.end()
        for _ in range(3):  # both at once: what they share with others they then share with the same ones
            both = Started(*kiosk, **KEPT), Started(*bare)
            time.sleep(SETTLED)
            for which, started in enumerate(both):
                used[which].append(memory(started.process.pid))
            for started in both:
                started.end()
    held = [tell('kiosk, start to the first page drawn', 'ms', *took, RATIO),
            tell('kiosk, memory', 'kB', *used, RATIO),
            subprocess.run([BUILD / 'tests/bench/bench-kiosk'], check=False).returncode == 0]
    sys.exit(0 if all(held) else 1)


if __name__ == '__main__':
    main()
