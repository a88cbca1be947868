/* A check-in from call to committed (synchronous=FULL), in a store that holds a whole service's patients and half a million
 * appointments, beside what this disk needs to sync one page, and what SQLite needs to commit one row. They take turns, so
 * that all see the same disk. */
#include <sqlite3.h>
#include <stdlib.h>

#include "limber-bench.h"
#include "limber-check-in.h"
#include "limber-test.h"

#define BATCH 5000
#define DAYS 10
#define A_DAY 120 /* appointments: a busy site */
#define APPOINTMENTS 500000
#define SITES 150
#define CLINICIANS 6 /* of the site */
#define AROUND 360   /* days before and after, over which the others' appointments are spread */
#define SLOT G_GINT64_CONSTANT (240000)
#define DAY G_GINT64_CONSTANT (86400000)

typedef struct {
  LimberEnv *env;
  LimberId   site;
  guint      patients;
  guint      from, to;
} Batch;

static const LimberAuthor author = { "system:bench", "bench" };

static void
patient_id (guint n, LimberId *id)
{
  g_autofree char *name = g_strdup_printf ("patient-%u", n);

  test_id (id, name);
}

/* Every birthday of eighty years, in turn. */
static void
born_on (guint n, GDate *date)
{
  g_date_clear (date, 1);
  g_date_set_dmy (date, 1, G_DATE_JANUARY, 1930);
  g_date_add_days (date, n * 7919 % (80 * 365));
}

static char
initial_of (guint n)
{
  return (char) ('A' + n % 26);
}

static gboolean
add_patients (LimberTransaction *transaction, gpointer data, GError **error)
{
  Batch *batch = data;

  for (guint n = batch->from; n < batch->to; n++) {
    g_autofree char *family = g_strdup_printf ("%c%s%u", initial_of (n), n % 2 ? "akeley" : "orrest", n % 5000);
    g_autofree char *given = g_strdup_printf ("Given%u", n % 3000);
    g_autofree char *born = NULL;
    g_autoptr (LimberEdit) edit = NULL;
    char nhs_number[11];
    LimberId id;
    GDate date;

    born_on (n, &date);
    born = g_strdup_printf ("%04u-%02u-%02u", g_date_get_year (&date), (guint) g_date_get_month (&date), (guint) g_date_get_day (&date));
    patient_id (n, &id);
    edit = limber_edit_new ("patient", &id);
    limber_edit_set_text (edit, "family", family);
    limber_edit_set_text (edit, "given", given);
    if (!limber_edit_parse (edit, "born", born, error))
      return FALSE;
    if (n < 80000) {
      test_nhs_number (n, nhs_number);
      limber_edit_set_text (edit, "nhs_number", nhs_number);
    }
    limber_edit_set_text (edit, "postcode", "HA1 1AA");
    limber_edit_set_id (edit, "site", &batch->site);
    if (!limber_transaction_edit (transaction, edit, &author, error))
      return FALSE;
  }
  return TRUE;
}

static void
clinician_id (guint n, LimberId *id)
{
  g_autofree char *name = g_strdup_printf ("clinician-%u", n % CLINICIANS);

  test_id (id, name);
}

static gint64
start_of (guint day, guint slot)
{
  return TEST_NOW + day * DAY + slot * SLOT;
}

static gboolean
add_appointments (LimberTransaction *transaction, gpointer data, GError **error)
{
  Batch *batch = data;

  for (guint n = batch->from; n < batch->to; n++) {
    g_autofree char *name = g_strdup_printf ("appointment-%u", n);
    g_autoptr (LimberEdit) edit = NULL;
    LimberId id, patient, clinician;

    test_id (&id, name);
    patient_id (n * 211, &patient);
    clinician_id (n, &clinician);
    edit = limber_edit_new ("appointment", &id);
    limber_edit_set_id (edit, "patient", &patient);
    limber_edit_set_id (edit, "site", &batch->site);
    limber_edit_set_id (edit, "clinician", &clinician);
    limber_edit_set_integer (edit, "start", start_of (n / A_DAY, n % A_DAY));
    limber_edit_set_integer (edit, "minutes", 20);
    limber_edit_set_word (edit, "status", "booked");
    if (!limber_transaction_edit (transaction, edit, &author, error))
      return FALSE;
  }
  return TRUE;
}

/* The appointments of all other sites, on the same days and for two years. */
static gboolean
add_others (LimberTransaction *transaction, gpointer data, GError **error)
{
  Batch *batch = data;

  for (guint n = batch->from; n < batch->to; n++) {
    g_autofree char *name = g_strdup_printf ("other-%u", n), *place = g_strdup_printf ("site-%u", n % (SITES - 1));
    g_autoptr (LimberEdit) edit = NULL;
    LimberId id, patient, site;

    test_id (&id, name);
    test_id (&site, place);
    patient_id (n % batch->patients, &patient);
    edit = limber_edit_new ("appointment", &id);
    limber_edit_set_id (edit, "patient", &patient);
    limber_edit_set_id (edit, "site", &site);
    limber_edit_set_integer (edit, "start", TEST_NOW + ((gint64) (n % (2 * AROUND)) - AROUND) * DAY + n / (2 * AROUND) % 100 * SLOT);
    limber_edit_set_integer (edit, "minutes", 20);
    limber_edit_set_word (edit, "status", "booked");
    if (!limber_transaction_edit (transaction, edit, &author, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_staff (LimberTransaction *transaction, gpointer data, GError **error)
{
  for (guint n = 0; n < CLINICIANS; n++) {
    g_autofree char *number = g_strdup_printf ("S%u", n), *given = g_strdup_printf ("Given%u", n);
    g_autoptr (LimberEdit) edit = NULL;
    LimberId id;

    clinician_id (n, &id);
    edit = limber_edit_new ("staff", &id);
    limber_edit_set_text (edit, "number", number);
    limber_edit_set_text (edit, "given", given);
    limber_edit_set_text (edit, "family", "Bench");
    limber_edit_set_text (edit, "role", "physiotherapist");
    if (!limber_transaction_edit (transaction, edit, &author, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_site (LimberTransaction *transaction, gpointer data, GError **error)
{
  Batch *batch = data;
  g_autoptr (LimberEdit) edit = limber_edit_new ("site", &batch->site);

  limber_edit_set_text (edit, "code", "BENCH");
  limber_edit_set_text (edit, "name", "Bench");
  return limber_transaction_edit (transaction, edit, &author, error);
}

static void
write_batches (LimberStore *store, LimberWriteFunc func, Batch *batch, guint n)
{
  for (guint from = 0; from < n; from += BATCH) {
    batch->from = from;
    batch->to = MIN (from + BATCH, n);
    limber_bench_write (store, func, batch);
  }
}

static double
fill (LimberStore *store, Batch *batch, guint patients)
{
  gint64 start = limber_bench_now ();

  batch->patients = patients;
  limber_bench_write (store, add_site, batch);
  limber_bench_write (store, add_staff, batch);
  write_batches (store, add_patients, batch, patients);
  write_batches (store, add_appointments, batch, DAYS * A_DAY);
  write_batches (store, add_others, batch, APPOINTMENTS - DAYS * A_DAY);
  return (double) (limber_bench_now () - start) / 1e9;
}

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

  for (guint n = 0; n < DAYS * A_DAY; n++) {
    Arrival arrival = { .question = { .initial = (gunichar) initial_of (n * 211), .at = start_of (n / A_DAY, n % A_DAY) } };
    gint64 start, took;
    GDate born;

    born_on (n * 211, &born);
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
  Batch batch = { .env = env };
  g_autoptr (LimberStore) store = NULL;
  g_autoptr (LimberBenchDisk) disk = limber_bench_disk_new (dir);
  g_autoptr (GArray) check_ins = g_array_new (FALSE, FALSE, sizeof (gint64)), syncs = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) commits = g_array_new (FALSE, FALSE, sizeof (gint64));
  Bare bare;
  double seconds;
  gboolean held;

  if (patients < DAYS * A_DAY * 211)
    g_error ("at least %d patients", DAYS * A_DAY * 211);
  test_id (&batch.site, "site");
  store = test_store_new (at, env, LIMBER_CLASS_DESK, &batch.site);
  seconds = fill (store, &batch, patients);
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
  return held && done == DAYS * A_DAY ? 0 : 1;
}
