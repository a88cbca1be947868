/* Lists taken in: every line is in the store or in the report; a list never beats a person. */
#include <string.h>

#include "import-fixture.h"
#include "limber-error.h"

static void
test_county (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *dir = g_build_filename (g_getenv ("LIMBER_TEST_DATA"), "county", NULL);
  g_autoptr (json_t) report = import_from (fixture, dir, FALSE), again = NULL;

  g_assert_cmpint (json_array_size (json_object_get (report, "problems")), ==, 0);
  g_assert_cmpint (import_sum (report, "made"), ==, import_sum (report, "read"));
  g_assert_cmpuint (import_count (fixture, "patient"), ==, 300);
  g_assert_cmpuint (import_count (fixture, "appointment"), ==, 143);
  g_assert_cmpuint (import_count (fixture, "place"), ==, 12);
  g_assert_cmpuint (import_count (fixture, "service"), ==, 6);
  import_assert_note (report, "classes.csv", NULL, "later");
  again = import_from (fixture, dir, FALSE);
  g_assert_cmpint (import_sum (again, "same"), ==, import_sum (again, "read"));
  g_assert_cmpint (import_sum (again, "same"), ==, import_sum (again, "read"));
  g_assert_cmpint (import_sum (again, "made") + import_sum (again, "changed") + import_sum (again, "besides"), ==, 0);
}

static void
test_fields (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) report = NULL;
  g_autoptr (LimberRecord) one = NULL, two = NULL;

  import_put (fixture, "practices.csv", "code,name,address,postcode,phone\nE84004,The Circle,\"1 Kenton Lane; Harrow\",HA3 7LT,020 8427 1213\n");
  import_put_patients (fixture, "P1,9990530211,O'Connor,Declan,Mr,1976-11-10,1,+447700900399,,d@example.org,142 Alexandra Avenue;Harrow,HA3 1HQ,E84004,en,large-print;hearing-loop,1,\n"
                         "P2,,Ștefănescu,Elena,,1992-12-31,X,07700-900-963,,,,,V81999,ro,,0,2026-10-01\n");
  report = import_lists (fixture);
  g_assert_cmpint (import_sum (report, "refused") + import_sum (report, "partly"), ==, 0);
  one = import_find (fixture, "patient", "P1");
  g_assert_cmpstr (limber_record_text (one, "nhs_status"), ==, "02");
  g_assert_cmpstr (limber_record_text (one, "mobile"), ==, "+447700900399");
  g_assert_cmpstr (limber_record_text (one, "address"), ==, "142 Alexandra Avenue\nHarrow");
  g_assert_cmpstr (limber_record_text (one, "needs"), ==, "[\"large-print\",\"hearing-loop\"]");
  g_assert_cmpint (limber_record_integer (one, "restricted"), ==, 1);
  g_assert_nonnull (limber_record_id (one, "practice"));
  two = import_find (fixture, "patient", "P2");
  g_assert_cmpstr (limber_record_text (two, "nhs_status"), ==, "07");
  g_assert_null (limber_record_text (two, "nhs_number"));
  g_assert_null (limber_record_id (two, "practice"));
  g_assert_cmpstr (limber_record_text (two, "died"), ==, "2026-10-01");
}

static void
test_broken (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) report = NULL;
  g_autoptr (LimberRecord) record = NULL;

  import_put (fixture, "sites.csv", "code,name,kind,places\nLMB01,Clinic,health-centre,Room 1;Gym\n");
  import_put_patients (fixture, "P1,9990530212,Wrong,Number,Mr,1976-11-10,1,,,,,,,en,,0,\n"   /* 2: a check digit off */
                         "P2,,No,Birth,Mr,10/11/1976,1,,,,,,,en,,0,\n"                 /* 3 */
                         "P3,,Short,Row\n"                                             /* 4 */
                         "P4,,\"Never,Closed,Mr,1976-11-10,1,,,,,,,en,,0,\n"           /* 5 */
                         "P5,,B\xff" "d,Bytes,Mr,1976-11-10,1,,,,,,,en,,0,\n"          /* 6 */
                         "P6,,Odd,Sex,Mr,1976-11-10,Q,,,,,,,en,,maybe,\n"              /* 7: sex and restricted */
                         "P1,,Same,Number,Mr,1976-11-10,1,,,,,,,en,,0,\n"              /* 8 */
                         ",,No,Id,Mr,1976-11-10,1,,,,,,,en,,0,\n"                      /* 9 */
                         "P8,,Tŏ,Comé,Mr,2031-01-01,1,,,,,,X99999,en,,0,\n"            /* 10 */
                         "P9,,Good,Row,Mr,1976-11-10,1,,,,,,X99999,en,,0,\n");         /* 11: the practice is unknown */
  import_put (fixture, "appointments.csv", "id,patient,site,start,minutes,place,status,colour\n"
                                         "A1,P9,LMB01,2026-11-23T09:30:00+00:00,30,Room 1,booked,red\n"
                                         "A2,P77,LMB01,2026-11-23T09:30:00+00:00,30,Room 1,booked,\n"
                                         "A3,P9,LMB01,2026-11-23 09:30,30,Room 1,booked,\n"
                                         "A4,P9,LMB01,2026-11-23T09:30:00+00:00,30,Room 9,booked,\n"
                                         "A5,P9,LMB01,2026-11-23T09:30:00+00:00,30,Room 1,arrived,\n");
  report = import_lists (fixture);
  import_assert_problem (report, "patients.csv", 2, "nhs_number", "not an NHS number", TRUE);
  import_assert_problem (report, "patients.csv", 3, "born", "not a date", FALSE);
  import_assert_problem (report, "patients.csv", 4, NULL, "fewer cells", FALSE);
  import_assert_problem (report, "patients.csv", 5, "family", "never closed", FALSE);
  import_assert_problem (report, "patients.csv", 6, "family", "UTF-8", FALSE);
  import_assert_problem (report, "patients.csv", 7, "sex", "not one of the words", TRUE);
  import_assert_problem (report, "patients.csv", 7, "restricted", "taken as 1", TRUE);
  import_assert_problem (report, "patients.csv", 8, "id", "already on line 2", FALSE);
  import_assert_problem (report, "patients.csv", 9, "id", "must be given", FALSE);
  import_assert_problem (report, "patients.csv", 10, "born", "to come", FALSE);
  import_assert_problem (report, "patients.csv", 11, "gp", "no practice", TRUE);
  import_assert_problem (report, "appointments.csv", 3, "patient", "no patient", FALSE);
  import_assert_problem (report, "appointments.csv", 4, "start", "not a time", FALSE);
  import_assert_problem (report, "appointments.csv", 5, "place", "no place", TRUE);
  import_assert_problem (report, "appointments.csv", 6, "status", "neither", FALSE);
  import_assert_note (report, "appointments.csv", "colour", "not known");
  import_assert_note (report, "staff.csv", NULL, "no such list");
  g_assert_cmpint (import_counted (report, "patients.csv", "read"), ==, 10);
  g_assert_cmpint (import_counted (report, "patients.csv", "made"), ==, 3);
  g_assert_cmpint (import_counted (report, "patients.csv", "refused"), ==, 7);
  g_assert_cmpint (import_counted (report, "patients.csv", "partly"), ==, 3);
  g_assert_cmpint (import_counted (report, "appointments.csv", "made"), ==, 2);
  g_assert_cmpuint (import_count (fixture, "patient"), ==, 3);
  record = import_find (fixture, "patient", "P1");
  g_assert_cmpstr (limber_record_text (record, "nhs_status"), ==, "03");
  g_assert_nonnull (limber_record_text (record, "nhs_typed"));
  g_assert_null (limber_record_text (record, "nhs_number"));
  g_assert_cmpstr (limber_record_text (record, "family"), ==, "Wrong");
}

static void
test_unreadable (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) report = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (limber_import_run (fixture->store, &(LimberImportPlan){ .dir = "/nowhere/at/all" }, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (limber_import_run (fixture->store, &(LimberImportPlan){ .dir = fixture->lists }, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND);
  import_put (fixture, "patients.csv", "id,family\nP1,Ng\n");
  import_put (fixture, "sites.csv", "");
  import_put (fixture, "wishes.csv", "id\n");
  report = import_lists (fixture);
  import_assert_problem (report, "patients.csv", 1, "given", "no such column", FALSE);
  import_assert_problem (report, "sites.csv", 1, NULL, "no header", FALSE);
  import_assert_note (report, "wishes.csv", NULL, "not known");
}

/* Not everybody has more than one. */
static void
test_one_name (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) report = NULL;
  g_autoptr (LimberRecord) record = NULL;

  import_put (fixture, "patients.csv", "id,family,given,born\nP1,Sukarno,,1950-01-02\n");
  report = import_lists (fixture);
  g_assert_cmpint (import_counted (report, "patients.csv", "made"), ==, 1);
  record = import_find (fixture, "patient", "P1");
  g_assert_cmpstr (limber_record_text (record, "family"), ==, "Sukarno");
  g_assert_null (limber_record_text (record, "given"));
}

static void
test_dry_run (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *dir = g_build_filename (g_getenv ("LIMBER_TEST_DATA"), "county", NULL);
  g_autoptr (json_t) trial = import_from (fixture, dir, TRUE), report = NULL;

  g_assert_cmpuint (import_count (fixture, "patient") + import_count (fixture, "site") + import_count (fixture, "service"), ==, 0);
  report = import_from (fixture, dir, FALSE);
  g_assert_true (json_equal (json_object_get (trial, "lists"), json_object_get (report, "lists")));
  g_assert_true (json_equal (json_object_get (trial, "problems"), json_object_get (report, "problems")));
  json_decref (trial);
  trial = import_from (fixture, dir, TRUE);
  g_assert_cmpint (import_sum (trial, "same"), ==, import_sum (trial, "read"));
}

static void
test_changed_list (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) first = NULL, second = NULL, third = NULL, fourth = NULL;
  g_autoptr (LimberRecord) record = NULL;
  const LimberStamp *family, *mobile;

  import_put_patients (fixture, "P1,,Ng,Ann,Ms,1976-11-10,2,07700 900001,020 7946 0001,,,,,en,,0,\n");
  first = import_lists (fixture);
  fixture->clock.now += 60000;
  import_put_patients (fixture, "P1,,Ng,Ann,Ms,1976-11-10,2,07700 900002,,,,,,en,,0,\n");
  second = import_lists (fixture);
  g_assert_cmpint (import_counted (second, "patients.csv", "changed"), ==, 1);
  record = import_find (fixture, "patient", "P1");
  g_assert_cmpstr (limber_record_text (record, "mobile"), ==, "07700 900002");
  g_assert_null (limber_record_text (record, "phone"));
  family = &record->stamps[limber_kind_field (record->kind, "family")];
  mobile = &record->stamps[limber_kind_field (record->kind, "mobile")];
  g_assert_cmpuint (mobile->time, >, family->time);
  g_assert_cmpuint (family->rank, ==, LIMBER_RANK_IMPORT);
  third = import_lists (fixture);
  g_assert_cmpint (import_counted (third, "patients.csv", "same"), ==, 1);
  g_assert_cmpuint (import_count (fixture, "conflict"), ==, 0);
}

static void
test_staff_win (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) report = NULL;
  g_autoptr (LimberRecord) record = NULL, later = NULL;

  import_put_patients (fixture, "P1,,Ng,Ann,Ms,1976-11-10,2,07700 900001,,,,,,en,,0,\n");
  json_decref (import_lists (fixture));
  record = import_find (fixture, "patient", "P1");
  import_staff_set (fixture, "patient", &record->id, "mobile", "07700 900555");
  /* the same list again says nothing new */
  report = import_lists (fixture);
  g_assert_cmpint (import_counted (report, "patients.csv", "same"), ==, 1);
  g_assert_cmpuint (import_count (fixture, "conflict"), ==, 0);
  json_decref (report);
  import_put_patients (fixture, "P1,,Ng,Ann,Ms,1976-11-10,2,07700 900002,,,,,,en,,0,\n");
  report = import_lists (fixture);
  g_assert_cmpint (import_counted (report, "patients.csv", "changed"), ==, 1);
  later = import_find (fixture, "patient", "P1");
  g_assert_cmpstr (limber_record_text (later, "mobile"), ==, "07700 900555");
  g_assert_cmpuint (import_count (fixture, "conflict"), ==, 1);
  json_decref (report);
  report = import_lists (fixture);
  g_assert_cmpint (import_counted (report, "patients.csv", "same"), ==, 1);
  g_assert_cmpuint (import_count (fixture, "conflict"), ==, 1);
}

static void
put_appointment (ImportFixture *fixture, const char *status)
{
  g_autofree char *text = g_strdup_printf ("id,patient,site,start,status\nA1,P1,LMB01,2026-11-23T09:30:00+00:00,%s\n", status);

  import_put (fixture, "appointments.csv", text);
  json_decref (import_lists (fixture));
  fixture->clock.now += 60000;
}

static void
assert_status (ImportFixture *fixture, const char *status)
{
  g_autoptr (LimberRecord) record = import_find (fixture, "appointment", "A1");

  g_assert_cmpstr (limber_record_word (record, "status"), ==, status);
}

static void
test_progress (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (LimberRecord) record = NULL;

  import_put (fixture, "sites.csv", "code,name\nLMB01,Clinic\n");
  import_put_patients (fixture, "P1,,Ng,Ann,Ms,1976-11-10,2,,,,,,,en,,0,\n");
  put_appointment (fixture, "booked");
  put_appointment (fixture, "cancelled");
  assert_status (fixture, "cancelled");
  put_appointment (fixture, "booked"); /* booked again: the next round */
  assert_status (fixture, "booked");
  put_appointment (fixture, "booked");
  record = import_find (fixture, "appointment", "A1");
  g_assert_cmpint (limber_record_integer (record, "status"), ==, LIMBER_PROGRESS_ROUND);
  import_staff_set (fixture, "appointment", &record->id, "status", "arrived");
  put_appointment (fixture, "cancelled");
  assert_status (fixture, "arrived");
  put_appointment (fixture, "booked");
  assert_status (fixture, "arrived");
}

static void
test_stopped (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *dir = g_build_filename (g_getenv ("LIMBER_TEST_DATA"), "county", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (json_t) report = NULL;

  g_cancellable_cancel (cancellable);
  report = limber_import_run (fixture->store, &(LimberImportPlan){ .dir = dir, .cancellable = cancellable }, NULL);
  g_assert_true (json_is_true (json_object_get (report, "stopped")));
  g_assert_cmpuint (import_count (fixture, "practice"), ==, 35);
  g_assert_cmpuint (import_count (fixture, "patient"), ==, 0);
}

static void
test_only_central (void)
{
  TestClock clock = { TEST_NOW, 1 };
  g_autoptr (LimberEnv) env = test_env_new (&clock);
  g_autofree char *dir = test_dir_new ();
  g_autoptr (LimberStore) store = test_store_new (dir, env, LIMBER_CLASS_DESK, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (limber_import_run (store, &(LimberImportPlan){ .dir = dir }, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  limber_store_close (store);
  test_dir_remove (dir);
}

#define ADD(path, func) g_test_add ("/exchange/import/" path, ImportFixture, NULL, import_set_up, func, import_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-county-is-taken-in-whole-and-twice-changes-nothing", test_county);
  ADD ("cells-become-fields", test_fields);
  ADD ("each-broken-line-is-reported-and-the-rest-is-taken", test_broken);
  ADD ("a-list-that-cannot-be-read-is-reported", test_unreadable);
  ADD ("a-person-may-have-one-name", test_one_name);
  ADD ("a-trial-says-the-same-and-writes-nothing", test_dry_run);
  ADD ("a-changed-list-writes-only-what-changed", test_changed_list);
  ADD ("what-staff-said-stays-and-the-difference-is-a-conflict", test_staff_win);
  ADD ("a-list-may-book-again-but-never-undoes-an-arrival", test_progress);
  ADD ("stopping-leaves-whole-batches", test_stopped);
  g_test_add_func ("/exchange/import/only-central-takes-in-lists", test_only_central);
  return g_test_run ();
}
