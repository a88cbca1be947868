#include "limber-conflicts.h"
#include "limber-error.h"
#include "limber-test.h"

typedef struct {
  TestClock    clock;
  LimberEnv   *env;
  char        *dir;
  LimberStore *central, *desk, *other;
  LimberId     patient;
} Fixture;

static LimberStore *
new_store (Fixture *fixture, const char *name, LimberClass klass)
{
  g_autofree char *dir = g_build_filename (fixture->dir, name, NULL);

  return test_store_new (dir, fixture->env, klass, NULL);
}

/* All three hold the same person. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->env = test_env_new (&fixture->clock);
  fixture->dir = test_dir_new ();
  fixture->central = new_store (fixture, "central", LIMBER_CLASS_CENTRAL);
  fixture->desk = new_store (fixture, "desk", LIMBER_CLASS_DESK);
  fixture->other = new_store (fixture, "other", LIMBER_CLASS_DESK);
  test_id (&fixture->patient, "p1");
  test_store_put (fixture->central, "patient", &fixture->patient, "family", "Smith", "given", "Ann", "born", "1954-08-06", "mobile", "1", NULL);
  test_store_push (fixture->central, fixture->desk);
  test_store_push (fixture->central, fixture->other);
  fixture->clock.now += 1000;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->central);
  g_clear_object (&fixture->desk);
  g_clear_object (&fixture->other);
  test_dir_remove (fixture->dir);
  g_free (fixture->dir);
  limber_env_unref (fixture->env);
}

static gboolean
keep_first (const LimberRecord *record, gpointer data)
{
  LimberRecord **first = data;

  if (*first == NULL)
    *first = limber_record_copy (record);
  return TRUE;
}

static gboolean
read_conflicts (LimberReader *reader, gpointer data, GError **error)
{
  return limber_reader_list (reader, "conflict", NULL, NULL, keep_first, data, error);
}

static gboolean
count_query (LimberReader *reader, gpointer data, GError **error)
{
  *(gint64 *) data = limber_reader_count (reader, "count-open-conflicts", "");
  return TRUE;
}

static gint64
open_conflicts (LimberStore *store)
{
  gint64 n = 0;

  g_assert_true (limber_store_read (store, count_query, &n, NULL));
  return n;
}

static char *
mobile (LimberStore *store, Fixture *fixture)
{
  g_autoptr (LimberRecord) record = test_store_get (store, "patient", &fixture->patient);

  return g_strdup (limber_record_text (record, "mobile"));
}

/* Two people change the same field without seeing each other's change. */
static void
collide (Fixture *fixture, gboolean desk_first)
{
  test_store_put (fixture->desk, "patient", &fixture->patient, "mobile", "2", NULL);
  fixture->clock.now += 1000;
  test_store_put (fixture->other, "patient", &fixture->patient, "mobile", "3", "email", "a@example.org", NULL);
  test_store_push (desk_first ? fixture->desk : fixture->other, fixture->central);
  test_store_push (desk_first ? fixture->other : fixture->desk, fixture->central);
}

static void
test_open (Fixture *fixture, gconstpointer data)
{
  g_autofree char *value = NULL;
  g_autoptr (LimberRecord) conflict = NULL;

  collide (fixture, GPOINTER_TO_INT (data));
  value = mobile (fixture->central, fixture);
  g_assert_cmpstr (value, ==, "3");
  g_assert_cmpint (open_conflicts (fixture->central), ==, 1); /* not one for the e-mail that nobody else set */
  g_assert_true (limber_store_read (fixture->central, read_conflicts, &conflict, NULL));
  g_assert_cmpstr (limber_record_text (conflict, "field"), ==, "mobile");
  g_assert_cmpstr (limber_record_text (conflict, "value"), ==, "\"2\"");
}

static void
test_seen (Fixture *fixture, gconstpointer data)
{
  test_store_put (fixture->desk, "patient", &fixture->patient, "mobile", "2", NULL);
  test_store_push (fixture->desk, fixture->central);
  test_store_push (fixture->central, fixture->other);
  test_store_put (fixture->other, "patient", &fixture->patient, "mobile", "3", NULL);
  test_store_push (fixture->other, fixture->central);
  g_assert_cmpint (open_conflicts (fixture->central), ==, 0);
}

static void
test_same_value (Fixture *fixture, gconstpointer data)
{
  test_store_put (fixture->desk, "patient", &fixture->patient, "mobile", "2", NULL);
  test_store_put (fixture->other, "patient", &fixture->patient, "mobile", "2", NULL);
  test_store_push (fixture->desk, fixture->central);
  test_store_push (fixture->other, fixture->central);
  g_assert_cmpint (open_conflicts (fixture->central), ==, 0);
}

/* Nobody disagrees about when somebody said that all was right: of two days the later said stands, in whatever order they come. */
static void
test_undisputed (Fixture *fixture, gconstpointer data)
{
  gboolean desk_first = GPOINTER_TO_INT (data);
  g_autoptr (LimberRecord) record = NULL;

  test_store_put (fixture->desk, "patient", &fixture->patient, "details_confirmed", "2026-11-21", NULL);
  fixture->clock.now += 2 * 86400 * 1000;
  test_store_put (fixture->other, "patient", &fixture->patient, "details_confirmed", "2026-11-23", NULL);
  test_store_push (desk_first ? fixture->desk : fixture->other, fixture->central);
  test_store_push (desk_first ? fixture->other : fixture->desk, fixture->central);
  record = test_store_get (fixture->central, "patient", &fixture->patient);
  g_assert_cmpstr (limber_record_text (record, "details_confirmed"), ==, "2026-11-23");
  g_assert_cmpint (open_conflicts (fixture->central), ==, 0);
}

static gboolean
decide (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor author = { "system:test", "test" };
  return limber_conflicts_resolve (transaction, data, &author, error);
}

static gboolean
decide_as (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor author = { "00000000-0000-7000-8000-000000000001", "reception" };
  return limber_conflicts_resolve (transaction, data, &author, error);
}

static gboolean
apply_conflict (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_transaction_apply (transaction, data, error);
}

static void
test_decided (Fixture *fixture, gconstpointer data)
{
  static const char *const outcome[] = { "3", "2", "4" };
  LimberResolve how = GPOINTER_TO_INT (data);
  g_autoptr (LimberRecord) conflict = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *value = NULL;
  LimberResolution decision = { .how = how, .text = "4" };

  collide (fixture, TRUE);
  g_assert_true (limber_store_read (fixture->central, read_conflicts, &conflict, NULL));
  decision.conflict = conflict->id;
  g_assert_true (limber_store_write (fixture->central, decide, &decision, &error));
  g_assert_no_error (error);
  value = mobile (fixture->central, fixture);
  g_assert_cmpstr (value, ==, outcome[how]);
  g_assert_cmpint (open_conflicts (fixture->central), ==, 0);
  test_store_push (fixture->desk, fixture->central); /* what is known already does not open it again */
  g_assert_cmpint (open_conflicts (fixture->central), ==, 0);
  g_assert_false (limber_store_write (fixture->central, decide, &decision, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
}

static void
name_device (Fixture *fixture, LimberStore *store, const char *name)
{
  g_autofree char *site = NULL;
  LimberId id;

  test_id (&id, "site");
  site = limber_id_dup_text (&id);
  test_store_put (fixture->central, "site", &id, "code", "LMB01", "name", "Harrow", NULL);
  test_store_put (fixture->central, "device", &limber_store_identity (store)->device, "name", name, "class", "desk", "site", site, "key", "k", "joined", "2026-11-01T09:00:00Z", NULL);
}

/* Both sides say who, when and where, in whatever order they come; and once it is settled, who decided. */
static void
test_who (Fixture *fixture, gconstpointer data)
{
  LimberResolution decision = { .how = LIMBER_RESOLVE_TAKE };
  g_autoptr (LimberRecord) open = NULL, settled = NULL, elsewhere = NULL;
  gint64 made = fixture->clock.now;

  name_device (fixture, fixture->desk, "Front desk");
  name_device (fixture, fixture->other, "Back office");
  collide (fixture, GPOINTER_TO_INT (data));
  g_assert_true (limber_store_read (fixture->central, read_conflicts, &open, NULL));
  g_assert_cmpstr (limber_record_text (open, "place"), ==, "Front desk, Harrow");
  g_assert_cmpint (limber_record_integer (open, "made"), ==, made);
  g_assert_cmpstr (limber_record_text (open, "over_author"), ==, test_author (LIMBER_CLASS_DESK)->author);
  g_assert_cmpstr (limber_record_text (open, "over_place"), ==, "Back office, Harrow");
  g_assert_cmpint (limber_record_integer (open, "over_made"), ==, made + 1000);
  g_assert_true (limber_store_write (fixture->other, apply_conflict, open, NULL));
  decision.conflict = open->id;
  fixture->clock.now = made + 60000;
  g_assert_true (limber_store_write (fixture->other, decide_as, &decision, NULL));
  test_store_push (fixture->other, fixture->central);
  settled = test_store_get (fixture->central, "conflict", &open->id);
  g_assert_cmpstr (limber_record_word (settled, "state"), ==, "settled");
  g_assert_cmpstr (limber_record_text (settled, "over_author"), ==, "00000000-0000-7000-8000-000000000001");
  g_assert_cmpint (limber_record_integer (settled, "over_made"), ==, made + 60000);
  g_assert_cmpstr (limber_record_text (settled, "over_place"), ==, "Back office, Harrow");
  elsewhere = test_store_get (fixture->other, "conflict", &open->id); /* where it was decided all but the place is known before */
  g_assert_cmpstr (limber_record_text (elsewhere, "over_author"), ==, "00000000-0000-7000-8000-000000000001");
  g_assert_cmpint (limber_record_integer (elsewhere, "over_made"), ==, made + 60000);
  g_assert_null (limber_record_text (elsewhere, "over_place"));
}

/* Who changes the field later has not decided. */
static void
test_who_decided_stays (Fixture *fixture, gconstpointer data)
{
  LimberResolution decision = { .how = LIMBER_RESOLVE_KEEP };
  g_autoptr (LimberRecord) open = NULL, settled = NULL;

  collide (fixture, TRUE);
  g_assert_true (limber_store_read (fixture->central, read_conflicts, &open, NULL));
  decision.conflict = open->id;
  g_assert_true (limber_store_write (fixture->central, decide_as, &decision, NULL));
  fixture->clock.now += 60000;
  test_store_put (fixture->desk, "patient", &fixture->patient, "mobile", "9", NULL); /* unseen, and so a conflict of its own */
  test_store_put (fixture->central, "patient", &fixture->patient, "mobile", "8", NULL);
  test_store_push (fixture->desk, fixture->central);
  g_assert_cmpint (open_conflicts (fixture->central), ==, 1);
  settled = test_store_get (fixture->central, "conflict", &open->id);
  g_assert_cmpstr (limber_record_text (settled, "over_author"), ==, "00000000-0000-7000-8000-000000000001");
}

/* A decision is undone by deciding again, knowingly: the conflict stays settled, and nobody is asked anew. */
static void
test_undone (Fixture *fixture, gconstpointer data)
{
  LimberResolution decision = { .how = LIMBER_RESOLVE_TAKE };
  g_autoptr (LimberRecord) conflict = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *value = NULL, *elsewhere = NULL;

  collide (fixture, TRUE);
  g_assert_true (limber_store_read (fixture->central, read_conflicts, &conflict, NULL));
  decision.conflict = conflict->id;
  g_assert_true (limber_store_write (fixture->central, decide, &decision, NULL));
  decision.how = LIMBER_RESOLVE_VALUE;
  decision.text = "3"; /* what stood there before */
  g_assert_false (limber_store_write (fixture->central, decide, &decision, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  decision.again = TRUE;
  g_assert_true (limber_store_write (fixture->central, decide, &decision, NULL));
  value = mobile (fixture->central, fixture);
  g_assert_cmpstr (value, ==, "3");
  g_assert_cmpint (open_conflicts (fixture->central), ==, 0);
  test_store_push (fixture->central, fixture->desk);
  test_store_push (fixture->desk, fixture->central);
  elsewhere = mobile (fixture->desk, fixture);
  g_assert_cmpstr (elsewhere, ==, "3");
  g_assert_cmpint (open_conflicts (fixture->central), ==, 0);
}

static void
hears_and_decides (LimberStore *store, LimberRecord *conflict, gboolean may)
{
  LimberResolution decision = { .how = LIMBER_RESOLVE_KEEP, .conflict = conflict->id };
  g_autoptr (GError) error = NULL;

  g_assert_true (limber_store_write (store, apply_conflict, conflict, NULL));
  g_assert_cmpint (open_conflicts (store), ==, 1);
  g_assert_true (limber_store_write (store, decide, &decision, &error) == may);
  if (!may)
    g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  g_assert_cmpint (open_conflicts (store), ==, may ? 0 : 1);
}

/* A value lost to one that an older node between did not hand on: whoever has the one that lost, an older one or none at
 * all has not seen what he would write over. */
static void
test_winner_not_here (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberStore) older = new_store (fixture, "older", LIMBER_CLASS_DESK), none = new_store (fixture, "none", LIMBER_CLASS_DESK);
  g_autoptr (LimberRecord) conflict = NULL;

  test_store_push (fixture->central, older);
  test_store_put (none, "patient", &fixture->patient, "family", "Smith", "given", "Ann", "born", "1954-08-06", NULL);
  collide (fixture, TRUE);
  g_assert_true (limber_store_read (fixture->central, read_conflicts, &conflict, NULL));
  hears_and_decides (fixture->desk, conflict, FALSE);
  hears_and_decides (older, conflict, FALSE);
  hears_and_decides (none, conflict, FALSE);
  hears_and_decides (fixture->other, conflict, TRUE);
}

static gboolean
import_mobile (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor author = { "system:import", "import" };
  g_autoptr (LimberEdit) edit = limber_edit_new ("patient", data);

  limber_edit_set_import (edit);
  limber_edit_set_text (edit, "mobile", "4");
  return limber_transaction_edit (transaction, edit, &author, error);
}

/* A list loses to a person, however late it was read. */
static void
test_a_list_lost (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberRecord) conflict = NULL;

  test_store_put (fixture->desk, "patient", &fixture->patient, "mobile", "2", NULL);
  fixture->clock.now += 1000;
  g_assert_true (limber_store_write (fixture->other, import_mobile, &fixture->patient, NULL));
  test_store_push (fixture->desk, fixture->central);
  test_store_push (fixture->other, fixture->central);
  g_assert_true (limber_store_read (fixture->central, read_conflicts, &conflict, NULL));
  g_assert_nonnull (conflict);
  hears_and_decides (fixture->desk, conflict, TRUE);
}

/* Decided with the line down: the device that decided, and a hub that heard of it, show it as settled before central does. */
static void
test_decided_offline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberStore) hub = new_store (fixture, "hub", LIMBER_CLASS_HUB);
  g_autoptr (LimberRecord) conflict = NULL;
  g_autoptr (GError) error = NULL;
  LimberResolution decision = { .how = LIMBER_RESOLVE_KEEP };

  collide (fixture, TRUE);
  test_store_push (fixture->central, hub);
  test_store_push (fixture->central, fixture->desk);
  g_assert_true (limber_store_read (fixture->central, read_conflicts, &conflict, NULL));
  g_assert_true (limber_store_write (hub, apply_conflict, conflict, NULL));
  g_assert_true (limber_store_write (fixture->desk, apply_conflict, conflict, NULL));
  g_assert_cmpint (open_conflicts (hub), ==, 1);
  decision.conflict = conflict->id;
  limber_store_write (fixture->desk, decide, &decision, &error);
  g_assert_no_error (error);
  g_assert_cmpint (open_conflicts (fixture->desk), ==, 0);
  test_store_push (fixture->desk, hub);
  g_assert_cmpint (open_conflicts (hub), ==, 0);
  limber_store_close (hub);
}

/* What another version made of kinds and fields that this one does not know, or a value that it cannot read, is decided there. */
static void
test_not_known (Fixture *fixture, gconstpointer data)
{
  static const char *const others[] = { "UPDATE conflict SET value='{'", "UPDATE conflict SET field='colour'", "UPDATE conflict SET kind='plan'" };
  LimberResolution decision = { .how = LIMBER_RESOLVE_TAKE };
  g_autoptr (LimberRecord) conflict = NULL;

  collide (fixture, TRUE);
  g_assert_true (limber_store_read (fixture->central, read_conflicts, &conflict, NULL));
  decision.conflict = conflict->id;
  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    g_autoptr (GError) error = NULL;

    test_store_tamper (fixture->central, others[i]);
    g_assert_false (limber_store_write (fixture->central, decide, &decision, &error));
    g_assert_nonnull (error);
    g_assert_cmpint (open_conflicts (fixture->central), ==, 1);
  }
}

/* Nobody decides between a value and something else: an entry about another record that has the same id, and a value that is none. */
static void
test_no_value (Fixture *fixture, gconstpointer data)
{
  test_store_append (fixture->central, "plan", &fixture->patient, &fixture->patient, "{\"mobile\":\"7\"}");
  test_store_append (fixture->desk, "patient", &fixture->patient, &fixture->patient, "{\"mobile\":7}");
  test_store_push (fixture->desk, fixture->central);
  test_store_tamper (fixture->central, "UPDATE journal SET state=0; DELETE FROM quarantine");
  fixture->clock.now += 1000;
  collide (fixture, TRUE);
  g_assert_cmpint (open_conflicts (fixture->central), ==, 1);
}

/* An edit always beats what its author saw, however wrong the clocks are (SYNC.md rule 4). */
static void
test_beats_what_it_saw (Fixture *fixture, gconstpointer data)
{
  g_autofree char *value = NULL;

  fixture->clock.now += G_GINT64_CONSTANT (73) * 365 * 86400 * 1000;
  test_store_put (fixture->desk, "patient", &fixture->patient, "mobile", "2099", NULL);
  test_store_push (fixture->desk, fixture->central);
  fixture->clock.now -= G_GINT64_CONSTANT (73) * 365 * 86400 * 1000;
  test_store_put (fixture->central, "patient", &fixture->patient, "mobile", "2026", NULL);
  value = mobile (fixture->central, fixture);
  g_assert_cmpstr (value, ==, "2026");
  g_assert_cmpint (open_conflicts (fixture->central), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, func) g_test_add (path, Fixture, GINT_TO_POINTER (data), set_up, func, tear_down)
  ADD ("/store/conflicts/a-losing-edit-that-nobody-saw-is-open", TRUE, test_open);
  ADD ("/store/conflicts/in-whatever-order-the-edits-come", FALSE, test_open);
  ADD ("/store/conflicts/an-edit-that-was-seen-is-none", 0, test_seen);
  ADD ("/store/conflicts/two-people-who-write-the-same-agree", 0, test_same_value);
  ADD ("/store/conflicts/nobody-is-asked-about-what-is-undisputed", TRUE, test_undisputed);
  ADD ("/store/conflicts/nor-when-the-later-comes-first", FALSE, test_undisputed);
  ADD ("/store/conflicts/keeping-settles-it", LIMBER_RESOLVE_KEEP, test_decided);
  ADD ("/store/conflicts/taking-the-loser-settles-it", LIMBER_RESOLVE_TAKE, test_decided);
  ADD ("/store/conflicts/another-value-settles-it", LIMBER_RESOLVE_VALUE, test_decided);
  ADD ("/store/conflicts/both-sides-say-who-when-and-where", TRUE, test_who);
  ADD ("/store/conflicts/and-so-they-do-when-the-later-comes-first", FALSE, test_who);
  ADD ("/store/conflicts/who-decided-stays-known", 0, test_who_decided_stays);
  ADD ("/store/conflicts/a-decision-can-be-undone", 0, test_undone);
  ADD ("/store/conflicts/who-has-not-the-value-that-won-does-not-decide", 0, test_winner_not_here);
  ADD ("/store/conflicts/what-lost-to-a-person-on-a-list-is-decided", 0, test_a_list_lost);
  ADD ("/store/conflicts/a-decision-offline-shows-at-once", 0, test_decided_offline);
  ADD ("/store/conflicts/what-is-not-known-here-is-not-decided-here", 0, test_not_known);
  ADD ("/store/conflicts/what-is-no-value-loses-nothing", 0, test_no_value);
  ADD ("/store/conflicts/an-edit-beats-what-its-author-saw", 0, test_beats_what_it_saw);
  return g_test_run ();
}
