#!/usr/bin/python3
"""Sums what really ran: count.py FOLDER, a folder of meson's testlog.json files.

meson counts programs; a person wants to know about tests. Each line of TAP counts as one, and so does a program without
TAP; a program that crashed, ran out of time or stopped before its plan counts as one failure more; a run in which nothing ran is
a failure. The last line is the sum."""

import json
import pathlib
import re
import sys

LINE = re.compile(r'^(ok|not ok)\b\s*\d*\s*(.*)$')
PLAN = re.compile(r'^1\.\.(\d+)\s*(?:#\s*skip\b.*)?$', re.IGNORECASE)
DIRECTIVE = re.compile(r'#\s*(skip|todo)\b\s*(.*)$', re.IGNORECASE)


def count(text, result):
    """What one program's TAP says: passed, the names of what failed, and (name, reason) of what was skipped."""
    passed, failed, skipped, plan = 0, [], [], None
    for line in text.splitlines():
        if (found := PLAN.match(line)):
            plan = int(found[1])
        if not (found := LINE.match(line)):
            continue
        word, name = found[1], found[2].lstrip('- ')
        directive = DIRECTIVE.search(name)
        if directive and directive[1].lower() == 'skip':
            skipped.append((name[:directive.start()].strip(), directive[2]))
        elif word == 'ok':
            passed += 1
        elif not directive:
            failed.append(name)
    done = passed + len(failed) + len(skipped)
    if plan is None and done == 0 and result == 'OK':
        passed = 1  # it says by its exit status alone how it went; meson calls silent TAP an error
    elif plan is None or plan != done:
        failed.append(f'stopped after {done} of {"an unknown number of" if plan is None else plan} tests')
    elif result not in ('OK', 'SKIP') and not failed:
        failed.append(f'ended with {result}')
    return passed, failed, skipped


def main(folder):
    passed, failed, skipped = 0, [], []
    for path in sorted(pathlib.Path(folder).glob('*.json')):
        for line in path.read_text(encoding='utf-8', errors='replace').splitlines():
            program = json.loads(line)
            good, bad, left = count(program.get('stdout') or '', program['result'])
            where = f'{path.stem}: {program["name"]}'
            passed += good
            failed += [(where, name) for name in bad]
            skipped += [(where, *what) for what in left]
    print()
    for where, name, reason in skipped:
        print(f'skipped  {where}: {name}: {reason}')
    for where, name in failed:
        print(f'FAILED   {where}: {name}')
    nothing = passed + len(failed) == 0
    if nothing:
        print('no test ran')
    print(f'{passed} passed, {len(failed) or int(nothing)} failed')
    return 1 if failed or nothing else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
