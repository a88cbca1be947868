/* The numbers that a store gives to ids: the same whether few changes are expected or very many. */
#include <string.h>

#include "limber-database.h"
#include "limber-error.h"
#include "limber-test.h"
#include "limber-transaction-private.h"

#define MANY (LIMBER_NUMBERS_LOOKS + 5000)

/* Two stores to which the same happens. */
typedef struct {
  TestClock    clock;
  LimberEnv   *env;
  char        *dir;
  LimberStore *few, *many; /* the second expects very many changes */
} Fixture;

static LimberStore *
new_store (Fixture *fixture, const char *name)
{
  g_autofree char *dir = g_build_filename (fixture->dir, name, NULL);

  return test_store_new (dir, fixture->env, LIMBER_CLASS_CENTRAL, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->env = test_env_new (&fixture->clock);
  fixture->dir = test_dir_new ();
  fixture->few = new_store (fixture, "few");
  fixture->many = new_store (fixture, "many");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->few);
  g_clear_object (&fixture->many);
  test_dir_remove (fixture->dir);
  g_free (fixture->dir);
  limber_env_unref (fixture->env);
}

static gboolean
expect_many (LimberTransaction *transaction, gpointer many, GError **error)
{
  limber_transaction_expect_many (transaction, GPOINTER_TO_INT (many));
  return TRUE;
}

/* One job: the numbers of some ids. */
typedef struct {
  guint    from, until;
  gboolean make, fail;
  GArray  *numbers; /* (unowned) (element-type gint64): gets them */
  guint    at;      /* from there on */
} Asking;

static gboolean
ask (LimberTransaction *transaction, gpointer data, GError **error)
{
  const Asking *asking = data;

  g_array_set_size (asking->numbers, asking->at);
  for (guint i = asking->from; i < asking->until; i++) {
    LimberId id = { { 0 } };
    gint64 n;

    memcpy (id.bytes, &i, sizeof i);
    memcpy (id.bytes + 12, &(guint){ i * 2654435761u }, sizeof i); /* by which it is looked for */
    n = limber_database_thing (transaction->reader.database, &id, asking->make, error);
    g_array_append_val (asking->numbers, n);
    if (asking->make && n == 0)
      return FALSE;
  }
  return !asking->fail;
}

static gboolean
look (LimberStore *store, GArray *numbers, Asking asking)
{
  asking.numbers = numbers;
  asking.at = numbers->len;
  return limber_store_write (store, ask, &asking, NULL);
}

/* All the answers of a store to which ids come, and from which some are taken back. */
static GArray *
answers_of (LimberStore *store, gboolean many)
{
  static const Asking meanwhile[] = {
    { 0, MANY },                                /* most are not there */
    { 500, 1500, .make = TRUE },                /* half of them are new */
    { 2000, 2010, .make = TRUE, .fail = TRUE }, /* taken back */
    { 2005, 2015, .make = TRUE },               /* with numbers that the others had */
    { 0, MANY },
    { 2000, 2005, .make = TRUE },
  };
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_assert_true (look (store, numbers, (Asking){ 0, 1000, .make = TRUE }));
  g_assert_true (limber_store_write (store, expect_many, GINT_TO_POINTER (many), NULL));
  for (guint i = 0; i < G_N_ELEMENTS (meanwhile); i++)
    g_assert_true (look (store, numbers, meanwhile[i]) != meanwhile[i].fail);
  g_assert_true (limber_store_write (store, expect_many, GINT_TO_POINTER (FALSE), NULL));
  g_assert_true (look (store, numbers, (Asking){ 0, 3000 }));
  return numbers;
}

static void
test_same_answers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) few = answers_of (fixture->few, FALSE), many = answers_of (fixture->many, TRUE);

  g_assert_cmpmem (few->data, few->len * sizeof (gint64), many->data, many->len * sizeof (gint64));
}

/* How many looks into the store it takes until all numbers are wanted; 0: they never are. */
static guint
looks_until_all (LimberNumbers *numbers)
{
  for (guint i = 1; i <= 3 * LIMBER_NUMBERS_LOOKS; i++)
    if (limber_numbers_wants_all (numbers))
      return i;
  return 0;
}

static void
test_read_all (void)
{
  LimberNumbers numbers;

  limber_numbers_init (&numbers, TRUE);
  g_assert_cmpuint (looks_until_all (&numbers), ==, 0);
  limber_numbers_expect_many (&numbers, TRUE);
  g_assert_cmpuint (looks_until_all (&numbers), ==, LIMBER_NUMBERS_LOOKS);
  limber_numbers_forget (&numbers);
  g_assert_cmpuint (looks_until_all (&numbers), ==, LIMBER_NUMBERS_LOOKS);
  limber_numbers_expect_many (&numbers, FALSE);
  g_assert_cmpuint (looks_until_all (&numbers), ==, 0);
  limber_numbers_clear (&numbers);
}

/* Says that very many changes are to come, until all numbers are kept in memory. */
static void
expect_and_look (LimberStore *store)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_assert_true (limber_store_write (store, expect_many, GINT_TO_POINTER (TRUE), NULL));
  g_assert_true (look (store, numbers, (Asking){ 0, MANY }));
}

static gboolean
write_then_fail (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor author = { "system:test", "test" };
  g_autoptr (LimberEdit) edit = limber_edit_new ("site", data);

  limber_edit_set_text (edit, "code", "LMB01");
  limber_edit_set_text (edit, "name", "Clinic");
  return limber_transaction_edit (transaction, edit, &author, error) && limber_error_refuse (error, "changed my mind");
}

/* The number that an undone job gave to one record may be given to another. */
static void
assert_given_again (LimberStore *store)
{
  LimberId undone, other;
  g_autoptr (LimberRecord) first = NULL, second = NULL;
  g_autoptr (GError) error = NULL;

  test_id (&undone, "undone");
  test_id (&other, "other");
  g_assert_false (limber_store_write (store, write_then_fail, &undone, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  test_store_put (store, "site", &other, "code", "LMB02", "name", "Hall", NULL);
  test_store_put (store, "site", &undone, "code", "LMB01", "name", "Clinic", NULL);
  first = test_store_get (store, "site", &undone);
  second = test_store_get (store, "site", &other);
  g_assert_cmpstr (limber_record_text (first, "code"), ==, "LMB01");
  g_assert_cmpstr (limber_record_text (second, "code"), ==, "LMB02");
}

static void
test_given_again (Fixture *fixture, gconstpointer data)
{
  assert_given_again (fixture->few);
  expect_and_look (fixture->many);
  assert_given_again (fixture->many);
}

/* What was there before, what comes meanwhile and what comes afterwards have one number each. */
static void
test_stay (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "before", "meanwhile", "afterwards" };
  LimberStore *store = fixture->many;
  LimberId ids[3];

  for (guint i = 0; i < 3; i++) {
    test_id (&ids[i], names[i]);
    if (i == 1)
      expect_and_look (store);
    else if (i == 2)
      g_assert_true (limber_store_write (store, expect_many, GINT_TO_POINTER (FALSE), NULL));
    test_store_put (store, "site", &ids[i], "code", names[i], "name", "Clinic", NULL);
    for (guint j = 0; j < i; j++)
      test_store_put (store, "site", &ids[j], "name", names[i], NULL);
  }
  for (guint i = 0; i < 3; i++) {
    g_autoptr (LimberRecord) record = test_store_get (store, "site", &ids[i]);

    g_assert_cmpstr (limber_record_text (record, "code"), ==, names[i]);
    g_assert_cmpstr (limber_record_text (record, "name"), ==, i == 2 ? "Clinic" : "afterwards");
  }
  g_assert_cmpint (test_store_count (store, "SELECT count(*) FROM site"), ==, 3);
}

#define ADD(path, func) g_test_add ("/store/numbers/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/numbers/all-are-read-after-very-many-looks-and-again-once-forgotten", test_read_all);
  ADD ("are-the-same-whether-many-changes-come-or-few", test_same_answers);
  ADD ("one-that-was-undone-can-be-given-again", test_given_again);
  ADD ("stay-as-they-are-while-many-changes-come", test_stay);
  return g_test_run ();
}
