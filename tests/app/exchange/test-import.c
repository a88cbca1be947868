/* Lists taken in: every line is in the store or in the report; a list never beats a person. */
#include <glib/gstdio.h>
#include <string.h>

#include "limber-error.h"
#include "limber-import.h"
#include "limber-json.h"
#include "limber-test.h"

typedef struct {
  TestClock    clock;
  LimberEnv   *env;
  char        *dir;   /* of the store */
  char        *lists; /* of the lists */
  LimberStore *store;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->clock = (TestClock){ TEST_NOW, 7 };
  fixture->env = test_env_new (&fixture->clock);
  fixture->dir = test_dir_new ();
  fixture->lists = test_dir_new ();
  fixture->store = test_store_new (fixture->dir, fixture->env, LIMBER_CLASS_CENTRAL, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  limber_store_close (fixture->store);
  g_object_unref (fixture->store);
  limber_env_unref (fixture->env);
  test_dir_remove (fixture->dir);
  test_dir_remove (fixture->lists);
  g_free (fixture->dir);
  g_free (fixture->lists);
}

static void
put_list (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->lists, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static json_t *
import_from (Fixture *fixture, const char *dir, gboolean dry_run)
{
  g_autoptr (GError) error = NULL;
  json_t *report = limber_import_run (fixture->store, dir, dry_run, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return report;
}

static json_t *
import (Fixture *fixture)
{
  return import_from (fixture, fixture->lists, FALSE);
}

static gint64
counted (json_t *report, const char *file, const char *what)
{
  gsize i;
  json_t *list;

  json_array_foreach (json_object_get (report, "lists"), i, list)
    if (g_strcmp0 (limber_json_string (list, "file"), file) == 0)
      return limber_json_integer (list, what, -1);
  return -1;
}

static gint64
sum (json_t *report, const char *what)
{
  gint64 n = 0;
  gsize i;
  json_t *list;

  json_array_foreach (json_object_get (report, "lists"), i, list)
    n += limber_json_integer (list, what, 0);
  return n;
}

/* That the report names this line and column, for a reason with these words in it. */
static void
assert_problem (json_t *report, const char *file, int line, const char *column, const char *why, gboolean taken)
{
  gsize i;
  json_t *one;

  json_array_foreach (json_object_get (report, "problems"), i, one)
    if (g_strcmp0 (limber_json_string (one, "file"), file) == 0 && limber_json_integer (one, "line", 0) == line && g_strcmp0 (limber_json_string (one, "column"), column) == 0) {
      g_assert_nonnull (strstr (limber_json_string (one, "reason"), why));
      g_assert_true (json_is_true (json_object_get (one, "taken")) == taken);
      return;
    }
  g_error ("Nothing is said of %s line %d column %s", file, line, column);
}

static void
assert_note (json_t *report, const char *file, const char *column, const char *words)
{
  gsize i;
  json_t *one;

  json_array_foreach (json_object_get (report, "notes"), i, one)
    if (g_strcmp0 (limber_json_string (one, "file"), file) == 0 && g_strcmp0 (limber_json_string (one, "column"), column) == 0) {
      g_assert_nonnull (strstr (limber_json_string (one, "message"), words));
      return;
    }
  g_error ("Nothing is noted of %s", file);
}

typedef struct {
  const char   *kind;
  const char   *key;
  LimberRecord *record;
  guint         n;
} Look;

static gboolean
look_up (LimberReader *reader, gpointer data, GError **error)
{
  Look *look = data;

  look->record = limber_reader_by_key (reader, look->kind, look->key, error);
  return look->record != NULL;
}

static LimberRecord *
find (Fixture *fixture, const char *kind, const char *key)
{
  g_autoptr (GError) error = NULL;
  Look look = { kind, key, NULL, 0 };

  limber_store_read (fixture->store, look_up, &look, &error);
  g_assert_no_error (error);
  return look.record;
}

static gboolean
count_one (const LimberRecord *record, gpointer data)
{
  ((Look *) data)->n++;
  return TRUE;
}

static gboolean
count_kind (LimberReader *reader, gpointer data, GError **error)
{
  return limber_reader_list (reader, ((Look *) data)->kind, NULL, NULL, count_one, data, error);
}

static guint
count (Fixture *fixture, const char *kind)
{
  Look look = { kind, NULL, NULL, 0 };

  g_assert_true (limber_store_read (fixture->store, count_kind, &look, NULL));
  return look.n;
}

static const char patients_head[] = "id,nhs_number,family,given,title,born,sex,mobile,phone,email,address,postcode,gp,language,needs,restricted,died\n";

static void
put_patients (Fixture *fixture, const char *rows)
{
  g_autofree char *text = g_strconcat (patients_head, rows, NULL);

  put_list (fixture, "patients.csv", text);
}

static void
test_county (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = g_build_filename (g_getenv ("LIMBER_TEST_DATA"), "county", NULL);
  g_autoptr (json_t) report = import_from (fixture, dir, FALSE), again = NULL;

  g_assert_cmpint (json_array_size (json_object_get (report, "problems")), ==, 0);
  g_assert_cmpint (sum (report, "made"), ==, sum (report, "read"));
  g_assert_cmpuint (count (fixture, "patient"), ==, 300);
  g_assert_cmpuint (count (fixture, "appointment"), ==, 143);
  g_assert_cmpuint (count (fixture, "place"), ==, 12);
  g_assert_cmpuint (count (fixture, "service"), ==, 6);
  assert_note (report, "classes.csv", NULL, "later");
  again = import_from (fixture, dir, FALSE);
  g_assert_cmpint (sum (again, "same"), ==, sum (again, "read"));
  g_assert_cmpint (sum (again, "same"), ==, sum (again, "read"));
  g_assert_cmpint (sum (again, "made") + sum (again, "changed") + sum (again, "besides"), ==, 0);
}

static void
test_fields (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) report = NULL;
  g_autoptr (LimberRecord) one = NULL, two = NULL;

  put_list (fixture, "practices.csv", "code,name,address,postcode,phone\nE84004,The Circle,\"1 Kenton Lane; Harrow\",HA3 7LT,020 8427 1213\n");
  put_patients (fixture, "P1,9990530211,O'Connor,Declan,Mr,1976-11-10,1,+447700900399,,d@example.org,142 Alexandra Avenue;Harrow,HA3 1HQ,E84004,en,large-print;hearing-loop,1,\n"
                         "P2,,Ștefănescu,Elena,,1992-12-31,X,07700-900-963,,,,,V81999,ro,,0,2026-10-01\n");
  report = import (fixture);
  g_assert_cmpint (sum (report, "refused") + sum (report, "partly"), ==, 0);
  one = find (fixture, "patient", "P1");
  g_assert_cmpstr (limber_record_text (one, "nhs_status"), ==, "02");
  g_assert_cmpstr (limber_record_text (one, "mobile"), ==, "+447700900399");
  g_assert_cmpstr (limber_record_text (one, "address"), ==, "142 Alexandra Avenue\nHarrow");
  g_assert_cmpstr (limber_record_text (one, "needs"), ==, "[\"large-print\",\"hearing-loop\"]");
  g_assert_cmpint (limber_record_integer (one, "restricted"), ==, 1);
  g_assert_nonnull (limber_record_id (one, "practice"));
  two = find (fixture, "patient", "P2");
  g_assert_cmpstr (limber_record_text (two, "nhs_status"), ==, "07");
  g_assert_null (limber_record_text (two, "nhs_number"));
  g_assert_null (limber_record_id (two, "practice"));
  g_assert_cmpstr (limber_record_text (two, "died"), ==, "2026-10-01");
}

static void
test_broken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) report = NULL;
  g_autoptr (LimberRecord) record = NULL;

  put_list (fixture, "sites.csv", "code,name,kind,places\nLMB01,Clinic,health-centre,Room 1;Gym\n");
  put_patients (fixture, "P1,9990530212,Wrong,Number,Mr,1976-11-10,1,,,,,,,en,,0,\n"   /* 2: a check digit off */
                         "P2,,No,Birth,Mr,10/11/1976,1,,,,,,,en,,0,\n"                 /* 3 */
                         "P3,,Short,Row\n"                                             /* 4 */
                         "P4,,\"Never,Closed,Mr,1976-11-10,1,,,,,,,en,,0,\n"           /* 5 */
                         "P5,,B\xff" "d,Bytes,Mr,1976-11-10,1,,,,,,,en,,0,\n"          /* 6 */
                         "P6,,Odd,Sex,Mr,1976-11-10,Q,,,,,,,en,,maybe,\n"              /* 7: sex and restricted */
                         "P1,,Same,Number,Mr,1976-11-10,1,,,,,,,en,,0,\n"              /* 8 */
                         ",,No,Id,Mr,1976-11-10,1,,,,,,,en,,0,\n"                      /* 9 */
                         "P8,,To,Come,Mr,2031-01-01,1,,,,,,X99999,en,,0,\n"            /* 10 */
                         "P9,,Good,Row,Mr,1976-11-10,1,,,,,,X99999,en,,0,\n");         /* 11: the practice is unknown */
  put_list (fixture, "appointments.csv", "id,patient,site,start,minutes,place,status,colour\n"
                                         "A1,P9,LMB01,2026-11-23T09:30:00+00:00,30,Room 1,booked,red\n"
                                         "A2,P77,LMB01,2026-11-23T09:30:00+00:00,30,Room 1,booked,\n"
                                         "A3,P9,LMB01,2026-11-23 09:30,30,Room 1,booked,\n"
                                         "A4,P9,LMB01,2026-11-23T09:30:00+00:00,30,Room 9,booked,\n"
                                         "A5,P9,LMB01,2026-11-23T09:30:00+00:00,30,Room 1,arrived,\n");
  report = import (fixture);
  assert_problem (report, "patients.csv", 2, "nhs_number", "not an NHS number", TRUE);
  assert_problem (report, "patients.csv", 3, "born", "not a date", FALSE);
  assert_problem (report, "patients.csv", 4, NULL, "fewer cells", FALSE);
  assert_problem (report, "patients.csv", 5, "family", "never closed", FALSE);
  assert_problem (report, "patients.csv", 6, "family", "UTF-8", FALSE);
  assert_problem (report, "patients.csv", 7, "sex", "not one of the words", TRUE);
  assert_problem (report, "patients.csv", 7, "restricted", "taken as 1", TRUE);
  assert_problem (report, "patients.csv", 8, "id", "already on line 2", FALSE);
  assert_problem (report, "patients.csv", 9, "id", "must be given", FALSE);
  assert_problem (report, "patients.csv", 10, "born", "to come", FALSE);
  assert_problem (report, "patients.csv", 11, "gp", "no practice", TRUE);
  assert_problem (report, "appointments.csv", 3, "patient", "no patient", FALSE);
  assert_problem (report, "appointments.csv", 4, "start", "not a time", FALSE);
  assert_problem (report, "appointments.csv", 5, "place", "no place", TRUE);
  assert_problem (report, "appointments.csv", 6, "status", "neither", FALSE);
  assert_note (report, "appointments.csv", "colour", "not known");
  assert_note (report, "staff.csv", NULL, "no such list");
  g_assert_cmpint (counted (report, "patients.csv", "read"), ==, 10);
  g_assert_cmpint (counted (report, "patients.csv", "made"), ==, 3);
  g_assert_cmpint (counted (report, "patients.csv", "refused"), ==, 7);
  g_assert_cmpint (counted (report, "patients.csv", "partly"), ==, 3);
  g_assert_cmpint (counted (report, "appointments.csv", "made"), ==, 2);
  g_assert_cmpuint (count (fixture, "patient"), ==, 3);
  record = find (fixture, "patient", "P1");
  g_assert_cmpstr (limber_record_text (record, "nhs_status"), ==, "03");
  g_assert_nonnull (limber_record_text (record, "nhs_typed"));
  g_assert_null (limber_record_text (record, "nhs_number"));
  g_assert_cmpstr (limber_record_text (record, "family"), ==, "Wrong");
}

static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) report = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (limber_import_run (fixture->store, "/nowhere/at/all", FALSE, NULL, NULL, NULL, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (limber_import_run (fixture->store, fixture->lists, FALSE, NULL, NULL, NULL, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND);
  put_list (fixture, "patients.csv", "id,family\nP1,Ng\n");
  put_list (fixture, "sites.csv", "");
  put_list (fixture, "wishes.csv", "id\n");
  report = import (fixture);
  assert_problem (report, "patients.csv", 1, "given", "no such column", FALSE);
  assert_problem (report, "sites.csv", 1, NULL, "no header", FALSE);
  assert_note (report, "wishes.csv", NULL, "not known");
}

/* Not everybody has more than one. */
static void
test_one_name (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) report = NULL;
  g_autoptr (LimberRecord) record = NULL;

  put_list (fixture, "patients.csv", "id,family,given,born\nP1,Sukarno,,1950-01-02\n");
  report = import (fixture);
  g_assert_cmpint (counted (report, "patients.csv", "made"), ==, 1);
  record = find (fixture, "patient", "P1");
  g_assert_cmpstr (limber_record_text (record, "family"), ==, "Sukarno");
  g_assert_null (limber_record_text (record, "given"));
}

static void
test_dry_run (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = g_build_filename (g_getenv ("LIMBER_TEST_DATA"), "county", NULL);
  g_autoptr (json_t) trial = import_from (fixture, dir, TRUE), report = NULL;

  g_assert_cmpuint (count (fixture, "patient") + count (fixture, "site") + count (fixture, "service"), ==, 0);
  report = import_from (fixture, dir, FALSE);
  g_assert_true (json_equal (json_object_get (trial, "lists"), json_object_get (report, "lists")));
  g_assert_true (json_equal (json_object_get (trial, "problems"), json_object_get (report, "problems")));
  json_decref (trial);
  trial = import_from (fixture, dir, TRUE);
  g_assert_cmpint (sum (trial, "same"), ==, sum (trial, "read"));
}

/* What the staff said, as in a screen. */
static void
staff_set (Fixture *fixture, const char *kind, const LimberId *id, const char *field, const char *text)
{
  fixture->clock.now += 60000;
  test_store_put (fixture->store, kind, id, field, text, NULL);
  fixture->clock.now += 60000;
}

static void
test_changed_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) first = NULL, second = NULL, third = NULL, fourth = NULL;
  g_autoptr (LimberRecord) record = NULL;
  const LimberStamp *family, *mobile;

  put_patients (fixture, "P1,,Ng,Ann,Ms,1976-11-10,2,07700 900001,020 7946 0001,,,,,en,,0,\n");
  first = import (fixture);
  fixture->clock.now += 60000;
  put_patients (fixture, "P1,,Ng,Ann,Ms,1976-11-10,2,07700 900002,,,,,,en,,0,\n");
  second = import (fixture);
  g_assert_cmpint (counted (second, "patients.csv", "changed"), ==, 1);
  record = find (fixture, "patient", "P1");
  g_assert_cmpstr (limber_record_text (record, "mobile"), ==, "07700 900002");
  g_assert_null (limber_record_text (record, "phone"));
  family = &record->stamps[limber_kind_field (record->kind, "family")];
  mobile = &record->stamps[limber_kind_field (record->kind, "mobile")];
  g_assert_cmpuint (mobile->time, >, family->time);
  g_assert_cmpuint (family->rank, ==, LIMBER_RANK_IMPORT);
  third = import (fixture);
  g_assert_cmpint (counted (third, "patients.csv", "same"), ==, 1);
  g_assert_cmpuint (count (fixture, "conflict"), ==, 0);
}

static void
test_staff_win (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) report = NULL;
  g_autoptr (LimberRecord) record = NULL, later = NULL;

  put_patients (fixture, "P1,,Ng,Ann,Ms,1976-11-10,2,07700 900001,,,,,,en,,0,\n");
  json_decref (import (fixture));
  record = find (fixture, "patient", "P1");
  staff_set (fixture, "patient", &record->id, "mobile", "07700 900555");
  /* the same list again says nothing new */
  report = import (fixture);
  g_assert_cmpint (counted (report, "patients.csv", "same"), ==, 1);
  g_assert_cmpuint (count (fixture, "conflict"), ==, 0);
  json_decref (report);
  put_patients (fixture, "P1,,Ng,Ann,Ms,1976-11-10,2,07700 900002,,,,,,en,,0,\n");
  report = import (fixture);
  g_assert_cmpint (counted (report, "patients.csv", "changed"), ==, 1);
  later = find (fixture, "patient", "P1");
  g_assert_cmpstr (limber_record_text (later, "mobile"), ==, "07700 900555");
  g_assert_cmpuint (count (fixture, "conflict"), ==, 1);
  json_decref (report);
  report = import (fixture);
  g_assert_cmpint (counted (report, "patients.csv", "same"), ==, 1);
  g_assert_cmpuint (count (fixture, "conflict"), ==, 1);
}

static void
put_appointment (Fixture *fixture, const char *status)
{
  g_autofree char *text = g_strdup_printf ("id,patient,site,start,status\nA1,P1,LMB01,2026-11-23T09:30:00+00:00,%s\n", status);

  put_list (fixture, "appointments.csv", text);
  json_decref (import (fixture));
  fixture->clock.now += 60000;
}

static void
assert_status (Fixture *fixture, const char *status)
{
  g_autoptr (LimberRecord) record = find (fixture, "appointment", "A1");

  g_assert_cmpstr (limber_record_word (record, "status"), ==, status);
}

static void
test_progress (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberRecord) record = NULL;

  put_list (fixture, "sites.csv", "code,name\nLMB01,Clinic\n");
  put_patients (fixture, "P1,,Ng,Ann,Ms,1976-11-10,2,,,,,,,en,,0,\n");
  put_appointment (fixture, "booked");
  put_appointment (fixture, "cancelled");
  assert_status (fixture, "cancelled");
  put_appointment (fixture, "booked"); /* booked again: the next round */
  assert_status (fixture, "booked");
  put_appointment (fixture, "booked");
  record = find (fixture, "appointment", "A1");
  g_assert_cmpint (limber_record_integer (record, "status"), ==, LIMBER_PROGRESS_ROUND);
  staff_set (fixture, "appointment", &record->id, "status", "arrived");
  put_appointment (fixture, "cancelled");
  assert_status (fixture, "arrived");
  put_appointment (fixture, "booked");
  assert_status (fixture, "arrived");
}

static void
test_stopped (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = g_build_filename (g_getenv ("LIMBER_TEST_DATA"), "county", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (json_t) report = NULL;

  g_cancellable_cancel (cancellable);
  report = limber_import_run (fixture->store, dir, FALSE, cancellable, NULL, NULL, NULL);
  g_assert_true (json_is_true (json_object_get (report, "stopped")));
  g_assert_cmpuint (count (fixture, "practice"), ==, 35);
  g_assert_cmpuint (count (fixture, "patient"), ==, 0);
}

static void
test_only_central (void)
{
  TestClock clock = { TEST_NOW, 1 };
  g_autoptr (LimberEnv) env = test_env_new (&clock);
  g_autofree char *dir = test_dir_new ();
  g_autoptr (LimberStore) store = test_store_new (dir, env, LIMBER_CLASS_DESK, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (limber_import_run (store, dir, FALSE, NULL, NULL, NULL, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  limber_store_close (store);
  test_dir_remove (dir);
}

#define ADD(path, func) g_test_add ("/exchange/import/" path, Fixture, NULL, set_up, func, tear_down)

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
