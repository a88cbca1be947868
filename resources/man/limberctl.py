#!/usr/bin/python3
"""Writes limberctl's manual page from what limberctl itself says of each command:  limberctl.py LIMBERCTL FRAME OUTPUT."""

import os
import pathlib
import re
import subprocess
import sys

LIMBERCTL, FRAME, OUTPUT = sys.argv[1:4]


def ask(*words):
    return subprocess.run([LIMBERCTL, *words, '--help'], check=True, capture_output=True, encoding='utf-8', env=dict(os.environ, LC_ALL='C.UTF-8', LANGUAGE='')).stdout


def escape(text):
    """As plain text of mdoc: no letter of it is a request, a minus is what one types, marks beyond ASCII have their names."""
    text = text.replace('\\', '\\e').replace('-', '\\-')
    text = ''.join(f'\\[u{ord(letter):04X}]' if ord(letter) > 126 else letter for letter in text)
    return re.sub(r"^([.'])", r'\\&\1', text)


def command(name, usage):
    _, _, rest = ask(name).partition('\n\n')
    lines = rest.rstrip('\n').split('\n')
    yield f'.It {name} No {escape(usage)}' if usage else f'.It {name}'
    yield escape(lines[0]) + '.'
    if len(lines) > 1:
        yield '.Bd -literal'
        yield from (escape(line) or '\\&' for line in lines[1:])
        yield '.Ed'


def main():
    found = re.findall(r'^  (\S+) ?(.*)\n      ', ask(), re.MULTILINE)
    text = '\n'.join(line for name, usage in found for line in command(name, usage))
    pathlib.Path(OUTPUT).write_text(pathlib.Path(FRAME).read_text(encoding='utf-8').replace('@COMMANDS@', text), encoding='utf-8')


if __name__ == '__main__':
    main()
