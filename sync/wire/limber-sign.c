#include "limber-sign.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "limber-base64.h"
#include "limber-error.h"

#define REQUEST_COVERS "(\"@method\" \"@path\" \"@query\" \"content-digest\" \"limber-nonce\" \"limber-seal\")"
#define ANSWER_COVERS "(\"@status\" \"content-digest\" \"limber-run\" \"limber-nonce\";req)"
#define LABEL "limber="

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_UNAUTHORISED, "%s", why);
  return FALSE;
}

static char *
digest_of (GBytes *body)
{
  guint8 hash[crypto_hash_sha256_BYTES];
  g_autofree char *text = NULL;
  gsize length;
  const guint8 *bytes = g_bytes_get_data (body, &length);

  crypto_hash_sha256 (hash, bytes, length);
  text = g_base64_encode (hash, sizeof hash);
  return g_strdup_printf ("sha-256=:%s:", text);
}

/* The signature base of RFC 9421, section 2.5. */
static char *
request_base (LimberMessage *request, const char *parameters)
{
  return g_strdup_printf ("\"@method\": %s\n\"@path\": %s\n\"@query\": ?%s\n\"content-digest\": %s\n\"limber-nonce\": %s\n\"limber-seal\": %s\n\"@signature-params\": %s", request->method,
                          request->path, request->query != NULL ? request->query : "", limber_message_get (request, "content-digest"), limber_message_get (request, "limber-nonce"),
                          limber_message_get (request, "limber-seal"), parameters);
}

static char *
answer_base (LimberMessage *answer, LimberMessage *request, const char *parameters)
{
  const char *nonce = limber_message_get (request, "limber-nonce");

  return g_strdup_printf ("\"@status\": %u\n\"content-digest\": %s\n\"limber-run\": %s\n\"limber-nonce\";req: %s\n\"@signature-params\": %s", answer->status,
                          limber_message_get (answer, "content-digest"), limber_message_get (answer, "limber-run"), nonce != NULL ? nonce : "", parameters);
}

static void
put_signature (LimberMessage *message, const char *parameters, const char *base, const guint8 secret_key[64])
{
  guint8 sign[crypto_sign_BYTES];
  g_autofree char *input = g_strconcat (LABEL, parameters, NULL), *text = NULL, *value = NULL;

  crypto_sign_detached (sign, NULL, (const guint8 *) base, strlen (base), secret_key);
  text = g_base64_encode (sign, sizeof sign);
  value = g_strdup_printf (LABEL ":%s:", text);
  limber_message_set (message, "signature-input", input);
  limber_message_set (message, "signature", value);
}

static void
put_digest (LimberMessage *message)
{
  g_autofree char *digest = digest_of (message->body);

  limber_message_set (message, "content-digest", digest);
}

/**
 * limber_sign_request:
 * @request: complete but for its signature; one that does not say for which key its answer is to be sealed says that for none
 * @signature: who signs, and the nonce
 * @secret_key: the device's Ed25519 key, as libsodium has it
 */
void
limber_sign_request (LimberMessage *request, const LimberSignature *signature, const guint8 secret_key[64])
{
  char device[LIMBER_ID_TEXT_LENGTH + 1];
  g_autofree char *nonce = g_strdup_printf ("%s.%s.%" G_GUINT64_FORMAT, signature->node_run, signature->device_run, signature->counter);
  g_autofree char *parameters = NULL, *base = NULL;

  if (limber_message_get (request, "limber-seal") == NULL)
    limber_message_set (request, "limber-seal", "none");
  limber_id_to_text (&signature->device, device);
  parameters = g_strdup_printf (REQUEST_COVERS ";keyid=\"%s\";alg=\"ed25519\"", device);
  limber_message_set (request, "limber-nonce", nonce);
  put_digest (request);
  base = request_base (request, parameters);
  put_signature (request, parameters, base, secret_key);
}

static gboolean
read_run (const char *text, char run[LIMBER_RUN_LENGTH + 1])
{
  if (strlen (text) != LIMBER_RUN_LENGTH)
    return FALSE;
  for (int i = 0; i < LIMBER_RUN_LENGTH; i++)
    if (!g_ascii_isxdigit (text[i]))
      return FALSE;
  memcpy (run, text, LIMBER_RUN_LENGTH + 1);
  return TRUE;
}

static gboolean
read_nonce (const char *nonce, LimberSignature *signature)
{
  g_auto (GStrv) parts = NULL;

  if (nonce == NULL || strlen (nonce) > 64)
    return FALSE;
  parts = g_strsplit (nonce, ".", 4);
  return g_strv_length (parts) == 3 && read_run (parts[0], signature->node_run) && read_run (parts[1], signature->device_run) &&
         g_ascii_string_to_unsigned (parts[2], 10, 1, G_MAXUINT64 / 2, &signature->counter, NULL);
}

/* What is said about the signature, when it is just as we write it; there is no other form between Limber's programs. */
static const char *
parameters_of (LimberMessage *message, const char *covers)
{
  const char *input = limber_message_get (message, "signature-input");

  if (input == NULL || strlen (input) > 512 || !g_str_has_prefix (input, LABEL) || !g_str_has_prefix (input + strlen (LABEL), covers))
    return NULL;
  return input + strlen (LABEL);
}

/**
 * limber_sign_read:
 * @signature: (out): who says that he signed, and with which nonce; nothing is verified yet
 * @error: LIMBER_ERROR_UNAUTHORISED
 *
 * Returns: whether @request has a signature in the agreed form
 */
gboolean
limber_sign_read (LimberMessage *request, LimberSignature *signature, GError **error)
{
  const char *parameters = parameters_of (request, REQUEST_COVERS), *keyid;
  char device[LIMBER_ID_TEXT_LENGTH + 1];

  memset (signature, 0, sizeof *signature);
  if (parameters == NULL || limber_message_get (request, "signature") == NULL)
    return refuse (error, _("This request is not signed."));
  keyid = parameters + strlen (REQUEST_COVERS);
  if (!g_str_has_prefix (keyid, ";keyid=\"") || strlen (keyid) < 8 + LIMBER_ID_TEXT_LENGTH)
    return refuse (error, _("This request's signature does not say whose it is."));
  memcpy (device, keyid + 8, LIMBER_ID_TEXT_LENGTH);
  device[LIMBER_ID_TEXT_LENGTH] = '\0';
  if (!g_str_equal (keyid + 8 + LIMBER_ID_TEXT_LENGTH, "\";alg=\"ed25519\"") || !limber_id_parse (&signature->device, device))
    return refuse (error, _("This request's signature does not say whose it is."));
  if (!read_nonce (limber_message_get (request, "limber-nonce"), signature))
    return refuse (error, _("This request has no nonce."));
  if (limber_message_get (request, "limber-seal") == NULL)
    return refuse (error, _("This request does not say for whom its answer is to be sealed."));
  return TRUE;
}

static gboolean
verify (LimberMessage *message, const char *base, const guint8 public_key[32], GError **error)
{
  const char *value = limber_message_get (message, "signature");
  g_autofree char *digest = digest_of (message->body), *text = NULL;
  g_autofree guint8 *sign = NULL;
  gsize length;

  if (g_strcmp0 (digest, limber_message_get (message, "content-digest")) != 0)
    return refuse (error, _("The body is not the one that was signed."));
  if (value == NULL || !g_str_has_prefix (value, LABEL ":") || strlen (value) > 128)
    return refuse (error, _("The signature does not have the agreed form."));
  value += strlen (LABEL ":");
  if (!g_str_has_suffix (value, ":"))
    return refuse (error, _("The signature does not have the agreed form."));
  text = g_strndup (value, strlen (value) - 1);
  sign = g_base64_decode (text, &length);
  if (length != crypto_sign_BYTES || crypto_sign_verify_detached (sign, (const guint8 *) base, strlen (base), public_key) != 0)
    return refuse (error, _("The signature does not fit."));
  return TRUE;
}

/**
 * limber_sign_verify:
 * @request: one that limber_sign_read() has read
 * @public_key: the key of the device that it names
 * @error: LIMBER_ERROR_UNAUTHORISED
 *
 * Returns: whether that device signed exactly this request
 */
gboolean
limber_sign_verify (LimberMessage *request, const guint8 public_key[32], GError **error)
{
  const char *parameters = parameters_of (request, REQUEST_COVERS);
  g_autofree char *base = NULL;

  if (parameters == NULL)
    return refuse (error, _("This request is not signed."));
  base = request_base (request, parameters);
  return verify (request, base, public_key, error);
}

/**
 * limber_sign_answer:
 * @answer: complete but for its signature
 * @request: what it answers
 * @run: the node's run
 * @secret_key: the node's key
 */
void
limber_sign_answer (LimberMessage *answer, LimberMessage *request, const char *run, const guint8 secret_key[64])
{
  static const char parameters[] = ANSWER_COVERS ";alg=\"ed25519\"";
  g_autofree char *base = NULL;

  limber_message_set (answer, "limber-run", run);
  put_digest (answer);
  base = answer_base (answer, request, parameters);
  put_signature (answer, parameters, base, secret_key);
}

/**
 * limber_sign_verify_answer:
 * @public_key: the node's key
 * @error: LIMBER_ERROR_UNAUTHORISED
 *
 * Returns: whether that node gave exactly this answer to exactly this request
 */
gboolean
limber_sign_verify_answer (LimberMessage *answer, LimberMessage *request, const guint8 public_key[32], GError **error)
{
  const char *parameters = parameters_of (answer, ANSWER_COVERS);
  g_autofree char *base = NULL;

  if (parameters == NULL)
    return refuse (error, _("The answer is not signed: this is not the node that this device knows."));
  base = answer_base (answer, request, parameters);
  return verify (answer, base, public_key, error);
}
