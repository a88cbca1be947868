/* What a code says before it is used, and joining over a line that loses the answer. */
#include <string.h>

#include "limber-error.h"
#include "limber-json.h"
#include "limber-test-chain.h"

static json_t *
look (TestChain *chain, const char *code, GError **error)
{
  return limber_client_look_full (HUB, code, chain->desk->env, LIMBER_TRANSPORT (chain->net), NULL, error);
}

static gboolean
join (TestChain *chain, const char *dir, const char *code, GError **error)
{
  return limber_client_join_full (dir, HUB, code, chain->desk->env, LIMBER_TRANSPORT (chain->net), NULL, error);
}

static void
assert_look_fails (TestChain *chain, const char *code, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (look (chain, code, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_UNAUTHORISED);
  g_assert_nonnull (strstr (error->message, words));
}

static void
a_code_says_what_it_is_for_and_is_not_used_up (TestChain *chain, gconstpointer data)
{
  g_autofree char *code = test_place_enrol (chain->hub, LIMBER_CLASS_CLINIC, &chain->site, 0, NULL), *parent = test_dir_new (), *dir = g_build_filename (parent, "store", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) said = look (chain, code, &error), again = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (limber_json_string (said, "class"), ==, "clinic");
  g_assert_cmpstr (limber_json_string (said, "name"), ==, "A device");
  g_assert_nonnull (limber_json_string (said, "site"));
  g_assert_cmpint (limber_json_integer (said, "expires", 0), ==, TEST_NOW + 24 * 60 * 60 * 1000);
  again = look (chain, code, &error);
  g_assert_no_error (error);
  g_assert_true (join (chain, dir, code, &error));
  g_assert_no_error (error);
  test_dir_remove (parent);
}

static void
looking_says_what_is_wrong_with_a_code (TestChain *chain, gconstpointer data)
{
  g_autofree char *good = test_place_enrol (chain->hub, LIMBER_CLASS_DESK, &chain->site, 0, NULL), *expired = test_place_enrol (chain->hub, LIMBER_CLASS_DESK, &chain->site, TEST_NOW - 1, NULL);
  g_autofree char *wrong = g_strdup (good), *parent = test_dir_new (), *dir = g_build_filename (parent, "store", NULL);

  wrong[0] = wrong[0] == 'A' ? 'B' : 'A';
  assert_look_fails (chain, wrong, "not known here");
  assert_look_fails (chain, expired, "expired");
  g_assert_true (join (chain, dir, good, NULL));
  assert_look_fails (chain, good, "used already");
  test_dir_remove (parent);
}

static void
who_did_not_hear_that_she_joined_joins_again (TestChain *chain, gconstpointer data)
{
  g_autofree char *code = test_place_enrol (chain->hub, LIMBER_CLASS_DESK, &chain->site, 0, NULL), *parent = test_dir_new (), *dir = g_build_filename (parent, "store", NULL);
  g_autofree char *other = g_build_filename (parent, "other", NULL);
  g_autoptr (GError) error = NULL;

  test_net_set_fault (chain->net, HUB, TEST_NET_LOSE_ANSWER);
  g_assert_false (join (chain, dir, code, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_UNREACHABLE);
  g_clear_error (&error);
  test_net_set_fault (chain->net, HUB, TEST_NET_CARRY);
  g_assert_false (join (chain, other, code, &error)); /* it is used up for everybody else */
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_UNAUTHORISED);
  g_clear_error (&error);
  g_assert_true (join (chain, dir, code, &error));
  g_assert_no_error (error);
  test_dir_remove (parent);
}

static void
no_key_is_left_beside_a_store (TestChain *chain, gconstpointer data)
{
  g_autofree char *code = test_place_enrol (chain->hub, LIMBER_CLASS_DESK, &chain->site, 0, NULL), *parent = test_dir_new (), *dir = g_build_filename (parent, "store", NULL);
  g_autofree char *key = g_build_filename (dir, "joining.key", NULL);

  test_net_set_fault (chain->net, HUB, TEST_NET_CUT);
  g_assert_false (join (chain, dir, code, NULL));
  g_assert_true (g_file_test (key, G_FILE_TEST_EXISTS));
  test_net_set_fault (chain->net, HUB, TEST_NET_CARRY);
  g_assert_true (join (chain, dir, code, NULL));
  g_assert_false (g_file_test (key, G_FILE_TEST_EXISTS));
  test_dir_remove (parent);
}

#define ADD(name, func) g_test_add ("/sync/join/" name, TestChain, NULL, test_chain_set_up, func, test_chain_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-code-says-what-it-is-for-and-is-not-used-up", a_code_says_what_it_is_for_and_is_not_used_up);
  ADD ("looking-says-what-is-wrong-with-a-code", looking_says_what_is_wrong_with_a_code);
  ADD ("who-did-not-hear-that-she-joined-joins-again", who_did_not_hear_that_she_joined_joins_again);
  ADD ("no-key-is-left-beside-a-store", no_key_is_left_beside_a_store);
  return g_test_run ();
}
