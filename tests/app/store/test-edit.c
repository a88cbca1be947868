/* What a person may write, and decide about what waits: what cannot be is refused in words, and leaves nothing behind. */
#include <string.h>
#include <time.h>

#include "limber-error.h"
#include "limber-json.h"
#include "limber-projection.h"
#include "limber-quarantine.h"
#include "limber-session.h"
#include "limber-test.h"
#include "limber-transaction-private.h"

typedef struct {
  TestClock    clock;
  LimberEnv   *env;
  char        *dir;
  LimberStore *central, *desk;
  LimberId     ann, bob, appointment, site, place;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *central = NULL, *desk = NULL, *ann = NULL, *site = NULL;

  fixture->env = test_env_new (&fixture->clock);
  fixture->dir = test_dir_new ();
  central = g_build_filename (fixture->dir, "central", NULL);
  desk = g_build_filename (fixture->dir, "desk", NULL);
  fixture->central = test_store_new (central, fixture->env, LIMBER_CLASS_CENTRAL, NULL);
  fixture->desk = test_store_new (desk, fixture->env, LIMBER_CLASS_DESK, NULL);
  test_id (&fixture->ann, "ann");
  test_id (&fixture->bob, "bob");
  test_id (&fixture->appointment, "appointment");
  test_id (&fixture->site, "site");
  test_id (&fixture->place, "place");
  ann = limber_id_dup_text (&fixture->ann);
  site = limber_id_dup_text (&fixture->site);
  test_store_put (fixture->central, "patient", &fixture->ann, "family", "Smith", "given", "Ann", "born", "1954-08-06", NULL);
  test_store_put (fixture->central, "patient", &fixture->bob, "family", "Jones", "given", "Bob", "born", "1950-01-01", NULL);
  test_store_put (fixture->central, "appointment", &fixture->appointment, "patient", ann, "site", site, "start", "2026-11-23T10:00:00Z", "status", "booked", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_store_assert_sound (fixture->central);
  limber_store_close (fixture->central);
  limber_store_close (fixture->desk);
  g_object_unref (fixture->central);
  g_object_unref (fixture->desk);
  test_dir_remove (fixture->dir);
  g_free (fixture->dir);
  limber_env_unref (fixture->env);
}

typedef struct {
  const LimberId *id;
  LimberAuthor    author;
} Write;

static gboolean
write_job (LimberTransaction *transaction, gpointer data, GError **error)
{
  const Write *write = data;
  g_autoptr (LimberEdit) edit = limber_edit_new ("patient", write->id);

  return limber_edit_parse (edit, "title", "Dr", error) && limber_transaction_edit (transaction, edit, &write->author, error);
}

static void
who_writes_is_said_rightly (Fixture *fixture, gconstpointer data)
{
  g_autofree char *long_name = g_strnfill (80, 'x'), *longer_name = g_strnfill (81, 'x'), *role = g_strnfill (40, 'r'), *longer_role = g_strnfill (41, 'r');
  const LimberAuthor wrong[] = { { NULL, "test" }, { "a b", "test" }, { "a\"b", "test" }, { "a\\b", "test" }, { longer_name, "test" }, { "system:test", NULL }, { "system:test", longer_role } };
  gint64 entries = test_store_count (fixture->central, "SELECT count(*) FROM journal");

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (limber_store_write (fixture->central, write_job, &(Write){ &fixture->ann, wrong[i] }, &error));
    g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_USAGE);
  }
  g_assert_cmpint (test_store_count (fixture->central, "SELECT count(*) FROM journal"), ==, entries);
  g_assert_true (limber_store_write (fixture->central, write_job, &(Write){ &fixture->ann, { long_name, role } }, NULL));
}

static void
assert_refused (LimberStore *store, const char *kind, const LimberId *id, const char *field, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (test_store_try (store, &error, kind, id, field, text, NULL));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
}

static void
what_cannot_be_is_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *bob = limber_id_dup_text (&fixture->bob);
  LimberId other;

  test_id (&other, "other");
  assert_refused (fixture->central, "appointment", &fixture->appointment, "patient", bob); /* it cannot be given to another */
  assert_refused (fixture->central, "appointment", &fixture->appointment, "patient", "");
  assert_refused (fixture->central, "patient", &fixture->ann, "family", "");
  assert_refused (fixture->central, "patient", &other, "family", "Only"); /* a new one lacks the rest */
}

static guint
waiting (Fixture *fixture)
{
  return (guint) test_store_count (fixture->central, "SELECT count(*) FROM quarantine");
}

typedef struct {
  LimberEntryId  entry;
  LimberDecision decision;
} Decide;

static gboolean
decide_job (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor author = { "system:test", "test" };
  const Decide *decide = data;

  return limber_quarantine_decide (transaction, &decide->entry, decide->decision, &author, error);
}

/* Whether what waits may be approved; then it is, else it is declined, and waits no longer either way. */
static gboolean
decide (Fixture *fixture)
{
  g_autoptr (json_t) list = test_store_quarantine (fixture->central);
  g_autoptr (GError) error = NULL;
  Decide decide = { .decision = LIMBER_DECISION_APPROVE };
  gboolean approved;

  g_assert_cmpuint (json_array_size (list), ==, 1);
  g_assert_true (limber_id_parse (&decide.entry, limber_json_string (json_array_get (list, 0), "id")));
  approved = limber_store_write (fixture->central, decide_job, &decide, &error);
  if (!approved) {
    g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
    g_assert_cmpuint (waiting (fixture), ==, 1);
    decide.decision = LIMBER_DECISION_DECLINE;
    g_assert_true (limber_store_write (fixture->central, decide_job, &decide, NULL));
  }
  g_assert_cmpuint (waiting (fixture), ==, 0);
  return approved;
}

static gboolean
read_waiting (LimberReader *reader, gpointer data, GError **error)
{
  *(json_t **) data = limber_quarantine_json (reader, error);
  return *(json_t **) data != NULL;
}

/* Lets an entry of the desk's wait at central. @body: as another version might write it */
static void
let_wait (Fixture *fixture, const char *kind, const LimberId *record, const char *body)
{
  g_autoptr (GPtrArray) lines = NULL;

  test_store_append (fixture->desk, kind, record, &fixture->ann, body);
  lines = test_store_lines (fixture->desk);
  g_ptr_array_remove_range (lines, 0, lines->len - 1);
  test_store_hand_apart (fixture->central, lines, "a reason");
}

static void
what_waits_is_decided_as_far_as_it_can_be_read (Fixture *fixture, gconstpointer data)
{
  const struct {
    const char     *kind;
    const LimberId *record;
    const char     *body;
    gboolean        readable;
  } waits[] = {
    { "appointment", &fixture->appointment, "{\"status^\":17}", TRUE },
    { "patient", &fixture->ann, "{\"title\":\"Dr\",\"language\":null}", TRUE },
    { "patient", &fixture->ann, "{\"born\":\"some day\"}", FALSE },
    { "patient", &fixture->ann, "{\"of another version\":1}", FALSE },
    { "patient", &fixture->ann, "{\"title\":\"Dr\",\"title\":\"Sir\"}", FALSE },
    { "patient", &fixture->ann, "{}", FALSE },
    { "plan", &fixture->bob, "{\"goal\":1}", FALSE },
    { "patient", &fixture->place, "{\"born\":7}", FALSE },
    { "patient", &fixture->ann, "{\"initials\":\"X\"}", FALSE }, /* nobody writes that */
    { "appointment", &fixture->appointment, "{\"status^\":null}", FALSE },
    { "arrival", &fixture->bob, "{\"via!\":7}", FALSE }, /* written once: there is nothing to put back */
  };

  for (guint i = 0; i < G_N_ELEMENTS (waits); i++) {
    g_test_message ("%s %s", waits[i].kind, waits[i].body);
    let_wait (fixture, waits[i].kind, waits[i].record, waits[i].body);
    g_assert_cmpint (decide (fixture), ==, waits[i].readable);
  }
}

/* What a disk has spoilt of it is not shown as if it were whole, and nobody decides about it. */
static void
what_waits_and_is_damaged_is_not_decided (Fixture *fixture, gconstpointer data)
{
  static const char *const damages[] = { "body='{}'", "header='[]'" };
  g_autoptr (json_t) list = NULL, damaged = NULL;
  g_autoptr (GError) error = NULL;
  Decide decide = { .decision = LIMBER_DECISION_APPROVE };

  let_wait (fixture, "patient", &fixture->ann, "{\"title\":\"Dr\"}");
  list = test_store_quarantine (fixture->central);
  g_assert_true (limber_id_parse (&decide.entry, limber_json_string (json_array_get (list, 0), "id")));
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++) {
    g_autofree char *sql = g_strdup_printf ("UPDATE journal SET %s WHERE key IN (SELECT key FROM quarantine)", damages[i]);

    test_store_tamper (fixture->central, sql);
    g_assert_false (limber_store_write (fixture->central, decide_job, &decide, &error));
    g_assert_nonnull (error);
    g_clear_error (&error);
    g_assert_cmpuint (waiting (fixture), ==, 1);
  }
  g_assert_false (limber_store_read (fixture->central, read_waiting, &damaged, &error));
  g_assert_nonnull (error);
  test_store_tamper (fixture->central, "DELETE FROM journal WHERE header='[]'; DELETE FROM quarantine");
}

static gboolean
apply (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_transaction_apply (transaction, data, error);
}

/* What a page says of a record settles what waits about it, not what only has its id, nor what came without its content. */
static void
a_row_settles_what_it_has_only (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = g_build_filename (fixture->dir, "hub", NULL);
  LimberStore *hub = test_store_new (dir, fixture->env, LIMBER_CLASS_HUB, &fixture->site);
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (LimberRecord) row = NULL;

  test_store_append (fixture->desk, "patient", &fixture->ann, &fixture->ann, "{\"title\":\"Dr\"}");
  test_store_append (fixture->desk, "plan", &fixture->ann, &fixture->ann, "{\"goal\":1}");
  test_store_append (fixture->desk, "patient", &fixture->ann, &fixture->ann, "{\"language\":\"cy\"}");
  lines = test_store_lines (fixture->desk);
  test_store_hand_apart (hub, lines, "a reason");
  test_store_tamper (hub, "UPDATE journal SET body=NULL, salt=NULL WHERE body LIKE '%language%'");
  fixture->clock.now += 1000;
  test_store_put (fixture->central, "patient", &fixture->ann, "title", "Sir", "language", "pl", NULL);
  row = test_store_get (fixture->central, "patient", &fixture->ann);
  g_assert_true (limber_store_write (hub, apply, row, NULL));
  g_assert_cmpint (test_store_count (hub, "SELECT count(*) FROM quarantine"), ==, 2);
  g_assert_cmpint (test_store_count (hub, "SELECT count(*) FROM quarantine JOIN journal USING (key) WHERE body LIKE '%Dr%'"), ==, 0);
  limber_store_close (hub);
  g_object_unref (hub);
}

typedef struct {
  Fixture      *fixture;
  const char   *kind;
  LimberId      id;
  LimberRecord *record;
} Show;

static gboolean
show (LimberReader *reader, gpointer data, GError **error)
{
  Show *what = data;

  what->record = limber_reader_get (reader, what->kind, &what->id, error);
  if (what->record != NULL)
    limber_projection_make (reader, what->record, &what->fixture->site);
  return what->record != NULL;
}

static LimberRecord *
shown (Fixture *fixture, const char *kind, const LimberId *id)
{
  Show what = { fixture, kind, *id, NULL };

  g_assert_true (limber_store_read (fixture->central, show, &what, NULL));
  return what.record;
}

/* On a public screen: enough to tell who is meant, and no more. */
static void
a_screen_shows_little_of_anybody (Fixture *fixture, gconstpointer data)
{
  g_autofree char *site = limber_id_dup_text (&fixture->site), *place = limber_id_dup_text (&fixture->place);
  g_autoptr (LimberRecord) before = NULL, open = NULL, restricted = NULL, nowhere = NULL, somewhere = NULL;

  before = shown (fixture, "patient", &fixture->ann);
  g_assert_cmpstr (limber_record_text (before, "initials"), !=, NULL);
  g_assert_null (limber_record_text (before, "postcode_key"));
  g_assert_null (limber_record_text (before, "masked_phone"));
  test_store_put (fixture->central, "patient", &fixture->ann, "phone", "02079460000", "postcode", "HA1 1AA", NULL);
  open = shown (fixture, "patient", &fixture->ann);
  g_assert_nonnull (limber_record_text (open, "masked_phone"));
  g_assert_nonnull (limber_record_text (open, "postcode_key"));
  g_assert_cmpint (limber_record_integer (open, "at_desk"), ==, 0);
  test_store_put (fixture->central, "patient", &fixture->ann, "restricted", "yes", "see_desk", "yes", NULL);
  restricted = shown (fixture, "patient", &fixture->ann);
  g_assert_null (limber_record_text (restricted, "masked_phone"));
  g_assert_null (limber_record_text (restricted, "postcode_key")); /* nor can it be tried out where she lives */
  g_assert_cmpint (limber_record_integer (restricted, "at_desk"), ==, 1);
  nowhere = shown (fixture, "appointment", &fixture->appointment);
  g_assert_null (limber_record_text (nowhere, "place_name"));
  test_store_put (fixture->central, "place", &fixture->place, "site", site, "name", "Gym", "waiting_area", "Blue chairs", NULL);
  test_store_put (fixture->central, "appointment", &fixture->appointment, "place", place, NULL);
  somewhere = shown (fixture, "appointment", &fixture->appointment);
  g_assert_cmpstr (limber_record_text (somewhere, "place_name"), ==, "Gym");
  g_assert_cmpstr (limber_record_text (somewhere, "waiting_area"), ==, "Blue chairs");
}

#define EPOCHS 2000

static gboolean
begin_epochs (LimberTransaction *transaction, gpointer data, GError **error)
{
  const Write *write = data;

  for (int i = 0; i < EPOCHS; i++) {
    g_autoptr (LimberEdit) edit = limber_edit_new ("patient", write->id);

    if (!limber_transaction_new_epoch (transaction, error) || !limber_edit_parse (edit, "title", i % 2 != 0 ? "Dr" : "Ms", error) ||
        !limber_transaction_edit (transaction, edit, &write->author, error))
      return FALSE;
  }
  return TRUE;
}

/* Seconds of this thread that a hundred looks take for the entry that @sql names. */
static double
time_to_find (LimberReader *reader, const LimberId *device, const char *sql)
{
  g_autoptr (LimberStatement) statement = limber_database_bound (reader->database, NULL, sql, "");
  guint8 hash[LIMBER_HASH_LENGTH];
  struct timespec begin, end;

  g_assert_cmpint (limber_statement_step (statement, NULL), ==, 1);
  g_assert_true (limber_statement_blob_into (statement, 0, hash, sizeof hash));
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &begin);
  for (int i = 0; i < 100; i++)
    g_assert_true (limber_session_knows_hash (reader, device, hash));
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &end);
  return (double) (end.tv_sec - begin.tv_sec) + (double) (end.tv_nsec - begin.tv_nsec) / 1e9;
}

/* What comes next on a chain goes on from the newest epoch: that is not looked for through all that came before. */
static gboolean
compare_epochs (LimberReader *reader, gpointer data, GError **error)
{
  double first = time_to_find (reader, data, "SELECT hash FROM journal ORDER BY key LIMIT 1");
  double newest = time_to_find (reader, data, "SELECT hash FROM journal ORDER BY key DESC LIMIT 1");

  g_assert_cmpfloat (newest * 10, <, first);
  return TRUE;
}

static void
the_newest_epoch_is_found_at_once (Fixture *fixture, gconstpointer data)
{
  Write write = { &fixture->ann, { "system:test", "test" } };
  LimberId device = limber_store_identity (fixture->central)->device;

  g_assert_true (limber_store_write (fixture->central, begin_epochs, &write, NULL));
  g_assert_true (limber_store_read (fixture->central, compare_epochs, &device, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/store/edit/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("who-writes-is-said-rightly", who_writes_is_said_rightly);
  ADD ("what-cannot-be-is-refused", what_cannot_be_is_refused);
  ADD ("what-waits-is-decided-as-far-as-it-can-be-read", what_waits_is_decided_as_far_as_it_can_be_read);
  ADD ("what-waits-and-is-damaged-is-not-decided", what_waits_and_is_damaged_is_not_decided);
  ADD ("a-row-settles-what-it-has-only", a_row_settles_what_it_has_only);
  ADD ("a-screen-shows-little-of-anybody", a_screen_shows_little_of_anybody);
  ADD ("the-newest-epoch-is-found-at-once", the_newest_epoch_is_found_at_once);
  return g_test_run ();
}
