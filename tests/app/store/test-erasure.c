/* Erasure (SYNC.md rule 19): what was erased is in no record and in no file, whatever comes in afterwards; all else is as
 * it was, and the store is sound. */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "limber-backup.h"
#include "limber-conflicts.h"
#include "limber-enrolment.h"
#include "limber-erasure-plan.h"
#include "limber-error.h"
#include "limber-extras.h"
#include "limber-feed.h"
#include "limber-journal.h"
#include "limber-json.h"
#include "limber-quarantine.h"
#include "limber-reader-private.h"
#include "limber-restore.h"
#include "limber-scrub.h"
#include "limber-search.h"
#include "limber-status.h"
#include "limber-test.h"
#include "limber-transaction-private.h"
#include "limber-unsaved.h"
#include "limber-verify.h"

#define CANARY "Canarywood"
#define SECOND_CANARY "canary@example.org"

typedef struct {
  TestClock    clock;
  LimberEnv   *env;
  char        *dir;
  LimberStore *central, *desk;
  LimberId     patient, other;
} Fixture;

static LimberStore *
new_store (Fixture *fixture, const char *name, LimberClass klass)
{
  g_autofree char *dir = g_build_filename (fixture->dir, name, NULL);

  return test_store_new (dir, fixture->env, klass, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->env = test_env_new (&fixture->clock);
  fixture->dir = test_dir_new ();
  fixture->central = new_store (fixture, "central", LIMBER_CLASS_CENTRAL);
  fixture->desk = new_store (fixture, "desk", LIMBER_CLASS_DESK);
  test_id (&fixture->patient, "p1");
  test_id (&fixture->other, "p2");
  test_store_put (fixture->central, "patient", &fixture->patient, "family", CANARY, "given", "Moira", "born", "1961-04-09", "mobile", "1", NULL);
  test_store_put (fixture->central, "patient", &fixture->other, "family", "Ng", "given", "Li", "born", "1960-01-01", NULL);
  test_store_push (fixture->central, fixture->desk);
  fixture->clock.now += 1000;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->central);
  g_clear_object (&fixture->desk);
  test_dir_remove (fixture->dir);
  g_free (fixture->dir);
  limber_env_unref (fixture->env);
}

static gboolean
verify (LimberReader *reader, gpointer data, GError **error)
{
  return limber_verify (reader, data, error);
}

/* The store is sound, and nothing of @text is in its folder, while it is open. */
static void
assert_clean (LimberStore *store, const char *text)
{
  g_assert_true (limber_scrub_wait (store));
  g_assert_false (test_dir_has (limber_store_dir (store), text));
  test_store_assert_sound (store);
}

static gboolean
read_digest (LimberReader *reader, gpointer data, GError **error)
{
  *(json_t **) data = limber_digest_json (reader, error);
  return *(json_t **) data != NULL;
}

static char *
hash_of (LimberStore *store, const char *kind)
{
  g_autoptr (json_t) digest = NULL;

  g_assert_true (limber_store_read (store, read_digest, &digest, NULL));
  return g_strdup (limber_json_string (json_object_get (digest, kind), "hash"));
}

static char *
text_of (LimberStore *store, const char *kind, const LimberId *id)
{
  g_autoptr (LimberRecord) record = test_store_get (store, kind, id);
  g_autoptr (json_t) json = record != NULL ? limber_record_to_json (record, limber_store_identity (store)->klass) : NULL;

  return json != NULL ? limber_json_dup (json) : NULL;
}

typedef struct {
  const char        *kind;
  const LimberId    *id;
  const char *const *fields;
  gboolean           whole;
  json_t            *result;
} Erase;

static gboolean
erase_job (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor author = { "system:test", "test" };
  Erase *erase = data;
  g_autoptr (LimberErasurePlan) plan =
      limber_erasure_plan_new (limber_transaction_reader (transaction), limber_kind_by_name (erase->kind), erase->id, erase->fields, erase->whole, error);

  if (plan == NULL || !limber_erasure_plan_carry_out (transaction, plan, "asked for", &author, error))
    return FALSE;
  erase->result = limber_erasure_plan_to_json (plan);
  return TRUE;
}

/* @field: (nullable) */
static json_t *
erase (LimberStore *store, const char *kind, const LimberId *id, const char *field)
{
  const char *const fields[] = { field, NULL };
  Erase what = { kind, id, field != NULL ? fields : NULL, FALSE, NULL };
  g_autoptr (GError) error = NULL;

  limber_store_write (store, erase_job, &what, &error);
  g_assert_no_error (error);
  return what.result;
}

static void
erase_quietly (LimberStore *store, const LimberId *patient, const char *field)
{
  json_decref (erase (store, "patient", patient, field));
}

static void
test_record (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = text_of (fixture->central, "patient", &fixture->other), *other_after = NULL, *gone = NULL;
  g_autoptr (json_t) result = NULL;

  test_store_put (fixture->central, "patient", &fixture->patient, "mobile", "2", NULL);
  g_assert_true (test_dir_has (limber_store_dir (fixture->central), CANARY));
  result = erase (fixture->central, "patient", &fixture->patient, NULL);
  g_assert_cmpint (limber_json_integer (result, "entries", -1), ==, 2);
  g_assert_cmpint (limber_json_integer (result, "records", -1), ==, 1);
  g_assert_cmpuint (json_array_size (json_object_get (result, "erasures")), ==, 1);
  gone = text_of (fixture->central, "patient", &fixture->patient);
  other_after = text_of (fixture->central, "patient", &fixture->other);
  g_assert_null (gone);
  g_assert_cmpstr (other_after, ==, other);
  assert_clean (fixture->central, CANARY);
}

/* Everything that the erased field's entries said of other fields is still so, and still yields to whom it did. */
static void
test_field (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberRecord) before = test_store_get (fixture->central, "patient", &fixture->patient), after = NULL;
  g_autoptr (json_t) result = NULL;

  test_store_put (fixture->central, "patient", &fixture->patient, "family", "Canarywood-Smith", NULL);
  test_store_put (fixture->central, "patient", &fixture->patient, "mobile", "2", NULL);
  result = erase (fixture->central, "patient", &fixture->patient, "family");
  g_assert_cmpint (limber_json_integer (result, "entries", -1), ==, 2);
  g_assert_cmpint (limber_json_integer (result, "written_again", -1), ==, 2); /* given, born */
  after = test_store_get (fixture->central, "patient", &fixture->patient);
  g_assert_null (limber_record_text (after, "family"));
  g_assert_cmpstr (limber_record_text (after, "given"), ==, limber_record_text (before, "given"));
  g_assert_cmpstr (limber_record_text (after, "born"), ==, limber_record_text (before, "born"));
  g_assert_cmpstr (limber_record_text (after, "mobile"), ==, "2");
  assert_clean (fixture->central, CANARY);
}

/* A record that is written once, and a progress in its second round. */
static void
test_once_and_ordered (Fixture *fixture, gconstpointer data)
{
  g_autofree char *patient = limber_id_dup_text (&fixture->patient), *appointment_text = NULL;
  g_autoptr (LimberRecord) appointment = NULL, arrival = NULL;
  LimberId visit, came;

  test_id (&visit, "visit");
  test_id (&came, "came");
  appointment_text = limber_id_dup_text (&visit);
  test_store_put (fixture->central, "appointment", &visit, "patient", patient, "site", patient, "start", "2026-11-23T10:00:00Z", "status", "arrived", NULL);
  test_store_put (fixture->central, "appointment", &visit, "status", "booked", "cancel_reason", CANARY, NULL);
  test_store_put (fixture->central, "arrival", &came, "appointment", appointment_text, "patient", patient, "round", "0", "at", "2026-11-23T10:00:00Z", "via", "desk", NULL);
  json_decref (erase (fixture->central, "appointment", &visit, "cancel_reason"));
  json_decref (erase (fixture->central, "arrival", &came, "via"));
  appointment = test_store_get (fixture->central, "appointment", &visit);
  arrival = test_store_get (fixture->central, "arrival", &came);
  g_assert_cmpint (limber_record_integer (appointment, "status"), ==, LIMBER_PROGRESS_ROUND);
  g_assert_null (limber_record_text (appointment, "cancel_reason"));
  g_assert_null (limber_record_text (arrival, "via"));
  g_assert_cmpint (limber_record_integer (arrival, "at"), ==, limber_record_integer (appointment, "start"));
  erase_quietly (fixture->central, &fixture->patient, "family");
  assert_clean (fixture->central, CANARY);
}

static gboolean
type_draft (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_unsaved_keep (transaction, "ruth", "edit", data, "{\"typed\":\"" CANARY "\"}", error);
}

/* What somebody at the desk had typed about her and not saved goes with the rest. */
static void
test_unsaved (Fixture *fixture, gconstpointer data)
{
  g_assert_true (limber_store_write (fixture->desk, type_draft, &fixture->patient, NULL));
  g_assert_true (limber_store_write (fixture->desk, type_draft, &fixture->other, NULL));
  erase_quietly (fixture->central, &fixture->patient, "mobile");
  test_store_push (fixture->central, fixture->desk);
  g_assert_cmpint (test_store_count (fixture->desk, "SELECT count(*) FROM unsaved"), ==, 1);
}

static void
test_whole (Fixture *fixture, gconstpointer data)
{
  g_autofree char *patient = limber_id_dup_text (&fixture->patient), *other = hash_of (fixture->central, "organisation"), *referral_text = NULL;
  Erase what = { "patient", &fixture->patient, NULL, TRUE, NULL };
  g_autoptr (GError) error = NULL;
  LimberId referral, merged, further;
  g_autofree char *merged_text = NULL;

  test_id (&further, "further");
  test_id (&referral, "referral");
  test_id (&merged, "merged");
  test_store_put (fixture->central, "referral", &referral, "patient", patient, "received", "2026-11-01", "source", "gp", "reason", CANARY " fell", NULL);
  test_store_put (fixture->central, "patient", &merged, "family", "Wood", "given", "M", "born", "1961-04-09", "merged_into", patient, NULL);
  merged_text = limber_id_dup_text (&merged);
  test_store_put (fixture->central, "patient", &further, "family", "Wood", "given", "Mo", "born", "1961-04-09", "merged_into", merged_text, NULL);
  limber_store_write (fixture->central, erase_job, &what, &error);
  g_assert_no_error (error);
  g_assert_cmpint (limber_json_integer (what.result, "records", -1), ==, 2);
  g_assert_cmpuint (json_array_size (json_object_get (what.result, "same_person")), ==, 2);
  json_decref (what.result);
  referral_text = text_of (fixture->central, "referral", &referral);
  g_assert_null (referral_text);
  assert_clean (fixture->central, CANARY);
}

/* More entries than a list may hold. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) result = NULL;

  for (guint i = 0; i < 40; i++) {
    g_autofree char *name = g_strdup_printf (CANARY " %u", i);

    test_store_put (fixture->central, "patient", &fixture->patient, "family", name, NULL);
  }
  result = erase (fixture->central, "patient", &fixture->patient, NULL);
  g_assert_cmpint (limber_json_integer (result, "entries", -1), ==, 41);
  g_assert_cmpuint (json_array_size (json_object_get (result, "erasures")), ==, 2);
  test_store_push (fixture->central, fixture->desk);
  assert_clean (fixture->central, CANARY);
  assert_clean (fixture->desk, CANARY);
}

/* What the device has itself, what it was sent, and what it sends once more. */
static void
test_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_autofree char *here = NULL, *there = NULL, *again = NULL;

  test_store_put (fixture->desk, "patient", &fixture->patient, "email", SECOND_CANARY, "mobile", "3", NULL);
  test_store_push (fixture->desk, fixture->central);
  erase_quietly (fixture->central, &fixture->patient, "email");
  test_store_push (fixture->desk, fixture->central); /* it has not heard of it yet */
  test_store_push (fixture->central, fixture->desk);
  assert_clean (fixture->desk, SECOND_CANARY);
  test_store_push (fixture->desk, fixture->central);
  assert_clean (fixture->central, SECOND_CANARY);
  here = text_of (fixture->central, "patient", &fixture->patient);
  there = text_of (fixture->desk, "patient", &fixture->patient);
  g_assert_cmpstr (here, ==, there);
  g_assert_nonnull (strstr (here, "\"3\""));
}

/* A hub that hears of the erasure first. */
static void
test_before (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberStore) hub = new_store (fixture, "hub", LIMBER_CLASS_HUB);
  g_autofree char *here = NULL, *there = NULL;

  test_store_put (fixture->desk, "patient", &fixture->patient, "email", SECOND_CANARY, NULL);
  test_store_push (fixture->desk, fixture->central);
  {
    g_autoptr (LimberStore) copy = new_store (fixture, "copy", LIMBER_CLASS_DESK);

    test_store_push (fixture->desk, copy); /* as the desk is now */
    erase_quietly (fixture->central, &fixture->patient, "email");
    test_store_push (fixture->central, hub);
    test_store_push (copy, hub);
    limber_store_close (copy);
  }
  assert_clean (hub, SECOND_CANARY);
  here = hash_of (fixture->central, "patient");
  there = hash_of (hub, "patient");
  g_assert_cmpstr (here, ==, there);
}

static void
reopen (Fixture *fixture, const char *copy)
{
  g_autofree char *dir = g_strdup (limber_store_dir (fixture->central));
  g_autoptr (GError) error = NULL;

  limber_store_close (fixture->central);
  g_clear_object (&fixture->central);
  if (copy != NULL)
    limber_restore_run (dir, copy, NULL, fixture->env, &error);
  g_assert_no_error (error);
  fixture->central = limber_store_open (dir, LIMBER_STORE_OWN, fixture->env, &error);
  g_assert_no_error (error);
}

/* A backup that has the text; @data: one that was made even before the text was written. */
static void
test_restore (Fixture *fixture, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (fixture->dir, "copy.db", NULL), *before = NULL, *after = NULL, *erasures = NULL, *erasures_after = NULL;
  g_autoptr (GError) error = NULL;

  if (data != NULL)
    limber_backup_write (fixture->central, copy, FALSE, &error);
  test_store_put (fixture->desk, "patient", &fixture->patient, "email", SECOND_CANARY, "mobile", "3", NULL);
  test_store_push (fixture->desk, fixture->central);
  if (data == NULL)
    limber_backup_write (fixture->central, copy, FALSE, &error);
  g_assert_no_error (error);
  test_store_put (fixture->central, "patient", &fixture->other, "mobile", "4", NULL);
  erase_quietly (fixture->central, &fixture->patient, "email");
  test_store_put (fixture->central, "patient", &fixture->other, "mobile", "5", NULL);
  before = hash_of (fixture->central, "patient");
  erasures = hash_of (fixture->central, "erasure");
  reopen (fixture, copy);
  after = hash_of (fixture->central, "patient");
  erasures_after = hash_of (fixture->central, "erasure");
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpstr (erasures, ==, erasures_after);
  assert_clean (fixture->central, SECOND_CANARY);
  test_store_push (fixture->desk, fixture->central);
  assert_clean (fixture->central, SECOND_CANARY);
}

static void
append_second (Fixture *fixture, const char *text)
{
  g_autofree char *path = g_build_filename (limber_store_dir (fixture->central), "second", "journal", NULL), *bytes = NULL, *more = NULL;

  g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
  more = g_strconcat (bytes, text, NULL);
  g_assert_true (g_file_set_contents (path, more, -1, NULL));
}

/* The disk was lost after an erasure, and before the second file was freed of what it erased. */
static void
test_second (Fixture *fixture, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (fixture->dir, "copy.db", NULL), *path = g_build_filename (limber_store_dir (fixture->central), "second", "journal", NULL);
  g_autofree char *old = NULL, *new = NULL, *both = NULL, *gone = NULL;
  const char *erasure;
  g_autoptr (GError) error = NULL;

  limber_backup_write (fixture->central, copy, FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &old, NULL, NULL));
  erase_quietly (fixture->central, &fixture->patient, NULL);
  g_assert_true (limber_scrub_wait (fixture->central));
  g_assert_true (g_file_get_contents (path, &new, NULL, NULL));
  erasure = strstr (new, "\n[[1"); /* three lines: the patients, the erasure */
  erasure = strstr (erasure + 1, "\n[[1") + 1;
  both = g_strconcat (old, erasure, NULL);
  g_assert_nonnull (strstr (both, CANARY));
  limber_store_close (fixture->central);
  g_assert_true (g_file_set_contents (path, both, -1, NULL));
  reopen (fixture, copy);
  gone = text_of (fixture->central, "patient", &fixture->patient);
  g_assert_null (gone);
  assert_clean (fixture->central, CANARY);
}

/* A line of the second file is lost, so that what follows it in central's chain cannot be taken in again: what is revoked stays
 * so all the same, and what is erased too. */
static void
test_hole (Fixture *fixture, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (fixture->dir, "copy.db", NULL), *path = g_build_filename (limber_store_dir (fixture->central), "second", "journal", NULL);
  g_autofree char *text = NULL, *gone = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LimberRecord) device = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *kept = NULL;
  LimberId lost;

  test_id (&lost, "lost");
  test_store_put (fixture->central, "device", &lost, "name", "Lost", "class", "desk", "key", "x", "joined", "2026-11-01T10:00:00Z", NULL);
  limber_backup_write (fixture->central, copy, FALSE, &error);
  g_assert_no_error (error);
  test_store_put (fixture->central, "patient", &fixture->other, "mobile", "the lost line", NULL);
  test_store_put (fixture->central, "device", &lost, "revoked", "1", NULL);
  erase_quietly (fixture->central, &fixture->patient, NULL);
  limber_store_close (fixture->central);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (strstr (lines[i], "the lost line") != NULL)
      *lines[i] = '\0';
  kept = g_strjoinv ("\n", lines);
  g_assert_true (g_file_set_contents (path, kept, -1, NULL));
  reopen (fixture, copy);
  device = test_store_get (fixture->central, "device", &lost);
  g_assert_cmpint (limber_record_integer (device, "revoked"), ==, 1);
  g_assert_cmpstr (limber_record_text (device, "name"), ==, "Lost");
  gone = text_of (fixture->central, "patient", &fixture->patient);
  g_assert_null (gone);
  g_assert_true (limber_scrub_wait (fixture->central));
  g_assert_false (test_dir_has (limber_store_dir (fixture->central), CANARY));
}

/* The second file is written before the commit. When that failed, no journal has the entry and no erasure can name it. */
static void
test_commit_that_failed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) lines = NULL;
  const char *line, *others;

  test_store_put (fixture->desk, "patient", &fixture->other, "email", "other@example.org", NULL);
  test_store_put (fixture->desk, "patient", &fixture->patient, "email", SECOND_CANARY, NULL);
  lines = test_store_lines (fixture->desk);
  others = g_ptr_array_index (lines, lines->len - 2);
  line = g_ptr_array_index (lines, lines->len - 1);
  append_second (fixture, others);
  append_second (fixture, "\n");
  append_second (fixture, line);
  append_second (fixture, "\n");
  g_assert_true (test_dir_has (limber_store_dir (fixture->central), SECOND_CANARY));
  reopen (fixture, NULL);
  erase_quietly (fixture->central, &fixture->patient, NULL);
  assert_clean (fixture->central, SECOND_CANARY);
  g_assert_true (test_dir_has (limber_store_dir (fixture->central), "other@example.org"));
}

/* Half a line, from a crash: nobody was told of it. It stands in nobody's way, and goes with the next erasure. */
static void
test_half_line (Fixture *fixture, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (fixture->dir, "copy.db", NULL);
  g_autoptr (GError) error = NULL;

  limber_backup_write (fixture->central, copy, FALSE, &error);
  g_assert_no_error (error);
  append_second (fixture, "[[1,\"half a " CANARY);
  reopen (fixture, NULL);
  test_store_put (fixture->central, "patient", &fixture->other, "mobile", "5", NULL);
  reopen (fixture, copy);
  {
    g_autoptr (LimberRecord) record = test_store_get (fixture->central, "patient", &fixture->other);

    g_assert_cmpstr (limber_record_text (record, "mobile"), ==, "5");
  }
  erase_quietly (fixture->central, &fixture->patient, NULL);
  assert_clean (fixture->central, CANARY);
}

/* A row as a node still has it that has not heard of the erasure. */
typedef struct {
  const LimberRecord *record;
  gboolean            replace;
} Stale;

static gboolean
apply_stale (LimberTransaction *transaction, gpointer data, GError **error)
{
  Stale *stale = data;

  return stale->replace ? limber_transaction_replace (transaction, stale->record, error) : limber_transaction_apply (transaction, stale->record, error);
}

static void
test_stale (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberRecord) row = NULL;
  g_autofree char *before = NULL, *after = NULL, *gone = NULL;
  Stale stale = { NULL, data != NULL };

  test_store_put (fixture->central, "patient", &fixture->patient, "email", SECOND_CANARY, NULL);
  test_store_push (fixture->central, fixture->desk);
  row = test_store_get (fixture->desk, "patient", &fixture->patient);
  stale.record = row;
  erase_quietly (fixture->central, &fixture->patient, "email");
  test_store_push (fixture->central, fixture->desk);
  before = text_of (fixture->desk, "patient", &fixture->patient);
  g_assert_true (limber_store_write (fixture->desk, apply_stale, &stale, NULL));
  after = text_of (fixture->desk, "patient", &fixture->patient);
  g_assert_cmpstr (before, ==, after);
  g_assert_false (test_dir_has (limber_store_dir (fixture->desk), SECOND_CANARY));
  erase_quietly (fixture->central, &fixture->patient, NULL);
  test_store_push (fixture->central, fixture->desk);
  g_assert_true (limber_store_write (fixture->desk, apply_stale, &stale, NULL));
  gone = text_of (fixture->desk, "patient", &fixture->patient);
  g_assert_null (gone);
  assert_clean (fixture->desk, CANARY);
}

/* A row as a public screen has it: some of its fields were made by the node, of what this screen may not know. */
static LimberRecord *
projected_visit (Fixture *fixture, const LimberId *visit, const LimberEntryId *first, const LimberEntryId *second)
{
  LimberRecord *record = limber_record_new (limber_kind_by_name ("appointment"), visit);
  int start = limber_kind_field (record->kind, "start"), minutes = limber_kind_field (record->kind, "minutes");

  limber_value_set_integer (&record->values[start], TEST_NOW);
  limber_value_set_integer (&record->values[minutes], 30);
  record->stamps[start] = (LimberStamp){ .rank = 1, .time = 1, .entry = *first };
  record->stamps[minutes] = (LimberStamp){ .rank = 1, .time = 2, .entry = *second };
  limber_value_set_text (&record->values[limber_kind_field (record->kind, "with_name")], CANARY);
  return record;
}

static LimberRecord *
erasure_of (const LimberId *record, const LimberEntryId *entry)
{
  LimberRecord *erasure;
  g_autofree char *text = limber_id_dup_text (entry), *list = g_strdup_printf ("[\"%s\"]", text);
  LimberId id;

  test_id (&id, "erasure");
  erasure = limber_record_new (limber_kind_by_name ("erasure"), &id);
  limber_value_set_id (&erasure->values[limber_kind_field (erasure->kind, "record")], record);
  limber_value_set_text (&erasure->values[limber_kind_field (erasure->kind, "entries")], list);
  for (guint i = 0; i < erasure->kind->n_fields; i++)
    erasure->stamps[i] = (LimberStamp){ .rank = 1, .time = 3, .entry = id };
  return erasure;
}

static void
test_projection (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberStore) kiosk = new_store (fixture, "kiosk", LIMBER_CLASS_KIOSK);
  g_autoptr (LimberRecord) row = NULL, erasure = NULL, after = NULL, again = NULL;
  Stale stale = { NULL, FALSE };
  LimberId visit;
  LimberEntryId first, second;

  test_id (&visit, "visit");
  test_id (&first, "first");
  test_id (&second, "second");
  row = projected_visit (fixture, &visit, &first, &second);
  erasure = erasure_of (&visit, &first);
  stale.record = row;
  g_assert_true (limber_store_write (kiosk, apply_stale, &stale, NULL));
  stale.record = erasure;
  g_assert_true (limber_store_write (kiosk, apply_stale, &stale, NULL));
  after = test_store_get (kiosk, "appointment", &visit);
  g_assert_cmpint (limber_record_integer (after, "minutes"), ==, 30);
  g_assert_null (limber_record_text (after, "with_name"));
  stale.record = row; /* as a node has it that has not heard of it */
  g_assert_true (limber_store_write (kiosk, apply_stale, &stale, NULL));
  again = test_store_get (kiosk, "appointment", &visit);
  g_assert_null (limber_record_text (again, "with_name"));
  assert_clean (kiosk, CANARY);
  limber_store_close (kiosk);
}

static gboolean
keep_conflict (const LimberRecord *record, gpointer data)
{
  g_ptr_array_add (data, limber_record_copy (record));
  return TRUE;
}

static gboolean
read_conflicts (LimberReader *reader, gpointer data, GError **error)
{
  return limber_reader_list (reader, "conflict", NULL, NULL, keep_conflict, data, error);
}

static GPtrArray *
conflicts_of (LimberStore *store)
{
  GPtrArray *conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) limber_record_free);

  g_assert_true (limber_store_read (store, read_conflicts, conflicts, NULL));
  return conflicts;
}

/* Central's edit, then the desk's, neither having seen the other: the desk's wins. */
static void
collide (Fixture *fixture, const char *first, const char *last)
{
  test_store_put (fixture->central, "patient", &fixture->patient, "email", first, NULL);
  fixture->clock.now += 1000;
  test_store_put (fixture->desk, "patient", &fixture->patient, "email", last, NULL);
  test_store_push (fixture->desk, fixture->central);
}

static gboolean
erase_entries (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor author = { "system:test", "test" };
  const LimberId *const *what = data; /* record, entry */
  g_autofree char *entry = limber_id_dup_text (what[1]), *list = g_strdup_printf ("[\"%s\"]", entry);
  g_autoptr (LimberEdit) edit = NULL;
  LimberId id;

  limber_id_init_new (&id, limber_transaction_env (transaction));
  edit = limber_edit_new ("erasure", &id);
  limber_edit_set_id (edit, "record", what[0]);
  limber_edit_set_text (edit, "entries", list);
  limber_edit_set_text (edit, "reason", "asked for");
  limber_edit_set_integer (edit, "made", limber_transaction_now (transaction));
  return limber_transaction_edit (transaction, edit, &author, error);
}

/* Erases one entry alone. */
static void
erase_entry (Fixture *fixture, const LimberEntryId *entry)
{
  const LimberId *what[] = { &fixture->patient, entry };
  g_autoptr (GError) error = NULL;

  limber_store_write (fixture->central, erase_entries, what, &error);
  g_assert_no_error (error);
}

static char *
email_of (Fixture *fixture)
{
  g_autoptr (LimberRecord) record = test_store_get (fixture->central, "patient", &fixture->patient);

  return g_strdup (limber_record_text (record, "email"));
}

static void
test_loser (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) before = NULL, after = NULL;
  g_autofree char *email = NULL;

  collide (fixture, SECOND_CANARY, "b@example.org");
  before = conflicts_of (fixture->central);
  g_assert_cmpuint (before->len, ==, 1);
  erase_entry (fixture, limber_record_id (g_ptr_array_index (before, 0), "entry"));
  after = conflicts_of (fixture->central);
  email = email_of (fixture);
  g_assert_cmpuint (after->len, ==, 0);
  g_assert_cmpstr (email, ==, "b@example.org");
  assert_clean (fixture->central, SECOND_CANARY);
}

/* The value that had lost stands again, and nothing is open about it. */
static void
test_winner (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberRecord) row = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autofree char *email = NULL;

  collide (fixture, "a@example.org", SECOND_CANARY);
  row = test_store_get (fixture->central, "patient", &fixture->patient);
  erase_entry (fixture, &row->stamps[limber_kind_field (row->kind, "email")].entry);
  after = conflicts_of (fixture->central);
  email = email_of (fixture);
  g_assert_cmpstr (email, ==, "a@example.org");
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_cmpstr (limber_record_word (g_ptr_array_index (after, 0), "state"), ==, "settled");
  assert_clean (fixture->central, SECOND_CANARY);
}

static gboolean
decide (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor author = { "system:test", "test" };
  LimberResolution resolution = { *(LimberId *) data, LIMBER_RESOLVE_VALUE, SECOND_CANARY, FALSE };

  return limber_conflicts_resolve (transaction, &resolution, &author, error);
}

/* A decision that is erased was a decision all the same; also after a restore, when it comes without its content. */
static void
test_decision (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) conflicts = NULL, after = NULL, restored = NULL;
  g_autoptr (LimberRecord) row = NULL;
  g_autofree char *email = NULL, *copy = g_build_filename (fixture->dir, "copy.db", NULL);
  g_autoptr (GError) error = NULL;

  collide (fixture, "a@example.org", "b@example.org");
  limber_backup_write (fixture->central, copy, FALSE, &error);
  conflicts = conflicts_of (fixture->central);
  limber_store_write (fixture->central, decide, &((LimberRecord *) g_ptr_array_index (conflicts, 0))->id, &error);
  g_assert_no_error (error);
  row = test_store_get (fixture->central, "patient", &fixture->patient);
  erase_entry (fixture, &row->stamps[limber_kind_field (row->kind, "email")].entry);
  after = conflicts_of (fixture->central);
  email = email_of (fixture);
  g_assert_cmpstr (email, ==, "b@example.org");
  g_assert_cmpstr (limber_record_word (g_ptr_array_index (after, 0), "state"), ==, "settled");
  assert_clean (fixture->central, SECOND_CANARY);
  reopen (fixture, copy);
  restored = conflicts_of (fixture->central);
  g_assert_cmpstr (limber_record_word (g_ptr_array_index (restored, 0), "state"), ==, "settled");
  assert_clean (fixture->central, SECOND_CANARY);
}

/* A value that would go without anybody having looked at it stands in the way. */
static void
test_undecided (Fixture *fixture, gconstpointer data)
{
  const char *const fields[] = { "mobile", NULL };
  Erase what = { "patient", &fixture->patient, fields, FALSE, NULL };
  g_autoptr (GError) error = NULL;

  test_store_put (fixture->central, "patient", &fixture->patient, "email", "a@example.org", "mobile", "7", NULL);
  fixture->clock.now += 1000;
  test_store_put (fixture->desk, "patient", &fixture->patient, "email", "b@example.org", NULL);
  test_store_push (fixture->desk, fixture->central);
  g_assert_false (limber_store_write (fixture->central, erase_job, &what, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "email"));
}

static gsize
quarantined (LimberStore *store)
{
  g_autoptr (json_t) list = test_store_quarantine (store);

  return json_array_size (list);
}

static void
test_quarantine (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberStore) lost = new_store (fixture, "lost", LIMBER_CLASS_DESK), second = new_store (fixture, "second", LIMBER_CLASS_CENTRAL);
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (json_t) result = NULL;

  test_store_put (lost, "patient", &fixture->patient, "family", "Smith", "given", "X", "born", "1961-04-09", "email", SECOND_CANARY, NULL);
  lines = test_store_lines (lost);
  test_store_hand_apart (fixture->central, lines, "revoked device");
  g_assert_cmpuint (quarantined (fixture->central), ==, 1);
  result = erase (fixture->central, "patient", &fixture->patient, "email");
  g_assert_cmpint (limber_json_integer (result, "quarantined", -1), ==, 1);
  g_assert_cmpuint (quarantined (fixture->central), ==, 0);
  assert_clean (fixture->central, SECOND_CANARY);
  test_store_push (fixture->central, second); /* and the erasure first, the entry then */
  test_store_hand_apart (second, lines, "revoked device");
  g_assert_cmpuint (quarantined (second), ==, 0);
  g_assert_false (test_dir_has (limber_store_dir (second), SECOND_CANARY));
  limber_store_close (lost);
  limber_store_close (second);
}

/* A node above says that it keeps apart what has no content here any more. */
static gboolean
say_apart (LimberTransaction *transaction, gpointer data, GError **error)
{
  gint64 key = limber_database_integer (limber_transaction_reader (transaction)->database, 0, "SELECT key FROM journal WHERE body IS NULL LIMIT 1", "");

  return key != 0 && limber_quarantine_told (transaction, LIMBER_JOURNAL_ORIGIN (key), LIMBER_JOURNAL_SEQ (key), "revoked device", error);
}

static void
test_told (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberStore) hub = new_store (fixture, "hub", LIMBER_CLASS_HUB);

  erase_quietly (fixture->central, &fixture->patient, NULL);
  test_store_push (fixture->central, hub);
  g_assert_true (limber_store_write (hub, say_apart, NULL, NULL));
  g_assert_cmpuint (quarantined (hub), ==, 0);
  limber_store_close (hub);
}

/* An entry that offers again what was erased. */
typedef struct {
  LimberId      record;
  LimberEntryId from;
} Offer;

static gboolean
write_offer (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor author = { "system:recovered", "recovered" };
  Offer *offer = data;
  g_autofree char *id = g_base64_encode (offer->from.bytes, sizeof offer->from.bytes);
  g_autoptr (GString) body = g_string_new ("{\"email\":\"" SECOND_CANARY "\"}"), seen = g_string_new (NULL);
  LimberDraft draft = { "patient", &offer->record, &offer->record, LIMBER_RANK_PERSON, &author, body, seen, 0 };

  g_strdelimit (g_strdelimit (id, "+", '-'), "/", '_');
  g_string_printf (seen, "{\"email\":[\"%.22s\"]}", id);
  return limber_transaction_write_entry (transaction, &draft, error);
}

static void
test_offer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberRecord) row = NULL;
  g_autoptr (LimberStore) late = new_store (fixture, "late", LIMBER_CLASS_DESK);
  Offer offer = { fixture->patient };

  test_store_put (fixture->central, "patient", &fixture->patient, "email", SECOND_CANARY, NULL);
  row = test_store_get (fixture->central, "patient", &fixture->patient);
  offer.from = row->stamps[limber_kind_field (row->kind, "email")].entry;
  g_assert_true (limber_store_write (fixture->desk, write_offer, &offer, NULL));
  g_assert_true (limber_store_write (late, write_offer, &offer, NULL));
  test_store_push (fixture->desk, fixture->central);
  erase_entry (fixture, &offer.from);
  test_store_push (late, fixture->central);
  assert_clean (fixture->central, SECOND_CANARY);
  g_assert_cmpuint (quarantined (fixture->central), ==, 0);
  test_store_push (fixture->central, fixture->desk);
  assert_clean (fixture->desk, SECOND_CANARY);
  limber_store_close (late);
}

/* An edit by a newer version, with a field that this one does not know. */
static gboolean
write_newer (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor author = { "system:test", "test" };
  g_autoptr (GString) body = g_string_new ("{\"email\":\"" SECOND_CANARY "\",\"hobby^\":7}"), seen = g_string_new ("{}");
  LimberDraft draft = { "patient", data, data, LIMBER_RANK_PERSON, &author, body, seen, 0 };

  return limber_transaction_write_entry (transaction, &draft, error);
}

typedef struct {
  const LimberId *id;
  char           *value; /* (nullable) */
} Hobby;

static gboolean
read_hobby (LimberReader *reader, gpointer data, GError **error)
{
  Hobby *hobby = data;
  g_autoptr (LimberExtra) extra = NULL;
  gboolean good = limber_extras_find (reader, limber_database_thing (reader->database, hobby->id, FALSE, NULL), "patient", &extra, error);

  hobby->value = extra != NULL ? g_strdup (g_array_index (extra->fields, LimberExtraField, 0).json) : NULL;
  return good;
}

static char *
hobby_of (Fixture *fixture, LimberStore *store)
{
  Hobby hobby = { &fixture->patient };

  g_assert_true (limber_store_read (store, read_hobby, &hobby, NULL));
  return hobby.value;
}

static LimberExtra *
stale_extra (Fixture *fixture, const LimberEntryId *entry)
{
  LimberExtra *extra = limber_extra_new ("patient", &fixture->patient);
  LimberStamp stamp = { .time = 1, .entry = *entry };

  limber_extra_set_patient (extra, &fixture->patient, &stamp);
  limber_extra_set (extra, "hobby^", (LimberSpan){ "\"" SECOND_CANARY "\"", strlen (SECOND_CANARY) + 2 }, &stamp);
  return extra;
}

static gboolean
apply_extra (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_extras_apply (transaction, data, error);
}

/* It stays when another field goes, goes with the record, and no node brings it back. */
static void
test_unknown (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberRecord) row = NULL;
  g_autoptr (LimberExtra) stale = NULL;
  g_autoptr (json_t) result = NULL;
  g_autofree char *kept = NULL, *gone = NULL;

  g_assert_true (limber_store_write (fixture->desk, write_newer, &fixture->patient, NULL));
  test_store_push (fixture->desk, fixture->central);
  row = test_store_get (fixture->central, "patient", &fixture->patient);
  result = erase (fixture->central, "patient", &fixture->patient, "email");
  g_assert_cmpint (limber_json_integer (result, "written_again", -1), ==, 1);
  kept = hobby_of (fixture, fixture->central);
  g_assert_cmpstr (kept, ==, "7");
  assert_clean (fixture->central, SECOND_CANARY);
  erase_quietly (fixture->central, &fixture->patient, NULL);
  stale = stale_extra (fixture, &row->stamps[limber_kind_field (row->kind, "email")].entry);
  g_assert_true (limber_store_write (fixture->central, apply_extra, stale, NULL));
  gone = hobby_of (fixture, fixture->central);
  g_assert_null (gone);
  assert_clean (fixture->central, SECOND_CANARY);
}

static gboolean
nobody_is_found (gpointer search)
{
  g_autoptr (GPtrArray) rows = limber_search_find (search, CANARY, 10);

  return rows->len == 0;
}

static gboolean
is_ready (gpointer search)
{
  return limber_search_is_ready (search);
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberSearch) search = limber_search_new (fixture->desk);

  g_assert_true (test_wait (is_ready, search));
  g_assert_false (nobody_is_found (search));
  erase_quietly (fixture->central, &fixture->patient, NULL);
  test_store_push (fixture->central, fixture->desk);
  g_assert_true (test_wait (nobody_is_found, search));
}

/* Older stores kept beside: one of this form is freed of the text and keeps the rest, another cannot be, and goes. */
static void
test_copies (Fixture *fixture, gconstpointer data)
{
  g_autofree char *good = g_build_filename (limber_store_dir (fixture->central), "store.db.replaced-1", NULL), *old = g_build_filename (limber_store_dir (fixture->central), "store.db.before-version-1", NULL);
  g_autofree char *half = g_build_filename (limber_store_dir (fixture->central), "store.db.new", NULL);
  g_autoptr (GError) error = NULL;
  sqlite3_stmt *stmt = NULL;
  sqlite3 *db;

  limber_backup_write (fixture->central, good, FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (old, "an older form, with " CANARY, -1, NULL));
  g_assert_true (g_file_set_contents (half, "a restore that was cut off, of " CANARY, -1, NULL));
  erase_quietly (fixture->central, &fixture->patient, NULL);
  assert_clean (fixture->central, CANARY);
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  g_assert_cmpint (sqlite3_open (good, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT (SELECT count(*) FROM patient WHERE family='Ng'), (SELECT count(*) FROM patient), (SELECT count(*) FROM journal)", -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  g_assert_cmpint (sqlite3_column_int (stmt, 0), ==, 1);
  g_assert_cmpint (sqlite3_column_int (stmt, 1), ==, 1);
  g_assert_cmpint (sqlite3_column_int (stmt, 2), ==, 2);
  sqlite3_finalize (stmt);
  sqlite3_close (db);
}

/* Somebody who is reading keeps the log from being emptied; it is emptied afterwards. */
static gboolean
erase_meanwhile (LimberReader *reader, gpointer data, GError **error)
{
  Fixture *fixture = data;

  g_assert_cmpint (limber_reader_count (reader, "count-quarantined", ""), ==, 0); /* the view begins */
  erase_quietly (fixture->central, &fixture->patient, NULL);
  g_assert_false (limber_scrub_wait (fixture->central));
  return TRUE;
}

static void
test_hindered (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = g_strdup (limber_store_dir (fixture->central));
  g_autoptr (LimberStore) beside = limber_store_open (dir, LIMBER_STORE_READ, fixture->env, NULL);

  g_assert_true (limber_store_read (beside, erase_meanwhile, fixture, NULL));
  assert_clean (fixture->central, CANARY);
  limber_store_close (beside);
}

static gboolean
set_pending (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_transaction_set_meta (transaction, "scrub", "1", error);
}

/* Cut off after the erasure was on the disk: done when the store is opened. */
static void
test_cut_off (Fixture *fixture, gconstpointer data)
{
  erase_quietly (fixture->central, &fixture->patient, NULL);
  g_assert_true (limber_store_write (fixture->central, set_pending, NULL, NULL));
  append_second (fixture, "[[1,\"half a " CANARY);
  g_assert_true (test_dir_has (limber_store_dir (fixture->central), CANARY));
  reopen (fixture, NULL);
  assert_clean (fixture->central, CANARY);
}

/* Pages that were split keep pieces of what has left them. */
typedef struct {
  Fixture *fixture;
  guint    n;
} Crowd;

static gboolean
write_crowd (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor author = { "system:test", "test" };
  Crowd *crowd = data;

  for (guint i = 0; i < crowd->n; i++) {
    g_autofree char *name = g_strdup_printf ("person %u", g_test_rand_int_range (0, 400)), *family = NULL, *address = g_strnfill ((gsize) g_test_rand_int_range (1, 380), 'x');
    g_autoptr (LimberEdit) edit = NULL;
    LimberId id;

    test_id (&id, name);
    family = g_strdup_printf ("%s-%s", name[strlen (name) - 1] % 2 == 0 ? CANARY : "Robin", name + 7);
    edit = limber_edit_new ("patient", &id);
    limber_edit_set_text (edit, "family", family);
    limber_edit_set_text (edit, "given", "A");
    limber_edit_set_text (edit, "born", "1960-01-01");
    limber_edit_set_text (edit, "number", family);
    limber_edit_set_text (edit, "address", address);
    if (!limber_transaction_edit (transaction, edit, &author, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
erase_crowd (LimberTransaction *transaction, gpointer data, GError **error)
{
  for (guint i = 0; i < 400; i += 2) {
    g_autofree char *name = g_strdup_printf ("person %u", i);
    LimberId id;
    Erase what = { "patient", &id, NULL, FALSE, NULL };
    g_autoptr (GError) why = NULL;

    test_id (&id, name);
    if (erase_job (transaction, &what, &why))
      json_decref (what.result);
    else if (!g_error_matches (why, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND)) {
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
  }
  return TRUE;
}

static void
test_crowd (Fixture *fixture, gconstpointer data)
{
  Crowd crowd = { fixture, 100 };

  erase_quietly (fixture->central, &fixture->patient, NULL);
  for (guint i = 0; i < 25; i++)
    g_assert_true (limber_store_write (fixture->central, write_crowd, &crowd, NULL));
  g_assert_true (limber_store_write (fixture->central, erase_crowd, NULL, NULL));
  assert_clean (fixture->central, CANARY);
  g_assert_true (test_dir_has (limber_store_dir (fixture->central), "Robin-"));
}

/* A page that is full after its first row: the record that an erasure changes still comes with it. */
typedef struct {
  GString *told; /* kinds */
} Page;

static void
on_event (gboolean in, const LimberId *patient, gpointer data)
{
}

static void
on_row (const LimberRecord *record, gpointer data)
{
  g_string_append_printf (((Page *) data)->told, "%s ", record->kind->name);
}

static gboolean
is_full (gpointer data)
{
  return ((Page *) data)->told->len > 0;
}

static gboolean
read_page (LimberReader *reader, gpointer data, GError **error)
{
  LimberFeedSink sink = { .event = on_event, .row = on_row, .full = is_full, .data = data };
  LimberGroup group = { .klass = LIMBER_CLASS_OFFICE };
  gint64 cursor = limber_feed_position (reader) - 2;
  gboolean more;

  return limber_feed_read (reader, &group, &cursor, &more, &sink, error);
}

static void
test_page (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) told = g_string_new (NULL);
  Page page = { told };

  erase_quietly (fixture->central, &fixture->patient, "mobile");
  g_assert_true (limber_store_read (fixture->central, read_page, &page, NULL));
  g_assert_cmpstr (told->str, ==, "erasure patient ");
}

/* An entry that says what it may not. */
static void
test_found (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (limber_store_dir (fixture->central), "store.db", NULL), *problems = NULL;
  g_autoptr (json_t) report = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *db;

  limber_store_close (fixture->central);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "INSERT INTO erased SELECT substr(hash, 1, 16) FROM journal LIMIT 1", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  reopen (fixture, NULL);
  g_assert_false (limber_store_read (fixture->central, verify, &report, &error));
  problems = limber_json_dup (report);
  g_assert_nonnull (strstr (problems, "was erased"));
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  const char *const fields[] = { "patient", NULL };
  LimberId nobody;
  struct {
    LimberStore *store;
    Erase        what;
    LimberError  code;
  } cases[] = {
    { fixture->desk, { "patient", &fixture->patient, NULL, FALSE }, LIMBER_ERROR_REFUSED },
    { fixture->central, { "patient", &nobody, NULL, FALSE }, LIMBER_ERROR_NOT_FOUND },
    { fixture->central, { "device", &fixture->patient, NULL, FALSE }, LIMBER_ERROR_REFUSED },
    { fixture->central, { "erasure", &fixture->patient, NULL, FALSE }, LIMBER_ERROR_REFUSED },
    { fixture->central, { "conflict", &fixture->patient, NULL, FALSE }, LIMBER_ERROR_REFUSED },
    { fixture->central, { "site", &fixture->patient, NULL, TRUE }, LIMBER_ERROR_REFUSED },
    { fixture->central, { "referral", &fixture->patient, fields, FALSE }, LIMBER_ERROR_REFUSED },
    { fixture->central, { "site", &fixture->patient, fields, FALSE }, LIMBER_ERROR_USAGE },
  };
  g_autofree char *still = NULL;

  test_id (&nobody, "nobody");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (limber_store_write (cases[i].store, erase_job, &cases[i].what, &error));
    g_assert_error (error, LIMBER_ERROR, (int) cases[i].code);
  }
  g_assert_false (test_store_try (fixture->desk, NULL, "erasure", &nobody, "record", "", "entries", "", "reason", "x", "made", "2026-11-23T10:00:00Z", NULL));
  still = text_of (fixture->desk, "patient", &fixture->patient);
  g_assert_nonnull (strstr (still, CANARY));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, func) g_test_add ("/store/erasure/" path, Fixture, data, set_up, func, tear_down)
  ADD ("a-record-is-nowhere-and-others-are-as-they-were", NULL, test_record);
  ADD ("a-field-goes-and-others-stay", NULL, test_field);
  ADD ("what-is-written-once-and-what-counts-rounds-stay-as-they-were", NULL, test_once_and_ordered);
  ADD ("a-person-goes-with-all-her-records", NULL, test_whole);
  ADD ("many-entries-take-more-erasures", NULL, test_many);
  ADD ("devices-follow-and-may-push-again", NULL, test_elsewhere);
  ADD ("an-erasure-may-come-before-its-entry", NULL, test_before);
  ADD ("central-restored-from-before-erases-again", NULL, test_restore);
  ADD ("central-restored-from-before-the-entry-never-takes-it-in", "before the entry", test_restore);
  ADD ("a-second-file-that-still-has-it-is-freed-of-it-by-a-restore", NULL, test_second);
  ADD ("a-hole-in-the-second-file-revives-nothing", NULL, test_hole);
  ADD ("what-the-second-file-has-of-a-commit-that-failed-goes-too", NULL, test_commit_that_failed);
  ADD ("half-a-line-of-the-second-file-is-no-obstacle", NULL, test_half_line);
  ADD ("a-stale-row-brings-nothing-back", NULL, test_stale);
  ADD ("a-stale-row-in-a-repair-brings-nothing-back", "replace", test_stale);
  ADD ("what-a-node-made-of-it-goes-too", NULL, test_projection);
  ADD ("a-conflict-goes-with-its-losing-value", NULL, test_loser);
  ADD ("a-conflict-with-an-erased-winner-is-none", NULL, test_winner);
  ADD ("an-erased-decision-stays-decided", NULL, test_decision);
  ADD ("an-undecided-value-of-another-field-stands-in-the-way", NULL, test_undecided);
  ADD ("quarantine-keeps-nothing", NULL, test_quarantine);
  ADD ("nothing-is-to-be-decided-about-what-is-gone", NULL, test_told);
  ADD ("what-offers-it-again-goes-too", NULL, test_offer);
  ADD ("a-field-that-this-version-does-not-know-is-treated-alike", NULL, test_unknown);
  ADD ("search-finds-nobody", NULL, test_search);
  ADD ("old-copies-are-freed-of-it-or-go", NULL, test_copies);
  ADD ("a-reader-delays-but-does-not-prevent", NULL, test_hindered);
  ADD ("what-was-cut-off-is-done-at-the-next-start", NULL, test_cut_off);
  ADD ("split-pages-keep-no-pieces", NULL, test_crowd);
  ADD ("a-page-does-not-end-between-an-erasure-and-its-record", NULL, test_page);
  ADD ("verify-finds-what-should-not-be-there", NULL, test_found);
  ADD ("what-was-typed-about-her-and-not-saved-goes-too", NULL, test_unsaved);
  ADD ("central-alone-erases-and-not-everything", NULL, test_refused);
  return g_test_run ();
}
