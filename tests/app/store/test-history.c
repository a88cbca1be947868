/* How a record came to be as it is, and what somebody has typed and not saved. */
#include <string.h>

#include "limber-history.h"
#include "limber-test.h"
#include "limber-unsaved.h"

typedef struct {
  TestClock    clock;
  LimberEnv   *env;
  char        *dirs[3];
  LimberStore *central, *desk, *other;
  LimberId     site, ann;
} Fixture;

static LimberStore *
open_store (Fixture *fixture, guint i, LimberClass klass)
{
  fixture->dirs[i] = test_dir_new ();
  return test_store_new (fixture->dirs[i], fixture->env, klass, klass != LIMBER_CLASS_CENTRAL ? &fixture->site : NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->env = test_env_new (&fixture->clock);
  test_id (&fixture->site, "site");
  test_id (&fixture->ann, "ann");
  fixture->central = open_store (fixture, 0, LIMBER_CLASS_CENTRAL);
  fixture->desk = open_store (fixture, 1, LIMBER_CLASS_DESK);
  fixture->other = open_store (fixture, 2, LIMBER_CLASS_DESK);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->central);
  g_clear_object (&fixture->desk);
  g_clear_object (&fixture->other);
  for (guint i = 0; i < G_N_ELEMENTS (fixture->dirs); i++) {
    test_dir_remove (fixture->dirs[i]);
    g_free (fixture->dirs[i]);
  }
  limber_env_unref (fixture->env);
}

/* A minute later. */
static void
put (Fixture *fixture, LimberStore *store, const char *field, const char *value)
{
  fixture->clock.now += 60000;
  test_store_put (store, "patient", &fixture->ann, field, value, NULL);
}

typedef struct {
  const LimberId *record;
  GArray         *past;
} Reading;

static gboolean
read_past (LimberReader *reader, gpointer data, GError **error)
{
  Reading *reading = data;

  reading->past = limber_history_read (reader, "patient", reading->record, error);
  return reading->past != NULL;
}

/* What is known of one field, the newest first, as "before>after fate", from newest to oldest. */
static char *
past_of (Fixture *fixture, LimberStore *store, const char *field)
{
  static const char *const fates[] = { "stands", "replaced", "lost" };
  Reading reading = { &fixture->ann, NULL };
  GString *text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  limber_store_read (store, read_past, &reading, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < reading.past->len; i++) {
    const LimberPastChange *change = &g_array_index (reading.past, LimberPastChange, i);
    g_autofree char *old = NULL, *new = NULL;

    if (change->field == NULL ? *field != '\0' : !g_str_equal (change->field->name, field))
      continue;
    old = change->field != NULL && change->knows_before ? limber_field_to_text (change->field, &change->before) : g_strdup ("?");
    new = change->field != NULL ? limber_field_to_text (change->field, &change->after) : g_strdup ("?");
    g_string_append_printf (text, "%s>%s %s%s;", old, new, fates[change->fate], change->author == NULL ? " unsaid" : "");
  }
  g_array_unref (reading.past);
  return g_string_free (text, FALSE);
}

static void
assert_past (Fixture *fixture, LimberStore *store, const char *field, const char *told)
{
  g_autofree char *past = past_of (fixture, store, field);

  g_assert_cmpstr (past, ==, told);
}

static void
test_replaced (Fixture *fixture, gconstpointer data)
{
  test_store_put (fixture->desk, "patient", &fixture->ann, "family", "Baker", "born", "1950-02-02", NULL);
  put (fixture, fixture->desk, "mobile", "07700 900001");
  put (fixture, fixture->desk, "mobile", "07700 900002");
  put (fixture, fixture->desk, "mobile", "");
  assert_past (fixture, fixture->desk, "mobile", "07700 900002> stands;07700 900001>07700 900002 replaced;>07700 900001 replaced;");
  assert_past (fixture, fixture->desk, "family", ">Baker stands;");
}

/* Two desks, apart: central knows both, what each had before it, and which of them lost. */
static void
test_lost (Fixture *fixture, gconstpointer data)
{
  test_store_put (fixture->desk, "patient", &fixture->ann, "family", "Baker", "born", "1950-02-02", "mobile", "07700 900001", NULL);
  test_store_push (fixture->desk, fixture->other);
  put (fixture, fixture->desk, "mobile", "07700 900002");
  put (fixture, fixture->other, "mobile", "07700 900003");
  test_store_push (fixture->desk, fixture->central);
  test_store_push (fixture->other, fixture->central);
  assert_past (fixture, fixture->central, "mobile", "07700 900001>07700 900003 stands;07700 900001>07700 900002 lost;>07700 900001 replaced;");
  put (fixture, fixture->central, "mobile", "07700 900004");
  assert_past (fixture, fixture->central, "mobile", "07700 900003>07700 900004 stands;07700 900001>07700 900003 replaced;07700 900001>07700 900002 lost;>07700 900001 replaced;");
}

/* A value that came by itself has when and where, and nothing is made up about the rest. */
static void
test_pulled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  test_store_put (fixture->other, "patient", &fixture->ann, "family", "Baker", "born", "1950-02-02", "mobile", "07700 900001", NULL);
  record = test_store_get (fixture->other, "patient", &fixture->ann);
  limber_store_write (fixture->desk, (LimberWriteFunc) limber_transaction_apply, record, &error);
  g_assert_no_error (error);
  assert_past (fixture, fixture->desk, "mobile", "?>07700 900001 stands unsaid;");
  put (fixture, fixture->desk, "mobile", "07700 900002");
  assert_past (fixture, fixture->desk, "mobile", "?>07700 900002 stands;");
}

typedef struct {
  const char     *author, *form, *text;
  const LimberId *about;
  char           *found;
} Typing;

static gboolean
keep (LimberTransaction *transaction, gpointer data, GError **error)
{
  Typing *typing = data;

  return limber_unsaved_keep (transaction, typing->author, typing->form, typing->about, typing->text, error);
}

static gboolean
find (LimberReader *reader, gpointer data, GError **error)
{
  Typing *typing = data;

  typing->found = limber_unsaved_find (reader, typing->author, typing->form, typing->about, NULL);
  return TRUE;
}

static void
assert_unsaved (Fixture *fixture, const char *author, const char *form, const LimberId *about, const char *told)
{
  Typing typing = { author, form, NULL, about, NULL };

  g_assert_true (limber_store_read (fixture->desk, find, &typing, NULL));
  g_assert_cmpstr (typing.found, ==, told);
  g_free (typing.found);
}

static void
type (Fixture *fixture, const char *author, const char *form, const LimberId *about, const char *text)
{
  g_autoptr (GError) error = NULL;

  limber_store_write (fixture->desk, keep, &(Typing){ author, form, text, about, NULL }, &error);
  g_assert_no_error (error);
}

static gboolean
forget (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_transaction_forget (transaction, data, error);
}

static void
test_unsaved (Fixture *fixture, gconstpointer data)
{
  g_autofree char *much = g_strnfill (LIMBER_UNSAVED_MAXIMUM + 1, 'x');
  g_autoptr (GError) error = NULL;

  test_store_put (fixture->desk, "patient", &fixture->ann, "family", "Baker", "born", "1950-02-02", NULL);
  type (fixture, "ruth", "register", NULL, "one");
  type (fixture, "ruth", "register", NULL, "two");
  type (fixture, "priya", "register", NULL, "hers");
  type (fixture, "ruth", "edit", &fixture->ann, "of Ann");
  assert_unsaved (fixture, "ruth", "register", NULL, "two");
  assert_unsaved (fixture, "priya", "register", NULL, "hers");
  assert_unsaved (fixture, "ruth", "edit", &fixture->ann, "of Ann");
  assert_unsaved (fixture, "priya", "edit", &fixture->ann, NULL);
  g_assert_false (limber_store_write (fixture->desk, keep, &(Typing){ "ruth", "register", much, NULL, NULL }, &error));
  assert_unsaved (fixture, "ruth", "register", NULL, "two");
  type (fixture, "ruth", "register", NULL, NULL);
  assert_unsaved (fixture, "ruth", "register", NULL, NULL);
  limber_store_write (fixture->desk, forget, &fixture->ann, NULL);
  assert_unsaved (fixture, "ruth", "edit", &fixture->ann, NULL);
  fixture->clock.now += (LIMBER_UNSAVED_DAYS + 1) * G_GINT64_CONSTANT (86400000);
  type (fixture, "ruth", "register", NULL, "new");
  assert_unsaved (fixture, "priya", "register", NULL, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/history/each-change-says-what-it-took-the-place-of", Fixture, NULL, set_up, test_replaced, tear_down);
  g_test_add ("/store/history/of-two-written-apart-the-one-that-lost-is-said-to-have", Fixture, NULL, set_up, test_lost, tear_down);
  g_test_add ("/store/history/what-came-as-a-value-alone-has-no-author-and-nothing-made-up", Fixture, NULL, set_up, test_pulled, tear_down);
  g_test_add ("/store/unsaved/it-is-whose-it-is-and-goes-with-the-person-or-after-days", Fixture, NULL, set_up, test_unsaved, tear_down);
  return g_test_run ();
}
