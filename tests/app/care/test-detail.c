/* A person's details as staff type and change them, how they came to be, and what somebody asks for on the telephone. */
#include "care-fixture.h"

#include <jansson.h>
#include <string.h>

#include "limber-detail.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-past.h"
#include "limber-person.h"
#include "limber-referring.h"

static LimberAuthor author = { "00000000-0000-7000-8000-000000000001", "reception" };

typedef struct {
  LimberDetailChange change;
  LimberId           id;
} Saving;

static gboolean
save (LimberTransaction *transaction, gpointer data, GError **error)
{
  Saving *saving = data;

  return limber_detail_save (transaction, &saving->id, &saving->change, 1, &author, error);
}

/* @refused: (nullable): a part of what is said against it */
static void
change (Care *care, const char *person, const char *field, const char *base, const char *typed, const char *refused)
{
  Saving saving = { { field, typed, base }, { { 0 } } };
  g_autoptr (GError) error = NULL;
  gboolean saved;

  test_id (&saving.id, person);
  saved = limber_store_write (care->store, save, &saving, &error);
  if (refused == NULL)
    g_assert_no_error (error);
  g_assert_cmpint (saved, ==, refused == NULL);
  if (refused != NULL && strstr (error->message, refused) == NULL)
    g_error ("“%s” does not say “%s”", error->message, refused);
}

static void
assert_held (Care *care, const char *person, const char *field, const char *told)
{
  const LimberKind *kind = limber_kind_by_name ("patient");
  g_autoptr (LimberRecord) record = NULL;
  g_autofree char *text = NULL;
  LimberId id;

  test_id (&id, person);
  record = test_store_get (care->store, "patient", &id);
  text = limber_field_to_text (&kind->fields[limber_kind_field (kind, field)], limber_record_value (record, field));
  g_assert_cmpstr (text, ==, told);
}

static void
assert_read (const char *field, const char *typed, const char *told)
{
  g_autofree char *value = NULL;
  g_autoptr (GError) error = NULL;
  gboolean read = limber_detail_read (limber_detail_find (field), typed, "2026-11-23", &value, &error);

  g_assert_cmpint (read, ==, *told != '!');
  if (read)
    g_assert_cmpstr (value, ==, told);
  else if (strstr (error->message, told + 1) == NULL)
    g_error ("“%s” does not say “%s”", error->message, told + 1);
}

static void
test_read (void)
{
  assert_read ("born", "6/8/54", "1954-08-06");
  assert_read ("born", "6 aug 1954", "1954-08-06");
  assert_read ("born", "06-Aug-1954", "1954-08-06"); /* as it is shown */
  assert_read ("born", "31/6/1954", "!not a date");
  assert_read ("born", "6/8", "!not a date");
  assert_read ("born", "24/11/2026", "!");
  assert_read ("born", "6/8/1854", "!");
  assert_read ("family", "  van   der Berg ", "van der Berg");
  assert_read ("family", "12/3/54", "!no figures");
  assert_read ("nhs_number", "999 000 0018", "9990000018");
  assert_read ("nhs_number", "999 000 0019", "!a figure is wrong");
  assert_read ("mobile", "07700900123", "07700 900123");
  assert_read ("nhs_number", "999\302\240000\302\2400018", "9990000018"); /* as it is shown */
  assert_read ("mobile", "07700\302\240900123", "07700 900123");
  assert_read ("mobile", "020 8427 2048", "!mobile");
  assert_read ("address", " 7  Cuckoo Hill \n\n Pinner", "7 Cuckoo Hill\nPinner");
  assert_read ("needs", "wheelchair;interpreter;wheelchair", "interpreter;wheelchair");
  assert_read ("title", "Mrs\nDr", "!cannot be shown");
  assert_read ("kin_phone", "", "");
}

static void
test_saved (Care *care, gconstpointer data)
{
  care_person (care, "ann", "Baker", "Ann", "1950-02-02");
  change (care, "ann", "mobile", "", "07700900123", NULL);
  assert_held (care, "ann", "mobile", "07700 900123");
  change (care, "ann", "mobile", "07700 900123", "0770", "Mobile: That telephone number is too short");
  assert_held (care, "ann", "mobile", "07700 900123");
  change (care, "ann", "mobile", "07700 900123", "", NULL);
  assert_held (care, "ann", "mobile", "");
  change (care, "ann", "family", "Baker", " ", "needed");
  change (care, "ann", "died", "", "1/1/1950", "before the day of birth");
  change (care, "ann", "nhs_number", "", "999 123 4567", NULL); /* can be none: kept as typed */
  assert_held (care, "ann", "nhs_number", "");
  assert_held (care, "ann", "nhs_typed", "999 123 4567");
  change (care, "ann", "nhs_number", "999 123 4567", "999 000 0018", NULL);
  assert_held (care, "ann", "nhs_number", "9990000018");
  change (care, "ann", "born", "1950-02-02", "3/2/50", NULL);
  assert_held (care, "ann", "born", "1950-02-03");
}

/* Two desks at one person: the second is told, and what she typed stands in the place of nothing that she has not seen. */
static void
test_clash (Care *care, gconstpointer data)
{
  care_person (care, "ann", "Baker", "Ann", "1950-02-02");
  change (care, "ann", "mobile", "", "07700 900001", NULL);
  change (care, "ann", "mobile", "", "07700 900002", "somebody else has changed it");
  assert_held (care, "ann", "mobile", "07700 900001");
  change (care, "ann", "email", "", "ann@example.org", NULL); /* what else changed is in nobody's way */
  change (care, "ann", "mobile", "07700 900001", "07700 900002", NULL);
  assert_held (care, "ann", "mobile", "07700 900002");
}

static void
test_restricted (Care *care, gconstpointer data)
{
  care_person (care, "ann", "Baker", "Ann", "1950-02-02");
  change (care, "ann", "restricted", "", "yes", NULL);
  change (care, "ann", "restricted", "1", "", "Only a manager");
  assert_held (care, "ann", "restricted", "1");
  author.role = "service-manager";
  change (care, "ann", "restricted", "1", "", NULL);
  author.role = "reception";
  assert_held (care, "ann", "restricted", "0");
}

/* What protects somebody with two records is shown of both, and so it is taken away from both. */
static void
test_several (Care *care, gconstpointer data)
{
  g_autofree char *ann = NULL;
  LimberId id, other;

  test_id (&id, "ann");
  test_id (&other, "annie");
  ann = limber_id_dup_text (&id);
  care_person (care, "ann", "Baker", "Ann", "1950-02-02");
  care_person (care, "annie", "Baker", "Annie", "1950-02-02");
  test_store_put (care->store, "patient", &other, "merged_into", ann, "needs", "wheelchair;large-print", "see_desk", "1", "mobile", "07700 900009", NULL);
  change (care, "annie", "needs", "large-print;wheelchair", "wheelchair;interpreter", NULL);
  assert_held (care, "ann", "needs", "interpreter;wheelchair");
  assert_held (care, "annie", "needs", "wheelchair");
  change (care, "ann", "see_desk", "1", "", NULL);
  assert_held (care, "annie", "see_desk", "0");
  change (care, "ann", "mobile", "", "07700 900001", NULL);
  assert_held (care, "ann", "mobile", "07700 900001");
  assert_held (care, "annie", "mobile", "07700 900009");
}

/* History */

typedef struct {
  LimberId id;
  json_t  *past;
} Reading;

static gboolean
read_past (LimberReader *reader, gpointer data, GError **error)
{
  Reading *reading = data;

  reading->past = limber_past_json (reader, &reading->id, error);
  return reading->past != NULL;
}

/* The newest change of a field. */
static json_t *
newest (Care *care, const char *person, const char *field)
{
  Reading reading = { { { 0 } }, NULL };
  g_autoptr (GError) error = NULL;
  json_t *one, *found = NULL;
  size_t i;

  test_id (&reading.id, person);
  limber_store_read (care->store, read_past, &reading, &error);
  g_assert_no_error (error);
  json_array_foreach (json_object_get (reading.past, "changes"), i, one)
    if (found == NULL && g_strcmp0 (limber_json_string (one, "field"), field) == 0)
      found = json_incref (one);
  json_decref (reading.past);
  return found;
}

static void
test_past (Care *care, gconstpointer data)
{
  g_autoptr (json_t) mobile = NULL, born = NULL, withheld = NULL;
  LimberId staff;

  limber_id_parse (&staff, author.author);
  test_store_put (care->store, "staff", &staff, "number", "S0009", "given", "Anna", "family", "Reid", "role", "reception", NULL);
  care_person (care, "ann", "Baker", "Ann", "1950-02-02");
  change (care, "ann", "mobile", "", "07700 900001", NULL);
  care_clock (care, "14:05");
  change (care, "ann", "mobile", "07700 900001", "07700 900002", NULL);
  change (care, "ann", "born", "1950-02-02", "3/2/1950", NULL);
  mobile = newest (care, "ann", "mobile");
  g_assert_cmpstr (limber_json_string (mobile, "who"), ==, "Anna Reid");
  g_assert_cmpstr (limber_json_string (mobile, "role"), ==, "reception");
  g_assert_cmpstr (limber_json_string (mobile, "label"), ==, "Mobile telephone");
  g_assert_cmpstr (limber_json_string (mobile, "before"), ==, "07700 900001");
  g_assert_cmpstr (limber_json_string (mobile, "after"), ==, "07700 900002");
  g_assert_cmpint (limber_json_integer (mobile, "time", 0), ==, care_time ("14:05"));
  born = newest (care, "ann", "born");
  g_assert_cmpstr (limber_json_string (born, "before_words"), ==, "02-Feb-1950");
  g_assert_cmpstr (limber_json_string (born, "after_words"), ==, "03-Feb-1950");
  change (care, "ann", "restricted", "", "1", NULL);
  withheld = newest (care, "ann", "mobile");
  g_assert_true (json_is_true (json_object_get (withheld, "withheld")));
  g_assert_null (json_object_get (withheld, "after"));
  g_assert_null (json_object_get (withheld, "before_words"));
}

/* Referring */

typedef struct {
  LimberReferringCall call;
  LimberId            id;
  const char         *why;
} Calling;

static gboolean
take_down (LimberTransaction *transaction, gpointer data, GError **error)
{
  Calling *calling = data;

  limber_id_init_new (&calling->id, limber_transaction_env (transaction));
  return limber_referring_take_down (transaction, &calling->call, &author, &calling->id, error);
}

static gboolean
withdraw (LimberTransaction *transaction, gpointer data, GError **error)
{
  Calling *calling = data;

  return limber_referring_withdraw (transaction, &calling->id, calling->why, &author, error);
}

static void
assert_refused (Care *care, LimberReferringCall call, const char *words)
{
  Calling calling = { .call = call };
  g_autoptr (GError) error = NULL;

  test_id (&calling.call.patient, "ann");
  g_assert_false (limber_store_write (care->store, take_down, &calling, &error));
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
  g_assert_cmpint (care_tasks (care, "triage"), ==, 0);
}

static void
test_asked (Care *care, gconstpointer data)
{
  const LimberReferringCall whole = { .words = "My knee gives way", .parts = "knee", .caller_is = "self", .callback = "07700 900123", .agreed = TRUE };
  LimberReferringCall call = whole;

  care_person (care, "ann", "Baker", "Ann", "1950-02-02");
  call.words = " \n";
  assert_refused (care, call, "what the caller says");
  call = whole;
  call.parts = "";
  assert_refused (care, call, "part of the body");
  call = whole;
  call.parts = "knee;soul";
  assert_refused (care, call, "not on the list");
  call = whole;
  call.caller_is = "family";
  assert_refused (care, call, "caller’s name");
  call = whole;
  call.callback = NULL;
  assert_refused (care, call, "called back");
  call = whole;
  call.callback = "0770";
  assert_refused (care, call, "too short");
  call = whole;
  call.agreed = FALSE;
  assert_refused (care, call, "may be written down");
  care_put (care, "patient", "ann", "died", "2026-11-01");
  assert_refused (care, whole, "died");
}

static void
test_referral (Care *care, gconstpointer data)
{
  Calling calling = { .call = { .words = " My knee gives way.\nIt “catches”. ", .since = "since Easter", .parts = "knee;hip", .side = "left", .caller_is = "family", .caller = "Bob Baker",
                                .callback = "07700900123", .times = "mornings", .agreed = TRUE } };
  g_autoptr (LimberRecord) referral = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *where = NULL;

  care_person (care, "ann", "Baker", "Ann", "1950-02-02");
  test_id (&calling.call.patient, "ann");
  limber_store_write (care->store, take_down, &calling, &error);
  g_assert_no_error (error);
  referral = test_store_get (care->store, "referral", &calling.id);
  g_assert_cmpstr (limber_record_text (referral, "words"), ==, "My knee gives way.\nIt “catches”.");
  g_assert_cmpstr (limber_record_text (referral, "source"), ==, "self-phone");
  g_assert_cmpstr (limber_record_text (referral, "received"), ==, "2026-11-23");
  g_assert_cmpstr (limber_record_text (referral, "callback"), ==, "07700 900123");
  where = limber_referring_where (limber_record_text (referral, "parts"), limber_record_text (referral, "side"));
  g_assert_cmpstr (where, ==, "Knee, Hip (left)");
  g_assert_cmpint (care_tasks (care, "triage"), ==, 1);
  calling.why = "";
  g_assert_false (limber_store_write (care->store, withdraw, &calling, NULL));
  calling.why = "wrong person";
  g_assert_true (limber_store_write (care->store, withdraw, &calling, NULL));
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM task WHERE about='triage' AND status%16=0"), ==, 0);
}

static void
add (const char *path, void (*func) (Care *, gconstpointer))
{
  g_test_add (path, Care, "hub", care_set_up, func, care_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/care/detail/each-is-read-as-people-type-it-or-said-to-be-wrong", test_read);
  add ("/care/detail/a-change-is-checked-and-saved", test_saved);
  add ("/care/detail/nothing-is-written-over-that-was-not-seen", test_clash);
  add ("/care/detail/who-is-restricted-stays-so-at-a-desk", test_restricted);
  add ("/care/detail/what-is-taken-away-is-taken-from-all-her-records", test_several);
  add ("/care/past/it-says-who-when-and-what-it-was-before", test_past);
  add ("/care/referring/what-is-still-to-be-asked-is-said", test_asked);
  add ("/care/referring/the-callers-words-become-a-referral-and-a-task", test_referral);
  return g_test_run ();
}
