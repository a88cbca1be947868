#!/usr/bin/python3
"""Branch coverage of what decides: coverage.py BUILD [--lines]

Reads what gcc's --coverage has left in BUILD, and prints for each file below how many of its branches were taken, and with
--lines where some were not. A file that no part names is not counted."""

import collections
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
WANTED = 95

# Each with its reason: what is merged and how, what is written and kept, what a node answers. What only carries bytes, or words
# for a person, decides nothing of that.
PARTS = {
    'merge': ['app/record/limber-stamp.c', 'app/record/limber-record.c', 'app/record/limber-common.c', 'app/store/limber-merge.c', 'app/store/limber-fold.c',
              'app/store/limber-transaction-fold.c', 'app/store/limber-conflicts.c',
              'app/store/limber-projection.c', 'app/store/limber-extra.c', 'app/store/limber-extras.c', 'app/store/limber-adopt.c', 'app/store/limber-last-list.c'],
    'journal': ['app/store/limber-entry.c', 'app/store/limber-journal.c', 'app/store/limber-transaction.c', 'app/store/limber-transaction-edit.c',
                'app/store/limber-quarantine.c', 'app/store/limber-release.c', 'app/store/limber-erasure.c', 'app/store/limber-second.c', 'app/store/limber-session.c',
                'app/store/limber-prune.c', 'app/store/limber-recovered.c', 'app/store/limber-repair.c', 'app/store/limber-restore.c', 'app/store/limber-store-writer.c'],
    'node': ['app/store/limber-scope.c', 'app/store/limber-feed.c', 'sync/node/limber-call.c', 'sync/node/limber-digests.c', 'sync/node/limber-node.c',
             'sync/node/limber-node-digest.c', 'sync/node/limber-node-join.c', 'sync/node/limber-node-pull.c', 'sync/node/limber-node-push.c'],
}

# Not branches of ours: those within GLib's macros, which look at mistakes of our own or at what GLib keeps (G_DEFINE_…, g_return_…,
# g_clear_…, g_task_set_source_tag), and those by which gcc leaves a variable's scope, each of which says once more which way was
# taken at a condition that is counted in its own line. A declaration that has a condition itself is counted.
LEFT_OUT = re.compile(r'\s*(G_DEFINE_|g_return_|g_clear_|g_task_set_source_tag\b|g_auto\w*\b(?!.*(&&|\|\||\?)))')


def reports(build):
    """What gcov says of each object that was built of a file of ours: a test program may have compiled it again."""
    notes = [path for path in pathlib.Path(build).resolve().rglob('*.gcda') if not path.name.startswith('meson-generated')]
    for path in notes:
        done = subprocess.run(['gcov', '--json-format', '--stdout', '--branch-probabilities', str(path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, cwd=build)
        for line in done.stdout.splitlines():
            yield json.loads(line)


def collect(build):
    """For each file, line by line: how often each branch was taken."""
    wanted = {str(ROOT / name) for names in PARTS.values() for name in names}
    files = collections.defaultdict(lambda: collections.defaultdict(list))
    for report in reports(build):
        folder = pathlib.Path(report['current_working_directory'])
        for entry in report['files']:
            path = str((folder / entry['file']).resolve())
            if path not in wanted:
                continue
            for line in entry['lines']:
                files[path][line['line_number']] += [branch['count'] for branch in line['branches']]
    return files


def tell(name, lines, show):
    source = (ROOT / name).read_text(encoding='utf-8').splitlines()
    lines = {number: counts for number, counts in lines.items() if not LEFT_OUT.match(source[number - 1])}
    branches = [count for counts in lines.values() for count in counts]
    taken = sum(1 for count in branches if count)
    print(f'{taken:6} of {len(branches):5}  {100 * taken / max(len(branches), 1):6.1f} %  {name}')
    if show:
        for number, counts in sorted(lines.items()):
            if not all(counts):
                print(f'    {sum(1 for count in counts if not count)} of {len(counts)} not taken: {name}:{number}: {source[number - 1].strip()}')
    return taken, len(branches)


def main(build, show):
    files = collect(build)
    sums = collections.Counter()
    for part, names in PARTS.items():
        taken = total = 0
        for name in names:
            some, of = tell(name, files[str(ROOT / name)], show)
            taken, total = taken + some, total + of
        print(f'{taken:6} of {total:5}  {100 * taken / max(total, 1):6.1f} %  {part}\n')
        sums.update(taken=taken, total=total)
    share = 100 * sums['taken'] / max(sums['total'], 1)
    print(f'{sums["taken"]:6} of {sums["total"]:5}  {share:6.1f} %  merge, journal and node decisions')
    return 0 if share >= WANTED else 1


if __name__ == '__main__':
    sys.exit(main(sys.argv[1], '--lines' in sys.argv[2:]))
