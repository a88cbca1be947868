/* limberctl register, edit, history and refer. */
#include <string.h>

#include "ctl-test.h"
#include "limber-json.h"

typedef CtlCounty Fixture;

static char *
register_her (Fixture *fixture)
{
  g_autoptr (json_t) made = ctl_json (0, "--store", fixture->central, "register", "--family", "Quillfeather", "--given", "Ann", "--born", "6/8/1954", "--phone", "07700900999", "preferred=Annie", "needs=wheelchair",
                                      "--as", "S0001", NULL);

  return g_strdup (ctl_string (made, "id"));
}

static void
test_edit (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = register_her (fixture);
  g_autoptr (json_t) record = NULL, past = NULL;
  g_autoptr (CtlResult) text = NULL;
  json_t *change;

  ctl_assert (0, "--store", fixture->central, "edit", id, "mobile=07700 900998", "kin=Bob Quill", "--as", "S0001", NULL);
  ctl_assert (1, "--store", fixture->central, "edit", id, "mobile=0770", "--as", "S0001", NULL);
  ctl_assert (2, "--store", fixture->central, "edit", id, "height=170", "--as", "S0001", NULL);
  ctl_assert (2, "--store", fixture->central, "edit", id, "mobile=07700 900997", NULL); /* somebody does it */
  record = ctl_json (0, "--store", fixture->central, "get", "patient", id, NULL);
  g_assert_cmpstr (ctl_string (record, "mobile"), ==, "07700 900998");
  g_assert_cmpstr (ctl_string (record, "kin"), ==, "Bob Quill");
  g_assert_cmpstr (ctl_string (record, "preferred"), ==, "Annie");
  past = ctl_json (0, "--store", fixture->central, "history", id, NULL);
  g_assert_true (json_is_true (json_object_get (past, "complete")));
  change = json_array_get (json_object_get (past, "changes"), 0);
  g_assert_cmpstr (ctl_string (change, "role"), ==, "reception");
  text = ctl_run (NULL, "--store", fixture->central, "history", id, NULL);
  g_assert_nonnull (strstr (text->out, "Mobile telephone: 07700\302\240900999 → 07700\302\240900998"));
  g_assert_nonnull (strstr (text->out, "→ Bob Quill"));
}

static void
test_refer (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = register_her (fixture), *of = g_strconcat ("patient=", id, NULL);
  g_autoptr (json_t) made = NULL, referrals = NULL, tasks = NULL, after = NULL;

  ctl_assert (1, "--store", fixture->central, "refer", id, "--words", "My knee", "--parts", "knee", "--as", "S0001", NULL); /* nobody has agreed */
  made = ctl_json (0, "--store", fixture->central, "refer", id, "--words", "My knee", "--parts", "knee", "--agreed", "--as", "S0001", NULL);
  referrals = ctl_json (0, "--store", fixture->central, "list", "referral", of, NULL);
  g_assert_cmpuint (json_array_size (referrals), ==, 1);
  g_assert_cmpstr (ctl_string (json_array_get (referrals, 0), "words"), ==, "My knee");
  tasks = ctl_json (0, "--store", fixture->central, "list", "task", of, "about=triage", "status=open", NULL);
  g_assert_cmpuint (json_array_size (tasks), ==, 1);
  ctl_assert (1, "--store", fixture->central, "refer", ctl_string (made, "id"), "--withdraw", "--as", "S0001", NULL);
  ctl_assert (0, "--store", fixture->central, "refer", ctl_string (made, "id"), "--withdraw", "--why", "wrong person", "--as", "S0001", NULL);
  after = ctl_json (0, "--store", fixture->central, "list", "task", of, "about=triage", "status=open", NULL);
  g_assert_cmpuint (json_array_size (after), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ctl/person/what-is-changed-is-checked-and-stands-in-the-history", Fixture, NULL, ctl_county_set_up, test_edit, ctl_county_tear_down);
  g_test_add ("/ctl/person/a-call-is-taken-down-and-taken-back", Fixture, NULL, ctl_county_set_up, test_refer, ctl_county_tear_down);
  return g_test_run ();
}
