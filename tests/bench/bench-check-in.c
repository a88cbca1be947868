/* A check-in from call to committed (synchronous=FULL), in a store that holds a whole service's patients and half a million
 * appointments, beside what this disk needs to sync one page, and what SQLite needs to commit one row. They take turns, so
 * that all see the same disk. */
#include <sqlite3.h>
#include <stdlib.h>

#include "limber-bench-service.h"
#include "limber-bench.h"
#include "limber-check-in.h"
#include "limber-test.h"

#define APPOINTMENTS 500000

typedef struct {
  LimberArriveQuestion question;
  gboolean             checked_in;
} Arrival;

static gboolean
arrive (LimberTransaction *transaction, gpointer data, GError **error)
{
  Arrival *arrival = data;
  g_autoptr (LimberArriveAnswer) answer = limber_check_in_arrive (transaction, &arrival->question, error);

  arrival->checked_in = answer != NULL && answer->result == LIMBER_ARRIVE_CHECKED_IN;
  return answer != NULL;
}

/* A database of its own, one row a commit, as bare as SQLite can. */
typedef struct {
  sqlite3      *db;
  sqlite3_stmt *insert;
} Bare;

static void
bare_run (Bare *bare, const char *sql)
{
  if (sqlite3_exec (bare->db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (bare->db));
}

static void
bare_open (Bare *bare, const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "bare.db", NULL);

  if (sqlite3_open (path, &bare->db) != SQLITE_OK)
    g_error ("%s", path);
  bare_run (bare, "PRAGMA journal_mode=WAL");
  bare_run (bare, "PRAGMA synchronous=FULL");
  bare_run (bare, "CREATE TABLE row(n INTEGER PRIMARY KEY, body TEXT)");
  if (sqlite3_prepare_v2 (bare->db, "INSERT INTO row(body) VALUES(printf('%400c', 'x'))", -1, &bare->insert, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (bare->db));
}

static gint64
bare_commit (Bare *bare)
{
  gint64 start = limber_bench_now ();

  if (sqlite3_step (bare->insert) != SQLITE_DONE || sqlite3_reset (bare->insert) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (bare->db));
  return limber_bench_now () - start;
}

static void
bare_close (Bare *bare)
{
  sqlite3_finalize (bare->insert);
  sqlite3_close (bare->db);
}

static guint
measure (LimberStore *store, LimberBenchDisk *disk, Bare *bare, GArray *check_ins, GArray *commits, GArray *syncs)
{
  guint done = 0;

  for (guint n = 0; n < LIMBER_BENCH_DAYS * LIMBER_BENCH_A_DAY; n++) {
    Arrival arrival = { .question = { .initial = limber_bench_service_initial (limber_bench_service_patient (n)), .at = limber_bench_service_start (n) } };
    gint64 start, took;
    GDate born;

    limber_bench_service_born (limber_bench_service_patient (n), &born);
    arrival.question.day = g_date_get_day (&born);
    arrival.question.month = g_date_get_month (&born);
    arrival.question.year = g_date_get_year (&born);
    start = limber_bench_now ();
    limber_bench_write (store, arrive, &arrival);
    took = limber_bench_now () - start;
    g_array_append_val (check_ins, took);
    done += arrival.checked_in;
    took = bare_commit (bare);
    g_array_append_val (commits, took);
    took = limber_bench_disk_sync (disk);
    g_array_append_val (syncs, took);
  }
  return done;
}

int
main (int argc, char **argv)
{
  guint patients = argc > 1 ? (guint) atoi (argv[1]) : 265422, done;
  g_autofree char *dir = test_dir_new (), *at = g_build_filename (dir, "store", NULL);
  TestClock clock = { .seed = 1 };
  g_autoptr (LimberEnv) env = test_env_new (&clock);
  LimberBenchService service = { .appointments = APPOINTMENTS };
  g_autoptr (LimberStore) store = NULL;
  g_autoptr (LimberBenchDisk) disk = limber_bench_disk_new (dir);
  g_autoptr (GArray) check_ins = g_array_new (FALSE, FALSE, sizeof (gint64)), syncs = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) commits = g_array_new (FALSE, FALSE, sizeof (gint64));
  Bare bare;
  double seconds;
  gboolean held;

  if (patients < LIMBER_BENCH_DAYS * LIMBER_BENCH_A_DAY * 211)
    g_error ("at least %d patients", LIMBER_BENCH_DAYS * LIMBER_BENCH_A_DAY * 211);
  test_id (&service.site, "site");
  store = test_store_new (at, env, LIMBER_CLASS_DESK, &service.site);
  service.patients = patients;
  seconds = limber_bench_service_fill (store, &service);
  g_print ("{\"figure\": \"store filled\", \"unit\": \"s\", \"patients\": %u, \"appointments\": %u, \"seen\": %.1f, \"rows a second\": %.0f}\n", patients, APPOINTMENTS, seconds, (patients + APPOINTMENTS) / seconds);
  bare_open (&bare, dir);
  done = measure (store, disk, &bare, check_ins, commits, syncs);
  bare_close (&bare);
  limber_bench_print ("check-in, call to committed", check_ins, ", \"patients\": %u, \"appointments\": %u, \"checked in\": %u", patients, APPOINTMENTS, done);
  limber_bench_print ("yardstick: one row of SQLite, committed", commits, NULL);
  limber_bench_print ("yardstick: 4 KiB and fdatasync", syncs, NULL);
  held = limber_bench_hold ("check-in p99 under 10 ms and one sync", limber_bench_percentile (check_ins, 0.99), 10 + limber_bench_percentile (syncs, 0.99));
  limber_store_close (store);
  test_dir_remove (dir);
  return held && done == LIMBER_BENCH_DAYS * LIMBER_BENCH_A_DAY ? 0 : 1;
}
