"""Programs that tell through a pipe when they have been drawn, beside a yardstick in the same run."""

import json
import os
import pathlib
import statistics
import subprocess
import time

NOW = '2026-11-23T09:00:00Z'


def memory(pid, what='Rss'):
    """kB; Rss is as where no other program shares what it shares: so it does not depend on what else runs beside the bench."""
    found = 0
    for line in pathlib.Path(f'/proc/{pid}/smaps_rollup').read_text(encoding='ascii').splitlines():
        if line.startswith(what):
            found += int(line.split()[1])
    return found


class Started:
    """A program, and how long it took until it said that it had been drawn. pulse: the variable that says which pipe it tells."""

    def __init__(self, *command, pulse='LIMBER_KIOSK_PULSE', **more):
        read, write = os.pipe()
        began = time.monotonic()
        environment = dict(os.environ, LIMBER_NOW=NOW, **{pulse: str(write)}, **more)
        self.process = subprocess.Popen(list(map(str, command)), pass_fds=[write], env=environment, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(os.dup(read), encoding='utf-8') as told:
            while told.readline() not in ('alive\n', ''):
                pass
        self.took = (time.monotonic() - began) * 1000
        self._read = read  # open as long as it runs

    def end(self):
        self.process.kill()
        self.process.wait()
        os.close(self._read)


def tell(figure, unit, seen, bare, ratio):
    """Prints a figure beside its yardstick's, of which it may be so many; returns whether it is."""
    middle, yardstick = statistics.median(seen), statistics.median(bare)
    held = middle <= ratio * yardstick
    print(json.dumps({'figure': figure, 'unit': unit, 'n': len(seen), 'seen': round(middle, 1), 'bare': round(yardstick, 1), 'limit': round(ratio * yardstick, 1),
                      'ratio': round(middle / yardstick, 3), 'held': held}), flush=True)
    return held
