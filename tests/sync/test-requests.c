/* What a node answers to who asks wrongly: a plain refusal, never less; and to who says wrongly how far he has read, all from the
 * beginning. */
#include <string.h>

#include "limber-base64.h"
#include "limber-enrolment.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-sign.h"
#include "limber-test-chain.h"

static LimberMessage *
ask (TestChain *chain, TestPlace *as, LimberMessage *request, const char *run)
{
  static guint64 counter = 1;

  return test_place_ask (as, chain->hub, request, run, counter++);
}

static char *
run_of_hub (TestChain *chain)
{
  g_autoptr (LimberMessage) request = limber_message_new ("GET", "/sync/v1/pull", NULL), answer = ask (chain, chain->desk, request, "0000000000000000");

  return g_strdup (limber_message_get (answer, "limber-run"));
}

/* @body: (nullable) */
static guint
status_of (TestChain *chain, TestPlace *as, const char *method, const char *path, const char *query, const char *body)
{
  g_autofree char *run = run_of_hub (chain);
  g_autoptr (LimberMessage) request = limber_message_new (method, path, query), answer = NULL;
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;

  if (bytes != NULL)
    limber_message_set_body (request, "application/json", bytes);
  answer = ask (chain, as, request, run);
  return answer->status;
}

static void
what_is_not_there_is_not_found (TestChain *chain, gconstpointer data)
{
  g_assert_cmpuint (status_of (chain, chain->desk, "GET", "/sync/v1/push", NULL, NULL), ==, 404);
  g_assert_cmpuint (status_of (chain, chain->desk, "POST", "/sync/v1/pull", NULL, "{}"), ==, 404);
  g_assert_cmpuint (status_of (chain, chain->desk, "GET", "/", NULL, NULL), ==, 404);
}

static void
a_digest_that_is_none_is_refused (TestChain *chain, gconstpointer data)
{
  static const char *const bodies[] = { "", "no JSON", "{}", "{\"buckets\":7}", "{\"buckets\":\"AAAA\"}", "{\"buckets\":\"?\",\"kinds\":7}" };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    g_assert_cmpuint (status_of (chain, chain->desk, "POST", "/sync/v1/digest", NULL, bodies[i]), ==, 400);
}

static void
who_cannot_say_what_he_joins_with_does_not (TestChain *chain, gconstpointer data)
{
  static const guint8 zeros[32];
  g_autofree char *hash = limber_base64_dup (zeros, LIMBER_ENROLMENT_HASH), *short_one = limber_base64_dup (zeros, 8);
  g_autofree char *no_proof = g_strdup_printf ("{\"id\":\"%s\"}", hash), *bad_id = g_strdup_printf ("{\"id\":\"%s\",\"proof\":\"%s\"}", short_one, hash);
  g_autofree char *no_key = g_strdup_printf ("{\"id\":\"%s\",\"proof\":\"%s\",\"key\":7}", hash, hash), *bad_key = g_strdup_printf ("{\"id\":\"%s\",\"proof\":\"%s\",\"key\":\"%s\"}", hash, hash, short_one);
  const char *const bodies[] = { "", "[", "{}", no_proof, bad_id, no_key, bad_key };
  gint64 devices = test_store_count (chain->hub->store, "SELECT count(*) FROM device");

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    g_assert_cmpuint (status_of (chain, chain->desk, "POST", "/sync/v1/join", NULL, bodies[i]), ==, 400);
  g_assert_cmpint (test_store_count (chain->hub->store, "SELECT count(*) FROM device"), ==, devices);
}

static void
a_cursor_that_is_none_reads_from_the_beginning (TestChain *chain, gconstpointer data)
{
  g_autofree char *run = run_of_hub (chain), *word = g_strdup_printf ("cursor=%s.x", run), *negative = g_strdup_printf ("cursor=%s.-1", run);
  g_autofree char *beyond = g_strdup_printf ("cursor=%s.999999", run), *large = g_strdup_printf ("cursor=%s.99999999999999999999", run);
  const char *const queries[] = { NULL, "cursor=", "cursor=7", "cursor=another.1", word, negative, beyond, large };
  gsize whole = 0;

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++) {
    g_autoptr (LimberMessage) request = limber_message_new ("GET", "/sync/v1/pull", queries[i]), answer = ask (chain, chain->desk, request, run);
    gsize length = g_bytes_get_size (answer->body);

    g_assert_cmpuint (answer->status, ==, 200);
    whole = i == 0 ? length : whole;
    g_assert_cmpuint (length, ==, whole);
  }
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    g_assert_cmpuint (status_of (chain, chain->desk, "GET", "/sync/v1/wake", queries[i], NULL), ==, 101);
}

/* A node answers a known device only what nobody on the way can read. */
static void
who_does_not_seal_is_told_nothing (TestChain *chain, gconstpointer data)
{
  static const char *const names[] = { "none", "AAAA", "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" };
  const LimberIdentity *identity = limber_store_identity (chain->desk->store);
  g_autofree char *run = run_of_hub (chain);
  LimberSignature signature = { .device = identity->device };

  g_strlcpy (signature.node_run, run, sizeof signature.node_run);
  memset (signature.device_run, 'b', LIMBER_RUN_LENGTH);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (LimberMessage) request = limber_message_new ("GET", "/sync/v1/pull", NULL), answer = NULL;

    signature.counter++;
    limber_message_set (request, "limber-seal", names[i]);
    limber_sign_request (request, &signature, identity->secret_key);
    answer = test_net_ask (chain->net, HUB, request);
    g_assert_cmpuint (answer->status, ==, 401);
  }
}

/* A device's record that says nothing of its key, or of its class, or not as agreed, is nobody's. */
static void
who_is_not_wholly_known_is_not_known (TestChain *chain, gconstpointer data)
{
  static const char *const damages[] = { "UPDATE device SET key=NULL", "UPDATE device SET key='AAAA'", "UPDATE device SET class=NULL" };

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++) {
    g_autofree char *run = run_of_hub (chain);
    g_autoptr (LimberMessage) request = limber_message_new ("GET", "/sync/v1/pull", NULL), answer = NULL;

    g_assert_cmpuint (status_of (chain, chain->desk, "GET", "/sync/v1/pull", NULL, NULL), ==, i == 0 ? 200 : 401);
    test_store_tamper (chain->hub->store, damages[i]);
    answer = ask (chain, chain->desk, request, run);
    g_assert_cmpuint (answer->status, ==, 401);
  }
}

/* A store that cannot say what it holds, since its file is damaged, does not ask without end. */
static void
who_learns_nothing_stops_asking (TestChain *chain, gconstpointer data)
{
  g_autoptr (LimberClient) client = limber_client_new_full (chain->desk->store, LIMBER_TRANSPORT (chain->net));
  g_autoptr (GError) error = NULL;

  test_store_put (chain->desk->store, "patient", &chain->patient, "title", "Dr", NULL);
  test_store_tamper (chain->desk->store, "UPDATE journal SET hash=x'00'");
  g_assert_false (limber_client_sync_once (client, NULL, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_UNREACHABLE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sync/requests/" name, TestChain, NULL, test_chain_set_up, func, test_chain_tear_down)
  ADD ("what is not there is not found", what_is_not_there_is_not_found);
  ADD ("a digest that is none is refused", a_digest_that_is_none_is_refused);
  ADD ("who cannot say what he joins with does not", who_cannot_say_what_he_joins_with_does_not);
  ADD ("a cursor that is none reads from the beginning", a_cursor_that_is_none_reads_from_the_beginning);
  ADD ("who does not seal is told nothing", who_does_not_seal_is_told_nothing);
  ADD ("who is not wholly known is not known", who_is_not_wholly_known_is_not_known);
  ADD ("who learns nothing stops asking", who_learns_nothing_stops_asking);
  return g_test_run ();
}
