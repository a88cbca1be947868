/* limberctl as scripts see it: what it prints, and its exit status. */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "ctl-test.h"
#include "limber-json.h"
#include "limber-nhs-number.h"

typedef CtlCounty Fixture;

static void
assert_error (json_t *answer, const char *code)
{
  g_assert_cmpstr (ctl_string (answer, "error"), ==, code);
  g_assert_nonnull (ctl_string (answer, "message"));
}

static void
expect_error (int status, const char *code, const char *store, const char *first, const char *second, const char *third)
{
  g_autoptr (json_t) answer = ctl_json (status, "--store", store, first, second, third, NULL);

  assert_error (answer, code);
}

static void
test_usage (Fixture *fixture, gconstpointer data)
{
  ctl_assert (2, "no-such-command", NULL);
  ctl_assert (2, "list", "patient", NULL);
  ctl_assert (2, "--store", NULL);
  ctl_assert (2, "--store", fixture->central, "list", NULL);
  ctl_assert (2, "--store", fixture->central, "list", "patient", "--colour=red", NULL);
  ctl_assert (2, "--store", fixture->central, "status", "--json=yes", NULL);
  ctl_assert (2, "--store", fixture->central, "init", "--class", "desk", "--name", "x", NULL);
  expect_error (2, "usage", fixture->central, "list", "patients", NULL);
  expect_error (2, "usage", fixture->central, "list", "patient", "colour=red");
  expect_error (2, "usage", fixture->central, "list", "patient", "born=yesterday");
  expect_error (2, "usage", fixture->central, "list", "staff", "pin=1");
  ctl_assert (0, "--help", NULL);
  ctl_assert (0, "put", "--help", NULL);
}

static void
test_help (void)
{
  g_autoptr (CtlResult) all = ctl_run (NULL, "--help", NULL), one = ctl_run (NULL, "import", "-h", NULL);

  g_assert_nonnull (strstr (all->out, "--store DIR"));
  g_assert_nonnull (strstr (all->out, "Exit status"));
  g_assert_nonnull (strstr (one->out, "--dry-run"));
}

static void
test_init_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) answer = ctl_json (1, "--store", fixture->central, "init", "--class", "central", "--name", "Other", NULL);
  g_autoptr (json_t) organisation = ctl_json (0, "--store", fixture->central, "list", "organisation", NULL);

  assert_error (answer, "refused");
  g_assert_cmpstr (ctl_string (json_array_get (organisation, 0), "name"), ==, "Harrow MSK");
}

/* The store is whole, but nothing was written into it yet. */
static void
test_init_cut_off (Fixture *fixture, gconstpointer data)
{
  g_autofree char *half = ctl_path (fixture->dir, "half");
  TestClock clock = { 0, 7 };
  g_autoptr (LimberEnv) env = test_env_new (&clock);
  g_autoptr (LimberStore) store = test_store_new (half, env, LIMBER_CLASS_CENTRAL, NULL);
  g_autofree char *before = limber_id_dup_text (&limber_store_identity (store)->device);
  g_autoptr (json_t) made = NULL, organisation = NULL;

  limber_store_close (store);
  made = ctl_json (0, "--store", half, "init", "--class", "central", "--name", "Second Try", NULL);
  g_assert_cmpstr (ctl_string (made, "device"), !=, before);
  organisation = ctl_json (0, "--store", half, "list", "organisation", NULL);
  g_assert_cmpuint (json_array_size (organisation), ==, 1);
  g_assert_cmpstr (ctl_string (json_array_get (organisation, 0), "id"), ==, ctl_string (made, "organisation"));
  ctl_assert (0, "--store", half, "verify", NULL);
  ctl_assert (1, "--store", half, "init", "--class", "central", "--name", "Third Try", NULL);
}

static void
test_no_store (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = ctl_path (fixture->dir, "nowhere");

  expect_error (3, "not-found", nowhere, "status", NULL, NULL);
  expect_error (3, "not-found", nowhere, "revoke", "x", NULL);
  g_assert_false (g_file_test (nowhere, G_FILE_TEST_EXISTS));
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) all = ctl_json (0, "--store", fixture->central, "list", "patient", NULL);
  g_autoptr (json_t) none = ctl_json (0, "--store", fixture->central, "list", "patient", "family=Nobody", NULL);
  g_autoptr (json_t) unknown = ctl_json (0, "--store", fixture->central, "list", "appointment", "patient=P9999999", NULL);
  g_autoptr (json_t) site = ctl_json (0, "--store", fixture->central, "list", "staff", "site=LMB03", "role=reception", NULL);
  g_autoptr (json_t) day = ctl_json (0, "--store", fixture->central, "list", "appointment", "start=2026-11-23", "site=LMB01", NULL);
  g_autoptr (json_t) booked = ctl_json (0, "--store", fixture->central, "list", "appointment", "start=2026-11-23", "site=LMB01", "status=booked", NULL);
  g_autoptr (json_t) cancelled = ctl_json (0, "--store", fixture->central, "list", "appointment", "start=2026-11-23", "site=LMB01", "status=cancelled", NULL);
  g_autoptr (json_t) next = ctl_json (0, "--store", fixture->central, "list", "appointment", "start=2026-11-24", "site=LMB01", NULL);
  g_autoptr (json_t) without = ctl_json (0, "--store", fixture->central, "list", "patient", "nhs_number=", NULL);
  const char *code = ctl_string (json_array_get (booked, 0), "code");
  g_autofree char *by_code = g_strdup_printf ("code=%s", code);
  g_autoptr (json_t) one = ctl_json (0, "--store", fixture->central, "list", "appointment", by_code, NULL);

  g_assert_cmpuint (json_array_size (all), ==, 300);
  g_assert_cmpuint (strlen (ctl_string (json_array_get (all, 0), "id")), ==, 36);
  g_assert_true (json_is_array (none) && json_array_size (none) == 0);
  g_assert_true (json_is_array (unknown) && json_array_size (unknown) == 0);
  g_assert_cmpuint (json_array_size (site), ==, 2);
  g_assert_cmpuint (json_array_size (day), ==, json_array_size (booked) + json_array_size (cancelled));
  g_assert_cmpuint (json_array_size (booked), >, 10);
  g_assert_true (g_str_has_prefix (ctl_string (json_array_get (next, 0), "start"), "2026-11-24T"));
  g_assert_cmpuint (json_array_size (without), ==, 4);
  g_assert_cmpuint (json_array_size (one), ==, 1);
}

static void
test_get (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) one = ctl_json (0, "--store", fixture->central, "get", "patient", "P0000001", NULL);
  g_autoptr (json_t) same = ctl_json (0, "--store", fixture->central, "get", "patient", ctl_string (one, "id"), NULL);
  g_autoptr (json_t) staff = ctl_json (0, "--store", fixture->central, "get", "staff", "S0001", NULL);

  g_assert_true (json_equal (one, same));
  g_assert_cmpstr (ctl_string (one, "family"), ==, "O'Connor");
  g_assert_null (json_object_get (staff, "pin"));
  expect_error (3, "not-found", fixture->central, "get", "patient", "P9999999");
  expect_error (3, "not-found", fixture->central, "get", "patient", "66ac24db-0000-8dcd-aaae-30f7b2f6ef77");
  expect_error (2, "usage", fixture->central, "get", "patients", "P0000001");
}

static void
test_put (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) made = ctl_json (0, "--store", fixture->central, "put", "patient", "family=Nguyễn", "given=Thi", "born=1980-02-29", "practice=E84004", "nhs_number=999 053 0211", "nhs_status=02",
                                      "needs=interpreter;large-print", "--as", "S0001", NULL);
  g_autoptr (json_t) put = ctl_json (0, "--store", fixture->central, "put", "patient", ctl_string (made, "id"), "mobile=07700 900555", "title=", "--as", "S0001", NULL);
  g_autoptr (json_t) record = ctl_json (0, "--store", fixture->central, "get", "patient", ctl_string (made, "id"), NULL);

  g_assert_cmpstr (ctl_string (put, "id"), ==, ctl_string (made, "id"));
  g_assert_cmpstr (ctl_string (record, "nhs_number"), ==, "9990530211");
  g_assert_cmpstr (ctl_string (record, "mobile"), ==, "07700 900555");
  g_assert_cmpuint (json_array_size (json_object_get (record, "needs")), ==, 2);
  g_assert_nonnull (ctl_string (record, "practice"));
}

static void
test_put_refused (Fixture *fixture, gconstpointer data)
{
  const char *c = fixture->central;
  g_autoptr (json_t) number = ctl_json (1, "--store", c, "put", "patient", "P0000001", "nhs_number=9990530212", "--as", "S0001", NULL);
  g_autoptr (json_t) field = ctl_json (2, "--store", c, "put", "patient", "P0000001", "colour=red", "--as", "S0001", NULL);
  g_autoptr (json_t) secret = ctl_json (2, "--store", c, "put", "staff", "S0001", "pin=123456", "--as", "S0011", NULL);
  g_autoptr (json_t) whom = ctl_json (3, "--store", c, "put", "patient", "P0000001", "title=Dr", "--as", "S9999", NULL);
  g_autoptr (json_t) nobody = ctl_json (2, "--store", c, "put", "patient", "P0000001", "title=Dr", NULL);
  g_autoptr (json_t) required = ctl_json (1, "--store", c, "put", "patient", "family=Ng", "--as", "S0001", NULL);
  g_autoptr (json_t) place = ctl_json (1, "--store", c, "put", "patient", "P0000001", "practice=E00000", "--as", "S0001", NULL);
  g_autoptr (json_t) missing = ctl_json (3, "--store", c, "put", "patient", "P9999999", "title=Dr", "--as", "S0001", NULL);
  g_autoptr (json_t) twice = ctl_json (1, "--store", c, "put", "site", "code=LMB01", "name=Again", "--as", "S0011", NULL);
  g_autoptr (json_t) date = ctl_json (1, "--store", c, "put", "patient", "P0000001", "born=1980-02-30", "--as", "S0001", NULL);

  assert_error (number, "refused");
  assert_error (field, "usage");
  assert_error (secret, "usage");
  assert_error (whom, "not-found");
  assert_error (nobody, "usage");
  assert_error (required, "refused");
  assert_error (place, "refused");
  assert_error (missing, "not-found");
  assert_error (twice, "refused");
  assert_error (date, "refused");
}

/* What a screen or a script makes by a key is what the next list finds. */
static void
test_put_key (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lists = ctl_path (fixture->dir, "lists"), *sites = ctl_path (lists, "sites.csv");
  g_autoptr (json_t) made = ctl_json (0, "--store", fixture->central, "put", "site", "code=LMB09", "name=New hall", "--as", "S0011", NULL), report = NULL, all = NULL;

  g_assert_cmpint (g_mkdir (lists, 0700), ==, 0);
  g_assert_true (g_file_set_contents (sites, "code,name,kind\nLMB09,New hall,church-hall\n", -1, NULL));
  report = ctl_json (0, "--store", fixture->central, "import", lists, NULL);
  all = ctl_json (0, "--store", fixture->central, "list", "site", "code=LMB09", NULL);
  g_assert_cmpuint (json_array_size (all), ==, 1);
  g_assert_cmpstr (ctl_string (json_array_get (all, 0), "kind"), ==, "church-hall");
}

static void
test_import_report (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lists = ctl_path (fixture->dir, "lists"), *patients = ctl_path (lists, "patients.csv");
  g_autoptr (json_t) trial = NULL, report = NULL;
  g_autoptr (CtlResult) text = NULL;
  json_t *problem;

  g_assert_cmpint (g_mkdir (lists, 0700), ==, 0);
  g_assert_true (g_file_set_contents (patients, "id,family,given,born\nP1,Ng,Ann,1980-01-02\nP2,Ng,Bo,02/01/1980\n", -1, NULL));
  trial = ctl_json (0, "--store", fixture->central, "import", lists, "--dry-run", NULL);
  expect_error (3, "not-found", fixture->central, "get", "patient", "P1");
  report = ctl_json (0, "--store", fixture->central, "import", lists, NULL);
  g_assert_true (json_equal (json_object_get (trial, "problems"), json_object_get (report, "problems")));
  problem = json_array_get (json_object_get (report, "problems"), 0);
  g_assert_cmpstr (ctl_string (problem, "file"), ==, "patients.csv");
  g_assert_cmpint (limber_json_integer (problem, "line", 0), ==, 3);
  g_assert_cmpstr (ctl_string (problem, "column"), ==, "born");
  g_assert_nonnull (ctl_string (problem, "reason"));
  text = ctl_run (NULL, "--store", fixture->central, "import", lists, NULL);
  g_assert_cmpint (text->status, ==, 0);
  g_assert_nonnull (strstr (text->out, "patients.csv, line 3, born"));
  expect_error (3, "not-found", fixture->central, "import", fixture->dir, NULL);
}

/* A mapping, another provider's numbers, and what was refused, put right; with paths as they are where limberctl is called. */
static void
test_import_foreign (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lists = ctl_path (fixture->dir, "lists"), *patients = ctl_path (lists, "people.txt"), *mapping = ctl_path (fixture->dir, "ours.json"), *refused = ctl_path (fixture->dir, "wrong/people.txt"), *text = NULL;
  g_autoptr (json_t) report = NULL, again = NULL, person = NULL;
  g_autoptr (GString) right = NULL;

  g_assert_cmpint (g_mkdir (lists, 0700), ==, 0);
  g_assert_true (g_file_set_contents (patients, "No\tName\tFirst\tDOB\nQ1\tNg\tAnn\t02/01/1980\nQ2\tNg\tBo\t1980-01-02\n", -1, NULL));
  g_assert_true (g_file_set_contents (mapping, "{\"lists\": {\"patients\": {\"file\": \"people.txt\", \"delimiter\": \"tab\", \"dates\": \"DD/MM/YYYY\","
                                               " \"columns\": {\"id\": \"No\", \"family\": \"Name\", \"given\": \"First\", \"born\": \"DOB\"}}}}", -1, NULL));
  ctl_folder = fixture->dir;
  report = ctl_json (0, "--store", fixture->central, "import", "lists", "--mapping", "ours.json", "--provider", "RQM", "--refused", "wrong", NULL);
  g_assert_cmpuint (json_array_size (json_object_get (report, "problems")), ==, 1);
  g_assert_true (g_file_get_contents (refused, &text, NULL, NULL));
  right = g_string_new (text);
  g_assert_cmpuint (g_string_replace (right, "1980-01-02", "02/01/1980", 0), ==, 1);
  g_assert_true (g_file_set_contents (refused, right->str, -1, NULL));
  again = ctl_json (0, "--store", fixture->central, "import", "wrong", "--mapping", "ours.json", "--provider", "RQM", NULL);
  ctl_folder = NULL;
  g_assert_cmpuint (json_array_size (json_object_get (again, "problems")), ==, 0);
  person = ctl_json (0, "--store", fixture->central, "get", "patient", "Q2", NULL);
  g_assert_cmpstr (ctl_string (person, "provider"), ==, "RQM");
  g_assert_cmpstr (ctl_string (person, "born"), ==, "1980-01-02");
  g_assert_true (g_file_set_contents (mapping, "{\"lists\": {\"people\": {}}}", -1, NULL));
  ctl_assert (1, "--store", fixture->central, "import", lists, "--mapping", mapping, NULL);
}

static void
test_state (Fixture *fixture, gconstpointer data)
{
  static const char *const keys[] = { "device", "class", "site", "epoch", "pending", "received", "backed_up", "conflicts", "quarantined", "last_sync", "peer", "clock" };
  g_autoptr (json_t) status = ctl_json (0, "--store", fixture->central, "status", NULL), digest = ctl_json (0, "--store", fixture->central, "digest", NULL);
  g_autoptr (json_t) verify = ctl_json (0, "--store", fixture->central, "verify", NULL), again = NULL;
  g_autoptr (json_t) quarantine = ctl_json (0, "--store", fixture->central, "quarantine", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_nonnull (json_object_get (status, keys[i]));
  g_assert_cmpint (limber_json_integer (json_object_get (digest, "patient"), "count", 0), ==, 300);
  g_assert_true (json_is_true (json_object_get (verify, "sound")));
  g_assert_cmpuint (json_array_size (quarantine), ==, 0);
  ctl_assert (0, "--store", fixture->central, "put", "patient", "P0000001", "title=Dr", "--as", "S0001", NULL);
  again = ctl_json (0, "--store", fixture->central, "digest", NULL);
  g_assert_false (json_equal (json_object_get (digest, "patient"), json_object_get (again, "patient")));
  g_assert_true (json_equal (json_object_get (digest, "site"), json_object_get (again, "site")));
}

static void
put_mobile (Fixture *fixture, const char *mobile)
{
  g_autofree char *lists = ctl_path (fixture->dir, "lists"), *patients = ctl_path (lists, "patients.csv"), *text = g_strdup_printf ("id,family,given,born,mobile\nP0000001,O'Connor,Declan,1976-11-10,%s\n", mobile);

  g_mkdir (lists, 0700);
  g_assert_true (g_file_set_contents (patients, text, -1, NULL));
  ctl_assert (0, "--store", fixture->central, "import", lists, NULL);
}

static void
test_conflicts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) none = ctl_json (0, "--store", fixture->central, "conflicts", NULL), one = NULL, after = NULL, all = NULL, record = NULL, undone = NULL;
  const char *id;

  g_assert_cmpuint (json_array_size (none), ==, 0);
  ctl_assert (0, "--store", fixture->central, "put", "patient", "P0000001", "mobile=07700 900555", "--as", "S0001", NULL);
  put_mobile (fixture, "07700 900666");
  one = ctl_json (0, "--store", fixture->central, "conflicts", NULL);
  g_assert_cmpuint (json_array_size (one), ==, 1);
  id = ctl_string (json_array_get (one, 0), "id");
  g_assert_cmpstr (ctl_string (json_array_get (one, 0), "field"), ==, "mobile");
  g_assert_cmpstr (ctl_string (json_array_get (one, 0), "now"), ==, "07700 900555");
  g_assert_cmpstr (ctl_string (json_array_get (one, 0), "lost"), ==, "07700 900666");
  ctl_assert (2, "--store", fixture->central, "resolve", id, "--as", "S0001", NULL);
  ctl_assert (2, "--store", fixture->central, "resolve", id, "--keep", "--take", "--as", "S0001", NULL);
  ctl_assert (2, "--store", fixture->central, "resolve", id, "--keep", NULL);
  ctl_assert (0, "--store", fixture->central, "resolve", id, "--take", "--as", "S0001", NULL);
  after = ctl_json (0, "--store", fixture->central, "conflicts", NULL);
  all = ctl_json (0, "--store", fixture->central, "conflicts", "--all", NULL);
  record = ctl_json (0, "--store", fixture->central, "get", "patient", "P0000001", NULL);
  g_assert_cmpuint (json_array_size (after), ==, 0);
  g_assert_cmpuint (json_array_size (all), ==, 1);
  g_assert_cmpstr (ctl_string (record, "mobile"), ==, "07700 900666");
  ctl_assert (1, "--store", fixture->central, "resolve", id, "--keep", "--as", "S0001", NULL);
  ctl_assert (1, "--store", fixture->central, "resolve", id, "--value", "07700 900555", "--as", "S0001", NULL);
  ctl_assert (0, "--store", fixture->central, "resolve", id, "--value", "07700 900555", "--again", "--as", "S0001", NULL);
  undone = ctl_json (0, "--store", fixture->central, "get", "patient", "P0000001", NULL);
  g_assert_cmpstr (ctl_string (undone, "mobile"), ==, "07700 900555");
  ctl_assert (3, "--store", fixture->central, "resolve", ctl_string (record, "id"), "--keep", "--as", "S0001", NULL);
}

static void
test_backup (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = ctl_path (fixture->dir, "copy.db"), *other = ctl_path (fixture->dir, "other"), *nothing = ctl_path (fixture->dir, "nothing.db");
  g_autoptr (json_t) before = ctl_json (0, "--store", fixture->central, "digest", NULL), after = NULL;

  ctl_assert (0, "--store", fixture->central, "backup", file, NULL);
  ctl_assert (1, "--store", fixture->central, "backup", file, NULL);
  ctl_assert (0, "--store", other, "restore", file, NULL);
  after = ctl_json (0, "--store", other, "digest", NULL);
  g_assert_true (json_equal (before, after));
  ctl_assert (0, "--store", fixture->central, "put", "patient", "P0000001", "title=Dr", "--as", "S0001", NULL);
  ctl_assert (0, "--store", fixture->central, "restore", file, NULL); /* and what central wrote since, from its second file */
  json_decref (after);
  after = ctl_json (0, "--store", fixture->central, "get", "patient", "P0000001", NULL);
  g_assert_cmpstr (ctl_string (after, "title"), ==, "Dr");
  g_assert_true (g_file_set_contents (nothing, "not a store", -1, NULL));
  expect_error (5, "damaged", other, "restore", nothing, NULL);
}

/* Central's disk is lost; the second file, on another one, is not. */
static void
test_second_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *central = ctl_path (fixture->dir, "lost"), *again = ctl_path (fixture->dir, "again"), *volume = ctl_path (fixture->dir, "volume"), *moved = ctl_path (fixture->dir, "moved");
  g_autofree char *county = ctl_county (), *second = ctl_path (volume, "second"), *there = ctl_path (moved, "second"), *copy = ctl_path (fixture->dir, "lost.db");
  g_autoptr (json_t) sites = NULL;

  ctl_assert (1, "--store", central, "init", "--class", "central", "--name", "Harrow MSK", "--second", second, NULL);
  g_assert_false (g_file_test (central, G_FILE_TEST_EXISTS));
  g_mkdir (volume, 0700);
  ctl_assert (0, "--store", central, "init", "--class", "central", "--name", "Harrow MSK", "--second", second, NULL);
  ctl_assert (0, "--store", central, "import", county, NULL);
  ctl_assert (0, "--store", central, "backup", copy, NULL);
  ctl_assert (0, "--store", central, "put", "site", "LMB01", "name=Renamed Clinic", "--as", "S0011", NULL);
  g_assert_cmpint (g_rename (volume, moved), ==, 0);
  ctl_assert (5, "--store", central, "put", "site", "LMB01", "name=Lost Clinic", "--as", "S0011", NULL); /* its disk is not mounted */
  g_assert_false (g_file_test (volume, G_FILE_TEST_EXISTS));
  ctl_assert (1, "--store", again, "restore", copy, "--second", second, NULL);
  g_assert_false (g_file_test (again, G_FILE_TEST_EXISTS));
  ctl_assert (0, "--store", again, "restore", copy, "--second", there, NULL);
  sites = ctl_json (0, "--store", again, "get", "site", "LMB01", NULL);
  g_assert_cmpstr (ctl_string (sites, "name"), ==, "Renamed Clinic");
}

static void
test_devices (Fixture *fixture, gconstpointer data)
{
  const char *c = fixture->central;
  g_autoptr (json_t) code = ctl_json (0, "--store", c, "enrol", "--class", "desk", "--site", "LMB01", "--name", "Front desk", NULL);
  g_autoptr (json_t) device = ctl_json (0, "--store", c, "list", "device", NULL);

  g_assert_cmpuint (strlen (ctl_string (code, "code")), >, 20);
  g_assert_nonnull (ctl_string (code, "expires"));
  ctl_assert (2, "--store", c, "enrol", "--class", "central", "--name", "x", NULL);
  ctl_assert (2, "--store", c, "enrol", "--class", "desk", "--site", "LMB01", NULL);
  ctl_assert (2, "--store", c, "enrol", "--class", "desk", "--site", "LMB01", "--name", "x", "--expires", "soon", NULL);
  ctl_assert (3, "--store", c, "enrol", "--class", "desk", "--site", "LMB77", "--name", "x", NULL);
  ctl_assert (1, "--store", c, "enrol", "--class", "desk", "--name", "x", NULL);
  g_assert_cmpuint (json_array_size (device), ==, 1);
  ctl_assert (3, "--store", c, "revoke", "Nothing", NULL);
  ctl_assert (1, "--store", c, "revoke", "Harrow MSK", NULL);
}

static void
test_revoke (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "Desk 1", "Desk 2", "Desk 2" };
  g_autoptr (json_t) one = NULL, again = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *name = g_strdup_printf ("name=%s", names[i]);

    ctl_assert (0, "--store", fixture->central, "put", "device", name, "class=desk", "site=LMB01", "key=x", "joined=2026-11-20T10:00:00Z", "--as", "S0011", NULL);
  }
  expect_error (4, "ambiguous", fixture->central, "revoke", "Desk 2", NULL);
  one = ctl_json (0, "--store", fixture->central, "revoke", "Desk 1", NULL);
  again = ctl_json (0, "--store", fixture->central, "get", "device", ctl_string (one, "id"), NULL);
  g_assert_true (json_is_true (json_object_get (again, "revoked")));
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = ctl_path (fixture->central, "store.db"), *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (file, &bytes, &length, NULL));
  bytes[60 + 2] = 0x7f; /* user_version, in the file's header */
  g_assert_true (g_file_set_contents (file, bytes, (gssize) length, NULL));
  expect_error (5, "newer", fixture->central, "status", NULL, NULL);
  expect_error (5, "newer", fixture->central, "revoke", "x", NULL);
}

static void
test_demo (void)
{
  g_autofree char *dir = test_dir_new (), *central = ctl_path (dir, "central"), *lists = ctl_path (dir, "lists");
  g_autoptr (json_t) made = ctl_json (0, "demo", lists, "--patients", "120", "--date", "2026-11-23", NULL), report = NULL;

  g_assert_cmpint (limber_json_integer (made, "patients", 0), ==, 120);
  ctl_assert (0, "--store", central, "init", "--class", "central", "--name", "Demonstration", NULL);
  report = ctl_json (0, "--store", central, "import", lists, NULL);
  g_assert_cmpuint (json_array_size (json_object_get (report, "problems")), ==, 0);
  ctl_assert (2, "demo", lists, "--patients", "none", NULL);
  ctl_assert (2, "demo", lists, "--date", "23/11/2026", NULL);
  test_dir_remove (dir);
}

/* Reads what @process says until it says @words. */
static void
wait_for_words (GSubprocess *process, const char *words)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stderr_pipe (process));

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  for (;;) {
    g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

    g_assert_nonnull (line);
    if (strstr (line, words) != NULL)
      return;
  }
}

static void
test_stopped (void)
{
  g_autofree char *dir = test_dir_new (), *central = ctl_path (dir, "central"), *lists = ctl_path (dir, "lists");
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (json_t) stopped = NULL, again = NULL;
  gint64 n;

  ctl_assert (0, "demo", lists, "--patients", "22000", "--date", "2026-11-23", NULL);
  ctl_assert (0, "--store", central, "init", "--class", "central", "--name", "Demonstration", NULL);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE, NULL, g_getenv ("LIMBERCTL"), "--store", central, "import", lists, NULL);
  wait_for_words (process, "patients.csv: 10000 lines");
  g_subprocess_send_signal (process, SIGINT);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
  stopped = ctl_json (0, "--store", central, "digest", NULL);
  n = limber_json_integer (json_object_get (stopped, "patient"), "count", 0);
  g_assert_true (n == 10000 || n == 20000); /* at most the batch that was under way */
  g_assert_cmpint (limber_json_integer (json_object_get (stopped, "referral"), "count", 0), ==, 0);
  again = ctl_json (0, "--store", central, "import", lists, NULL);
  g_assert_cmpint (limber_json_integer (json_array_get (json_object_get (again, "lists"), 3), "same", 0), ==, n);
  g_assert_cmpint (limber_json_integer (json_array_get (json_object_get (again, "lists"), 3), "made", 0), ==, 22000 - n);
  test_dir_remove (dir);
}

#define ADD(path, func) g_test_add ("/ctl/limberctl/" path, Fixture, NULL, ctl_county_set_up, func, ctl_county_tear_down)

static json_t *
only (json_t *answer)
{
  json_t *people = json_object_get (answer, "people");

  g_assert_cmpuint (json_array_size (people), ==, 1);
  return json_array_get (people, 0);
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) oconnor = ctl_json (0, "--store", fixture->central, "search", "connor", "10/11/76", NULL);
  g_autoptr (json_t) namesakes = ctl_json (0, "--store", fixture->central, "search", "kowalski stanislaw", NULL);
  g_autoptr (json_t) near = ctl_json (0, "--store", fixture->central, "search", "kristof kovalski 1958", NULL);
  g_autoptr (json_t) restricted = ctl_json (0, "--store", fixture->central, "search", "9995962314", NULL);
  g_autoptr (json_t) few = ctl_json (0, "--store", fixture->central, "search", "s", "--limit", "2", NULL);
  g_autoptr (json_t) nobody = ctl_json (3, "--store", fixture->central, "search", "quilliam", NULL);
  json_t *person;
  size_t i;

  g_assert_cmpstr (ctl_string (only (oconnor), "given"), ==, "Declan");
  g_assert_cmpstr (ctl_string (only (oconnor), "postcode"), ==, "HA3 1HQ");
  g_assert_false (json_is_true (json_object_get (only (oconnor), "same_name")));
  g_assert_false (json_is_true (json_object_get (only (oconnor), "near")));
  json_array_foreach (json_object_get (namesakes, "people"), i, person)
    g_assert_true (json_is_true (json_object_get (person, "same_name")));
  g_assert_cmpuint (i, ==, 2);
  g_assert_cmpstr (ctl_string (only (near), "given"), ==, "Krzysztof");
  g_assert_true (json_is_true (json_object_get (only (near), "near")));
  g_assert_true (json_is_true (json_object_get (only (restricted), "restricted")));
  g_assert_null (json_object_get (only (restricted), "address"));
  g_assert_null (json_object_get (only (restricted), "postcode"));
  g_assert_cmpuint (json_array_size (json_object_get (few, "people")), ==, 2);
  g_assert_true (json_is_true (json_object_get (few, "more")));
  g_assert_cmpuint (json_array_size (json_object_get (nobody, "people")), ==, 0);
  expect_error (2, "usage", fixture->central, "search", "smith", "--limit=0");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("search-finds-as-the-desk-does", test_search);
  g_test_add_func ("/ctl/limberctl/help-names-every-command", test_help);
  g_test_add_func ("/ctl/limberctl/the-demonstration-county-is-taken-in-without-a-word", test_demo);
  g_test_add_func ("/ctl/limberctl/an-import-that-is-interrupted-leaves-whole-batches-and-goes-on", test_stopped);
  ADD ("wrong-usage-is-exit-2", test_usage);
  ADD ("a-store-is-not-set-up-twice", test_init_again);
  ADD ("setting-up-that-was-cut-off-is-done-again", test_init_cut_off);
  ADD ("where-there-is-no-store-none-is-made", test_no_store);
  ADD ("list-finds-by-fields-keys-and-days", test_list);
  ADD ("get-finds-by-id-and-key", test_get);
  ADD ("put-makes-and-changes-records", test_put);
  ADD ("put-refuses-with-a-reason", test_put_refused);
  ADD ("what-is-put-by-its-key-is-found-by-the-next-list", test_put_key);
  ADD ("import-reports-each-refused-line", test_import_report);
  ADD ("import-follows-a-mapping-and-takes-what-was-put-right", test_import_foreign);
  ADD ("status-digest-and-verify-say-how-the-store-is", test_state);
  ADD ("a-conflict-is-shown-and-decided", test_conflicts);
  ADD ("a-backup-is-restored-with-what-came-after", test_backup);
  ADD ("a-lost-disk-is-made-good-by-the-second-file", test_second_file);
  ADD ("a-code-is-made-for-a-device", test_devices);
  ADD ("a-device-is-revoked-by-its-name", test_revoke);
  ADD ("a-store-of-a-newer-version-is-refused", test_newer);
  return g_test_run ();
}
