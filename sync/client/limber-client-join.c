/* Joining: a code in, a store out. The answer may be lost after the code is used up; so the key that a device asks with is kept
 * beside its store to be until that is there, and who asks again with the same code asks with the same key. */
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "limber-base64.h"
#include "limber-cause.h"
#include "limber-client-private.h"
#include "limber-enrolment.h"
#include "limber-error.h"
#include "limber-file.h"
#include "limber-http.h"
#include "limber-json.h"
#include "limber-sign.h"

#define KEY_FILE "joining.key"

/* What the key file holds. */
typedef struct {
  guint8 code[LIMBER_ENROLMENT_HASH];      /* by which the code is named */
  guint8 seed[crypto_sign_SEEDBYTES]; /* of the key */
} KeptKey;

typedef struct {
  LimberIdentity identity;
  const json_t  *answer;
  const char    *url;
} Joined;

/* Whom to ask, and how. */
typedef struct {
  LimberCode       code;
  char            *url;         /* (owned) */
  LimberEnv       *env;         /* (unowned) */
  LimberTransport *transport;   /* (owned) */
  GCancellable    *cancellable; /* (unowned) (nullable) */
} Place;

static json_t *
bytes_to_json (const guint8 *bytes, gsize length)
{
  g_autofree char *text = limber_base64_dup (bytes, length);

  return json_string (text);
}

static LimberMessage *
make_request (const char *path, const LimberJoin *join, const guint8 secret_key[64], LimberEnv *env)
{
  LimberMessage *request = limber_message_new ("POST", path, NULL);
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
ask (LimberTransport *transport, const char *url, LimberMessage *request, GCancellable *cancellable, GError **error)
{
  Waiting waiting = { 0 };

  limber_transport_send_async (transport, url, request, cancellable, on_answer, &waiting);
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

/* Asks with a code and a key. (transfer full) (nullable): what the node that made the code answers */
static json_t *
ask_with (const char *path, const Place *place, const guint8 seed[crypto_sign_SEEDBYTES], LimberIdentity *identity, GError **error)
{
  LimberJoin join;
  g_autoptr (LimberMessage) request = NULL, answer = NULL;

  crypto_sign_seed_keypair (identity->public_key, identity->secret_key, seed);
  memcpy (join.key, identity->public_key, sizeof join.key);
  limber_enrolment_prove (&place->code, &join);
  request = make_request (path, &join, identity->secret_key, place->env);
  answer = ask (place->transport, place->url, request, place->cancellable, error);
  return answer != NULL ? check_answer (answer, request, &place->code, error) : NULL;
}

/* The key of an earlier try with this code, or a new one, which is on the disk before anybody hears of it. */
static gboolean
take_key (const char *dir, const Place *place, KeptKey *key, GError **error)
{
  g_autofree char *path = g_build_filename (dir, KEY_FILE, NULL), *kept = NULL;
  g_autoptr (GError) why = NULL;
  LimberJoin join = { 0 };
  gsize length = 0;

  limber_enrolment_prove (&place->code, &join);
  kept = limber_file_read (path, 1024, &length, NULL);
  if (kept != NULL && length == sizeof *key && memcmp (kept, join.id, sizeof key->code) == 0) {
    memcpy (key, kept, sizeof *key);
    sodium_memzero (kept, length);
    return TRUE;
  }
  memcpy (key->code, join.id, sizeof key->code);
  limber_env_random (place->env, key->seed, sizeof key->seed);
  if (g_mkdir_with_parents (dir, 0700) == 0 &&
      g_file_set_contents_full (path, (const char *) key, sizeof *key, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &why))
    return TRUE;
  if (why != NULL)
    limber_cause_set (error, LIMBER_ERROR_DISK, why, _("%s cannot be written to: %s"), dir, limber_cause_of (why));
  else
    limber_cause_set_errno (error, limber_error_of_errno (errno), errno, _("%s cannot be made: %s"), dir, limber_cause_of_errno (errno));
  return FALSE;
}

static void
forget_key (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, KEY_FILE, NULL);

  g_unlink (path);
}

static gboolean
join_with (const char *dir, const Place *place, GError **error)
{
  Joined joined = { .url = place->url };
  KeptKey key;
  g_autoptr (json_t) json = NULL;
  g_autoptr (GError) why = NULL;
  gboolean good;

  if (!take_key (dir, place, &key, error))
    return FALSE;
  json = ask_with ("/sync/v1/join", place, key.seed, &joined.identity, &why);
  sodium_memzero (&key, sizeof key);
  if (g_error_matches (why, LIMBER_ERROR, LIMBER_ERROR_UNAUTHORISED)) { /* nobody knows this key, so it is good for nothing */
    forget_key (dir);
    g_rmdir (dir); /* if there is nothing else in it */
  }
  joined.answer = json;
  if (json == NULL)
    g_propagate_error (error, g_steal_pointer (&why));
  good = json != NULL && read_identity (&joined, error) && make_store (dir, &joined, place->env, error);
  sodium_memzero (&joined.identity, sizeof joined.identity);
  if (good)
    forget_key (dir);
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

static void
place_clear (Place *place)
{
  sodium_memzero (&place->code, sizeof place->code);
  g_clear_pointer (&place->url, g_free);
  g_clear_object (&place->transport);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

/* @url: (nullable): instead of the one that @code carries */
static gboolean
read_place (Place *place, const char *url, const char *code, LimberTransport *transport, GError **error)
{
  g_autofree char *carried = NULL;

  if (!limber_enrolment_parse (code, &place->code, &carried, error))
    return FALSE;
  if (url == NULL && carried == NULL)
    return limber_error_refuse (error, _("This code does not say where its node is: give the node's address too."));
  place->url = g_strdup (url != NULL ? url : carried);
  while (g_str_has_suffix (place->url, "/"))
    place->url[strlen (place->url) - 1] = '\0';
  if (transport == NULL && !limber_client_is_address (place->url)) {
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_USAGE, _("The node's address is https://… (or http://127.0.0.1:PORT on this machine)"));
    return FALSE;
  }
  place->transport = transport != NULL ? g_object_ref (transport) : LIMBER_TRANSPORT (limber_http_new ());
  return TRUE;
}

/**
 * limber_client_join_full:
 * @transport: (nullable): what carries the question; %NULL for HTTP
 * @cancellable: (nullable): a code may be used up all the same; then it is good for another try at the same @dir
 *
 * As limber_client_join(), by a transport of one's own, which must work in the thread-default context.
 */
gboolean
limber_client_join_full (const char *dir, const char *url, const char *code, LimberEnv *env, LimberTransport *transport, GCancellable *cancellable, GError **error)
{
  g_auto (Place) place = { .env = env, .cancellable = cancellable };

  return limber_store_check_absent (dir, env, error) && read_place (&place, url, code, transport, error) && join_with (dir, &place, error);
}

/**
 * limber_client_look_full:
 * @transport: (nullable): what carries the question; %NULL for HTTP
 * @error: as limber_client_join(); LIMBER_ERROR_NOT_FOUND from a node that is too old to say
 *
 * Asks what a code is for, and leaves it as it is. Blocks.
 *
 * Returns: (transfer full) (nullable): "class", "name", "site" (nothing for an office), "expires" in milliseconds UTC
 */
json_t *
limber_client_look_full (const char *url, const char *code, LimberEnv *env, LimberTransport *transport, GCancellable *cancellable, GError **error)
{
  g_auto (Place) place = { .env = env, .cancellable = cancellable };
  guint8 seed[crypto_sign_SEEDBYTES];
  LimberIdentity identity;
  json_t *answer;

  if (!read_place (&place, url, code, transport, error))
    return NULL;
  limber_env_random (env, seed, sizeof seed);
  answer = ask_with ("/sync/v1/look", &place, seed, &identity, error);
  sodium_memzero (&identity, sizeof identity);
  return answer;
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
  good = limber_client_join_full (dir, url, code, env, NULL, NULL, error);
  g_main_context_pop_thread_default (context);
  return good;
}
