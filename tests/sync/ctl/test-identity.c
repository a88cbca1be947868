/* limberctl register, same, merge, unmerge and duplicates, alone and beside the store's owner. */
#include <string.h>

#include "ctl-test.h"
#include "limber-json.h"

typedef CtlCounty Fixture;

/* The id of somebody new. */
static char *
register_her (Fixture *fixture, const char *given, const char *number)
{
  g_autoptr (json_t) made = ctl_json (0, "--store", fixture->central, "register", "--family", "Quillfeather", "--given", given, "--born", "6/8/1954", "--nhs-number", number, "--anyway", "--as", "S0001", NULL);

  return g_strdup (ctl_string (made, "id"));
}

static void
test_register (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = register_her (fixture, "Ann", "999 123 4567");
  g_autoptr (json_t) record = ctl_json (0, "--store", fixture->central, "get", "patient", id, NULL), again = NULL;
  json_t *candidate;

  g_assert_cmpstr (ctl_string (record, "born"), ==, "1954-08-06");
  g_assert_cmpstr (ctl_string (record, "nhs_typed"), ==, "999 123 4567");
  g_assert_cmpstr (ctl_string (record, "nhs_status"), ==, "03");
  again = ctl_json (3, "--store", fixture->central, "register", "--family", "quillfeather", "--given", "Anne", "--born", "1954-08-06", "--as", "S0001", NULL);
  g_assert_true (json_is_false (json_object_get (again, "registered")));
  candidate = json_array_get (json_object_get (again, "candidates"), 0);
  g_assert_cmpstr (ctl_string (candidate, "id"), ==, id);
  g_assert_cmpstr (ctl_string (candidate, "why"), ==, "names-near");
  g_assert_cmpstr (ctl_string (candidate, "likeness"), ==, "likely");
  ctl_assert (1, "--store", fixture->central, "put", "patient", id, "nhs_status=01", "--as", "S0001", NULL);
  ctl_assert (2, "--store", fixture->central, "register", "--family", "Quill", "--born", "31/2/1954", "--as", "S0001", NULL);
  ctl_assert (2, "--store", fixture->central, "register", "--family", "Quill", "--as", "S0001", NULL);
  ctl_assert (2, "--store", fixture->central, "register", "--family", "Quill", "--born", "6/8/1954", NULL);
}

/* Whoever registers somebody else is not told where a restricted person lives. */
static void
test_restricted (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = register_her (fixture, "Ann", "");
  g_autoptr (json_t) again = NULL;
  g_autoptr (CtlResult) text = NULL;
  json_t *candidate;

  ctl_assert (0, "--store", fixture->central, "put", "patient", id, "restricted=1", "postcode=HA9 9ZZ", "mobile=07700 900999", "--as", "S0001", NULL);
  again = ctl_json (3, "--store", fixture->central, "register", "--family", "Quillfeather", "--given", "Ann", "--born", "1954-08-06", "--as", "S0001", NULL);
  candidate = json_array_get (json_object_get (again, "candidates"), 0);
  g_assert_cmpstr (ctl_string (candidate, "id"), ==, id);
  g_assert_null (json_object_get (candidate, "postcode"));
  g_assert_null (json_object_get (candidate, "mobile"));
  text = ctl_run (NULL, "--store", fixture->central, "register", "--family", "Quillfeather", "--given", "Ann", "--born", "1954-08-06", "--as", "S0001", NULL);
  g_assert_nonnull (strstr (text->out, "[restricted]"));
  g_assert_null (strstr (text->out, "9ZZ"));
  g_assert_null (strstr (text->out, "900999"));
}

static void
test_merge (Fixture *fixture, gconstpointer data)
{
  g_autofree char *ann = register_her (fixture, "Ann", "9990000018"), *anne = register_her (fixture, "Anne", "");
  g_autoptr (json_t) merged = NULL, same = NULL, alone = NULL, refused = NULL;
  g_autofree char *number = g_strdup ("number=00456");

  ctl_assert (0, "--store", fixture->central, "put", "patient", anne, number, "provider=Acute", "--as", "S0001", NULL);
  merged = ctl_json (0, "--store", fixture->central, "merge", ann, anne, "--as", "S0001", NULL);
  g_assert_cmpuint (json_array_size (json_object_get (merged, "records")), ==, 2);
  same = ctl_json (0, "--store", fixture->central, "same", anne, NULL);
  g_assert_cmpstr (ctl_string (json_array_get (json_object_get (same, "records"), 0), "id"), ==, ann);
  g_assert_cmpstr (ctl_string (json_array_get (json_object_get (same, "records"), 1), "provider"), ==, "Acute");
  refused = ctl_json (1, "--store", fixture->central, "merge", ann, anne, "--as", "S0001", NULL);
  g_assert_cmpstr (ctl_string (refused, "error"), ==, "refused");
  alone = ctl_json (0, "--store", fixture->central, "unmerge", anne, "--as", "S0001", NULL);
  g_assert_cmpuint (json_array_size (json_object_get (alone, "records")), ==, 1);
  ctl_assert (1, "--store", fixture->central, "unmerge", anne, "--as", "S0001", NULL);
  ctl_assert (2, "--store", fixture->central, "merge", ann, anne, NULL);
  ctl_assert (3, "--store", fixture->central, "merge", ann, "P9999999", "--as", "S0001", NULL);
  ctl_assert (0, "--store", fixture->central, "put", "patient", anne, "nhs_number=999 000 0026", "--as", "S0001", NULL);
  ctl_assert (1, "--store", fixture->central, "merge", ann, anne, "--anyway", "--as", "S0001", NULL);
}

static void
test_duplicates (Fixture *fixture, gconstpointer data)
{
  g_autofree char *ann = NULL, *anne = NULL;
  g_autoptr (json_t) before = ctl_json (0, "--store", fixture->central, "duplicates", "--all", NULL), trial = NULL, found = NULL, open = NULL, again = NULL;
  gint64 pairs = limber_json_integer (before, "pairs", -1);

  ann = register_her (fixture, "Ann", "9990000018");
  anne = register_her (fixture, "Ann", "");
  trial = ctl_json (0, "--store", fixture->central, "duplicates", "--all", "--dry-run", NULL);
  g_assert_cmpint (limber_json_integer (trial, "pairs", -1), ==, pairs + 1);
  g_assert_cmpint (limber_json_integer (trial, "tasks", -1), ==, 0);
  found = ctl_json (0, "--store", fixture->central, "duplicates", "--all", NULL);
  g_assert_cmpint (limber_json_integer (found, "tasks", -1), ==, 1);
  open = ctl_json (0, "--store", fixture->central, "duplicates", NULL);
  g_assert_cmpuint (json_array_size (json_object_get (open, "pairs")), ==, pairs + 1);
  again = ctl_json (0, "--store", fixture->central, "duplicates", "--all", NULL);
  g_assert_cmpint (limber_json_integer (again, "tasks", -1), ==, 0);
  ctl_assert (0, "--store", fixture->central, "merge", ann, anne, "--as", "S0001", NULL);
  g_clear_pointer (&open, json_decref);
  open = ctl_json (0, "--store", fixture->central, "duplicates", NULL);
  g_assert_cmpuint (json_array_size (json_object_get (open, "pairs")), ==, pairs);
}

/* Only what is the same in number, birth date and names, and of which staff have not said otherwise. */
static void
test_certain (Fixture *fixture, gconstpointer data)
{
  g_autofree char *ann = register_her (fixture, "Ann", "9990000018"), *twice = register_her (fixture, "ANN", "999 000 0018"), *beth = register_her (fixture, "Beth", "9990000018");
  g_autoptr (json_t) trial = NULL, merged = NULL, again = NULL, same = NULL;

  ctl_assert (2, "--store", fixture->central, "duplicates", "--merge-certain", NULL); /* by whom? */
  ctl_assert (2, "--store", fixture->central, "duplicates", "--merge-certain", "--all", "--as", "S0001", NULL);
  trial = ctl_json (0, "--store", fixture->central, "duplicates", "--merge-certain", "--as", "S0001", "--dry-run", NULL);
  g_assert_cmpint (limber_json_integer (trial, "merged", -1), ==, 0);
  merged = ctl_json (0, "--store", fixture->central, "duplicates", "--merge-certain", "--as", "S0001", NULL);
  g_assert_cmpint (limber_json_integer (merged, "merged", -1), ==, 1);
  same = ctl_json (0, "--store", fixture->central, "same", twice, NULL);
  g_assert_cmpuint (json_array_size (json_object_get (same, "records")), ==, 2);
  g_clear_pointer (&same, json_decref);
  same = ctl_json (0, "--store", fixture->central, "same", beth, NULL); /* a twin's number, miscopied */
  g_assert_cmpuint (json_array_size (json_object_get (same, "records")), ==, 1);
  again = ctl_json (0, "--store", fixture->central, "duplicates", "--merge-certain", "--as", "S0001", NULL);
  g_assert_cmpint (limber_json_integer (again, "merged", -1), ==, 0);
}

static void
test_said_to_be_two (Fixture *fixture, gconstpointer data)
{
  g_autofree char *ann = register_her (fixture, "Ann", "9990000018"), *twice = register_her (fixture, "Ann", "9990000018");
  g_autoptr (json_t) open = NULL, merged = NULL, same = NULL;
  json_t *pair;
  gsize i;

  ctl_assert (0, "--store", fixture->central, "duplicates", "--all", NULL);
  open = ctl_json (0, "--store", fixture->central, "duplicates", NULL);
  json_array_foreach (json_object_get (open, "pairs"), i, pair)
    ctl_assert (0, "--store", fixture->central, "put", "task", ctl_string (pair, "task"), "status=done", "--as", "S0001", NULL);
  merged = ctl_json (0, "--store", fixture->central, "duplicates", "--merge-certain", "--as", "S0001", NULL);
  g_assert_cmpint (limber_json_integer (merged, "merged", -1), ==, 0);
  same = ctl_json (0, "--store", fixture->central, "same", twice, NULL);
  g_assert_cmpuint (json_array_size (json_object_get (same, "records")), ==, 1);
}

static void
test_help (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "register", "same", "merge", "unmerge", "duplicates" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (CtlResult) help = ctl_run (NULL, names[i], "--help", NULL);

    g_assert_cmpint (help->status, ==, 0);
    g_assert_nonnull (strstr (help->out, names[i]));
  }
}

#define ADD(path, func) g_test_add ("/ctl/identity/" path, Fixture, NULL, ctl_county_set_up, func, ctl_county_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("somebody-who-may-be-here-is-not-registered-unasked", test_register);
  ADD ("where-a-restricted-person-lives-is-not-told", test_restricted);
  ADD ("two-records-are-one-person-and-two-again", test_merge);
  ADD ("likely-duplicates-are-asked-about-once", test_duplicates);
  ADD ("only-certain-pairs-are-merged-in-one-go", test_certain);
  ADD ("whom-staff-have-called-two-people-stay-two", test_said_to_be_two);
  ADD ("each-command-explains-itself", test_help);
  return g_test_run ();
}
