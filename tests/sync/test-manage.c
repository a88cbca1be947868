/* A manager at a desk and the devices of her site: she may, others may not, and no device gets by her at more than it holds. */
#include <string.h>

#include "limber-enrolment.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-managing.h"
#include "limber-test-chain.h"

typedef struct {
  TestChain     chain;
  LimberId      manager, reception;
  const LimberId *by;    /* (unowned): who asks */
  TestPlace     *at;     /* (unowned): at which device */
  GAsyncResult  *result; /* (nullable) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_chain_set_up (&fixture->chain, data);
  test_id (&fixture->manager, "manager");
  test_id (&fixture->reception, "receptionist");
  test_store_put (fixture->chain.central->store, "staff", &fixture->manager, "number", "S1", "family", "Obi", "given", "Grace", "role", "service-manager", NULL);
  test_store_put (fixture->chain.central->store, "staff", &fixture->reception, "number", "S2", "family", "Reeve", "given", "Ann", "role", "reception", NULL);
  test_chain_sync (&fixture->chain);
  fixture->by = &fixture->manager;
  fixture->at = fixture->chain.desk;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_chain_tear_down (&fixture->chain, data);
}

static void
answered (GObject *source, GAsyncResult *result, gpointer data)
{
  ((Fixture *) data)->result = g_object_ref (result);
}

static gboolean
has_answer (gpointer data)
{
  return ((Fixture *) data)->result != NULL;
}

/* @question: (transfer full) */
static json_t *
ask (Fixture *fixture, json_t *question, GError **error)
{
  g_autoptr (LimberClient) client = limber_client_new_full (fixture->at->store, LIMBER_TRANSPORT (fixture->chain.net));
  g_autofree char *staff = limber_id_dup_text (fixture->by);
  json_t *answer;

  json_object_set_new (question, "staff", json_string (staff));
  limber_client_manage_async (client, question, NULL, answered, fixture);
  json_decref (question);
  g_assert_true (test_wait (has_answer, fixture));
  answer = limber_client_manage_finish (client, fixture->result, error);
  g_clear_object (&fixture->result);
  return answer;
}

static json_t *
asked (Fixture *fixture, json_t *question)
{
  g_autoptr (GError) error = NULL;
  json_t *answer = ask (fixture, question, &error);

  g_assert_no_error (error);
  return answer;
}

static void
refused (Fixture *fixture, json_t *question, const char *words)
{
  g_autoptr (GError) error = NULL;
  json_t *answer = ask (fixture, question, &error);

  g_assert_null (answer);
  g_assert_nonnull (strstr (error->message, words));
}

static json_t *
about (const char *ask_, TestPlace *device)
{
  g_autofree char *id = limber_id_dup_text (&limber_store_identity (device->store)->device);

  return json_pack ("{s:s, s:s}", "ask", ask_, "device", id);
}

static json_t *
wanted (const char *klass, const char *name, int hours)
{
  return json_pack ("{s:s, s:s, s:s, s:i}", "ask", "enrol", "class", klass, "name", name, "hours", hours);
}

static gboolean
is_listed (const json_t *answer, TestPlace *device)
{
  g_autofree char *id = limber_id_dup_text (&limber_store_identity (device->store)->device);
  const json_t *one;
  gsize i;

  json_array_foreach (json_object_get (answer, "devices"), i, one)
    if (g_strcmp0 (limber_json_string (one, "device"), id) == 0)
      return TRUE;
  return FALSE;
}

static void
she_sees_her_sites_devices_and_no_others (Fixture *fixture, gconstpointer data)
{
  TestPlace *far = test_place_join (fixture->chain.net, fixture->chain.central, LIMBER_CLASS_DESK, &fixture->chain.other_site, NULL);
  g_autoptr (json_t) answer = asked (fixture, json_pack ("{s:s}", "ask", "list")), there = NULL;

  g_assert_true (is_listed (answer, fixture->chain.kiosk));
  g_assert_true (is_listed (answer, fixture->chain.desk));
  test_net_set_fault (fixture->chain.net, HUB, TEST_NET_CUT); /* then central says */
  there = asked (fixture, json_pack ("{s:s}", "ask", "list"));
  g_assert_true (is_listed (there, fixture->chain.kiosk));
  g_assert_false (is_listed (there, far));
  g_assert_false (is_listed (there, fixture->chain.central));
  test_place_free (far);
}

static void
her_code_lets_a_kiosk_join_her_site (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) answer = asked (fixture, wanted ("kiosk", "Door", 2));
  TestPlace *door;

  g_assert_cmpint (limber_json_integer (answer, "expires", 0), ==, TEST_NOW + 2 * 3600 * 1000);
  g_assert_cmpstr (limber_json_string (answer, "address"), ==, HUB);
  door = test_place_join_by (fixture->chain.net, fixture->chain.hub, limber_json_string (answer, "code"), NULL);
  g_assert_cmpint (limber_store_identity (door->store)->klass, ==, LIMBER_CLASS_KIOSK);
  g_assert_true (limber_id_equal (&limber_store_identity (door->store)->site, &fixture->chain.site));
  test_place_free (door);
}

static void
nobody_else_may (Fixture *fixture, gconstpointer data)
{
  fixture->by = &fixture->reception;
  refused (fixture, json_pack ("{s:s}", "ask", "list"), "manager");
  refused (fixture, wanted ("kiosk", "Door", 2), "manager");
  refused (fixture, about ("lost", fixture->chain.kiosk), "manager");
  fixture->by = &fixture->manager;
  fixture->at = fixture->chain.kiosk;
  refused (fixture, json_pack ("{s:s}", "ask", "list"), "does not set up others");
}

static void
a_desk_adds_nothing_that_holds_more (Fixture *fixture, gconstpointer data)
{
  refused (fixture, wanted ("clinic", "Room 1", 2), "more than this one");
  refused (fixture, wanted ("office", "Mine", 2), "more than this one");
  refused (fixture, wanted ("hub", "Mine", 2), "more than this one");
  refused (fixture, wanted ("central", "Mine", 2), "more than this one");
  refused (fixture, wanted ("nonsense", "Mine", 2), "more than this one");
  refused (fixture, wanted ("desk", "", 2), "what it is called");
  refused (fixture, wanted ("desk", "Second desk", 169), "a week at most");
}

static gboolean
is_revoked (Fixture *fixture, TestPlace *device)
{
  g_autoptr (LimberRecord) record = test_store_get (fixture->chain.hub->store, "device", &limber_store_identity (device->store)->device);

  return limber_record_integer (record, "revoked") != 0;
}

static void
what_she_does_to_a_device_is_done_in_her_name_and_taken_back (Fixture *fixture, gconstpointer data)
{
  static const char *const words[] = { "lost", "revoke" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++) {
    json_decref (asked (fixture, about (words[i], fixture->chain.kiosk)));
    g_assert_true (is_revoked (fixture, fixture->chain.kiosk));
    json_decref (asked (fixture, about ("keep", fixture->chain.kiosk)));
    g_assert_false (is_revoked (fixture, fixture->chain.kiosk));
  }
  json_decref (asked (fixture, about ("retire", fixture->chain.kiosk)));
  g_assert_false (is_revoked (fixture, fixture->chain.kiosk));
  test_store_assert_sound (fixture->chain.hub->store);
}

static void
neither_her_own_nor_the_hub_nor_a_strange_one_is_let_go (Fixture *fixture, gconstpointer data)
{
  TestPlace *far = test_place_join (fixture->chain.net, fixture->chain.central, LIMBER_CLASS_DESK, &fixture->chain.other_site, NULL);

  refused (fixture, about ("lost", fixture->chain.desk), "you sit at");
  refused (fixture, about ("lost", fixture->chain.hub), "A hub is let go at central");
  test_net_set_fault (fixture->chain.net, HUB, TEST_NET_CUT);
  refused (fixture, about ("lost", far), "another site");
  refused (fixture, about ("lost", fixture->chain.central), "A hub is let go at central");
  test_place_free (far);
}

static void
without_a_line_nothing_is_changed_and_she_is_told (Fixture *fixture, gconstpointer data)
{
  test_net_set_fault (fixture->chain.net, HUB, TEST_NET_CUT);
  test_net_set_fault (fixture->chain.net, CENTRAL, TEST_NET_CUT);
  refused (fixture, wanted ("kiosk", "Door", 2), "Nothing was changed");
}

#define ADD(name, func) g_test_add ("/sync/manage/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("she-sees-her-sites-devices-and-no-others", she_sees_her_sites_devices_and_no_others);
  ADD ("her-code-lets-a-kiosk-join-her-site", her_code_lets_a_kiosk_join_her_site);
  ADD ("nobody-else-may", nobody_else_may);
  ADD ("a-desk-adds-nothing-that-holds-more", a_desk_adds_nothing_that_holds_more);
  ADD ("what-she-does-to-a-device-is-done-in-her-name-and-taken-back", what_she_does_to_a_device_is_done_in_her_name_and_taken_back);
  ADD ("neither-her-own-nor-the-hub-nor-a-strange-one-is-let-go", neither_her_own_nor_the_hub_nor_a_strange_one_is_let_go);
  ADD ("without-a-line-nothing-is-changed-and-she-is-told", without_a_line_nothing_is_changed_and_she_is_told);
  return g_test_run ();
}
