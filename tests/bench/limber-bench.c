#include "limber-bench.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define PAGE 4096

struct _LimberBenchDisk {
  char  *path; /* (owned) */
  int    file;
  off_t  end;
  guint8 page[PAGE];
};

/**
 * limber_bench_now:
 *
 * Returns: nanoseconds of a clock that only goes forward
 */
gint64
limber_bench_now (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (gint64) now.tv_sec * 1000000000 + now.tv_nsec;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

/**
 * limber_bench_percentile:
 * @samples: (element-type gint64): nanoseconds; sorted by this
 * @part: 0.5 for the median
 *
 * Returns: milliseconds that this part of the samples does not exceed
 */
double
limber_bench_percentile (GArray *samples, double part)
{
  guint at = (guint) (part * samples->len);

  if (samples->len == 0)
    return 0;
  g_array_sort (samples, compare);
  return (double) g_array_index (samples, gint64, MIN (at, samples->len - 1)) / 1e6;
}

/**
 * limber_bench_print:
 * @samples: (element-type gint64): nanoseconds
 * @more: (nullable): further members of the object, beginning with a comma
 *
 * Prints one figure as a line of JSON.
 */
void
limber_bench_print (const char *figure, GArray *samples, const char *more, ...)
{
  g_autofree char *rest = NULL;
  va_list args;

  if (more != NULL) {
    va_start (args, more);
    rest = g_strdup_vprintf (more, args);
    va_end (args);
  }
  g_print ("{\"figure\": \"%s\", \"unit\": \"ms\", \"n\": %u, \"p50\": %.3f, \"p99\": %.3f, \"most\": %.3f%s}\n", figure, samples->len,
           limber_bench_percentile (samples, 0.5), limber_bench_percentile (samples, 0.99), limber_bench_percentile (samples, 1.0), rest != NULL ? rest : "");
}

/**
 * limber_bench_hold:
 * @seen: milliseconds
 * @limit: milliseconds
 *
 * Prints whether what must be so is.
 *
 * Returns: whether it is
 */
gboolean
limber_bench_hold (const char *figure, double seen, double limit)
{
  g_print ("{\"figure\": \"%s\", \"unit\": \"ms\", \"seen\": %.3f, \"limit\": %.3f, \"ratio\": %.3f, \"held\": %s}\n", figure, seen, limit, seen / limit,
           seen < limit ? "true" : "false");
  return seen < limit;
}

static gboolean
on_time (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/**
 * limber_bench_run_for:
 * @seconds: how long
 *
 * Lets the main loop run, for what happens by itself.
 */
void
limber_bench_run_for (guint seconds)
{
  gboolean over = FALSE;

  g_timeout_add_seconds (seconds, on_time, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

/**
 * limber_bench_write:
 *
 * Carries out a change of what a bench works on, which must not fail.
 */
void
limber_bench_write (LimberStore *store, LimberWriteFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!limber_store_write (store, func, data, &error))
    g_error ("%s", error->message);
}

/**
 * limber_bench_disk_new:
 * @dir: the folder whose disk is measured
 */
LimberBenchDisk *
limber_bench_disk_new (const char *dir)
{
  LimberBenchDisk *disk = g_new0 (LimberBenchDisk, 1);

  disk->path = g_build_filename (dir, "yardstick", NULL);
  disk->file = open (disk->path, O_CREAT | O_TRUNC | O_RDWR | O_CLOEXEC, 0600);
  if (disk->file < 0)
    g_error ("%s: %s", disk->path, g_strerror (errno));
  memset (disk->page, 0x5a, sizeof disk->page);
  return disk;
}

/**
 * limber_bench_disk_sync:
 *
 * Appends 4 KiB and waits until they are on the disk: what no durable change can be faster than.
 *
 * Returns: nanoseconds that it took
 */
gint64
limber_bench_disk_sync (LimberBenchDisk *disk)
{
  gint64 start = limber_bench_now ();

  if (pwrite (disk->file, disk->page, PAGE, disk->end) != PAGE || fdatasync (disk->file) != 0)
    g_error ("%s: %s", disk->path, g_strerror (errno));
  disk->end += PAGE;
  return limber_bench_now () - start;
}

void
limber_bench_disk_free (LimberBenchDisk *disk)
{
  close (disk->file);
  unlink (disk->path);
  g_free (disk->path);
  g_free (disk);
}
