#!/usr/bin/python3
"""Feeds one reader of bytes from outside with inputs that libFuzzer makes up: fuzz.py PROGRAM NAME LENGTH EXECUTIONS. Prints TAP.

It begins with the inputs that are kept in corpus/NAME, and every one of them that once broke something stays there. With
LIMBER_TEST_LONG it goes on fifty times as long. LIMBER_FUZZ_SEED gives the seed, which is told in any case.
An input that breaks something is kept in the build folder's own folder “found”, and the failure says how to try it again.

  fuzz.py --gather PROGRAM NAME LENGTH EXECUTIONS   adds to corpus/NAME the fewest inputs that reach what is not reached by those there"""

import functools
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'support'))
import tap  # noqa: E402

TIMES = 50 if tap.LONG else 1
KEPT, KEPT_BYTES = 100, 64 * 1024  # of one corpus
MEMORY, LARGEST = 512, 32  # MiB: of the program, and asked for at once: a body may say that it unpacks to anything


def run(program, folder, *words):
    """What the program said, and how it ended. Its private folders lie in this one. What the sanitizers do is chosen for
    speed; leaks are looked for once, at the end."""
    env = {**os.environ, 'TMPDIR': folder, 'ASAN_OPTIONS': f'malloc_context_size=2:max_malloc_fill_size=0:quarantine_size_mb=8:max_allocation_size_mb={LARGEST}',
           'UBSAN_OPTIONS': 'print_stacktrace=1:halt_on_error=1'}
    limits = [f'-rss_limit_mb={MEMORY}', '-timeout=60', '-detect_leaks=0', '-print_final_stats=1']
    done = subprocess.run([program, *limits, *words], capture_output=True, text=True, errors='replace', env=env, check=False)
    return done.stdout + done.stderr, done.returncode


def private_folder():
    """In memory where there is such a place, since nothing in it is to last."""
    return tempfile.TemporaryDirectory(dir='/dev/shm' if os.access('/dev/shm', os.W_OK) else None)


def words_for(name, length):
    dictionary = HERE / f'{name}.dict'
    return [f'-max_len={length}', *([f'-dict={dictionary}'] if dictionary.exists() else [])]


def check(program, folder, *words):
    """Runs it; a broken rule is a failure that says what was broken, and by which input."""
    found = pathlib.Path(program).resolve().parents[2] / 'found'
    found.mkdir(exist_ok=True)
    text, status = run(program, folder, f'-artifact_prefix={found}/{pathlib.Path(program).name}-', *words)
    kept = re.search(r'Test unit written to (\S+)', text)
    replay = f'\nAgain:  {program} {kept[1]}\nThen mend the reader and move that file to {HERE}/corpus.' if kept else ''
    assert status == 0, '\n'.join(text.splitlines()[-60:]) + replay
    return text


def count_of(text):
    """How many inputs were tried, as libFuzzer itself counts."""
    return int(re.search(r'^stat::number_of_executed_units: (\d+)$', text, re.MULTILINE)[1])


def what_is_kept_is_small_and_breaks_nothing(program, name, length, _):
    kept = sorted((HERE / 'corpus' / name).iterdir())
    assert 0 < len(kept) <= KEPT and sum(path.stat().st_size for path in kept) <= KEPT_BYTES, f'{len(kept)} inputs are kept in corpus/{name}'
    with private_folder() as folder:
        text = check(program, folder, *words_for(name, length), *map(str, kept))
    assert text.count('Executed ') == len(kept), text


def what_is_made_up_breaks_nothing(program, name, length, executions):
    wanted = int(executions) * TIMES
    seed = os.environ.get('LIMBER_FUZZ_SEED') or ('0' if tap.LONG else '1')  # 0: by the time
    with private_folder() as folder:
        kept = ','.join(map(str, sorted((HERE / 'corpus' / name).iterdir())))
        text = check(program, folder, *words_for(name, length), f'-runs={wanted}', f'-seed={seed}', f'-seed_inputs={kept}')
    said = re.search(r'^INFO: Seed: \d+$', text, re.MULTILINE)
    print(f'# {said[0]}, {count_of(text)} inputs, {text.split("Done ")[-1].splitlines()[0]}', flush=True)
    assert count_of(text) >= wanted, f'{count_of(text)} inputs were tried'


def gather(program, name, length, executions):
    corpus = HERE / 'corpus' / name
    with private_folder() as folder:
        made = pathlib.Path(folder) / 'made'
        made.mkdir()
        check(program, folder, *words_for(name, length), f'-runs={executions}', str(made), str(corpus))
        check(program, folder, '-merge=1', '-use_counters=0', '-use_cmp=0', str(corpus), str(made))


def main(mode, *words):
    if mode == '--gather':
        gather(*words)
        return
    words = (mode, *words)
    bound = []
    for test in (what_is_kept_is_small_and_breaks_nothing, what_is_made_up_breaks_nothing):
        bound.append(functools.update_wrapper(functools.partial(test, *words), test))
    tap.run(f'/fuzz/{words[1]}', *bound)


if __name__ == '__main__':
    main(*sys.argv[1:])
