#!/usr/bin/python3
"""What a desktop and a shell are told of the programs:  desktop.py LIMBER LIMBER-KIOSK LIMBER-NODE LIMBERCTL LIMBERCTL.1. Prints TAP."""

import os
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))
import tap  # noqa: E402  # pylint: disable=wrong-import-position

ROOT = pathlib.Path(__file__).resolve().parents[2]
RESOURCES = ROOT / 'resources'
GTK = next(pathlib.Path('/usr/lib').glob('*/libgtk-4.so.1'))
LIMBER, KIOSK, NODE, LIMBERCTL, LIMBERCTL_PAGE = map(pathlib.Path, sys.argv[1:6])
PAGES = {LIMBER: RESOURCES / 'man/limber.1', KIOSK: RESOURCES / 'man/limber-kiosk.1', NODE: RESOURCES / 'man/limber-node.8', LIMBERCTL: LIMBERCTL_PAGE}
OF_THE_TOOLKIT = {'help-all', 'help-gapplication'}


def run(*command):
    """The exit status and all that was said, in English, with no display to say it on."""
    environment = {name: value for name, value in os.environ.items() if name not in ('DISPLAY', 'WAYLAND_DISPLAY')}
    done = subprocess.run([str(word) for word in command], check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8',
                          env=dict(environment, LC_ALL='C.UTF-8', LANGUAGE=''))
    return done.returncode, done.stdout


def quiet(*command, but=()):
    status, said = run(*command)
    wrong = [line for line in said.splitlines() if line.strip() and not any(word in line for word in but)]
    assert status == 0 and not wrong, f'{command[0]}: {status}\n' + '\n'.join(wrong)


def the_desktops_files_are_as_they_should_be():
    quiet('desktop-file-validate', *sorted(RESOURCES.glob('*.desktop')), but=(': hint:',))
    quiet('appstreamcli', 'validate', '--no-net', '--no-color', RESOURCES / 'org.limber.Limber.metainfo.xml', but=('Validation was successful',))
    quiet('glib-compile-schemas', '--strict', '--dry-run', RESOURCES)


def each_file_names_an_icon_that_is_installed():
    installed = (RESOURCES / 'meson.build').read_text(encoding='utf-8')
    for file in RESOURCES.glob('*.desktop'):
        icon = re.search(r'^Icon=(.*)$', file.read_text(encoding='utf-8'), re.MULTILINE)[1]
        for name in (f'{icon}.svg', f'{icon}-symbolic.svg'):
            assert (RESOURCES / 'icons' / name).is_file(), f'{file.name}: there is no {name}'
            assert f"'{name}'" in installed, f'{name} is not installed'


def every_icon_that_a_screen_names_is_there():
    """Drawn, in each size: a theme's own is SVG, which no program loads."""
    drawn = re.findall(r'<gresource prefix="/org/limber/icons/\w+/actions">(.*?)</gresource>', (RESOURCES / 'limber.gresource.xml').read_text(encoding='utf-8'), re.DOTALL)
    ours = set.intersection(*(set(re.findall(r'alias="([\w-]+-symbolic)\.symbolic\.png"', part)) for part in drawn))
    theirs = set(re.findall(r'/16x16/\w+/([\w-]+-symbolic)\.symbolic\.png', subprocess.run(['gresource', 'list', GTK], check=True, capture_output=True, text=True).stdout))
    assert theirs, 'GTK has no icons of its own'
    for path in sorted((ROOT / 'ui').rglob('*')):
        if path.suffix in ('.c', '.ui'):
            named = set(re.findall(r'[">]([a-z0-9]+(?:-[a-z0-9]+)*-symbolic)["<]', path.read_text(encoding='utf-8')))
            named |= set(re.findall(r'"icon-name">([\w.-]+)<', path.read_text(encoding='utf-8')))
            missing = sorted(named - ours - theirs)
            assert not missing, f'{path.relative_to(ROOT)}: {missing}'


def every_icon_of_ours_is_in_the_program_or_installed():
    build = (RESOURCES / 'meson.build').read_text(encoding='utf-8')
    drawn = re.search(r'foreach icon : \[(.*?)\]', build)[1]
    for path in (RESOURCES / 'icons').glob('*.svg'):
        assert f"'{path.name}'" in build or f"'{path.stem.removeprefix('limber-').removesuffix('-symbolic')}'" in drawn, f'{path.name} is nowhere'


def manual_pages_are_well_formed():
    for page in PAGES.values():
        quiet('mandoc', '-Tlint', '-W', 'warning', page)


def options_of(program):
    status, said = run(program, '--help')
    assert status == 0, f'{program.name} --help ends with {status}: {said}'
    return set(re.findall(r'(?<![\w“-])--([a-z-]+)', said)) - OF_THE_TOOLKIT


def each_option_is_in_its_programs_manual_page():
    for program in (LIMBER, KIOSK, NODE):
        written = set(re.findall(r'Fl Fl ([a-z-]+)', PAGES[program].read_text(encoding='utf-8')))
        said = options_of(program) | {'version', 'help'}
        assert written == said, f'{program.name}: in the manual {sorted(written - said)}, in --help {sorted(said - written)}'


def each_command_is_in_limberctls_manual_page():
    page = LIMBERCTL_PAGE.read_text(encoding='utf-8')
    commands = re.findall(r'^  (\S+).*\n      ', run(LIMBERCTL, '--help')[1], re.MULTILINE)
    assert len(commands) > 40, commands
    for command in commands:
        assert re.search(rf'^\.It {command}(?: No |$)', page, re.MULTILINE), command
        status, said = run(LIMBERCTL, command, '--help')
        assert status == 0 and said.startswith('limberctl '), f'{command} --help: {status} {said}'


def each_program_says_its_version():
    for program in PAGES:
        status, said = run(program, '--version')
        assert status == 0 and re.fullmatch(rf'{program.name} \d+\.\d+\.\d+\n', said), f'{program.name}: {status} {said}'


def what_is_wrong_with_an_option_is_said():
    for program in PAGES:
        status, said = run(program, '--no-such-option')
        assert status in (1, 2) and '--no-such-option' in said, f'{program.name}: {status} {said}'


def keys():
    """(action or None, accelerators, words or None) of each line of the one table of keys."""
    table = re.search(r'LimberKey keys\[\] = \{\n(.*?)\n\};', (ROOT / 'ui/desk/limber-application.c').read_text(encoding='utf-8'), re.DOTALL)[1]
    for line in table.splitlines():
        found = re.match(r'\s*\{ (?:NULL|"([^"]+)"), \{ (.*?), NULL \}(?:, N_\("([^"]+)"\), LIMBER_KEYS_\w+)? \},', line)
        assert found, f'not a line of the table of keys: {line}'
        yield found[1], re.findall(r'"([^"]+)"', found[2]), found[3]


def spoken(accelerator):
    """As help writes a key."""
    for written, said in (('<Control>', 'Ctrl+'), ('<Alt>', 'Alt+'), ('<Shift>', 'Shift+'), ('question', '?'), ('Return', 'Enter'), ('Escape', 'Esc')):
        accelerator = accelerator.replace(written, said)
    return re.sub(r'\+([a-z])$', lambda found: '+' + found[1].upper(), accelerator)


def every_key_is_listed_with_what_it_does_and_once():
    seen = set()
    for action, accelerators, words in keys():
        assert words, f'{action} has no words in ui/desk/limber-application.c: add N_("What it does"), LIMBER_KEYS_…'
        for accelerator in accelerators:
            assert accelerator not in seen, f'{accelerator} is there twice'
            seen.add(accelerator)


def each_key_that_help_names_is_there():
    known = {spoken(accelerator) for _, accelerators, _ in keys() for accelerator in accelerators}
    named = set(re.findall(r'\b(?:Ctrl|Alt|Shift)\+(?:[A-Z]\b|Left|Right|Enter|\?)|\bF\d{1,2}\b|\bEsc\b', (ROOT / 'ui/desk/limber-help-topic.c').read_text(encoding='utf-8')))
    assert named and named <= known, f'help names {sorted(named - known)}, which no key does'


tap.run('/source/desktop', every_key_is_listed_with_what_it_does_and_once, each_key_that_help_names_is_there, the_desktops_files_are_as_they_should_be, each_file_names_an_icon_that_is_installed, every_icon_that_a_screen_names_is_there,
        every_icon_of_ours_is_in_the_program_or_installed, manual_pages_are_well_formed, each_option_is_in_its_programs_manual_page,
        each_command_is_in_limberctls_manual_page, each_program_says_its_version, what_is_wrong_with_an_option_is_said)
