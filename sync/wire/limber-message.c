#include "limber-message.h"

#include <glib/gi18n-lib.h>

#include "limber-error.h"
#include "limber-json.h"
#include "limber-pack.h"

#include <string.h>

/* Shorter bodies are not worth packing. */
#define PACK_FROM 256

G_DEFINE_BOXED_TYPE (LimberMessage, limber_message, limber_message_ref, limber_message_unref)

static LimberMessage *
new_message (void)
{
  LimberMessage *message = g_new0 (LimberMessage, 1);

  g_atomic_ref_count_init (&message->refs);
  message->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  message->body = g_bytes_new (NULL, 0);
  return message;
}

/**
 * limber_message_new:
 * @method: GET or POST
 * @path: the path, from its first slash
 * @query: (nullable): without its question mark
 *
 * Returns: (transfer full): a request without a body
 */
LimberMessage *
limber_message_new (const char *method, const char *path, const char *query)
{
  LimberMessage *message = new_message ();

  message->method = g_strdup (method);
  message->path = g_strdup (path);
  message->query = g_strdup (query);
  return message;
}

/**
 * limber_message_new_answer:
 * @status: an HTTP status
 *
 * Returns: (transfer full): an answer without a body
 */
LimberMessage *
limber_message_new_answer (guint status)
{
  LimberMessage *message = new_message ();

  message->status = status;
  return message;
}

/**
 * limber_message_new_error:
 * @status: an HTTP status
 * @error: what went wrong
 *
 * Returns: (transfer full): an answer that says so: {"error":code,"message":…}
 */
LimberMessage *
limber_message_new_error (guint status, const GError *error)
{
  LimberMessage *message = limber_message_new_answer (status);
  g_autoptr (json_t) json = json_pack ("{s:s,s:s}", "error", limber_error_name (error), "message", error->message);

  if (json != NULL)
    limber_message_set_json (message, json, NULL);
  return message;
}

LimberMessage *
limber_message_ref (LimberMessage *message)
{
  g_atomic_ref_count_inc (&message->refs);
  return message;
}

void
limber_message_unref (LimberMessage *message)
{
  if (!g_atomic_ref_count_dec (&message->refs))
    return;
  g_free (message->method);
  g_free (message->path);
  g_free (message->query);
  g_hash_table_unref (message->headers);
  g_bytes_unref (message->body);
  g_free (message);
}

/**
 * limber_message_set:
 * @name: a header's name, in any case
 * @value: (nullable): %NULL takes it away
 */
void
limber_message_set (LimberMessage *message, const char *name, const char *value)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  if (value != NULL)
    g_hash_table_insert (message->headers, g_steal_pointer (&lower), g_strdup (value));
  else
    g_hash_table_remove (message->headers, lower);
}

/**
 * limber_message_get:
 * @name: a header's name, in lower case
 *
 * Returns: (transfer none) (nullable): its value
 */
const char *
limber_message_get (LimberMessage *message, const char *name)
{
  return g_hash_table_lookup (message->headers, name);
}

/**
 * limber_message_set_body:
 * @type: its media type
 * @body: the bytes as they go over the wire
 */
void
limber_message_set_body (LimberMessage *message, const char *type, GBytes *body)
{
  GBytes *old = message->body;

  message->body = g_bytes_ref (body);
  g_bytes_unref (old);
  limber_message_set (message, "content-type", type);
  limber_message_set (message, "content-encoding", NULL);
}

/**
 * limber_message_set_packed:
 * @text: what to say; packed with zstd when it is long enough for that to help
 *
 * Returns: whether it could be packed
 */
gboolean
limber_message_set_packed (LimberMessage *message, const char *type, const char *text, gsize length, GError **error)
{
  g_autoptr (GBytes) body = NULL;

  if (length < PACK_FROM) {
    body = g_bytes_new (text, length);
    limber_message_set_body (message, type, body);
    return TRUE;
  }
  body = limber_pack (text, length, error);
  if (body == NULL)
    return FALSE;
  limber_message_set_body (message, type, body);
  limber_message_set (message, "content-encoding", "zstd");
  return TRUE;
}

gboolean
limber_message_set_json (LimberMessage *message, const json_t *json, GError **error)
{
  g_autofree char *text = limber_json_dup (json);

  return limber_message_set_packed (message, "application/json", text, strlen (text), error);
}

/**
 * limber_message_unpack:
 * @error: LIMBER_ERROR_FORMAT when it cannot be unpacked, or is too long
 *
 * Returns: (transfer full) (nullable): the body, unpacked
 */
GBytes *
limber_message_unpack (LimberMessage *message, GError **error)
{
  return limber_unpack (message->body, limber_message_get (message, "content-encoding"), message->method != NULL ? LIMBER_PACK_MAXIMUM : LIMBER_PACK_ANSWER, error);
}

/**
 * limber_message_json:
 *
 * Returns: (transfer full) (nullable): the body as one JSON value
 */
json_t *
limber_message_json (LimberMessage *message, GError **error)
{
  g_autoptr (GBytes) body = limber_message_unpack (message, error);
  gsize length;
  const char *text;

  if (body == NULL)
    return NULL;
  text = g_bytes_get_data (body, &length);
  return limber_json_parse (text != NULL ? text : "", length, error);
}

/**
 * limber_message_error:
 *
 * Returns: (transfer full) (nullable): what an answer says went wrong; %NULL for one that does not
 */
GError *
limber_message_error (LimberMessage *message)
{
  g_autoptr (json_t) json = NULL;
  const char *text;

  if (message->status >= 200 && message->status < 300)
    return NULL;
  json = limber_message_json (message, NULL);
  text = limber_json_string (json, "message");
  if (text != NULL)
    return limber_error_from_name (limber_json_string (json, "error"), text);
  if (message->status >= 500)
    return g_error_new (LIMBER_ERROR, LIMBER_ERROR_UNREACHABLE, _("The other side could not answer (%u)."), message->status);
  return g_error_new (LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("The other side refused (%u)."), message->status);
}

/**
 * limber_message_parameter:
 * @name: a parameter of the query
 *
 * Returns: (transfer full) (nullable): its value
 */
char *
limber_message_parameter (LimberMessage *message, const char *name)
{
  g_autoptr (GHashTable) parameters = NULL;

  if (message->query == NULL)
    return NULL;
  parameters = g_uri_parse_params (message->query, -1, "&", G_URI_PARAMS_NONE, NULL);
  return parameters != NULL ? g_strdup (g_hash_table_lookup (parameters, name)) : NULL;
}
