/* What a whole service's lists take: the first time, beside SQLite writing the same rows and indexes with its values in memory;
 * and once more, when nothing has changed: bench-import STORE COPY LISTS, with COPY the file of STORE as it is before. */
#include <sys/resource.h>

#include "limber-bench-process.h"
#include "limber-bench-rows.h"
#include "limber-bench.h"
#include "limber-import-batch.h"
#include "limber-import.h"
#include "limber-json.h"

#define RATIO_LEAST 0.6
#define RATE_LEAST 30000
#define AGAIN_MOST 10000 /* milliseconds */
#define MEMORY_MOST 200

static gint64
sum (json_t *report, const char *what)
{
  gint64 n = 0;
  gsize i;
  json_t *list;

  json_array_foreach (json_object_get (report, "lists"), i, list)
    n += limber_json_integer (list, what, 0);
  return n;
}

static json_t *
take (LimberStore *store, const char *lists, double *seconds)
{
  g_autoptr (GError) error = NULL;
  gint64 start = limber_bench_now ();
  json_t *report = limber_import_run (store, &(LimberImportPlan){ .dir = lists }, &error);

  if (report == NULL)
    g_error ("%s", error->message);
  *seconds = (double) (limber_bench_now () - start) / 1e9;
  return report;
}

static double
peak_megabytes (void)
{
  struct rusage use;

  getrusage (RUSAGE_SELF, &use);
  return (double) use.ru_maxrss / 1024;
}

static gboolean
hold (const char *figure, const char *unit, double seen, double limit, gboolean at_least)
{
  gboolean held = at_least ? seen >= limit : seen <= limit;

  g_print ("{\"figure\": \"%s\", \"unit\": \"%s\", \"seen\": %.3f, \"limit\": %.3f, \"held\": %s}\n", figure, unit, seen, limit, held ? "true" : "false");
  return held;
}

int
main (int argc, char **argv)
{
  g_autoptr (LimberEnv) env = limber_env_new_system ();
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) first = NULL, again = NULL;
  g_autofree char *file = NULL;
  double seconds, seconds_again, bare, memory, used, used_bare;
  gboolean held;
  LimberStore *store;
  gint64 rows;

  if (argc < 4)
    g_error ("usage: bench-import STORE COPY LISTS");
  file = g_build_filename (argv[1], "store.db", NULL);
  store = limber_store_open (argv[1], LIMBER_STORE_OWN, env, &error);
  if (store == NULL)
    g_error ("%s", error->message);
  used = limber_bench_own_seconds ();
  first = take (store, argv[3], &seconds);
  used = limber_bench_own_seconds () - used;
  again = take (store, argv[3], &seconds_again);
  memory = peak_megabytes ();
  limber_store_close (store);
  g_object_unref (store);
  bare = limber_bench_rows_copy (file, argv[2], env, LIMBER_IMPORT_BATCH, &used_bare);
  rows = sum (first, "made");
  g_print ("{\"figure\": \"first import\", \"unit\": \"rows/s\", \"rows\": %" G_GINT64_FORMAT ", \"refused\": %" G_GINT64_FORMAT ", \"seconds\": %.2f, \"seen\": %.0f, \"yardstick: SQLite alone\": %.0f}\n", rows,
           sum (first, "refused"), seconds, (double) rows / seconds, (double) rows / bare);
  g_print ("{\"figure\": \"first import, processor\", \"unit\": \"s\", \"seen\": %.2f, \"yardstick: SQLite alone\": %.2f}\n", used, used_bare);
  held = hold ("first import, part of what SQLite alone does", "ratio", bare / seconds, RATIO_LEAST, TRUE);
  held &= hold ("first import", "rows/s", (double) rows / seconds, RATE_LEAST, TRUE);
  held &= hold ("the same lists again", "ms", seconds_again * 1000, AGAIN_MOST, FALSE);
  held &= hold ("most memory", "MB", memory, MEMORY_MOST, FALSE);
  held &= hold ("rows that the same lists changed", "rows", (double) (sum (again, "made") + sum (again, "changed")), 0, FALSE);
  return held ? 0 : 1;
}
