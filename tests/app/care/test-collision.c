/* Who is meant where several people of today's list share day, month and first letter, and perhaps the year. */
#include "care-fixture.h"

/* @born: "6/8" or "6/8/1954"; @postcode: (nullable). */
static void
assert_said (Care *care, const char *born, const char *postcode, const char *result, const char *ask)
{
  LimberArriveQuestion question = { .initial = 'O', .postcode = (char *) postcode };
  g_autoptr (LimberArriveAnswer) answer = NULL;

  g_assert_cmpint (sscanf (born, "%d/%d/%d", &question.day, &question.month, &question.year), >=, 2);
  if (care->store == care->kiosk)
    care_project (care);
  answer = care_ask_only (care, &question);
  care_assert_result (answer, result);
  g_assert_cmpstr (answer->ask, ==, ask);
}

/* Of @name, at ten like everybody else here. */
static void
put (Care *care, const char *name, const char *born, const char *postcode)
{
  g_autofree char *appointment = g_strconcat ("of ", name, NULL);

  care_person (care, name, "Oakley", name, born);
  care_appointment (care, appointment, name, "10:00", "booked");
  if (postcode != NULL)
    care_put (care, "patient", name, "postcode", postcode);
  care_clock (care, "09:40");
}

static void
test_settles (Care *care, gconstpointer data)
{
  static const char *const typed[] = { "ha3 1hq", "HA31HQ", " hA 3-1h q " };

  put (care, "ann", "1954-08-06", "HA3 1HQ");
  put (care, "bea", "1954-08-06", "HA5 2BB");
  put (care, "cleo", "1981-08-06", "HA3 1HQ");
  assert_said (care, "6/8", NULL, "ask-more", "year");
  assert_said (care, "6/8/1954", NULL, "ask-more", "postcode");
  care_assert_status (care, "of ann", "booked");
  assert_said (care, "6/8/1954", typed[0], "checked-in", NULL);
  care_assert_status (care, "of ann", "arrived");
  care_assert_status (care, "of bea", "booked");
  for (guint i = 1; i < G_N_ELEMENTS (typed); i++)
    assert_said (care, "6/8/1954", typed[i], "already", NULL);
  assert_said (care, "6/8/1954", "HA5 2BB", "checked-in", NULL);
  care_assert_status (care, "of bea", "arrived");
  care_assert_status (care, "of cleo", "booked");
}

static void
test_nobodys (Care *care, gconstpointer data)
{
  g_autoptr (GString) long_one = g_string_new (NULL);
  LimberArriveQuestion question = { .day = 6, .month = 8, .year = 1954, .initial = 'O', .postcode = (char *) "HA9 9ZZ" };
  g_autoptr (LimberArriveAnswer) answer = NULL;
  g_autofree char *json = NULL;

  put (care, "ann", "1954-08-06", "HA3 1HQ");
  put (care, "bea", "1954-08-06", "HA5 2BB");
  for (guint i = 0; i < 100; i++)
    g_string_append (long_one, "HA3 1HQ");
  assert_said (care, "6/8/1954", long_one->str, "no-match", NULL);
  assert_said (care, "6/8/1954", "", "no-match", NULL);
  answer = care_ask_only (care, &question);
  json = care_json (answer);
  g_assert_cmpstr (json, ==, "{\"result\":\"no-match\"}"); /* as of somebody who is on no list */
  g_assert_cmpint (care_tasks (care, "cannot-tell-apart"), ==, 0);
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM attempt WHERE result='no-match'"), ==, 3);
}

/* Twins at home: to ask would help nobody. */
static void
test_one_home (Care *care, gconstpointer data)
{
  put (care, "ann", "1954-08-06", "HA3 1HQ");
  put (care, "bea", "1954-08-06", "HA31HQ");
  assert_said (care, "6/8/1954", NULL, "see-desk", NULL);
  assert_said (care, "6/8/1954", "HA3 1HQ", "see-desk", NULL);
  g_assert_cmpint (care_tasks (care, "cannot-tell-apart"), ==, 1);
  put (care, "cleo", "1954-08-06", "HA5 2BB");
  assert_said (care, "6/8/1954", NULL, "ask-more", "postcode");
  assert_said (care, "6/8/1954", "HA3 1HQ", "see-desk", NULL);
  assert_said (care, "6/8/1954", "HA5 2BB", "checked-in", NULL);
  care_assert_status (care, "of cleo", "arrived");
}

/* She may live where her twin does, or have moved there: nobody is taken for the other. */
static void
test_unknown (Care *care, gconstpointer data)
{
  put (care, "ann", "1954-08-06", "HA3 1HQ");
  put (care, "bea", "1954-08-06", NULL);
  assert_said (care, "6/8/1954", NULL, "see-desk", NULL);
  assert_said (care, "6/8/1954", "HA3 1HQ", "see-desk", NULL);
  assert_said (care, "6/8/1954", "HA5 2BB", "no-match", NULL);
  g_assert_cmpint (care_arrivals (care), ==, 0);
}

/* Where a restricted person lives can be tried out at no screen. */
static void
test_restricted (Care *care, gconstpointer data)
{
  put (care, "ann", "1954-08-06", "HA3 1HQ");
  care_put (care, "patient", "ann", "restricted", "true");
  assert_said (care, "6/8", "HA3 1HQ", "no-match", NULL);
  put (care, "bea", "1954-08-06", "HA5 2BB");
  assert_said (care, "6/8/1954", NULL, "see-desk", NULL);
  assert_said (care, "6/8/1954", "HA3 1HQ", "no-match", NULL);
}

static void
test_instead_of_year (Care *care, gconstpointer data)
{
  care_put (care, "site", "site", "ask_year", "true");
  put (care, "ann", "1954-08-06", "HA3 1HQ");
  assert_said (care, "6/8", NULL, "ask-more", "year");
  assert_said (care, "6/8", "HA5 2BB", "no-match", NULL);
  put (care, "bea", "1981-08-06", NULL);
  assert_said (care, "6/8", "HA3 1HQ", "ask-more", "year");
  assert_said (care, "6/8/1954", "HA3 1HQ", "checked-in", NULL);
  care_assert_status (care, "of ann", "arrived");
  assert_said (care, "6/8/1981", "HA3 1HQ", "no-match", NULL);
  care_assert_status (care, "of bea", "booked");
}

/* Her other record, which was merged, has where she lived before. */
static void
test_records_of_one (Care *care, gconstpointer data)
{
  LimberId ann;
  g_autofree char *into = NULL;

  put (care, "ann", "1954-08-06", "HA3 1HQ");
  put (care, "anne", "1954-08-06", "HA8 8AA");
  put (care, "bea", "1954-08-06", "HA5 2BB");
  test_id (&ann, "ann");
  into = limber_id_dup_text (&ann);
  care_put (care, "patient", "anne", "merged_into", into);
  assert_said (care, "6/8/1954", NULL, "ask-more", "postcode");
  assert_said (care, "6/8/1954", "HA8 8AA", "checked-in", NULL);
  care_assert_status (care, "of ann", "arrived");
  care_assert_status (care, "of anne", "arrived");
  care_assert_status (care, "of bea", "booked");
}

static void
add (const char *path, void (*func) (Care *, gconstpointer))
{
  care_add_in ("collision", path, func);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("a-postcode-settles-it-however-it-is-typed", test_settles);
  add ("a-postcode-of-nobody-is-no-match", test_nobodys);
  add ("who-lives-together-is-not-asked-for-it", test_one_home);
  add ("beside-somebody-whose-postcode-is-unknown-nobody-is-found", test_unknown);
  add ("a-restricted-persons-postcode-is-compared-with-nothing", test_restricted);
  add ("it-may-be-given-in-place-of-the-year", test_instead_of_year);
  add ("any-record-of-hers-says-where-she-lives", test_records_of_one);
  return g_test_run ();
}
