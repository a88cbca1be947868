/* NHS numbers as they are typed, and who is how much like whom. */
#include "care-fixture.h"

#include <string.h>

#include "limber-detail.h"
#include "limber-duplicates.h"
#include "limber-error.h"

static const LimberAuthor author = { "00000000-0000-7000-8000-000000000001", "reception" };

typedef struct {
  const char *typed;
  LimberId    id;
} Typing;

static gboolean
type_number (LimberTransaction *transaction, gpointer data, GError **error)
{
  Typing *typing = data;
  g_autoptr (LimberRecord) held = limber_reader_get (limber_transaction_reader (transaction), "patient", &typing->id, error);
  g_autoptr (LimberEdit) edit = limber_edit_new ("patient", &typing->id);

  return held != NULL && limber_identity_set_nhs_number (edit, held, typing->typed, error) && limber_transaction_edit (transaction, edit, &author, error);
}

static gboolean
type (Care *care, const char *typed, GError **error)
{
  Typing typing = { typed, { { 0 } } };

  test_id (&typing.id, "ann");
  return limber_store_write (care->store, type_number, &typing, error);
}

static void
assert_number (Care *care, const char *number, const char *typed, const char *status)
{
  g_autoptr (LimberRecord) record = NULL;
  LimberId id;

  test_id (&id, "ann");
  record = test_store_get (care->store, "patient", &id);
  g_assert_cmpstr (limber_record_text (record, "nhs_number"), ==, number);
  g_assert_cmpstr (limber_record_text (record, "nhs_typed"), ==, typed);
  g_assert_cmpstr (limber_record_text (record, "nhs_status"), ==, status);
}

static void
test_typed (Care *care, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  care_person (care, "ann", "Baker", "Ann", "1950-02-02");
  g_assert_true (type (care, " 999 123-4567 ", NULL)); /* would need 10 as its check figure */
  assert_number (care, NULL, "999 123-4567", "03");
  g_assert_true (type (care, "QQ 12 34 56 C", NULL));
  assert_number (care, NULL, "QQ 12 34 56 C", "03");
  g_assert_true (type (care, "999 000 0018", NULL));
  assert_number (care, "9990000018", NULL, "02");
  g_assert_false (type (care, "999 000 0019", &error)); /* it does not take the place of one that can be right */
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "a figure is wrong"));
  assert_number (care, "9990000018", NULL, "02");
  g_assert_true (type (care, "  ", NULL));
  assert_number (care, NULL, NULL, "07");
}

static void
test_verified (Care *care, gconstpointer data)
{
  LimberId id;

  test_id (&id, "ann");
  care_person (care, "ann", "Baker", "Ann", "1950-02-02");
  test_store_put (care->store, "patient", &id, "nhs_number", "9990000018", "nhs_status", "01", NULL);
  g_assert_true (type (care, "9990000018", NULL));
  assert_number (care, "9990000018", NULL, "01");
  g_assert_true (type (care, "9990000026", NULL)); /* another one has not been verified */
  assert_number (care, "9990000026", NULL, "02");
}

static void
test_too_long (Care *care, gconstpointer data)
{
  static const char *const bad[] = { "99900000180000000000000000000000000000000000", "999\n0000018x", "999\xe2\x80\xae" "1", "999\001" };

  care_person (care, "ann", "Baker", "Ann", "1950-02-02");
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (type (care, bad[i], &error));
    g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  }
  assert_number (care, NULL, NULL, NULL);
}

/* Who is like whom. */

#define LANE "HA1 1AA"
#define CELL "07700 900123"

static const struct {
  LimberPerson   one, other;
  LimberLikeness likeness;
  LimberAlike    why;
} cases[] = {
  /* numbers */
  { { "Baker", "Ann", "1950-02-02", "9990000018", NULL, NULL }, { "BAKER", "Ann", "1950-02-02", "9990000018", NULL, NULL }, LIMBER_LIKENESS_CERTAIN, LIMBER_ALIKE_NUMBER },
  { { "Baker", "Ann", "1950-02-02", "9990000018", NULL, LANE }, { "Baker", "Beth", "1950-02-02", "9990000018", NULL, LANE }, LIMBER_LIKENESS_LIKELY, LIMBER_ALIKE_NUMBER_OTHER_NAME }, /* a twin's, miscopied */
  { { "Baker", "Ann", "1950-02-02", "9990000018", NULL, NULL }, { "Baker", "Ann", "1951-02-02", "9990000018", NULL, NULL }, LIMBER_LIKENESS_LIKELY, LIMBER_ALIKE_NUMBER_OTHER_BORN },
  { { "Baker", "Ann", "1950-02-02", "9990000018", CELL, LANE }, { "Baker", "Ann", "1950-02-02", "9990000026", CELL, LANE }, LIMBER_LIKENESS_NONE, LIMBER_ALIKE_NOT },
  { { "Baker", "Ann", "1950-02-02", "9990000019", NULL, NULL }, { "Miller", "Eve", "1960-12-31", "9990000019", NULL, NULL }, LIMBER_LIKENESS_NONE, LIMBER_ALIKE_NOT }, /* not valid: never matched on */
  /* names and the same birth date */
  { { "O'Connor", "Zoë", "1950-02-02", NULL, NULL, NULL }, { "OConnor", "Zoe", "1950-02-02", "9990000018", NULL, NULL }, LIMBER_LIKENESS_LIKELY, LIMBER_ALIKE_NAMES_BORN },
  { { "Ann", "Baker", "1950-02-02", NULL, NULL, NULL }, { "Baker", "Ann", "1950-02-02", NULL, NULL, NULL }, LIMBER_LIKENESS_LIKELY, LIMBER_ALIKE_NAMES_SWAPPED },
  { { "Cook", "Katherine", "1950-02-02", NULL, CELL, NULL }, { "Cooke", "Catherine", "1950-02-02", NULL, "+44 7700 900123", NULL }, LIMBER_LIKENESS_LIKELY, LIMBER_ALIKE_NAMES_NEAR },
  { { "Cook", "Kath", "1950-02-02", NULL, NULL, NULL }, { "Cook", "Katherine", "1950-02-02", NULL, NULL, NULL }, LIMBER_LIKENESS_LIKELY, LIMBER_ALIKE_NAMES_NEAR },
  { { "Cook", "Kath", "1950-02-02", NULL, NULL, NULL }, { "Cooke", "Katherine", "1950-02-02", NULL, NULL, NULL }, LIMBER_LIKENESS_POSSIBLE, LIMBER_ALIKE_NAMES_NEAR },
  { { "Barton-Wood", "Ann", "1950-02-02", NULL, NULL, LANE }, { "Wood", "Ann", "1950-02-02", NULL, NULL, "ha11aa" }, LIMBER_LIKENESS_LIKELY, LIMBER_ALIKE_NAMES_NEAR },
  { { "Baker", "Ann", "1950-02-02", NULL, CELL, NULL }, { "Miller", "Ann", "1950-02-02", NULL, CELL, NULL }, LIMBER_LIKENESS_LIKELY, LIMBER_ALIKE_CONTACT },
  { { "Baker", "Ann", "1950-02-02", NULL, NULL, NULL }, { "Miller", "Ann", "1950-02-02", NULL, NULL, NULL }, LIMBER_LIKENESS_NONE, LIMBER_ALIKE_NOT },
  /* twins */
  { { "Baker", "Ann", "1950-02-02", NULL, CELL, LANE }, { "Baker", "Beth", "1950-02-02", NULL, CELL, LANE }, LIMBER_LIKENESS_NONE, LIMBER_ALIKE_NOT },
  /* nearly the same birth date */
  { { "Baker", "Ann", "1950-02-03", NULL, NULL, LANE }, { "Baker", "Ann", "1950-03-02", NULL, NULL, LANE }, LIMBER_LIKENESS_LIKELY, LIMBER_ALIKE_BORN_NEAR },
  { { "Baker", "Ann", "1945-02-03", NULL, NULL, NULL }, { "Baker", "Ann", "1954-02-03", NULL, NULL, NULL }, LIMBER_LIKENESS_POSSIBLE, LIMBER_ALIKE_BORN_NEAR },
  { { "Baker", "Ann", "1950-02-03", NULL, NULL, LANE }, { "Baker", "Ann", "1950-02-08", NULL, NULL, LANE }, LIMBER_LIKENESS_LIKELY, LIMBER_ALIKE_BORN_NEAR },
  { { "Baker", "Ann", "1950-02-03", NULL, NULL, LANE }, { "Baker", "Ann", "1950-04-18", NULL, NULL, LANE }, LIMBER_LIKENESS_NONE, LIMBER_ALIKE_NOT },
  /* father and son: also when a generation is one figure */
  { { "Baker", "Tom", "1950-02-03", NULL, CELL, LANE }, { "Baker", "Tom", "1980-02-03", NULL, CELL, LANE }, LIMBER_LIKENESS_NONE, LIMBER_ALIKE_NOT },
  { { "Baker", "Tom", "1950-02-03", NULL, CELL, LANE }, { "Baker", "Tom", "1977-01-27", NULL, CELL, LANE }, LIMBER_LIKENESS_NONE, LIMBER_ALIKE_NOT },
  /* somebody of one name */
  { { "Indira", NULL, "1950-02-02", NULL, NULL, NULL }, { "indira", "", "1950-02-02", "9990000018", NULL, NULL }, LIMBER_LIKENESS_LIKELY, LIMBER_ALIKE_NAMES_BORN },
  { { "Indira", "", "1950-02-02", NULL, CELL, LANE }, { "Patel", "", "1950-02-02", NULL, CELL, LANE }, LIMBER_LIKENESS_NONE, LIMBER_ALIKE_NOT },
};

static void
test_likeness (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (LimberFacts) one = limber_facts_new (&cases[i].one, NULL), other = limber_facts_new (&cases[i].other, NULL);
    LimberAlike why, back;

    g_test_message ("case %" G_GSIZE_FORMAT ": %s %s and %s %s", i, cases[i].one.given, cases[i].one.family, cases[i].other.given, cases[i].other.family);
    g_assert_cmpstr (limber_likeness_name (limber_likeness_compare (one, other, &why)), ==, limber_likeness_name (cases[i].likeness));
    g_assert_cmpstr (limber_alike_name (why), ==, limber_alike_name (cases[i].why));
    g_assert_cmpint (limber_likeness_compare (other, one, &back), ==, cases[i].likeness);
    g_assert_cmpint (back, ==, why);
  }
}

typedef struct {
  LimberPerson person;
  GArray      *found;
  LimberId     id;
} Registering;

static gboolean
look (LimberReader *reader, gpointer data, GError **error)
{
  Registering *registering = data;

  registering->found = limber_duplicates_find (reader, &registering->person, NULL, error);
  return registering->found != NULL;
}

static gboolean
register_her (LimberTransaction *transaction, gpointer data, GError **error)
{
  Registering *registering = data;

  const LimberPerson *person = &registering->person;
  const LimberDetailChange details[] = { { "family", person->family }, { "given", person->given }, { "born", person->born }, { "nhs_number", person->nhs_number != NULL ? person->nhs_number : "" },
                                         { "mobile", person->phone != NULL ? person->phone : "" }, { "postcode", person->postcode != NULL ? person->postcode : "" } };

  limber_id_init_new (&registering->id, limber_transaction_env (transaction));
  return limber_detail_register (transaction, details, G_N_ELEMENTS (details), &author, &registering->id, error);
}

static GArray *
find (Care *care, LimberPerson person)
{
  Registering registering = { .person = person };

  g_assert_true (limber_store_read (care->store, look, &registering, NULL));
  return registering.found;
}

static void
assert_first (Care *care, LimberPerson person, const char *name, LimberLikeness likeness)
{
  g_autoptr (GArray) found = find (care, person);
  LimberId id;

  test_id (&id, name);
  g_assert_cmpuint (found->len, >=, 1);
  g_assert_true (limber_id_equal (&g_array_index (found, LimberDuplicate, 0).id, &id));
  g_assert_cmpint (g_array_index (found, LimberDuplicate, 0).likeness, ==, likeness);
}

static void
test_offered (Care *care, gconstpointer data)
{
  g_autoptr (GArray) nobody = NULL;
  LimberId id;

  care_person (care, "ann", "Baker", "Ann", "1950-02-03");
  care_person (care, "annie", "Bakers", "Annie", "1950-02-03");
  care_person (care, "far", "Miller", "Eve", "1950-02-03");
  test_id (&id, "far");
  test_store_put (care->store, "patient", &id, "nhs_number", "9990000018", NULL);
  assert_first (care, (LimberPerson){ "baker", "ANN", "1950-02-03", NULL, NULL, NULL }, "ann", LIMBER_LIKENESS_LIKELY);
  assert_first (care, (LimberPerson){ "Baker", "Ann", "1950-03-02", NULL, NULL, NULL }, "ann", LIMBER_LIKENESS_POSSIBLE);
  care_person (care, "lucy", "Łuczak", "Zofia", "1966-05-04");
  assert_first (care, (LimberPerson){ "luczak", "Zofia", "1966-04-05", NULL, NULL, NULL }, "lucy", LIMBER_LIKENESS_POSSIBLE); /* whichever way the first letter is written */
  assert_first (care, (LimberPerson){ "ŁUCZAK", "Zofia", "1966-05-14", NULL, NULL, NULL }, "lucy", LIMBER_LIKENESS_POSSIBLE);
  assert_first (care, (LimberPerson){ "Myller", "Eve", "1950-02-03", "999 000 0018", NULL, NULL }, "far", LIMBER_LIKENESS_LIKELY);
  nobody = find (care, (LimberPerson){ "Baker", "Tom", "1988-11-30", "999 000 0019", NULL, NULL });
  g_assert_cmpuint (nobody->len, ==, 0);
}

/* However many are alike, ten are offered; of somebody with several records one is. */
static void
test_bounded (Care *care, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autoptr (GArray) found = NULL, fewer = NULL;
  LimberId id;

  for (guint i = 0; i < 14; i++) {
    g_autofree char *name = g_strdup_printf ("ann %u", i);

    care_person (care, name, "Baker", "Ann", "1950-02-03");
  }
  found = find (care, (LimberPerson){ "Baker", "Ann", "1950-02-03", NULL, NULL, NULL });
  g_assert_cmpuint (found->len, ==, LIMBER_DUPLICATES_MOST);
  test_id (&id, "ann 0");
  first = limber_id_dup_text (&id);
  for (guint i = 1; i < 14; i++) {
    g_autofree char *name = g_strdup_printf ("ann %u", i);

    test_id (&id, name);
    test_store_put (care->store, "patient", &id, "merged_into", first, NULL);
  }
  fewer = find (care, (LimberPerson){ "Baker", "Ann", "1950-02-03", NULL, NULL, NULL });
  g_assert_cmpuint (fewer->len, ==, 1);
  test_id (&id, "ann 0");
  g_assert_true (limber_id_equal (&g_array_index (fewer, LimberDuplicate, 0).id, &id));
}

static void
test_registered (Care *care, gconstpointer data)
{
  Registering ann = { .person = { " Baker ", "Ann", "1950-02-03", "99", "07700 900 123", "ha11aa" } }, nameless = { .person = { "", "Ann", "1950-02-03", NULL, NULL, NULL } };
  g_autoptr (LimberRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (limber_store_write (care->store, register_her, &ann, NULL));
  record = test_store_get (care->store, "patient", &ann.id);
  g_assert_cmpstr (limber_record_text (record, "family"), ==, "Baker");
  g_assert_cmpstr (limber_record_text (record, "mobile"), ==, "07700 900123");
  g_assert_cmpstr (limber_record_text (record, "postcode"), ==, "HA1 1AA");
  g_assert_cmpstr (limber_record_text (record, "nhs_typed"), ==, "99");
  g_assert_cmpstr (limber_record_text (record, "nhs_status"), ==, "03");
  g_assert_true (limber_id_equal (limber_record_id (record, "site"), &care->site));
  g_assert_false (limber_store_write (care->store, register_her, &nameless, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
}

static void
add (const char *name, void (*func) (Care *, gconstpointer))
{
  g_autofree char *path = g_strdup_printf ("/care/identity/%s", name);

  g_test_add (path, Care, "hub", care_set_up, func, care_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("a-number-that-fails-is-kept-as-typed-and-needs-tracing", test_typed);
  add ("a-verified-number-stays-so-when-it-is-typed-again", test_verified);
  add ("a-number-that-cannot-be-kept-is-refused", test_too_long);
  g_test_add_func ("/care/likeness/each-rule-tells-people-apart", test_likeness);
  add ("who-may-be-the-same-is-offered-with-the-likeliest-first", test_offered);
  add ("ten-are-offered-and-a-person-once", test_bounded);
  add ("somebody-new-is-registered-at-the-site", test_registered);
  return g_test_run ();
}
