/* limberctl erase, alone and beside the store's owner: what it says, its exit status, and what is left afterwards. */
#include <glib/gstdio.h>
#include <string.h>

#include "ctl-test.h"
#include "limber-json.h"
#include "limber-test.h"

#define CANARY "canary@example.org"

typedef struct {
  char *dir;
  char *central;
  char *second; /* the second file */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = ctl_new_county ();
  fixture->central = ctl_path (fixture->dir, "central");
  fixture->second = g_build_filename (fixture->central, "second", "journal", NULL);
  ctl_assert (0, "--store", fixture->central, "put", "patient", "P0000001", "email=" CANARY, "title=Dr", "--as", "S0001", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_dir_remove (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->central);
  g_free (fixture->second);
}

static void
test_field (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) before = ctl_json (0, "--store", fixture->central, "get", "patient", "P0000001", NULL), after = NULL, erased = NULL, erasures = NULL;

  erased = ctl_json (0, "--store", fixture->central, "erase", "patient", "P0000001", "email", "--reason", "asked for", "--as", "S0011", NULL);
  g_assert_cmpint (limber_json_integer (erased, "records", -1), ==, 1);
  g_assert_cmpint (limber_json_integer (erased, "written_again", -1), ==, 1);
  g_assert_true (json_is_true (json_object_get (erased, "done")) && json_is_true (json_object_get (erased, "finished")));
  g_assert_false (test_dir_has (fixture->central, CANARY));
  after = ctl_json (0, "--store", fixture->central, "get", "patient", "P0000001", NULL);
  g_assert_true (json_is_null (json_object_get (after, "email")));
  json_object_del (before, "email");
  json_object_del (after, "email");
  g_assert_true (json_equal (before, after));
  erasures = ctl_json (0, "--store", fixture->central, "list", "erasure", NULL);
  g_assert_cmpuint (json_array_size (erasures), ==, json_array_size (json_object_get (erased, "erasures")));
  g_assert_cmpstr (ctl_string (json_array_get (erasures, 0), "reason"), ==, "asked for");
  ctl_assert (0, "--store", fixture->central, "verify", NULL);
  ctl_assert (3, "--store", fixture->central, "erase", "patient", "P0000001", "email", "--reason", "asked for", "--as", "S0011", NULL);
}

/* Somebody who has an appointment. */
static void
test_whole (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) before = ctl_json (0, "--store", fixture->central, "list", "appointment", NULL), after = NULL, erased = NULL;
  const char *id = ctl_string (json_array_get (before, 0), "patient");
  g_autofree char *patient = g_strdup_printf ("patient=%s", id);

  ctl_assert (0, "--store", fixture->central, "put", "patient", id, "address=1 Canary Lane", "--as", "S0001", NULL);
  erased = ctl_json (0, "--store", fixture->central, "erase", "patient", id, "--whole", "--reason", "asked for", "--as", "S0011", NULL);
  g_assert_cmpint (limber_json_integer (erased, "records", -1), >, 1);
  g_assert_false (test_dir_has (fixture->central, "Canary Lane"));
  after = ctl_json (0, "--store", fixture->central, "list", "appointment", patient, NULL);
  g_assert_cmpuint (json_array_size (after), ==, 0);
  ctl_assert (3, "--store", fixture->central, "get", "patient", id, NULL);
  ctl_assert (0, "--store", fixture->central, "get", "patient", "P0000001", NULL);
  ctl_assert (0, "--store", fixture->central, "verify", NULL);
}

static void
test_trial (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (json_t) trial = NULL;
  g_autoptr (CtlResult) text = NULL;

  g_assert_true (g_file_get_contents (fixture->second, &before, NULL, NULL));
  trial = ctl_json (0, "--store", fixture->central, "erase", "patient", "P0000001", "email", "--dry-run", NULL);
  g_assert_cmpint (limber_json_integer (trial, "entries", -1), >=, 1);
  g_assert_true (json_is_false (json_object_get (trial, "done")));
  text = ctl_run (NULL, "--store", fixture->central, "erase", "patient", "P0000001", "email", "--dry-run", NULL);
  g_assert_nonnull (strstr (text->out, "Nothing was changed"));
  g_assert_true (g_file_get_contents (fixture->second, &after, NULL, NULL));
  g_assert_cmpstr (before, ==, after);
}

static void
test_said (Fixture *fixture, gconstpointer data)
{
  g_autofree char *old = ctl_path (fixture->central, "store.db.replaced-1");
  g_autoptr (CtlResult) text = NULL;

  g_assert_true (g_file_set_contents (old, "not a store, with " CANARY, -1, NULL));
  text = ctl_run (NULL, "--store", fixture->central, "erase", "patient", "P0000001", "--reason", "asked for", "--as", "S0011", NULL);
  g_assert_cmpint (text->status, ==, 0);
  g_assert_nonnull (strstr (text->out, "Erased"));
  g_assert_nonnull (strstr (text->out, old));
  g_assert_nonnull (strstr (text->out, "Backups"));
  g_assert_false (test_dir_has (fixture->central, CANARY));
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  const char *store = fixture->central;

  ctl_assert (2, "--store", store, "erase", "patient", "P0000001", "--as", "S0011", NULL);
  ctl_assert (2, "--store", store, "erase", "patient", "P0000001", "--reason", "", "--as", "S0011", NULL);
  ctl_assert (2, "--store", store, "erase", "patient", "P0000001", "--reason", "asked for", NULL);
  ctl_assert (2, "--store", store, "erase", "patients", "P0000001", "--reason", "asked for", "--as", "S0011", NULL);
  ctl_assert (2, "--store", store, "erase", "patient", "P0000001", "colour", "--reason", "asked for", "--as", "S0011", NULL);
  ctl_assert (3, "--store", store, "erase", "patient", "P9999999", "--reason", "asked for", "--as", "S0011", NULL);
  ctl_assert (3, "--store", store, "erase", "patient", "P0000001", "--reason", "asked for", "--as", "S9999", NULL);
  ctl_assert (1, "--store", store, "erase", "site", "LMB01", "--whole", "--reason", "asked for", "--as", "S0011", NULL);
  ctl_assert (1, "--store", store, "erase", "patient", "P0000001", "email", "--whole", "--reason", "asked for", "--as", "S0011", NULL);
  g_assert_true (test_dir_has (fixture->central, CANARY));
}

/* A backup that still has it, put in the store's place. */
static void
test_restore (Fixture *fixture, gconstpointer data)
{
  g_autofree char *copy = ctl_path (fixture->dir, "copy.db");
  g_autoptr (json_t) after = NULL;

  ctl_assert (0, "--store", fixture->central, "backup", copy, NULL);
  ctl_assert (0, "--store", fixture->central, "erase", "patient", "P0000001", "email", "--reason", "asked for", "--as", "S0011", NULL);
  ctl_assert (0, "--store", fixture->central, "restore", copy, NULL);
  g_assert_false (test_dir_has (fixture->central, CANARY));
  after = ctl_json (0, "--store", fixture->central, "get", "patient", "P0000001", NULL);
  g_assert_true (json_is_null (json_object_get (after, "email")));
  g_assert_cmpstr (ctl_string (after, "title"), ==, "Dr");
  ctl_assert (0, "--store", fixture->central, "verify", NULL);
}

#define ADD(path, func) g_test_add ("/ctl/erase/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-field-goes-and-the-rest-stays", test_field);
  ADD ("a-person-goes-with-all-her-records", test_whole);
  ADD ("a-trial-changes-nothing", test_trial);
  ADD ("it-is-said-what-became-of-other-files", test_said);
  ADD ("what-may-not-be-is-refused", test_refused);
  ADD ("a-backup-brings-nothing-back", test_restore);
  return g_test_run ();
}
