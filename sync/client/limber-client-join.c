/* Joining: a code in, a store out. */
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "limber-base64.h"
#include "limber-client-private.h"
#include "limber-enrolment.h"
#include "limber-error.h"
#include "limber-http.h"
#include "limber-json.h"
#include "limber-sign.h"

typedef struct {
  LimberIdentity identity;
  const json_t  *answer;
  const char    *url;
} Joined;

static json_t *
bytes_to_json (const guint8 *bytes, gsize length)
{
  g_autofree char *text = limber_base64_dup (bytes, length);

  return json_string (text);
}

static LimberMessage *
make_request (const LimberJoin *join, const guint8 secret_key[64], LimberEnv *env)
{
  LimberMessage *request = limber_message_new ("POST", "/sync/v1/join", NULL);
  LimberSignature signature = { .counter = 1 };
  g_autoptr (json_t) json = json_object ();

  json_object_set_new (json, "id", bytes_to_json (join->id, sizeof join->id));
  json_object_set_new (json, "proof", bytes_to_json (join->proof, sizeof join->proof));
  json_object_set_new (json, "key", bytes_to_json (join->key, sizeof join->key));
  limber_message_set_json (request, json, NULL);
  memset (signature.node_run, '0', LIMBER_RUN_LENGTH);
  limber_env_mint_run (env, signature.device_run);
  limber_sign_request (request, &signature, secret_key);
  return request;
}

typedef struct {
  LimberMessage *answer; /* (owned) (nullable) */
  GError        *error;  /* (owned) (nullable) */
  gboolean       done;
} Waiting;

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  Waiting *waiting = data;
  g_autoptr (LimberWake) wake = NULL;

  waiting->answer = limber_transport_send_finish (LIMBER_TRANSPORT (source), result, &wake, &waiting->error);
  waiting->done = TRUE;
}

static LimberMessage *
ask (LimberTransport *transport, const char *url, LimberMessage *request, GError **error)
{
  Waiting waiting = { 0 };

  limber_transport_send_async (transport, url, request, NULL, on_answer, &waiting);
  while (!waiting.done)
    g_main_context_iteration (g_main_context_get_thread_default (), TRUE);
  if (waiting.answer == NULL)
    g_propagate_error (error, waiting.error);
  return waiting.answer;
}

/* An answer counts when its key is the one whose fingerprint the code carries, and signed it. A refusal does not name
 * the key; it is told as it is, since nothing follows from it. */
static json_t *
check_answer (LimberMessage *answer, LimberMessage *request, const LimberCode *code, GError **error)
{
  g_autoptr (json_t) json = NULL;
  GError *refusal = limber_message_error (answer);
  guint8 key[32];

  if (refusal != NULL) {
    g_propagate_error (error, refusal);
    return NULL;
  }
  json = limber_message_json (answer, error);
  if (json == NULL)
    return NULL;
  if (!limber_base64_read (limber_json_string (json, "key"), key, sizeof key) || !limber_enrolment_fits (code, key)) {
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_UNAUTHORISED, _("This code was made by another node than the one at this address."));
    return NULL;
  }
  return limber_sign_verify_answer (answer, request, key, error) ? g_steal_pointer (&json) : NULL;
}

static gboolean
read_identity (Joined *joined, GError **error)
{
  LimberIdentity *identity = &joined->identity;
  const char *site = limber_json_string (joined->answer, "site");

  identity->has_site = site != NULL;
  if (limber_class_parse (limber_json_string (joined->answer, "class"), &identity->klass) && limber_id_parse (&identity->device, limber_json_string (joined->answer, "device")) &&
      limber_id_parse (&identity->organisation, limber_json_string (joined->answer, "organisation")) && (site == NULL || limber_id_parse (&identity->site, site)))
    return TRUE;
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "The node's answer is not as agreed");
  return FALSE;
}

static gboolean
copy_meta (LimberTransaction *transaction, const json_t *answer, const char *name, const char *meta, GError **error)
{
  const char *text = limber_json_string (answer, name);

  return text == NULL || limber_transaction_set_meta (transaction, meta, text, error);
}

static gboolean
write_meta (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const char *const names[][2] = { { "name", "name" },         { "node", "node" },                 { "key", "node_key" },          { "node_class", "node_class" },
                                          { "central_url", "central" }, { "central_node", "central_node" }, { "central_key", "central_key" },
                                          { "credential", "credential" }, { "letter", "letter" } };
  Joined *joined = data;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (!copy_meta (transaction, joined->answer, names[i][0], names[i][1], error))
      return FALSE;
  return limber_transaction_set_meta (transaction, "upstream", joined->url, error);
}

static gboolean
make_store (const char *dir, Joined *joined, LimberEnv *env, GError **error)
{
  g_autoptr (LimberStore) store = NULL;
  gboolean good;

  if (!limber_store_create (dir, env, &joined->identity, error))
    return FALSE;
  store = limber_store_open (dir, LIMBER_STORE_OWN, env, error);
  if (store == NULL)
    return FALSE;
  good = limber_store_write (store, write_meta, joined, error);
  limber_store_close (store);
  return good;
}

static gboolean
join_with (const char *dir, const char *url, const LimberCode *code, LimberEnv *env, LimberTransport *transport, GError **error)
{
  Joined joined = { .url = url };
  LimberJoin join;
  guint8 seed[crypto_sign_SEEDBYTES];
  g_autoptr (LimberMessage) request = NULL, answer = NULL;
  g_autoptr (json_t) json = NULL;
  gboolean good;

  limber_env_random (env, seed, sizeof seed);
  crypto_sign_seed_keypair (joined.identity.public_key, joined.identity.secret_key, seed);
  sodium_memzero (seed, sizeof seed);
  memcpy (join.key, joined.identity.public_key, sizeof join.key);
  limber_enrolment_prove (code, &join);
  request = make_request (&join, joined.identity.secret_key, env);
  answer = ask (transport, url, request, error);
  json = answer != NULL ? check_answer (answer, request, code, error) : NULL;
  joined.answer = json;
  good = json != NULL && read_identity (&joined, error) && make_store (dir, &joined, env, error);
  sodium_memzero (&joined.identity, sizeof joined.identity);
  return good;
}

/**
 * limber_client_is_address:
 *
 * Returns: whether @url can be where a node is: https://…, or http:// on this machine
 */
gboolean
limber_client_is_address (const char *url)
{
  static const char *const starts[] = { "https://", "http://127.0.0.1:", "http://[::1]:", "http://localhost:" };
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);

  for (gsize i = 0; uri != NULL && strlen (url) < 300 && i < G_N_ELEMENTS (starts); i++)
    if (g_str_has_prefix (url, starts[i]))
      return TRUE;
  return FALSE;
}

/**
 * limber_client_join_full:
 * @transport: (nullable): what carries the question; %NULL for HTTP
 *
 * As limber_client_join(), by a transport of one's own, which must work in the thread-default context.
 */
gboolean
limber_client_join_full (const char *dir, const char *url, const char *code, LimberEnv *env, LimberTransport *transport, GError **error)
{
  g_autoptr (LimberTransport) own = NULL;
  g_autofree char *carried = NULL, *plain = NULL;
  LimberCode parsed;

  if (!limber_enrolment_parse (code, &parsed, &carried, error) || !limber_store_check_absent (dir, env, error))
    return FALSE;
  if (url == NULL && carried == NULL)
    return limber_error_refuse (error, _("This code does not say where its node is: give the node's address too."));
  plain = g_strdup (url != NULL ? url : carried);
  while (g_str_has_suffix (plain, "/"))
    plain[strlen (plain) - 1] = '\0';
  if (transport == NULL && !limber_client_is_address (plain)) {
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_USAGE, _("The node's address is https://… (or http://127.0.0.1:PORT on this machine)"));
    return FALSE;
  }
  own = transport != NULL ? g_object_ref (transport) : LIMBER_TRANSPORT (limber_http_new ());
  return join_with (dir, plain, &parsed, env, own, error);
}

/**
 * limber_client_join:
 * @dir: where the store will be
 * @url: (nullable): the node's address, https://… or http://127.0.0.1:PORT; %NULL for the one that @code carries
 * @code: the joining code that the node gave
 * @error: LIMBER_ERROR_REFUSED, LIMBER_ERROR_UNAUTHORISED for a code that is wrong, used or expired, LIMBER_ERROR_UNREACHABLE
 *
 * Joins a node and makes the store. Blocks.
 *
 * Returns: whether the store is there
 */
gboolean
limber_client_join (const char *dir, const char *url, const char *code, LimberEnv *env, GError **error)
{
  GMainContext *context = limber_client_own_context ();
  gboolean good;

  g_main_context_push_thread_default (context);
  good = limber_client_join_full (dir, url, code, env, NULL, error);
  g_main_context_pop_thread_default (context);
  return good;
}
