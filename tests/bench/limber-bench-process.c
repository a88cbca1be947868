#include "limber-bench-process.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

static char *
read_of (const char *process, const char *name)
{
  g_autofree char *path = g_build_filename ("/proc", process, name, NULL);
  char *text;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    g_error ("%s cannot be read", path);
  return text;
}

/**
 * limber_bench_process_memory:
 * @process: its number
 *
 * Returns: kB of one process; what it shares with others is counted in part
 */
guint64
limber_bench_process_memory (const char *process)
{
  g_autofree char *text = read_of (process, "smaps_rollup");
  g_auto (GStrv) parts = g_strsplit (text, "\nPss:", 2);

  return parts[1] != NULL ? g_ascii_strtoull (parts[1], NULL, 10) : 0;
}

static guint
descriptors_of (const char *process)
{
  g_autofree char *path = g_build_filename ("/proc", process, "fd", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  if (dir == NULL)
    g_error ("%s cannot be read", path);
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* The 14th and 15th word of stat, proc(5), in ticks; the second is the program's name, and ours have no blanks in it. */
static double
seconds_of (const char *process)
{
  g_autofree char *text = read_of (process, "stat");
  g_auto (GStrv) words = g_strsplit (text, " ", 0);

  return g_strv_length (words) < 15 ? 0 : (double) (g_ascii_strtoull (words[13], NULL, 10) + g_ascii_strtoull (words[14], NULL, 10)) / (double) sysconf (_SC_CLK_TCK);
}

/**
 * limber_bench_process_use:
 * @use: (out): what it has used until now, and holds
 */
void
limber_bench_process_use (const char *process, LimberBenchUse *use)
{
  use->memory = limber_bench_process_memory (process);
  use->descriptors = descriptors_of (process);
  use->seconds = seconds_of (process);
}

/**
 * limber_bench_family_use:
 * @use: (out): the sum over the process and its children
 */
void
limber_bench_family_use (const char *process, LimberBenchUse *use)
{
  g_autofree char *name = g_build_filename ("task", process, "children", NULL), *text = read_of (process, name);
  g_auto (GStrv) children = g_strsplit (g_strstrip (text), " ", -1);

  limber_bench_process_use (process, use);
  for (guint i = 0; children[i] != NULL && *children[i] != '\0'; i++) {
    LimberBenchUse child;

    limber_bench_process_use (children[i], &child);
    use->memory += child.memory;
    use->descriptors += child.descriptors;
    use->seconds += child.seconds;
  }
}

/**
 * limber_bench_own_seconds:
 *
 * Returns: the processor time of this program until now
 */
double
limber_bench_own_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}
