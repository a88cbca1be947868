/* Who asks: a request's signature, its nonce, and the seal on its body; and the same of an answer.
 *
 * An input: a byte that says what is done with it (Way) and which byte of it is altered (its upper bits); then a first line
 * METHOD PATH or METHOD PATH?QUERY, lines name: value, an empty line, and the body. */
#include "limber-fuzz.h"

#include <sodium.h>
#include <string.h>

#include "limber-error.h"
#include "limber-nonces.h"
#include "limber-pack.h"
#include "limber-seal.h"
#include "limber-sign.h"

typedef enum {
  WAY_AS_IT_CAME, /* from a stranger, who has nobody's key */
  WAY_STRANGE_SEAL,
  WAY_SIGNED,
  WAY_ANSWERED,
  WAY_SEALED,
  WAYS,
} Way;

#define SEALED "application/vnd.limber-sealed"
#define NODE_RUN "0123456789abcdef"

static guint8 device_public[32], device_secret[64], node_public[32], node_secret[64];
static LimberSeal device_seal, node_seal;

static void
same_bytes (gpointer data, guint8 *bytes, gsize length)
{
  memset (bytes, 7, length);
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  static const LimberEnvClass env_class = { .random = same_bytes };
  g_autoptr (LimberEnv) env = limber_env_new (&env_class, NULL, NULL);
  LimberId id;

  fuzz_begin ();
  fuzz_id (&id, 'D');
  fuzz_key (&id, device_public, device_secret);
  fuzz_id (&id, 'C');
  fuzz_key (&id, node_public, node_secret);
  g_assert_true (limber_seal_init_device (&device_seal, env, node_public));
  g_assert_true (limber_seal_init_node (&node_seal, device_seal.name, node_secret));
  g_assert_cmpmem (device_seal.asked, 32, node_seal.asked, 32);
  g_assert_cmpmem (device_seal.answered, 32, node_seal.answered, 32);
  return 0;
}

static void
read_first_line (const char *line, gsize length, char **method, char **path, char **query)
{
  g_autofree char *text = g_strndup (line, length);
  g_auto (GStrv) words = g_strsplit (text, " ", 2), parts = NULL;

  if (words[0] != NULL && words[1] != NULL)
    parts = g_strsplit (words[1], "?", 2);
  *method = g_strdup (words[0] != NULL ? words[0] : "GET");
  *path = g_strdup (parts != NULL && parts[0] != NULL ? parts[0] : "/");
  *query = parts != NULL && parts[0] != NULL ? g_strdup (parts[1]) : NULL;
}

static LimberMessage *
read_request (const char *at, const char *end)
{
  g_autofree char *method = NULL, *path = NULL, *query = NULL;
  g_autoptr (GBytes) body = NULL;
  LimberMessage *request;
  gsize length = 0;
  const char *line = fuzz_line (&at, end, &length);

  read_first_line (line != NULL ? line : "", length, &method, &path, &query);
  request = limber_message_new (method, path, query);
  while ((line = fuzz_line (&at, end, &length)) != NULL && length > 0) {
    g_autofree char *text = g_strndup (line, length);
    char *colon = strstr (text, ": ");

    if (colon == NULL)
      continue;
    *colon = '\0';
    limber_message_set (request, text, colon + 2);
  }
  body = g_bytes_new (at, (gsize) (end - at));
  g_bytes_unref (request->body);
  request->body = g_bytes_ref (body);
  return request;
}

/* A copy in which one byte is another; (transfer full) */
static GBytes *
altered_bytes (GBytes *bytes, guint which)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  guint8 *copy = g_memdup2 (data, length);

  copy[which % length] ^= (guint8) (1 + which % 255);
  return g_bytes_new_take (copy, length);
}

static void
lengthen (LimberMessage *message, const char *name)
{
  g_autofree char *longer = g_strconcat (limber_message_get (message, name), "7", NULL);

  limber_message_set (message, name, longer);
}

/* Something that the signature covers becomes something else. */
static void
alter (LimberMessage *message, guint which)
{
  g_autoptr (GBytes) old = message->body;
  g_autofree char *path = message->path;

  message->body = which % 5 == 0 && g_bytes_get_size (old) > 0 ? altered_bytes (old, which) : g_bytes_ref (old);
  message->path = g_strconcat (path, which % 5 == 1 ? "/" : NULL, NULL);
  message->status += which % 5 == 1;
  if (which % 5 == 2)
    lengthen (message, message->method != NULL ? "limber-nonce" : "limber-run");
  else if (which % 5 == 3)
    lengthen (message, message->method != NULL ? "limber-seal" : "limber-run");
  else if (which % 5 == 4 || g_bytes_get_size (old) == 0)
    lengthen (message, "content-digest");
}

/* A stranger is nobody that we know, whatever he writes. */
static void
check_as_it_came (LimberMessage *request)
{
  g_autoptr (GError) error = NULL, unsigned_error = NULL;
  g_autoptr (LimberMessage) asked = limber_message_new ("GET", "/sync/v1/pull", NULL);
  LimberSignature signature;

  if (limber_sign_read (request, &signature, &error)) {
    g_assert_cmpuint (strlen (signature.node_run), ==, LIMBER_RUN_LENGTH);
    g_assert_cmpuint (strlen (signature.device_run), ==, LIMBER_RUN_LENGTH);
    g_assert_cmpuint (signature.counter, >=, 1);
    g_assert_false (limber_sign_verify (request, device_public, &error));
  }
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_UNAUTHORISED);
  g_assert_false (limber_sign_verify_answer (request, asked, node_public, &unsigned_error));
  g_assert_error (unsigned_error, LIMBER_ERROR, LIMBER_ERROR_UNAUTHORISED);
}

static void
check_strange_seal (LimberMessage *request)
{
  const char *name = limber_message_get (request, "limber-seal");
  gsize length = g_bytes_get_size (request->body);
  g_autoptr (GError) error = NULL;
  LimberSeal seal;

  if (limber_seal_init_node (&seal, name, node_secret))
    g_assert_cmpstr (seal.name, ==, name);
  limber_message_set (request, "content-type", SEALED);
  g_assert_true (limber_seal_open (request, node_seal.asked, &error) == (length == 0));
  g_assert_true (length == 0 || g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT));
}

/* Whom a request says that it is from, or somebody. */
static void
who_signs (LimberMessage *request, LimberSignature *signature)
{
  if (limber_sign_read (request, signature, NULL))
    return;
  fuzz_id (&signature->device, 'D');
  memcpy (signature->node_run, NODE_RUN, sizeof NODE_RUN);
  memcpy (signature->device_run, NODE_RUN, sizeof NODE_RUN);
  signature->counter = 3;
}

static void
check_signed (LimberMessage *request, guint which)
{
  g_autoptr (LimberNonces) nonces = limber_nonces_new ();
  g_autoptr (GError) error = NULL;
  LimberSignature signature, again;

  who_signs (request, &signature);
  limber_sign_request (request, &signature, device_secret);
  g_assert_true (limber_sign_read (request, &again, &error));
  g_assert_no_error (error);
  g_assert_cmpmem (&again, sizeof again, &signature, sizeof signature);
  g_assert_true (limber_sign_verify (request, device_public, &error));
  g_assert_true (limber_nonces_take (nonces, &again));
  g_assert_false (limber_nonces_take (nonces, &again));
  alter (request, which);
  g_assert_false (limber_sign_verify (request, device_public, &error));
}

/* An answer is believed under the request that it answers, and under no other. */
static void
check_answered (LimberMessage *request, guint which)
{
  g_autoptr (LimberMessage) answer = limber_message_new_answer (200), other = limber_message_new ("GET", "/", NULL);
  const char *nonce = limber_message_get (request, "limber-nonce");

  g_bytes_unref (answer->body);
  answer->body = g_bytes_ref (request->body);
  limber_sign_answer (answer, request, NODE_RUN, node_secret);
  g_assert_true (limber_sign_verify_answer (answer, request, node_public, NULL));
  if (which % 5 == 0) {
    limber_message_set (other, "limber-nonce", "x");
    g_assert_true (limber_sign_verify_answer (answer, other, node_public, NULL) == (g_strcmp0 (nonce, "x") == 0));
    return;
  }
  alter (answer, which);
  g_assert_false (limber_sign_verify_answer (answer, request, node_public, NULL));
}

/* What is sealed comes out as it went in, packed as it was, and unpacks within bounds; altered it is refused. */
static void
check_sealed (LimberMessage *request, guint which)
{
  g_autoptr (GBytes) before = g_bytes_ref (request->body), unpacked = NULL;
  g_autofree char *packing = g_strdup (limber_message_get (request, "content-encoding"));
  gboolean known = g_strcmp0 (packing, "zstd") == 0 || g_strcmp0 (packing, "gzip") == 0;

  limber_seal_close (request, device_seal.asked);
  if (g_bytes_get_size (before) == 0)
    return;
  g_assert_cmpuint (g_bytes_get_size (request->body), ==, g_bytes_get_size (before) + LIMBER_SEAL_OVERHEAD);
  if (which % 4 == 3) {
    GBytes *sealed = request->body;

    request->body = altered_bytes (sealed, which);
    g_bytes_unref (sealed);
    g_assert_false (limber_seal_open (request, node_seal.asked, NULL));
    return;
  }
  g_assert_true (limber_seal_open (request, node_seal.asked, NULL));
  g_assert_true (g_bytes_equal (request->body, before));
  g_assert_cmpstr (limber_message_get (request, "content-encoding"), ==, known ? packing : NULL);
  unpacked = limber_message_unpack (request, NULL);
  g_assert_true (unpacked == NULL || g_bytes_get_size (unpacked) <= LIMBER_PACK_MAXIMUM);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (LimberMessage) request = NULL;
  guint which;

  if (size == 0)
    return 0;
  request = read_request ((const char *) data + 1, (const char *) data + size);
  which = data[0] / WAYS;
  switch ((Way) (data[0] % WAYS)) {
  case WAY_STRANGE_SEAL:
    check_strange_seal (request);
    break;
  case WAY_SIGNED:
    check_signed (request, which);
    break;
  case WAY_ANSWERED:
    check_answered (request, which);
    break;
  case WAY_SEALED:
    check_sealed (request, which);
    break;
  default:
    check_as_it_came (request);
  }
  return 0;
}
