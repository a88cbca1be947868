#!/usr/bin/python3
"""Whether the public screens speak every language that they offer: each text in the sources, as xgettext finds it, against each file in
po/kiosk. Prints TAP, a test a language; runs in a folder that is given or in this tree."""

import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))
import tap  # noqa: E402  # pylint: disable=wrong-import-position

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2])
FOLDER = ROOT / 'po/kiosk'
# As meson's preset "glib" for i18n.gettext() has them.
KEYWORDS = ('_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'g_dcgettext:2', 'g_dngettext:2,3', 'g_dpgettext2:2c,3')
PLACEHOLDER = re.compile(r'%(?:\d+\$)?0?\d*(?:l|ll)?[a-z]')
# What is the same in every language: a sign, the kind of clock, the order of figures.
SAME = {'Aa', '12'}
ENGLISH_WORDS = {'limberctl', '--store', 'FOLDER', 'kiosk', 'code', 'PIN'}  # what has to be typed as it is


def run(*command):
    return subprocess.run([str(word) for word in command], check=False, capture_output=True, text=True, encoding='utf-8')


def words_of(path):
    """The lines of a list, without its comments."""
    return [line for line in path.read_text(encoding='utf-8').splitlines() if line and not line.startswith('#')]


def unquote(lines):
    return re.sub(r'\\(.)', lambda found: {'n': '\n'}.get(found[1], found[1]), ''.join(re.findall(r'"((?:[^"\\]|\\.)*)"', lines)))


def entries(text):
    """(flags, context, what is said in English, the translations) of each text."""
    for block in re.split(r'\n\n+', text):
        parts = dict.fromkeys(('msgctxt', 'msgid', 'msgid_plural'), None)
        found = re.findall(r'^(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) ((?:".*"\n?)+)', block, re.MULTILINE)
        parts.update({name: unquote(lines) for name, lines in found})
        if parts['msgid']:
            flags = re.findall(r'^#, (.*)$', block, re.MULTILINE)
            said = [parts[name] for name in parts if name.startswith('msgstr')]
            yield ' '.join(flags), parts['msgctxt'], [text for text in (parts['msgid'], parts['msgid_plural']) if text], said


def template(folder):
    """What the sources say now."""
    made = folder / 'kiosk.pot'
    done = run('xgettext', '--from-code=UTF-8', '--directory', ROOT, '--output', made, *(f'--keyword={word}' for word in ('', *KEYWORDS) if word),
               *(ROOT / name for name in words_of(FOLDER / 'POTFILES')))
    assert done.returncode == 0 and made.exists(), done.stderr
    return made


def complain(code, merged):
    """What is wrong with one language's file, a line each."""
    for flags, context, english, said in entries(merged):
        what = f'{code}: "{english[0]}"' + (f' ({context})' if context else '')
        if 'fuzzy' in flags.split(', '):
            yield f'{what} is fuzzy'
        elif not said or not all(said):
            yield f'{what} is not translated'
        else:
            yield from (f'{what}: {trouble}' for trouble in compare(code, english, said))


def compare(code, english, said):
    wanted = sorted(PLACEHOLDER.findall(english[-1]))
    letters = re.sub(r'[^A-Za-z]', '', PLACEHOLDER.sub('', english[0]))
    for text in said:
        placed = sorted(PLACEHOLDER.findall(text))
        # A plural that is said of one number only may say it in a word: "two seconds" in Arabic.
        if placed != wanted and not (len(said) > 1 and set(placed) <= set(wanted) and len(placed) >= len(wanted) - 1):
            yield f'has {placed} instead of {wanted}'
        if text == english[0] and letters and text not in SAME and not (code == 'ro' and text in ('Contrast',)):
            yield 'is said in English'
        if code in ('gu', 'ta', 'ar'):
            left = set(re.findall(r'[A-Za-z-]{2,}', PLACEHOLDER.sub('', text))) - ENGLISH_WORDS - SAME
            if left:
                yield f'has English left in it: {sorted(left)}'


def check(code):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        source = FOLDER / f'{code}.po'
        checked = run('msgfmt', '--check', '--output-file', folder / 'out.mo', source)
        assert checked.returncode == 0, checked.stderr
        merged = run('msgmerge', '--no-fuzzy-matching', '--no-wrap', '--quiet', source, template(folder))
        assert merged.returncode == 0, merged.stderr
        trouble = list(complain(code, merged.stdout))
        assert not trouble, '\n'.join([*trouble, 'see po/kiosk/meson.build for what to do'])
        head = source.read_text(encoding='utf-8').split('\n\n', 1)[0]
        assert '"X-Review: ' in head and '# Glossary' in head, f'{code}: the head says neither who has read it nor its words'


def language(code):
    def test():
        check(code)
    test.__name__ = f'all_of_the_public_screens_is_in_{code}'
    return test


if __name__ == '__main__':
    tap.run('/source/translations', *(language(code) for code in words_of(FOLDER / 'LINGUAS')))
