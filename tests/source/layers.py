#!/usr/bin/python3
"""What the compiler cannot see about the source: layers, sizes, texts. Prints TAP; runs in a folder that is given or in this tree.

A line may say why it is an exception to the rule NAME, in a comment on it or on the line above:  allow NAME: the reason."""

import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2])
SQL = re.compile(r'\b(SELECT\s.+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+(TABLE|INDEX|TRIGGER|VIEW)|'
                 r'DROP\s+TABLE|PRAGMA\s+\w+|ATTACH\s+DATABASE|BEGIN\s+IMMEDIATE)\b')
STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
NOT_CODE = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)+\'|//[^\n]*|/\*.*?\*/', re.DOTALL)
MARKED = re.compile(r'\b(?:(?:_|N_|Q_|C_|NC_|ngettext)\s*\(\s*|g_dngettext\s*\(\s*GETTEXT_PACKAGE,\s*)"')
FUNCTION_LINES, MAIN_LINES, FILE_LINES = 60, 80, 600


def sources(*layers, ending=('.c', '.h')):
    for layer in layers:
        yield from (path for path in sorted((ROOT / layer).rglob('*')) if path.suffix in ending and path.is_file())


def allowed(lines, number, rule):
    return any(f'allow {rule}:' in lines[at] for at in (number - 1, number - 2) if 0 <= at < len(lines))


def matching(pattern, rule, *layers, but=(), ending=('.c', '.h'), part=lambda line: line):
    """Each line of the layers that matches, as a place."""
    pattern = re.compile(pattern) if isinstance(pattern, str) else pattern
    for path in sources(*layers, ending=ending):
        name = path.relative_to(ROOT).as_posix()
        if name.startswith(but):
            continue
        lines = path.read_text(encoding='utf-8').splitlines()
        for number, line in enumerate(lines, 1):
            if pattern.search(part(line)) and not allowed(lines, number, rule):
                yield f'{name}:{number}: {line.strip()}'


def strings_of(line):
    return ' '.join(STRING.findall(line))


def blank(found):
    """The same number of lines, and nothing in them that looks like code."""
    return re.sub(r'[^\n]', ' ', found[0])


def functions(path):
    """(name, first line, number of lines) of each function, from its name to its closing brace at the line's beginning."""
    lines = NOT_CODE.sub(blank, path.read_text(encoding='utf-8')).splitlines()
    start = name = None
    for number, line in enumerate(lines, 1):
        if re.match(r'^[A-Za-z_]\w*\s*\(', line) and not line.rstrip().endswith(';'):
            start, name = number, re.match(r'\w+', line)[0]
        elif start and line.startswith('}'):
            yield name, start, number - start + 1
            start = None
        elif start and re.match(r'^\S.*;\s*$', line):
            start = None


def no_sqlite_outside_the_store():
    yield from matching(r'^\s*#\s*include\s*[<"]sqlite3', 'sqlite', 'app', 'sync', 'ui', but='app/store/')


def no_sql_text_outside_the_store():
    yield from matching(SQL, 'sql', 'app', 'sync', 'ui', but='app/store/', part=strings_of)


def no_gtk_in_app_or_sync():
    yield from matching(r'^\s*#\s*include\s*[<"](gtk/|gdk/|gsk/|adwaita|graphene|pango|cairo)', 'gtk', 'app', 'sync')
    yield from matching(r'\b(gtk|adwaita|ui_\w+)_dep\b', 'gtk', 'app', 'sync', ending=('.build',))


def no_http_in_app_or_ui():
    yield from matching(r'^\s*#\s*include\s*[<"]libsoup|\bsoup_\w+\s*\(', 'http', 'app', 'ui')
    yield from matching(r'\bsoup_dep\b', 'http', 'app', 'ui', ending=('.build',))


def app_does_not_know_sync_or_ui():
    yield from matching(r'\b(wire|client|node|ctl|ui_\w+)_dep\b', 'layer', 'app', ending=('.build',))


def kinds_speak_no_language():
    """What a kind is called and may hold is the same everywhere; only a refusal is in the reader's words."""
    yield from matching(MARKED, 'text', 'app/record', part=lambda line: '' if 'error' in line else line)


def no_json_glib():
    yield from matching(r'json-glib', 'json', 'app', 'sync', 'ui', 'tests', ending=('.c', '.h', '.build'))


def no_goto():
    yield from matching(r'^\s*goto\s+\w+;', 'goto', 'app', 'sync', 'ui')


def no_function_longer_than_a_screen():
    for path in sources('app', 'sync', 'ui', ending=('.c',)):
        lines = path.read_text(encoding='utf-8').splitlines()
        for name, start, length in functions(path):
            limit = MAIN_LINES if name == 'main' else FUNCTION_LINES
            if length > limit and not name.endswith('class_init') and not allowed(lines, start, 'length'):
                yield f'{path.relative_to(ROOT)}:{start}: {name} has {length} lines, {limit} at most'


def no_file_longer_than_fits_in_a_head():
    for path in sources('app', 'sync', 'ui'):
        length = len(path.read_text(encoding='utf-8').splitlines())
        if length > FILE_LINES:
            yield f'{path.relative_to(ROOT)}: {length} lines, {FILE_LINES} at most'


def listed_in(catalogue):
    return [line for line in (ROOT / catalogue).read_text().splitlines() if line and not line.startswith('#')]


def catalogue_of(name):
    """What the public reads has a catalogue of its own, so that staff screens are never half in another language."""
    public = name.startswith(('ui/kiosk/', 'ui/board/')) and name != 'ui/kiosk/limber-kiosk.c' or name == 'app/base/limber-date-public.c'
    return 'po/kiosk/POTFILES' if public else 'po/POTFILES'


def every_text_is_in_the_catalogue():
    listed = {catalogue: listed_in(catalogue) for catalogue in ('po/POTFILES', 'po/kiosk/POTFILES')}
    for path in sources('app', 'sync', 'ui', 'resources', ending=('.c', '.h', '.ui')):
        text = path.read_text(encoding='utf-8')
        marked = 'translatable="yes"' in text if path.suffix == '.ui' else MARKED.search(re.sub(r'/\*.*?\*/', '', text, flags=re.DOTALL))
        name = path.relative_to(ROOT).as_posix()
        for catalogue, names in listed.items():
            if marked and catalogue == catalogue_of(name) and name not in names:
                yield f'{catalogue} lacks {name}'
            elif name in names and not (marked and catalogue == catalogue_of(name)):
                yield f'{catalogue} names {name}, which has no text for it'
    for catalogue, names in listed.items():
        yield from (f'{catalogue} names {name}, which is not there' for name in names if not (ROOT / name).is_file())
        yield from (f'{catalogue} names {name} twice' for name in sorted({name for name in names if names.count(name) > 1}))


def public_texts_come_from_their_own_catalogue():
    """ngettext() without a domain asks the program's, which there is none of; a page says its own."""
    yield from matching(r'(?<!g_d)\bngettext\s*\(', 'domain', 'ui/kiosk', 'ui/board', ending=('.c',))
    for path in sources('ui/kiosk', 'ui/board', ending=('.ui',)):
        if '<interface domain="limber-kiosk">' not in path.read_text(encoding='utf-8'):
            yield f'{path.relative_to(ROOT).as_posix()}: the interface has another domain'


def every_program_speaks_the_readers_language():
    for path in sources('app', 'sync', 'ui', ending=('.c',)):
        text = path.read_text(encoding='utf-8')
        if re.search(r'^main \(', text, re.MULTILINE) and not re.search(r'\bbindtextdomain \(|\blimber_locale_init \(', text):
            yield f'{path.relative_to(ROOT)}: main begins without gettext'


def above(lines, start):
    """What stands between the line @start, counted from one, and the empty line before it."""
    at = start - 1
    while at > 0 and lines[at - 1].strip():
        at -= 1
    return lines[at:start]


def every_deed_asks_who_may():
    """What writes for an author of its caller's asks the table of roles, itself or by what it calls; or its file's head, or the comment above
    it, says why not:  allow deed: the reason."""
    bodies, deeds = {}, {}
    for path in sources('app/care', ending=('.c',)):
        lines = path.read_text(encoding='utf-8').splitlines()
        for name, start, length in functions(path):
            text = '\n'.join(lines[start - 1:start - 1 + length])
            bodies[name] = bodies.get(name, '') + text
            if name.startswith('limber_') and 'const LimberAuthor *author' in text.split('{')[0] and not any('allow deed:' in line for line in lines[:12] + above(lines, start)):
                deeds[name] = f'{path.relative_to(ROOT).as_posix()}:{start}'
    calls = {name: set(re.findall(r'\b(\w+) \(', text)) - {name} for name, text in bodies.items()}
    asking = {name for name, called in calls.items() if called & {'limber_standing_check', 'limber_standing_check_here', 'limber_standing_check_person'}}
    while more := {name for name, called in calls.items() if called & asking} - asking:
        asking |= more
    for name, place in deeds.items():
        if name not in asking:
            yield f'{place}: {name} writes for somebody and asks nobody whether she may (limber-standing.h)'


def the_top_holds_only_what_was_agreed():
    agreed = {'app', 'ui', 'resources', 'sync', 'po', 'tests', 'meson.build', 'meson_options.txt', 'README.md', 'LICENSE'}
    for path in sorted(ROOT.iterdir()):
        if path.name not in agreed and not path.name.startswith(('.', 'build')):
            yield f'{path.name} stands at the top'


RULES = [no_sqlite_outside_the_store, no_sql_text_outside_the_store, no_gtk_in_app_or_sync, no_http_in_app_or_ui, app_does_not_know_sync_or_ui,
         kinds_speak_no_language, no_json_glib, no_goto, no_function_longer_than_a_screen, no_file_longer_than_fits_in_a_head,
         every_text_is_in_the_catalogue, public_texts_come_from_their_own_catalogue, every_program_speaks_the_readers_language, every_deed_asks_who_may,
         the_top_holds_only_what_was_agreed]


def main():
    print(f'1..{len(RULES)}')
    failed = 0
    for number, rule in enumerate(RULES, 1):
        broken = list(rule())
        failed += bool(broken)
        print(f'{"not ok" if broken else "ok"} {number} /source/{rule.__name__.replace("_", "-")}')
        for place in broken:
            print(f'# {place}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
