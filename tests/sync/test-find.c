/* Somebody who is not on a device: who may ask for her, what is told, what is written down, how she comes and how she goes. */
#include <string.h>

#include "limber-base64.h"
#include "limber-date.h"
#include "limber-error.h"
#include "limber-expiry.h"
#include "limber-feed.h"
#include "limber-find.h"
#include "limber-json.h"
#include "limber-scope.h"
#include "limber-test-chain.h"

#define MINUTE G_GINT64_CONSTANT (60000)
#define HOUR (60 * MINUTE)

typedef struct {
  TestChain     chain;
  LimberClient *relay; /* the hub's, by which it asks central */
  LimberId      staff, practice, patient, note;
} Fixture;

static void
relay_ask (GObject *client, json_t *question, GAsyncReadyCallback callback, gpointer user_data)
{
  limber_client_find_async (LIMBER_CLIENT (client), question, LIMBER_CLIENT_RELAY_TIME, NULL, callback, user_data);
}

static json_t *
relay_finish (GObject *client, GAsyncResult *result, GError **error)
{
  return limber_client_find_finish (LIMBER_CLIENT (client), result, error);
}

/* Somebody of the other site, whom nobody at the hub's has heard of. */
static void
put_patient (Fixture *fixture)
{
  LimberStore *store = fixture->chain.central->store;
  g_autofree char *site = limber_id_dup_text (&fixture->chain.other_site), *practice = limber_id_dup_text (&fixture->practice), *patient = limber_id_dup_text (&fixture->patient);

  test_store_put (store, "staff", &fixture->staff, "number", "S1", "family", "Reeve", "given", "Ann", "role", "reception", NULL);
  test_store_put (store, "practice", &fixture->practice, "code", "E84001", "name", "The Elms", NULL);
  test_store_put (store, "patient", &fixture->patient, "number", "P7", "family", "O'Farrell-Wickes", "given", "Ines Maud", "preferred", "Birdie", "born", "1954-08-06", "mobile", "07700 900456", "address", "7 Canary Row", "postcode",
                  "ha52bb", "nhs_number", "9990000018", "practice", practice, "site", site, NULL);
  test_store_put (store, "referral", &fixture->note, "patient", patient, "received", "2026-11-01", "source", "gp", NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_chain_set_up (&fixture->chain, data);
  test_id (&fixture->staff, "receptionist");
  test_id (&fixture->practice, "practice");
  test_id (&fixture->patient, "visitor");
  test_id (&fixture->note, "visitor's referral");
  put_patient (fixture);
  test_chain_sync (&fixture->chain);
  fixture->relay = limber_client_new_full (fixture->chain.hub->store, LIMBER_TRANSPORT (fixture->chain.net));
  limber_relay_set (limber_node_relay (fixture->chain.hub->node), G_OBJECT (fixture->relay), relay_ask, relay_finish);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->chain.hub->node != NULL)
    limber_relay_set (limber_node_relay (fixture->chain.hub->node), NULL, NULL, NULL);
  g_clear_object (&fixture->relay);
  test_chain_tear_down (&fixture->chain, data);
}

static void
pass_time (Fixture *fixture, gint64 milliseconds)
{
  TestPlace *places[] = { fixture->chain.central, fixture->chain.hub, fixture->chain.desk, fixture->chain.kiosk };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    places[i]->clock.now += milliseconds;
}

static void
set_time (Fixture *fixture, const char *iso)
{
  gint64 time;

  g_assert_true (limber_time_parse (iso, &time));
  pass_time (fixture, time - fixture->chain.central->clock.now);
}

/* Asking. */

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static json_t *
ask (TestPlace *place, json_t *question, GError **error)
{
  g_autoptr (LimberClient) client = limber_client_new_full (place->store, LIMBER_TRANSPORT (place->net));
  g_autoptr (GAsyncResult) result = NULL;

  limber_client_find_async (client, question, LIMBER_CLIENT_FIND_TIME, NULL, on_found, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return limber_client_find_finish (client, result, error);
}

/* @...: pairs of a name and a text, ended by %NULL */
static json_t *
make_question (Fixture *fixture, const char *kind, const char *name, va_list args)
{
  static guint count;
  LimberId id;
  g_autofree char *key = g_strdup_printf ("question %u", ++count), *text = NULL, *staff = limber_id_dup_text (&fixture->staff);
  json_t *question;

  test_id (&id, key);
  text = limber_id_dup_text (&id);
  question = json_pack ("{s:s, s:s, s:s}", "ask", kind, "id", text, "staff", staff);
  if (g_str_equal (kind, "find"))
    json_object_set_new (question, "reason", json_string ("walk-in"));
  for (; name != NULL; name = va_arg (args, const char *))
    json_object_set_new (question, name, json_string (va_arg (args, const char *)));
  return question;
}

static json_t *G_GNUC_NULL_TERMINATED
find (Fixture *fixture, TestPlace *place, GError **error, const char *name, ...)
{
  g_autoptr (json_t) question = NULL;
  va_list args;

  va_start (args, name);
  question = make_question (fixture, "find", name, args);
  va_end (args);
  return ask (place, question, error);
}

static json_t *G_GNUC_NULL_TERMINATED
act (Fixture *fixture, TestPlace *place, GError **error, const char *kind, const char *name, ...)
{
  g_autoptr (json_t) question = NULL;
  va_list args;

  va_start (args, name);
  question = make_question (fixture, kind, name, args);
  va_end (args);
  return ask (place, question, error);
}

static const json_t *
person (const json_t *answer, gsize i)
{
  return json_array_get (json_object_get (answer, "people"), i);
}

static void
assert_result (const json_t *answer, const char *result, gsize people)
{
  g_assert_cmpstr (limber_json_string (answer, "result"), ==, result);
  g_assert_cmpuint (json_array_size (json_object_get (answer, "people")), ==, people);
}

static void
assert_refused (json_t *answer, GError **error, LimberError code)
{
  g_assert_null (answer);
  g_assert_error (*error, LIMBER_ERROR, (int) code);
  g_clear_error (error);
}

/* Finds the visitor and lets her come. Returns until when. */
static char *
let_her_come (Fixture *fixture, TestPlace *place)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) answer = find (fixture, place, &error, "nhs_number", "999 000 0018", NULL), granted = NULL;

  g_assert_no_error (error);
  assert_result (answer, "found", 1);
  granted = act (fixture, place, &error, "grant", "inquiry", limber_json_string (answer, "inquiry"), "patient", limber_json_string (person (answer, 0), "id"), NULL);
  g_assert_no_error (error);
  return g_strdup (limber_json_string (granted, "day"));
}

static void
assert_holds (Fixture *fixture, TestPlace *place, gboolean holds)
{
  g_autoptr (LimberRecord) patient = test_store_get (place->store, "patient", &fixture->patient), referral = test_store_get (place->store, "referral", &fixture->note);

  g_assert_true ((patient != NULL) == holds);
  g_assert_true ((referral != NULL) == holds);
}

static gboolean
own_digest (LimberReader *reader, gpointer data, GError **error)
{
  LimberCommon common;

  limber_common_init (&common, NULL);
  return limber_feed_own_digest (reader, &common, data, error);
}

typedef struct {
  LimberGroup  group;
  LimberDigest digest;
} Theirs;

static gboolean
their_digest (LimberReader *reader, gpointer data, GError **error)
{
  Theirs *theirs = data;
  LimberCommon common;

  limber_common_init (&common, NULL);
  return limber_feed_digest (reader, &theirs->group, &common, &theirs->digest, error);
}

/* What the node counts for the device is what the device holds. */
static void
assert_same (TestPlace *node, TestPlace *device)
{
  const LimberIdentity *identity = limber_store_identity (device->store);
  g_autofree Theirs *theirs = g_new0 (Theirs, 1);
  g_autofree LimberDigest *ours = g_new0 (LimberDigest, 1);

  theirs->group = (LimberGroup){ identity->klass, identity->site };
  g_assert_true (limber_store_read (node->store, their_digest, theirs, NULL));
  g_assert_true (limber_store_read (device->store, own_digest, ours, NULL));
  g_assert_cmpmem (ours, sizeof *ours, &theirs->digest, sizeof theirs->digest);
}

static void
assert_all_same (Fixture *fixture)
{
  assert_same (fixture->chain.central, fixture->chain.hub);
  assert_same (fixture->chain.hub, fixture->chain.desk);
}

/* She is found, comes, and is written down. */
static void
somebody_of_another_site_comes_for_the_day (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) answer = find (fixture, chain->desk, &error, "family", "farrell wicks", "born", "1954-08-06", NULL);
  g_autofree char *day = NULL;

  g_assert_no_error (error);
  assert_result (answer, "found", 1);
  g_assert_cmpstr (limber_json_string (person (answer, 0), "family"), ==, "O'Farrell-Wickes");
  g_assert_cmpstr (limber_json_string (person (answer, 0), "nhs_end"), ==, "0018");
  g_assert_cmpstr (limber_json_string (person (answer, 0), "outward"), ==, "HA5");
  g_assert_cmpstr (limber_json_string (person (answer, 0), "practice"), ==, "The Elms");
  g_assert_true (json_is_false (json_object_get (person (answer, 0), "here")));
  day = let_her_come (fixture, chain->desk);
  g_assert_cmpstr (day, ==, "2026-11-23");
  test_chain_sync (chain);
  assert_holds (fixture, chain->desk, TRUE);
  assert_holds (fixture, chain->hub, TRUE);
  g_assert_null (test_store_get (chain->kiosk->store, "patient", &fixture->patient));
  assert_all_same (fixture);
  g_assert_cmpint (test_store_count (chain->central->store, "SELECT count(*) FROM inquiry WHERE result='found' AND reason='walk-in' AND staff IS NOT NULL AND device IS NOT NULL AND site IS NOT NULL"), ==, 2);
  g_assert_cmpint (test_store_count (chain->central->store, "SELECT count(*) FROM inquiry WHERE \"by\"='[\"family\",\"born\"]'"), ==, 1);
  g_assert_cmpint (test_store_count (chain->central->store, "SELECT count(*) FROM \"grant\" JOIN thing p ON p.n=patient WHERE day='2026-11-23' AND staff IS NOT NULL AND inquiry IN (SELECT n FROM inquiry)"), ==, 1);
  g_assert_cmpint (test_store_count (chain->hub->store, "SELECT count(*) FROM inquiry"), ==, 0);
  test_store_assert_sound (chain->central->store);
}

/* The record says by what was asked, and never the thing itself. */
static void
what_was_sought_is_not_kept (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  g_autoptr (json_t) answer = find (fixture, chain->desk, NULL, "family", "Zyxwvut", "born", "1931-03-31", NULL), by_phone = find (fixture, chain->desk, NULL, "family", "Zyxwvut", "phone", "07700 900999", NULL);

  assert_result (answer, "none", 0);
  assert_result (by_phone, "none", 0);
  g_assert_cmpint (test_store_count (chain->central->store, "SELECT count(*) FROM inquiry WHERE result='none' AND shown='[]'"), ==, 2);
  test_place_close (chain->central);
  g_assert_false (test_dir_has (chain->central->dir, "yxwvut"));
  g_assert_false (test_dir_has (chain->central->dir, "1931-03-31"));
  g_assert_false (test_dir_has (chain->central->dir, "7700900999"));
  test_place_open (chain->central);
}

static const struct {
  LimberClass klass;
  gboolean    may;
} classes[] = { { LIMBER_CLASS_DESK, TRUE }, { LIMBER_CLASS_CLINIC, TRUE }, { LIMBER_CLASS_OFFICE, TRUE }, { LIMBER_CLASS_KIOSK, FALSE }, { LIMBER_CLASS_BOARD, FALSE }, { LIMBER_CLASS_HUB, FALSE } };

static void
the_public_screens_ask_for_nobody (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  TestPlace *nodes[] = { chain->hub, chain->central };

  for (gsize i = 0; i < G_N_ELEMENTS (classes) * 2; i++) {
    LimberClass klass = classes[i / 2].klass;
    TestPlace *device = NULL;
    GError *error = NULL;
    g_autoptr (json_t) answer = NULL;

    if ((klass & (LIMBER_CLASS_HUB | LIMBER_CLASS_OFFICE)) && nodes[i % 2] == chain->hub)
      continue; /* these join central */
    device = test_place_join (chain->net, nodes[i % 2], klass, klass == LIMBER_CLASS_OFFICE ? NULL : &chain->site, klass == LIMBER_CLASS_HUB ? "test://third" : NULL);
    test_place_sync (chain->hub);
    g_test_message ("a %s at %s", limber_class_name (klass), nodes[i % 2]->url);
    answer = find (fixture, device, &error, "nhs_number", "9990000018", NULL);
    if (classes[i / 2].may) {
      g_assert_no_error (error);
      assert_result (answer, "found", 1);
      g_assert_true (json_is_true (json_object_get (person (answer, 0), "here")) == (klass == LIMBER_CLASS_OFFICE));
    } else
      assert_refused (answer, &error, LIMBER_ERROR_REFUSED);
    test_place_free (device);
  }
}

/* The office holds everybody: nothing is granted to it, and nothing need be. */
static void
the_office_has_everybody_already (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  TestPlace *office = test_place_join (chain->net, chain->central, LIMBER_CLASS_OFFICE, NULL, NULL);
  g_autofree char *day = let_her_come (fixture, office);

  g_assert_null (day);
  g_assert_cmpint (test_store_count (chain->central->store, "SELECT count(*) FROM \"grant\""), ==, 0);
  test_place_free (office);
}

static const struct {
  const char *names[6];
} too_little[] = {
  { { "family", "Farrell" } },
  { { "born", "1954-08-06" } },
  { { "phone", "07700900456" } },
  { { "given", "Ines", "born", "1954-08-06" } },
  { { "family", "F", "born", "1954-08-06" } },
  { { "family", "Farrell", "phone", "0770090" } },
  { { "family", "Farrell", "born", "1954-13-06" } },
  { { "family", "%", "born", "1954-08-06" } },
  { { "nhs_number", "9990000019" } },
  { { "nhs_number", "9990000018", "reason", "curious" } },
  { { "nhs_number", "9990000018", "reason", "other" } },
  { { "nhs_number", "9990000018", "note", "two\nlines" } },
};

static void
who_says_too_little_is_told_so (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (too_little); i++) {
    const char *const *names = too_little[i].names;
    GError *error = NULL;
    json_t *answer = find (fixture, fixture->chain.desk, &error, names[0], names[1], names[2], names[3], names[4], names[5], NULL);

    g_test_message ("%s %s", names[0], names[1]);
    assert_refused (answer, &error, LIMBER_ERROR_REFUSED);
  }
  g_assert_cmpint (test_store_count (fixture->chain.central->store, "SELECT count(*) FROM inquiry"), ==, 0);
}

static void
put_namesakes (Fixture *fixture, guint from, guint to)
{
  for (guint i = from; i < to; i++) {
    g_autofree char *name = g_strdup_printf ("namesake %u", i);
    LimberId id;

    test_id (&id, name);
    test_store_put (fixture->chain.central->store, "patient", &id, "family", "Singh", "given", "Jo", "born", "1970-01-01", NULL);
  }
}

static void
too_many_are_not_told_of (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) ten = NULL, eleven = NULL;

  put_namesakes (fixture, 0, LIMBER_FIND_MOST);
  ten = find (fixture, fixture->chain.desk, NULL, "family", "Singh", "born", "1970-01-01", NULL);
  assert_result (ten, "found", LIMBER_FIND_MOST);
  put_namesakes (fixture, LIMBER_FIND_MOST, LIMBER_FIND_MOST + 1);
  eleven = find (fixture, fixture->chain.desk, NULL, "family", "Singh", "born", "1970-01-01", NULL);
  assert_result (eleven, "too-many", 0);
  g_assert_cmpint (test_store_count (fixture->chain.central->store, "SELECT count(*) FROM inquiry WHERE result='too-many' AND shown='[]'"), ==, 1);
}

static void
of_a_restricted_person_less_is_told (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) answer = NULL, dead = NULL;
  g_autofree char *text = NULL;

  test_store_put (fixture->chain.central->store, "patient", &fixture->patient, "restricted", "true", NULL);
  answer = find (fixture, fixture->chain.desk, NULL, "family", "wickes", "phone", "+44 7700 900456", NULL);
  assert_result (answer, "found", 1);
  g_assert_true (json_is_true (json_object_get (person (answer, 0), "restricted")));
  text = limber_json_dup (answer);
  g_assert_null (strstr (text, "HA5"));
  g_assert_null (strstr (text, "Elms"));
  g_assert_null (strstr (text, "Canary"));
  g_assert_null (strstr (text, "900456"));
  test_store_put (fixture->chain.central->store, "patient", &fixture->patient, "died", "2026-10-01", NULL);
  dead = find (fixture, fixture->chain.desk, NULL, "nhs_number", "9990000018", NULL);
  g_assert_cmpstr (limber_json_string (person (dead, 0), "died"), ==, "2026-10-01");
}

/* Neither she nor whoever asks need know what her papers say. */
static void
she_is_found_by_what_she_likes_to_be_called (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) answer = find (fixture, fixture->chain.desk, NULL, "family", "wickes", "given", "Birdy", "born", "1954-08-06", NULL);
  g_autoptr (json_t) nobody = find (fixture, fixture->chain.desk, NULL, "family", "wickes", "given", "Zara", "born", "1954-08-06", NULL);

  assert_result (answer, "found", 1);
  g_assert_cmpstr (limber_json_string (person (answer, 0), "preferred"), ==, "Birdie");
  assert_result (nobody, "none", 0);
}

/* Two records of one person are one answer, and all of her comes. */
static void
two_records_of_one_person_come_as_one (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  LimberId second;
  const LimberId *shown, *other;
  g_autofree char *first = limber_id_dup_text (&fixture->patient), *text = NULL, *day = NULL;
  g_autoptr (json_t) answer = NULL;
  g_autoptr (LimberRecord) one = NULL, two = NULL;

  test_id (&second, "the visitor again");
  test_store_put (chain->central->store, "patient", &second, "family", "Wickes", "given", "Ines", "born", "1954-08-06", "merged_into", first, NULL);
  answer = find (fixture, chain->desk, NULL, "family", "Wickes", "born", "1954-08-06", NULL);
  assert_result (answer, "found", 1);
  shown = limber_id_compare (&second, &fixture->patient) < 0 ? &second : &fixture->patient;
  other = shown == &second ? &fixture->patient : &second;
  text = limber_id_dup_text (shown);
  g_assert_cmpstr (limber_json_string (person (answer, 0), "id"), ==, text);
  day = let_her_come (fixture, chain->desk);
  test_chain_sync (chain);
  one = test_store_get (chain->desk->store, "patient", shown);
  two = test_store_get (chain->desk->store, "patient", other);
  g_assert_nonnull (one);
  g_assert_nonnull (two);
  assert_all_same (fixture);
  pass_time (fixture, 24 * HOUR);
  test_chain_sync (chain);
  assert_holds (fixture, chain->desk, FALSE);
  g_assert_null (test_store_get (chain->desk->store, "patient", &second));
  assert_all_same (fixture);
}

static void
who_was_shut_out_asks_in_vain (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  LimberId desk = limber_store_identity (chain->desk->store)->device;
  GError *error = NULL;
  json_t *answer;

  test_store_put (chain->central->store, "device", &desk, "revoked", "true", NULL);
  answer = find (fixture, chain->desk, &error, "nhs_number", "9990000018", NULL); /* the hub has not heard of it */
  assert_refused (answer, &error, LIMBER_ERROR_REFUSED);
  test_place_sync (chain->hub);
  assert_refused (find (fixture, chain->desk, &error, "nhs_number", "9990000018", NULL), &error, LIMBER_ERROR_UNAUTHORISED);
  g_assert_cmpint (test_store_count (chain->central->store, "SELECT count(*) FROM inquiry"), ==, 0);
}

static void
somebody_who_has_left_asks_in_vain (Fixture *fixture, gconstpointer data)
{
  GError *error = NULL;

  test_store_put (fixture->chain.central->store, "staff", &fixture->staff, "left", "true", NULL);
  assert_refused (find (fixture, fixture->chain.desk, &error, "nhs_number", "9990000018", NULL), &error, LIMBER_ERROR_REFUSED);
}

/* A hub asks for its own site's devices only, whatever a device says of itself. */
static void
a_hub_speaks_for_its_own_devices_only (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  TestPlace *stranger = test_place_join (chain->net, chain->central, LIMBER_CLASS_DESK, &chain->other_site, NULL);
  g_autofree char *device = limber_id_dup_text (&limber_store_identity (stranger->store)->device), *own = limber_id_dup_text (&limber_store_identity (chain->desk->store)->device);
  g_autofree char *kiosk = limber_id_dup_text (&limber_store_identity (chain->kiosk->store)->device);
  GError *error = NULL;
  g_autoptr (json_t) answer = NULL;

  assert_refused (find (fixture, chain->hub, &error, "nhs_number", "9990000018", "device", device, NULL), &error, LIMBER_ERROR_REFUSED);
  assert_refused (find (fixture, chain->hub, &error, "nhs_number", "9990000018", "device", "nobody", NULL), &error, LIMBER_ERROR_REFUSED);
  assert_refused (find (fixture, chain->hub, &error, "nhs_number", "9990000018", "device", kiosk, NULL), &error, LIMBER_ERROR_REFUSED);
  answer = find (fixture, chain->desk, &error, "nhs_number", "9990000018", "device", device, NULL);
  assert_result (answer, "found", 1);
  json_decref (g_steal_pointer (&answer));
  answer = find (fixture, chain->hub, &error, "nhs_number", "9990000018", "device", own, NULL);
  assert_result (answer, "found", 1);
  g_assert_cmpint (test_store_count (chain->central->store, "SELECT count(DISTINCT device) FROM inquiry"), ==, 1);
  test_place_free (stranger);
}

static void
nobody_asks_all_day_long (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  TestPlace *clinic = test_place_join (chain->net, chain->central, LIMBER_CLASS_CLINIC, &chain->site, NULL);
  GError *error = NULL;
  json_t *answer;

  for (guint i = 0; i < LIMBER_FIND_AN_HOUR; i++) {
    answer = find (fixture, chain->desk, &error, "nhs_number", "9990000018", NULL);
    g_assert_no_error (error);
    json_decref (answer);
  }
  assert_refused (find (fixture, chain->desk, &error, "nhs_number", "9990000018", NULL), &error, LIMBER_ERROR_REFUSED);
  answer = find (fixture, clinic, &error, "nhs_number", "9990000018", NULL);
  assert_result (answer, "found", 1);
  json_decref (answer);
  pass_time (fixture, HOUR + MINUTE);
  answer = find (fixture, chain->desk, &error, "nhs_number", "9990000018", NULL);
  assert_result (answer, "found", 1);
  json_decref (answer);
  test_place_free (clinic);
}

/* The answer was lost, and the same question goes out once more: it is written down once. */
static void
a_question_is_counted_once (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  g_autofree char *staff = limber_id_dup_text (&fixture->staff), *patient = limber_id_dup_text (&fixture->patient);
  g_autoptr (json_t) question = json_pack ("{s:s, s:s, s:s, s:s, s:s}", "ask", "find", "id", "0194d6a0-0000-7000-8000-000000000001", "staff", staff, "reason", "telephone", "nhs_number", "9990000018");

  for (guint i = 0; i < 2; i++) {
    g_autoptr (json_t) answer = ask (chain->desk, question, NULL);

    assert_result (answer, "found", 1);
    for (guint j = 0; j < 2; j++) {
      g_autoptr (json_t) granted = act (fixture, chain->desk, NULL, "grant", "inquiry", limber_json_string (answer, "inquiry"), "patient", patient, NULL);

      g_assert_cmpstr (limber_json_string (granted, "patient"), ==, patient);
    }
    pass_time (fixture, MINUTE);
  }
  g_assert_cmpint (test_store_count (chain->central->store, "SELECT count(*) FROM inquiry"), ==, 1);
  g_assert_cmpint (test_store_count (chain->central->store, "SELECT count(*) FROM \"grant\""), ==, 1);
}

/* Only one of whom the answer told, only the device that asked, and only for a while. */
static void
only_who_was_told_of_can_be_chosen (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  TestPlace *clinic = test_place_join (chain->net, chain->central, LIMBER_CLASS_CLINIC, &chain->site, NULL);
  g_autoptr (json_t) answer = find (fixture, chain->desk, NULL, "nhs_number", "9990000018", NULL);
  g_autofree char *patient = limber_id_dup_text (&fixture->patient), *other = limber_id_dup_text (&chain->patient);
  const char *inquiry = limber_json_string (answer, "inquiry");
  GError *error = NULL;

  assert_refused (act (fixture, chain->desk, &error, "grant", "inquiry", inquiry, "patient", other, NULL), &error, LIMBER_ERROR_REFUSED);
  assert_refused (act (fixture, clinic, &error, "grant", "inquiry", inquiry, "patient", patient, NULL), &error, LIMBER_ERROR_REFUSED);
  assert_refused (act (fixture, chain->desk, &error, "grant", "patient", patient, NULL), &error, LIMBER_ERROR_REFUSED);
  assert_refused (act (fixture, chain->desk, &error, "take", "inquiry", inquiry, "patient", patient, NULL), &error, LIMBER_ERROR_FORMAT);
  pass_time (fixture, (LIMBER_FIND_CHOOSE_MINUTES + 1) * MINUTE);
  assert_refused (act (fixture, chain->desk, &error, "grant", "inquiry", inquiry, "patient", patient, NULL), &error, LIMBER_ERROR_REFUSED);
  g_assert_cmpint (test_store_count (chain->central->store, "SELECT count(*) FROM \"grant\""), ==, 0);
  test_place_free (clinic);
}

/* A desk that writes a grant itself, as no program does, is not believed. */
static void
a_grant_is_centrals_alone (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  g_autofree char *site = limber_id_dup_text (&chain->site), *patient = limber_id_dup_text (&fixture->patient);
  g_autofree char *packed_site = limber_base64_dup (chain->site.bytes, 16), *packed_patient = limber_base64_dup (fixture->patient.bytes, 16);
  g_autofree char *body = g_strdup_printf ("{\"patient!\":\"%s\",\"site!\":\"%s\",\"day!\":\"2099-01-01\"}", packed_patient, packed_site);
  LimberId id;

  test_id (&id, "grant");
  g_assert_false (test_store_try (chain->desk->store, NULL, "grant", &id, "patient", patient, "site", site, "day", "2099-01-01", "device", site, "staff", site, "inquiry", site, "at",
                                  "2026-11-23T09:00:00Z", NULL));
  test_store_append (chain->desk->store, "grant", &id, &fixture->patient, body);
  test_chain_sync (chain);
  g_assert_cmpint (test_store_count (chain->central->store, "SELECT count(*) FROM \"grant\""), ==, 0);
  assert_holds (fixture, chain->desk, FALSE);
}

/* Time. */

/* Where somebody hangs up, or the answer is lost, that is known at once. */
static void
no_answer_is_said_at_once (Fixture *fixture, gconstpointer data)
{
  static const TestNetFault faults[] = { TEST_NET_CUT, TEST_NET_LOSE_ANSWER };
  TestChain *chain = &fixture->chain;

  for (gsize i = 0; i < G_N_ELEMENTS (faults) * 2; i++) {
    gint64 began = g_get_monotonic_time ();
    GError *error = NULL;

    test_net_set_fault (chain->net, CENTRAL, faults[i / 2]);
    test_net_set_fault (chain->net, HUB, i % 2 == 0 ? TEST_NET_CARRY : faults[i / 2]);
    assert_refused (find (fixture, chain->desk, &error, "nhs_number", "9990000018", NULL), &error, LIMBER_ERROR_UNREACHABLE);
    g_assert_cmpint (g_get_monotonic_time () - began, <, 1000000);
  }
}

static guint
pause_of (TestPlace *place, guint i)
{
  return i < place->clock.pauses->len ? g_array_index (place->clock.pauses, guint, i) : 0;
}

/* Where nobody says anything, whoever asks has at most so long to wait for the hub, and then for central. A hub's own patience
 * ends before its device's, so that its word comes through. */
static void
silence_ends_in_time (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  TestPlace *places[] = { chain->desk, chain->hub };

  for (gsize i = 0; i < 2; i++) {
    GError *error = NULL;

    for (gsize j = 0; j < 2; j++)
      places[j]->clock.pauses = g_array_new (FALSE, FALSE, sizeof (guint));
    test_net_set_fault (chain->net, CENTRAL, TEST_NET_SILENT);
    test_net_set_fault (chain->net, HUB, i == 0 ? TEST_NET_SILENT : TEST_NET_CARRY);
    assert_refused (find (fixture, chain->desk, &error, "nhs_number", "9990000018", NULL), &error, LIMBER_ERROR_UNREACHABLE);
    g_assert_cmpuint (chain->desk->clock.pauses->len, ==, 2);
    g_assert_cmpuint (pause_of (chain->desk, 0), <=, 3000);
    g_assert_cmpuint (pause_of (chain->desk, 1), <=, 5000); /* by a clock that stands still: the whole time that is left */
    g_assert_cmpuint (pause_of (chain->hub, 0), <, pause_of (chain->desk, 0));
    for (gsize j = 0; j < 2; j++)
      g_array_unref (g_steal_pointer (&places[j]->clock.pauses));
  }
}

/* The hub is gone: central is asked directly, and she comes from there. When the hub is back it has her too. */
static void
without_the_hub_central_is_asked (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  g_autofree char *day = NULL;

  test_net_set_fault (chain->net, HUB, TEST_NET_CUT);
  day = let_her_come (fixture, chain->desk);
  g_assert_cmpstr (day, ==, "2026-11-23");
  test_place_sync (chain->desk);
  assert_holds (fixture, chain->desk, TRUE);
  assert_same (chain->central, chain->desk);
  test_net_set_fault (chain->net, HUB, TEST_NET_CARRY);
  test_place_sync (chain->hub); /* until then it is behind what the desk has seen */
  test_chain_sync (chain);
  assert_holds (fixture, chain->hub, TRUE);
  assert_holds (fixture, chain->desk, TRUE);
  assert_all_same (fixture);
  pass_time (fixture, 24 * HOUR);
  test_chain_sync (chain);
  assert_holds (fixture, chain->desk, FALSE);
}

typedef struct {
  gboolean done;
} Pulling;

static void
on_handled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberWake) wake = NULL;
  g_autoptr (LimberMessage) answer = limber_node_handle_finish (LIMBER_NODE (source), result, &wake, NULL);

  ((Pulling *) data)->done = TRUE;
}

/* While it waits for central, the hub answers everybody else. */
static void
a_hub_that_waits_for_central_goes_on (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  g_autoptr (LimberClient) client = limber_client_new_full (chain->desk->store, LIMBER_TRANSPORT (chain->net));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LimberMessage) request = limber_message_new ("GET", "/sync/v1/node", NULL);
  g_autofree char *staff = limber_id_dup_text (&fixture->staff);
  g_autoptr (json_t) question = json_pack ("{s:s, s:s, s:s, s:s, s:s}", "ask", "find", "id", staff, "staff", staff, "reason", "walk-in", "nhs_number", "9990000018");
  Pulling pulling = { FALSE };

  test_net_set_fault (chain->net, CENTRAL, TEST_NET_SILENT);
  limber_client_find_async (client, question, LIMBER_CLIENT_FIND_TIME, cancellable, on_found, &result);
  while (test_net_held (chain->net) == 0)
    g_main_context_iteration (NULL, TRUE);
  limber_node_handle_async (chain->hub->node, request, NULL, on_handled, &pulling);
  while (!pulling.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (result);
  g_cancellable_cancel (cancellable); /* the page was closed */
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (limber_client_find_finish (client, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  test_net_set_fault (chain->net, CENTRAL, TEST_NET_CARRY);
}

/* The end of the visit. */

static const struct {
  const char *granted, *still, *over, *day;
} ends[] = {
  { "2026-11-23T10:00:00Z", "2026-11-23T23:59:00Z", "2026-11-24T00:01:00Z", "2026-11-23" },
  { "2027-03-27T23:30:00Z", "2027-03-27T23:59:00Z", "2027-03-28T00:01:00Z", "2027-03-27" }, /* clocks go forward on the 28th */
  { "2027-03-28T10:00:00Z", "2027-03-28T22:59:00Z", "2027-03-28T23:01:00Z", "2027-03-28" },
  { "2027-10-30T22:30:00Z", "2027-10-30T22:59:00Z", "2027-10-30T23:01:00Z", "2027-10-30" }, /* and back on the 31st */
  { "2027-10-31T10:00:00Z", "2027-10-31T23:59:00Z", "2027-11-01T00:01:00Z", "2027-10-31" },
};

static void
she_goes_at_midnight_in_london (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++) {
    g_autofree char *day = NULL;

    g_test_message ("%s", ends[i].day);
    set_time (fixture, ends[i].granted);
    day = let_her_come (fixture, chain->desk);
    g_assert_cmpstr (day, ==, ends[i].day);
    test_chain_sync (chain);
    assert_holds (fixture, chain->desk, TRUE);
    set_time (fixture, ends[i].still);
    test_chain_sync (chain);
    assert_holds (fixture, chain->desk, TRUE);
    assert_all_same (fixture);
    set_time (fixture, ends[i].over);
    test_chain_sync (chain);
    assert_holds (fixture, chain->desk, FALSE);
    assert_holds (fixture, chain->hub, FALSE);
    assert_all_same (fixture);
  }
}

static void
a_visit_can_be_ended (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  g_autofree char *patient = limber_id_dup_text (&fixture->patient), *day = let_her_come (fixture, chain->desk), *again = NULL;
  g_autoptr (json_t) answer = NULL;

  test_chain_sync (chain);
  answer = act (fixture, chain->desk, NULL, "end", "patient", patient, NULL);
  g_assert_cmpint (limber_json_integer (answer, "ended", 0), ==, 1);
  test_chain_sync (chain);
  assert_holds (fixture, chain->desk, FALSE);
  assert_holds (fixture, chain->hub, FALSE);
  assert_all_same (fixture);
  again = let_her_come (fixture, chain->desk);
  test_chain_sync (chain);
  assert_holds (fixture, chain->desk, TRUE);
  assert_all_same (fixture);
}

/* What was done for her here is central's, though nobody here holds her any more when it gets there. */
static void
what_was_not_sent_is_not_lost (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  g_autofree char *day = let_her_come (fixture, chain->desk);
  g_autoptr (LimberRecord) patient = NULL;

  test_chain_sync (chain);
  test_store_put (chain->desk->store, "patient", &fixture->patient, "mobile", "07700900777", NULL);
  pass_time (fixture, 24 * HOUR);
  test_place_sync (chain->hub);
  assert_holds (fixture, chain->hub, FALSE);
  test_chain_sync (chain);
  assert_holds (fixture, chain->desk, FALSE);
  assert_holds (fixture, chain->hub, FALSE);
  assert_all_same (fixture);
  patient = test_store_get (chain->central->store, "patient", &fixture->patient);
  g_assert_cmpstr (limber_record_text (patient, "mobile"), ==, "07700900777");
}

static void
book_here (Fixture *fixture, TestPlace *place)
{
  g_autofree char *patient = limber_id_dup_text (&fixture->patient), *site = limber_id_dup_text (&fixture->chain.site);
  LimberId id;

  test_id (&id, "an appointment for the visitor");
  test_store_put (place->store, "appointment", &id, "patient", patient, "site", site, "start", "2026-11-23T11:00:00Z", "status", "booked", NULL);
}

static void
who_is_booked_here_stays (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  g_autofree char *day = let_her_come (fixture, chain->desk);

  test_chain_sync (chain);
  book_here (fixture, chain->desk);
  test_chain_sync (chain);
  pass_time (fixture, 24 * HOUR);
  test_chain_sync (chain);
  assert_holds (fixture, chain->desk, TRUE);
  assert_holds (fixture, chain->hub, TRUE);
  assert_all_same (fixture);
}

static gboolean
is_gone (gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (LimberRecord) patient = test_store_get (fixture->chain.desk->store, "patient", &fixture->patient);

  return patient == NULL;
}

/* As a device does it that nobody tells that the day is over. */
static void
be_alone_over_night (Fixture *fixture)
{
  pass_time (fixture, 24 * HOUR);
  limber_expiry_when_due (fixture->chain.desk->store);
}

/* A laptop in a hall lets go of her by itself. What was done for her there is kept for central. */
static void
a_device_alone_lets_go_of_her (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  g_autofree char *day = let_her_come (fixture, chain->desk);
  g_autoptr (LimberRecord) patient = NULL, own = NULL;

  test_chain_sync (chain);
  test_store_put (chain->desk->store, "patient", &fixture->patient, "mobile", "07700900777", NULL);
  limber_expiry_when_due (chain->desk->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  assert_holds (fixture, chain->desk, TRUE);
  be_alone_over_night (fixture);
  g_assert_true (test_wait (is_gone, fixture));
  assert_holds (fixture, chain->desk, FALSE);
  own = test_store_get (chain->desk->store, "patient", &chain->patient);
  g_assert_nonnull (own);
  test_chain_sync (chain);
  patient = test_store_get (chain->central->store, "patient", &fixture->patient);
  g_assert_cmpstr (limber_record_text (patient, "mobile"), ==, "07700900777");
  assert_all_same (fixture);
}

/* It has heard that she is this site's anyhow. */
static void
a_device_alone_keeps_whom_it_may (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  g_autofree char *day = let_her_come (fixture, chain->desk);

  test_chain_sync (chain);
  book_here (fixture, chain->desk);
  be_alone_over_night (fixture);
  while (test_store_count (chain->desk->store, "SELECT count(*) FROM meta WHERE name='expired' AND value='2026-11-24'") == 0)
    g_main_context_iteration (NULL, TRUE);
  assert_holds (fixture, chain->desk, TRUE);
}

/* It has let go of her, and hears then that she was booked here while it was away. */
static void
a_device_alone_has_her_again (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  g_autofree char *day = let_her_come (fixture, chain->desk);

  test_chain_sync (chain);
  book_here (fixture, chain->central);
  test_place_sync (chain->hub); /* which held her all the time */
  be_alone_over_night (fixture);
  g_assert_true (test_wait (is_gone, fixture));
  test_chain_sync (chain);
  assert_holds (fixture, chain->desk, TRUE);
  assert_holds (fixture, chain->hub, TRUE);
  assert_all_same (fixture);
}

/* Another desk's change, with who, when and over what: central alone knows it, and tells those who hold her. */
static void
central_tells_how_somebody_came_to_be_as_she_is (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  g_autoptr (GError) error = NULL;
  g_autofree char *patient = limber_id_dup_text (&fixture->patient), *day = NULL;
  g_autoptr (json_t) past = NULL, change = NULL;

  test_store_put (chain->central->store, "patient", &fixture->patient, "mobile", "07700 900777", NULL);
  assert_refused (act (fixture, chain->desk, &error, "history", "patient", patient, NULL), &error, LIMBER_ERROR_REFUSED);
  assert_refused (act (fixture, chain->desk, &error, "history", "patient", "she", NULL), &error, LIMBER_ERROR_FORMAT);
  day = let_her_come (fixture, chain->desk);
  past = act (fixture, chain->desk, &error, "history", "patient", patient, NULL);
  g_assert_no_error (error);
  g_assert_true (json_is_true (json_object_get (past, "complete")));
  change = json_incref (json_array_get (json_object_get (past, "changes"), 0));
  g_assert_cmpstr (limber_json_string (change, "field"), ==, "mobile");
  g_assert_cmpstr (limber_json_string (change, "after"), ==, "07700 900777");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sync/find/" name, Fixture, "bare", set_up, func, tear_down)
  ADD ("somebody of another site comes for the day", somebody_of_another_site_comes_for_the_day);
  ADD ("what was sought is not kept", what_was_sought_is_not_kept);
  ADD ("the public screens ask for nobody", the_public_screens_ask_for_nobody);
  ADD ("the office has everybody already", the_office_has_everybody_already);
  ADD ("she is found by what she likes to be called", she_is_found_by_what_she_likes_to_be_called);
  ADD ("who says too little is told so", who_says_too_little_is_told_so);
  ADD ("too many are not told of", too_many_are_not_told_of);
  ADD ("of a restricted person less is told", of_a_restricted_person_less_is_told);
  ADD ("two records of one person come as one", two_records_of_one_person_come_as_one);
  ADD ("who was shut out asks in vain", who_was_shut_out_asks_in_vain);
  ADD ("somebody who has left asks in vain", somebody_who_has_left_asks_in_vain);
  ADD ("a hub speaks for its own devices only", a_hub_speaks_for_its_own_devices_only);
  ADD ("nobody asks all day long", nobody_asks_all_day_long);
  ADD ("a question is counted once", a_question_is_counted_once);
  ADD ("only who was told of can be chosen", only_who_was_told_of_can_be_chosen);
  ADD ("a grant is central's alone", a_grant_is_centrals_alone);
  ADD ("no answer is said at once", no_answer_is_said_at_once);
  ADD ("silence ends in time", silence_ends_in_time);
  ADD ("a hub that waits for central goes on", a_hub_that_waits_for_central_goes_on);
  g_test_add ("/sync/find/without the hub central is asked", Fixture, NULL, set_up, without_the_hub_central_is_asked, tear_down);
  ADD ("she goes at midnight in London", she_goes_at_midnight_in_london);
  ADD ("a visit can be ended", a_visit_can_be_ended);
  ADD ("what was not sent is not lost", what_was_not_sent_is_not_lost);
  ADD ("who is booked here stays", who_is_booked_here_stays);
  ADD ("a device alone lets go of her", a_device_alone_lets_go_of_her);
  ADD ("a device alone keeps whom it may", a_device_alone_keeps_whom_it_may);
  ADD ("central tells how somebody came to be as she is", central_tells_how_somebody_came_to_be_as_she_is);
  ADD ("a device alone has her again", a_device_alone_has_her_again);
  return g_test_run ();
}
