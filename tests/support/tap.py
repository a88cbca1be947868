"""Tests in Python, told as TAP: each function that is given to run() is one test."""

import os
import sys
import traceback

LONG = bool(os.environ.get('LIMBER_TEST_LONG'))


class Skip(Exception):
    """This machine cannot run the test; the text says why."""


def run(prefix, *tests, witness=lambda name: None):
    """Runs the tests in order; each is told as prefix/its-name. The witness is called with the name of one that failed. Ends the program."""
    print(f'1..{len(tests)}', flush=True)
    failed = 0
    for number, test in enumerate(tests, 1):
        name = f'{prefix}/{test.__name__.replace("_", "-")}'
        try:
            test()
            print(f'ok {number} {name}', flush=True)
        except Skip as reason:
            print(f'ok {number} {name} # SKIP {reason}', flush=True)
        except Exception:  # pylint: disable=broad-exception-caught  # any is a failed test
            failed += 1
            print(f'not ok {number} {name}', flush=True)
            print(''.join(f'# {line}\n' for line in traceback.format_exc().splitlines()), end='', flush=True)
            witness(test.__name__)
    sys.exit(1 if failed else 0)
