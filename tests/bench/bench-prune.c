/* How much smaller a hub's store is once what is old enough has been pruned, beside the least that such a store could be
 * (a copy of it, written anew); and what a change takes that is made meanwhile, beside what the disk needs to sync one page. */
#include <glib/gstdio.h>
#include <stdlib.h>

#include "limber-backup.h"
#include "limber-bench.h"
#include "limber-prune.h"
#include "limber-session.h"
#include "limber-test.h"

#define BATCH 1000
#define VISITS_A_PATIENT 10

typedef struct {
  LimberId site, clinician;
  guint    from, to;
} Batch;

static const LimberAuthor author = { "2f1c3a52-7c1e-4b7e-9c55-0d8a1a2b3c4d", "reception" };
static const char *const steps[] = { "arrived", "called", "with-clinician", "seen" };

static void
id_of (const char *kind, guint n, LimberId *id)
{
  g_autofree char *name = g_strdup_printf ("%s-%u", kind, n);

  test_id (id, name);
}

static gboolean
add_patient (LimberTransaction *transaction, const Batch *batch, guint n, GError **error)
{
  g_autofree char *family = g_strdup_printf ("Forrest%u", n % 5000), *address = g_strdup_printf ("%u Wealdstone High Road, Harrow", n);
  g_autoptr (LimberEdit) edit = NULL;
  LimberId id;

  id_of ("patient", n, &id);
  edit = limber_edit_new ("patient", &id);
  limber_edit_set_text (edit, "family", family);
  limber_edit_set_text (edit, "given", "Catherine");
  limber_edit_set_text (edit, "born", "1954-08-06");
  limber_edit_set_text (edit, "address", address);
  limber_edit_set_text (edit, "postcode", "HA1 1AA");
  limber_edit_set_text (edit, "mobile", "07700900123");
  limber_edit_set_id (edit, "site", &batch->site);
  return limber_transaction_edit (transaction, edit, &author, error);
}

static gboolean
set_status (LimberTransaction *transaction, const LimberId *visit, const char *status, GError **error)
{
  g_autoptr (LimberEdit) edit = limber_edit_new ("appointment", visit);

  limber_edit_set_word (edit, "status", status);
  return limber_transaction_edit (transaction, edit, &author, error);
}

/* An appointment is booked, and its four steps are taken: five entries. */
static gboolean
add_visit (LimberTransaction *transaction, const Batch *batch, guint n, GError **error)
{
  g_autoptr (LimberEdit) edit = NULL;
  LimberId id, patient;

  id_of ("visit", n, &id);
  id_of ("patient", n / VISITS_A_PATIENT, &patient);
  edit = limber_edit_new ("appointment", &id);
  limber_edit_set_id (edit, "patient", &patient);
  limber_edit_set_id (edit, "site", &batch->site);
  limber_edit_set_id (edit, "clinician", &batch->clinician);
  limber_edit_set_integer (edit, "start", TEST_NOW + n * G_GINT64_CONSTANT (60000));
  limber_edit_set_integer (edit, "minutes", 30);
  limber_edit_set_word (edit, "type", "follow-up");
  limber_edit_set_word (edit, "status", "booked");
  if (!limber_transaction_edit (transaction, edit, &author, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (!set_status (transaction, &id, steps[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
add_visits (LimberTransaction *transaction, gpointer data, GError **error)
{
  const Batch *batch = data;

  for (guint n = batch->from; n < batch->to; n++)
    if ((n % VISITS_A_PATIENT == 0 && !add_patient (transaction, batch, n / VISITS_A_PATIENT, error)) || !add_visit (transaction, batch, n, error))
      return FALSE;
  return TRUE;
}

/* Central says that it has all of the store's one chain in a backup. */
static gboolean
back_up (LimberTransaction *transaction, gpointer data, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autoptr (GArray) pieces = limber_session_pieces (reader, error);
  const LimberPiece *piece = &g_array_index (pieces, LimberPiece, 0);
  LimberMark mark = { .backed_up = piece->tip };

  *(gint64 *) data = piece->tip;
  return limber_session_point (reader, piece->n, piece->tip, &mark.received, error) && limber_session_set_mark (transaction, &mark, error);
}

static double
megabytes (const char *path)
{
  GStatBuf found;

  return g_stat (path, &found) == 0 ? (double) found.st_size / 1e6 : 0;
}

/* So that all of it is in its file. */
static LimberStore *
open_again (LimberStore *store, const char *dir, LimberEnv *env)
{
  g_autoptr (GError) error = NULL;

  limber_store_close (store);
  g_object_unref (store);
  store = limber_store_open (dir, LIMBER_STORE_OWN, env, &error);
  if (store == NULL)
    g_error ("%s", error->message);
  return store;
}

typedef struct {
  LimberStore *store;
  gint64       bodies;
  gint         done; /* (atomic) */
} Sweep;

static gpointer
sweep (gpointer data)
{
  Sweep *self = data;
  g_autoptr (GError) error = NULL;

  if (!limber_prune_sweep (self->store, &self->bodies, &error))
    g_error ("%s", error->message);
  g_atomic_int_set (&self->done, TRUE);
  return NULL;
}

static gboolean
change_one (LimberTransaction *transaction, gpointer data, GError **error)
{
  LimberId id;

  id_of ("visit", 0, &id);
  return set_status (transaction, &id, *(guint *) data % 2 ? "booked" : "arrived", error);
}

/* Returns how many seconds the sweep took. */
static double
measure (Sweep *pruning, LimberBenchDisk *disk, GArray *changes, GArray *syncs)
{
  gint64 start = limber_bench_now ();
  GThread *thread = g_thread_new ("sweep", sweep, pruning);

  for (guint n = 0; !g_atomic_int_get (&pruning->done); n++) {
    gint64 from = limber_bench_now (), took;

    limber_bench_write (pruning->store, change_one, &n);
    took = limber_bench_now () - from;
    g_array_append_val (changes, took);
    took = limber_bench_disk_sync (disk);
    g_array_append_val (syncs, took);
  }
  g_thread_join (thread);
  return (double) (limber_bench_now () - start) / 1e9;
}

int
main (int argc, char **argv)
{
  guint visits = argc > 1 ? (guint) atoi (argv[1]) : 20000;
  g_autofree char *dir = test_dir_new (), *at = g_build_filename (dir, "store", NULL), *file = g_build_filename (at, "store.db", NULL), *copy = g_build_filename (dir, "copy.db", NULL);
  TestClock clock = { .seed = 1 };
  g_autoptr (LimberEnv) env = test_env_new (&clock);
  Batch batch = { .from = 0 };
  Sweep pruning = { NULL };
  g_autoptr (LimberBenchDisk) disk = limber_bench_disk_new (dir);
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (gint64)), syncs = g_array_new (FALSE, FALSE, sizeof (gint64));
  double before, after, least, seconds;
  gint64 entries;

  test_id (&batch.site, "site");
  test_id (&batch.clinician, "clinician");
  pruning.store = test_store_new (at, env, LIMBER_CLASS_HUB, &batch.site);
  for (batch.from = 0; batch.from < visits; batch.from = batch.to) {
    batch.to = MIN (batch.from + BATCH, visits);
    limber_bench_write (pruning.store, add_visits, &batch);
  }
  limber_bench_write (pruning.store, back_up, &entries);
  pruning.store = open_again (pruning.store, at, env);
  before = megabytes (file);
  clock.now += LIMBER_PRUNE_DAYS * G_GINT64_CONSTANT (86400000);
  seconds = measure (&pruning, disk, changes, syncs);
  pruning.store = open_again (pruning.store, at, env);
  after = megabytes (file);
  if (!limber_backup_write (pruning.store, copy, FALSE, NULL))
    g_error ("no copy");
  least = megabytes (copy);
  g_print ("{\"figure\": \"hub's store, pruned\", \"unit\": \"MB\", \"entries\": %" G_GINT64_FORMAT ", \"bodies\": %" G_GINT64_FORMAT ", \"before\": %.1f, \"after\": %.1f, \"yardstick: written anew\": %.1f, \"seconds\": %.1f}\n",
           entries, pruning.bodies, before, after, least, seconds);
  limber_bench_print ("a change during the sweep", changes, NULL);
  limber_bench_print ("yardstick: 4 KiB and fdatasync", syncs, NULL);
  limber_store_close (pruning.store);
  g_object_unref (pruning.store);
  test_dir_remove (dir);
  return after < before && pruning.bodies == entries ? 0 : 1;
}
