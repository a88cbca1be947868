#include "limber-crash-work.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "limber-apply.h"
#include "limber-backup.h"
#include "limber-conflicts.h"
#include "limber-erasure-plan.h"
#include "limber-error.h"
#include "limber-import.h"
#include "limber-json.h"
#include "limber-page.h"
#include "limber-prune.h"
#include "limber-restore.h"
#include "limber-session.h"
#include "limber-sim-disk.h"

#define PEOPLE 6
#define LINES_A_PUSH 4
#define ROWS_A_PAGE 5

/* What comes from elsewhere. */
struct _CrashSource {
  LimberClass klass;
  guint64     seed;
  char       *dir;    /* (owned) */
  GPtrArray  *lines;  /* (owned): entries of another device, in order */
  GPtrArray  *rows;   /* (owned): LimberRecord: as a node has them */
};

static const LimberAuthor author = { "system:test", "test" };

static void
person (guint n, LimberId *id)
{
  g_autofree char *name = g_strdup_printf ("person %u", n % PEOPLE);

  test_id (id, name);
}

/* The same people, written elsewhere without having seen what is written here. */
static void
fill_other (LimberStore *other)
{
  for (guint i = 0; i < 40; i++) {
    g_autofree char *text = g_strdup_printf ("Other %u", i);
    LimberId id;

    person (i, &id);
    if (i < PEOPLE)
      test_store_put (other, "patient", &id, "family", text, "given", "Ada", "born", "1960-02-03", NULL);
    else
      test_store_put (other, "patient", &id, i % 2 == 0 ? "family" : "mobile", text, NULL);
  }
}

static gboolean
collect_row (const LimberRecord *record, gpointer data)
{
  g_ptr_array_add (data, limber_record_copy (record));
  return TRUE;
}

static gboolean
collect_rows (LimberReader *reader, gpointer data, GError **error)
{
  return limber_reader_list (reader, "patient", NULL, NULL, collect_row, data, error);
}

typedef struct {
  const LimberIdentity *identity;
  GPtrArray            *lines;
} Collect;

static gboolean
collect_lines (LimberReader *reader, gpointer data, GError **error)
{
  Collect *collect = data;
  g_autoptr (GArray) pieces = limber_session_pieces (reader, error);

  for (guint i = 0; i < pieces->len; i++) {
    const LimberPiece *piece = &g_array_index (pieces, LimberPiece, i);

    for (gint64 seq = piece->first; seq <= piece->tip; seq++) { /* one by one, so that each is whole */
      g_autoptr (GString) text = g_string_new (NULL);
      guint room = 1;

      if (limber_session_append_lines (reader, piece->n, seq - 1, &room, 1 << 20, collect->identity, text, error) < 0)
        return FALSE;
      g_string_truncate (text, text->len - strlen ("\n"));
      g_ptr_array_add (collect->lines, g_strdup (text->str));
    }
  }
  return TRUE;
}

/**
 * crash_work_in_memory:
 *
 * To be called first: the folders of this program are made in memory, where there is such a place. Nothing is really
 * synced, and a thousand copies of a store are no work for a disk.
 */
void
crash_work_in_memory (void)
{
  if (g_access ("/dev/shm", W_OK) == 0)
    g_setenv ("TMPDIR", "/dev/shm", FALSE);
}

/**
 * crash_source_new:
 * @klass: of the store that is to work with it
 */
CrashSource *
crash_source_new (LimberClass klass, guint64 seed)
{
  CrashSource *source = g_new0 (CrashSource, 1);
  TestClock clock = { 0, seed };
  g_autoptr (LimberEnv) env = test_env_new (&clock);
  g_autofree char *dir = NULL;
  g_autoptr (LimberStore) other = NULL;
  Collect collect;

  source->klass = klass;
  source->seed = seed;
  source->dir = test_dir_new ();
  source->lines = g_ptr_array_new_with_free_func (g_free);
  source->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) limber_record_free);
  dir = g_build_filename (source->dir, "other", NULL);
  other = test_store_new (dir, env, LIMBER_CLASS_DESK, NULL);
  fill_other (other);
  collect = (Collect){ limber_store_identity (other), source->lines };
  g_assert_true (limber_store_read (other, collect_lines, &collect, NULL));
  g_assert_true (limber_store_read (other, collect_rows, source->rows, NULL));
  g_assert_cmpuint (source->lines->len, ==, 40);
  g_assert_cmpuint (source->rows->len, ==, PEOPLE);
  limber_store_close (other);
  return source;
}

void
crash_source_free (CrashSource *source)
{
  test_dir_remove (source->dir);
  g_free (source->dir);
  g_ptr_array_unref (source->lines);
  g_ptr_array_unref (source->rows);
  g_free (source);
}

static gint64
work_now (gpointer data)
{
  return ((TestClock *) data)->now;
}

static gint64
work_monotonic (gpointer data)
{
  return ((TestClock *) data)->now * 1000;
}

static void
work_random (gpointer data, guint8 *bytes, gsize length)
{
  TestClock *clock = data;

  for (gsize i = 0; i < length; i++) {
    SimRandom random = { clock->seed };

    bytes[i] = (guint8) (sim_random_next (&random) >> 56);
    clock->seed = random.state;
  }
}

/**
 * crash_work_new_env:
 * @clock: its time and its random numbers
 *
 * Returns: (transfer full): an environment of one thread on SimDisks
 */
LimberEnv *
crash_work_new_env (TestClock *clock)
{
  static const LimberEnvClass klass = { work_now, work_monotonic, work_random, SIM_DISK_VFS, NULL, TRUE };

  return limber_env_new (&klass, clock, NULL);
}

CrashWork *
crash_work_new (CrashSource *source, const char *dir, guint64 seed)
{
  CrashWork *work = g_new0 (CrashWork, 1);
  guint8 key[crypto_sign_SEEDBYTES] = { 1 };

  work->source = source;
  work->dir = g_strdup (dir);
  work->clock = (TestClock){ TEST_NOW, seed * 2 + 1001 }; /* other numbers than those of the source */
  work->env = crash_work_new_env (&work->clock);
  sim_random_init (&work->random, seed, "work", source->klass);
  work->said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  work->identity.klass = source->klass;
  limber_id_init_new (&work->identity.device, work->env);
  test_id (&work->identity.organisation, "organisation");
  crypto_sign_seed_keypair (work->identity.public_key, work->identity.secret_key, key);
  return work;
}

void
crash_work_free (CrashWork *work)
{
  crash_work_close (work);
  limber_env_unref (work->env);
  g_hash_table_unref (work->said);
  g_free (work->dir);
  g_free (work);
}

gboolean
crash_work_create (CrashWork *work, GError **error)
{
  work->doing = "making the store";
  work->made = limber_store_create (work->dir, work->env, &work->identity, error);
  return work->made;
}

static void
on_failed (LimberStore *store, const GError *error, gpointer data)
{
  ((CrashWork *) data)->failed++;
}

gboolean
crash_work_open (CrashWork *work, GError **error)
{
  work->store = limber_store_open (work->dir, LIMBER_STORE_OWN, work->env, error);
  if (work->store != NULL)
    g_signal_connect (work->store, "failed", G_CALLBACK (on_failed), work);
  return work->store != NULL;
}

void
crash_work_close (CrashWork *work)
{
  if (work->store != NULL) {
    g_signal_handlers_disconnect_by_data (work->store, work);
    limber_store_close (work->store);
  }
  g_clear_object (&work->store);
}

/* The steps. */

typedef struct {
  const char *kind;
  LimberId    id;
  const char *field[4], *text[4]; /* ended by NULL */
} Edit;

static gboolean
edit_job (LimberTransaction *transaction, gpointer data, GError **error)
{
  const Edit *what = data;
  g_autoptr (LimberEdit) edit = limber_edit_new (what->kind, &what->id);

  for (guint i = 0; i < G_N_ELEMENTS (what->field) && what->field[i] != NULL; i++)
    if (!limber_edit_parse (edit, what->field[i], what->text[i], error))
      return FALSE;
  return limber_transaction_edit (transaction, edit, &author, error);
}

/**
 * crash_work_put:
 *
 * Writes a practice. When that is said to be saved, it is in `said`.
 */
gboolean
crash_work_put (CrashWork *work, GError **error)
{
  g_autofree char *code = g_strdup_printf ("C%u", sim_random_below (&work->random, 3) > 0 ? work->number : sim_random_below (&work->random, work->number + 1));
  g_autofree char *name = g_strdup_printf ("Practice of step %u", work->number);
  Edit edit = { .kind = "practice", .field = { "code", "name" }, .text = { code, name } };

  test_id (&edit.id, code);
  if (!limber_store_write (work->store, edit_job, &edit, error))
    return FALSE;
  g_hash_table_replace (work->said, g_steal_pointer (&code), g_steal_pointer (&name));
  work->saved++;
  return TRUE;
}

static gboolean
put_person (CrashWork *work, GError **error)
{
  g_autofree char *text = g_strdup_printf ("Here %u", work->number);
  Edit edit = { .kind = "patient", .field = { "family", "given", "born", "mobile" }, .text = { text, "Ada", "1960-02-03", "07700900456" } };

  person (sim_random_below (&work->random, PEOPLE), &edit.id);
  return limber_store_write (work->store, edit_job, &edit, error);
}

static gboolean
put_appointment (CrashWork *work, GError **error)
{
  static const char *const words[] = { "booked", "arrived", "called", "cancelled" };
  g_autofree char *patient = NULL;
  LimberId id;
  Edit edit = { .kind = "appointment", .field = { "patient", "site", "start", "status" }, .text = { NULL, NULL, "2026-11-23T09:00:00Z", words[sim_random_below (&work->random, 4)] } };

  person (1, &id);
  patient = limber_id_dup_text (&id);
  edit.text[0] = edit.text[1] = patient;
  test_id (&edit.id, "appointment");
  return limber_store_write (work->store, edit_job, &edit, error);
}

typedef struct {
  GError *error;
  guint   left;
} Together;

static void
on_written (GObject *store, GAsyncResult *result, gpointer data)
{
  Together *together = data;

  together->left--;
  limber_store_write_finish (LIMBER_STORE (store), result, together->error == NULL ? &together->error : NULL);
}

static gboolean
refused_job (LimberTransaction *transaction, gpointer data, GError **error)
{
  edit_job (transaction, data, error);
  if (error == NULL || *error == NULL)
    g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "This one is refused");
  return FALSE;
}

/* Three that share one commit, of which one is refused: it leaves nothing behind. */
static gboolean
put_together (CrashWork *work, GError **error)
{
  g_autofree char *text = g_strdup_printf ("Together %u", work->number);
  static const char *const codes[] = { "T0", "T1", "T2" };
  Edit edits[3];
  Together together = { NULL, 3 };

  for (guint i = 0; i < 3; i++) {
    edits[i] = (Edit){ .kind = "practice", .field = { "code", "name" }, .text = { codes[i], text } };
    test_id (&edits[i].id, codes[i]);
    limber_store_write_async (work->store, i == 1 ? refused_job : edit_job, &edits[i], NULL, NULL, on_written, &together);
  }
  while (together.left > 0)
    g_main_context_iteration (NULL, FALSE);
  if (g_error_matches (together.error, G_FILE_ERROR, G_FILE_ERROR_INVAL))
    g_clear_error (&together.error);
  if (together.error == NULL)
    return TRUE;
  g_propagate_error (error, together.error);
  return FALSE;
}

static gboolean
receive_job (LimberTransaction *transaction, gpointer data, GError **error)
{
  CrashWork *work = data;

  for (guint i = work->line; i < work->line + LINES_A_PUSH && i < work->source->lines->len; i++) {
    g_autofree char *reason = NULL, *line = g_strdup (g_ptr_array_index (work->source->lines, i));
    LimberVerdict verdict;
    LimberEntry entry;

    if (!limber_entry_parse_line (&entry, line, strlen (line), error) ||
        !limber_transaction_receive (transaction, &entry, i % 9 == 8 ? "a reason of the test's" : NULL, &verdict, &reason, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
receive (CrashWork *work, GError **error)
{
  if (!limber_store_write (work->store, receive_job, work, error))
    return FALSE;
  work->line += LINES_A_PUSH;
  return TRUE;
}

static gboolean
mark_job (LimberTransaction *transaction, gpointer data, GError **error)
{
  g_autoptr (GArray) pieces = limber_session_pieces (limber_transaction_reader (transaction), error);
  g_autofree char *run = NULL;

  if (pieces == NULL)
    return FALSE;
  for (guint i = 0; i < pieces->len; i++) {
    const LimberPiece *piece = &g_array_index (pieces, LimberPiece, i);
    LimberMark mark = { { piece->origin, piece->tip, piece->tip_id }, MAX (piece->tip - 1, 0) };

    if (!limber_session_set_mark (transaction, &mark, error))
      return FALSE;
  }
  run = g_strdup_printf ("run %u", ((CrashWork *) data)->number);
  return limber_session_begin_run (transaction, run, error);
}

static gboolean
mark (CrashWork *work, GError **error)
{
  return limber_store_write (work->store, mark_job, work, error);
}

static gboolean
open_again (CrashWork *work, GError **error)
{
  crash_work_close (work);
  return crash_work_open (work, error);
}

/* At central. */

static gboolean
import (CrashWork *work, GError **error)
{
  g_autofree char *practices = g_build_filename (work->source->dir, "practices.csv", NULL), *patients = g_build_filename (work->source->dir, "patients.csv", NULL);
  g_autofree char *first = g_strdup_printf ("code,name\nP1,Surgery %u\nP2,Surgery\nP3,Surgery\n", work->number);
  g_autofree char *second = g_strdup_printf ("id,family,given,born\nN1,Listed,Bea,1970-01-0%u\nN2,Listed %u,Cy,1971-01-01\n", work->number % 9 + 1, work->number);
  json_t *report;

  g_assert_true (g_file_set_contents_full (practices, first, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  g_assert_true (g_file_set_contents_full (patients, second, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  report = limber_import_run (work->store, &(LimberImportPlan){ .dir = work->source->dir }, error);
  json_decref (report);
  return report != NULL;
}

static gboolean
find_open (const LimberRecord *record, gpointer data)
{
  LimberId *found = data;

  if (g_strcmp0 (limber_record_word (record, "state"), "open") != 0)
    return TRUE;
  *found = record->id;
  return FALSE;
}

/* What somebody decides against is not lost. */
static void
unsay (CrashWork *work, const LimberRecord *conflict)
{
  GHashTableIter iter;
  const char *code;
  LimberId id;

  g_hash_table_iter_init (&iter, work->said);
  while (g_hash_table_iter_next (&iter, (gpointer *) &code, NULL)) {
    test_id (&id, code);
    if (limber_id_equal (&id, limber_record_id (conflict, "record")))
      g_hash_table_iter_remove (&iter);
  }
}

static gboolean
resolve_job (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberId none;
  LimberReader *reader = limber_transaction_reader (transaction);
  LimberResolution resolution = { none, LIMBER_RESOLVE_TAKE, NULL, FALSE };
  g_autoptr (LimberRecord) conflict = NULL;

  if (!limber_reader_list (reader, "conflict", NULL, NULL, find_open, &resolution.conflict, error))
    return FALSE;
  if (limber_id_equal (&resolution.conflict, &none))
    return TRUE;
  conflict = limber_reader_get (reader, "conflict", &resolution.conflict, error);
  if (conflict == NULL)
    return FALSE;
  unsay (data, conflict);
  return limber_conflicts_resolve (transaction, &resolution, &author, error);
}

static gboolean
resolve (CrashWork *work, GError **error)
{
  return limber_store_write (work->store, resolve_job, work, error);
}

static gboolean
erase_job (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const char *const fields[] = { "mobile", NULL };
  CrashWork *work = data;
  g_autoptr (LimberErasurePlan) plan = NULL;
  g_autoptr (GError) why = NULL;
  LimberId id;

  person (work->number, &id);
  plan = limber_erasure_plan_new (limber_transaction_reader (transaction), limber_kind_by_name ("patient"), &id, work->number % 2 == 0 ? fields : NULL, FALSE, &why);
  if (plan == NULL && g_error_matches (why, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND))
    return TRUE;
  if (plan != NULL)
    return limber_erasure_plan_carry_out (transaction, plan, "asked for", &author, error);
  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}

static gboolean
erase (CrashWork *work, GError **error)
{
  return limber_store_write (work->store, erase_job, work, error);
}

static gboolean
back_up (CrashWork *work, GError **error)
{
  g_autofree char *file = g_strdup_printf ("%s/backup-%u.db", work->source->dir, work->number);
  gboolean done = limber_backup_write (work->store, file, TRUE, error);

  g_unlink (file);
  return done;
}

/* What central writes after the backup is in its second file; a device's would be lost, as with its disk. */
static gboolean
restore (CrashWork *work, GError **error)
{
  g_autofree char *file = g_strdup_printf ("%s/backup-%u.db", work->source->dir, work->number);
  gboolean done = limber_backup_write (work->store, file, FALSE, error) && (work->source->klass != LIMBER_CLASS_CENTRAL || crash_work_put (work, error));

  if (done) {
    crash_work_close (work);
    work->restoring = TRUE;
    done = limber_restore_run (work->dir, file, NULL, work->env, error) && crash_work_open (work, error);
    work->restoring = FALSE;
  }
  g_unlink (file);
  return done;
}

/* Away from central. */

static gboolean
apply (CrashWork *work, GString *lines, GError **error)
{
  g_autoptr (LimberApply) apply = g_new0 (LimberApply, 1);
  g_autofree char *cursor = g_strdup_printf ("run.%" G_GINT64_FORMAT, work->page + 1);

  apply->end = json_pack ("{s:s, s:b}", "cursor", cursor, "more", FALSE);
  g_string_append (lines, "{}\n");
  apply->page = g_bytes_new (lines->str, lines->len);
  test_id (&apply->node, "node");
  if (!limber_store_write (work->store, limber_apply_pull, apply, error))
    return FALSE;
  work->page++;
  work->saved++;
  return TRUE;
}

/* The site of page N says so by its name. */
static void
append_site (CrashWork *work, GString *lines)
{
  const LimberKind *kind = limber_kind_by_name ("site");
  g_autofree char *name = g_strdup_printf ("page %" G_GINT64_FORMAT, work->page + 1);
  g_autoptr (LimberRecord) site = NULL;
  LimberId id;
  int i = limber_kind_field (kind, "name");

  test_id (&id, name);
  site = limber_record_new (kind, &id);
  limber_value_set_text (&site->values[i], name);
  site->stamps[i] = ((LimberRecord *) g_ptr_array_index (work->source->rows, 0))->stamps[limber_kind_field (limber_kind_by_name ("patient"), "family")];
  site->stamps[i].time += (guint64) work->page;
  limber_page_append_row (lines, site, work->source->klass);
}

static gboolean
pull (CrashWork *work, GError **error)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  append_site (work, lines);
  for (guint i = 0; i < ROWS_A_PAGE; i++)
    limber_page_append_row (lines, g_ptr_array_index (work->source->rows, sim_random_below (&work->random, work->source->rows->len)), work->source->klass);
  return apply (work, lines, error);
}

static gboolean
forget (CrashWork *work, GError **error)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  LimberId id;

  person (sim_random_below (&work->random, PEOPLE), &id);
  append_site (work, lines);
  limber_page_append_event (lines, FALSE, &id);
  return apply (work, lines, error);
}

/* Bodies are kept for ninety days. */
static gboolean
prune (CrashWork *work, GError **error)
{
  gint64 bodies;

  work->clock.now += (LIMBER_PRUNE_DAYS + 1) * G_GINT64_CONSTANT (24 * 60 * 60 * 1000);
  return limber_prune_sweep (work->store, &bodies, error);
}

typedef struct {
  const char *name;
  gboolean (*func) (CrashWork *work, GError **error);
  guint       classes; /* LimberClass mask; 0 for any */
} Step;

#define AWAY (LIMBER_CLASS_DESK | LIMBER_CLASS_HUB)

static const Step steps[] = {
  { "a practice", crash_work_put, 0 },      { "a practice", crash_work_put, 0 },  { "a patient", put_person, 0 },
  { "an appointment", put_appointment, 0 }, { "three at once", put_together, 0 }, { "another's entries", receive, 0 },
  { "another's entries", receive, 0 },      { "marks", mark, 0 },                 { "closing and opening", open_again, 0 },
  { "a restore", restore, 0 },
  { "an import", import, LIMBER_CLASS_CENTRAL }, { "a decision", resolve, LIMBER_CLASS_CENTRAL }, { "an erasure", erase, LIMBER_CLASS_CENTRAL },
  { "a backup", back_up, LIMBER_CLASS_CENTRAL }, { "a page", pull, AWAY }, { "a page", pull, AWAY }, { "a forget", forget, AWAY }, { "pruning", prune, AWAY },
};

/**
 * crash_work_step:
 *
 * Does the next thing.
 */
gboolean
crash_work_step (CrashWork *work, GError **error)
{
  const Step *step;

  do
    step = &steps[sim_random_below (&work->random, G_N_ELEMENTS (steps))];
  while (step->classes != 0 && !(step->classes & work->source->klass));
  work->number++;
  work->clock.now += 1000;
  work->doing = step->name;
  return step->func (work, error);
}
