#include "limber-json.h"

#include <string.h>

#include "limber-error.h"
#include "limber-scan.h"

/* jansson recurses; this does not, and stops at the depth that all of Limber's forms keep to. */
static gboolean
shallow_enough (const char *text, gsize length)
{
  int depth = 0;
  gboolean quoted = FALSE;

  for (gsize i = 0; i < length; i++) {
    if (quoted && text[i] == '\\')
      i++;
    else if (text[i] == '"')
      quoted = !quoted;
    else if (!quoted && (text[i] == '[' || text[i] == '{') && ++depth > LIMBER_SCAN_DEPTH)
      return FALSE;
    else if (!quoted && (text[i] == ']' || text[i] == '}'))
      depth--;
  }
  return TRUE;
}

/**
 * limber_json_parse:
 * @text: UTF-8, need not end with NUL
 * @length: its length, at most LIMBER_JSON_MAXIMUM
 * @error: LIMBER_ERROR_FORMAT
 *
 * Returns: (transfer full) (nullable): the value
 */
json_t *
limber_json_parse (const char *text, gsize length, GError **error)
{
  json_error_t why;
  json_t *json;

  if (length > LIMBER_JSON_MAXIMUM || !shallow_enough (text, length)) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "JSON that is too long or too deep");
    return NULL;
  }
  if (memchr (text, '\0', length) != NULL) { /* jansson passes over one behind a number */
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "Not JSON: a NUL");
    return NULL;
  }
  json = json_loadb (text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &why);
  if (json == NULL) {
    g_autofree char *said = g_utf8_make_valid (why.text, -1); /* it quotes what was read */

    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "Not JSON: %s at byte %d", said, why.position);
  }
  return json;
}

/**
 * limber_json_dup:
 *
 * Returns: (transfer full): @json as compact text, keys in their order
 */
char *
limber_json_dup (const json_t *json)
{
  char *text = json_dumps (json, JSON_COMPACT | JSON_ENCODE_ANY), *copy = g_strdup (text);

  free (text);
  return copy;
}

/**
 * limber_json_string:
 * @object: (nullable): any value
 *
 * Returns: (transfer none) (nullable): the string that @object has under @name
 */
const char *
limber_json_string (const json_t *object, const char *name)
{
  return json_string_value (json_object_get (object, name));
}

gint64
limber_json_integer (const json_t *object, const char *name, gint64 otherwise)
{
  json_t *value = json_object_get (object, name);

  return json_is_integer (value) ? json_integer_value (value) : otherwise;
}

/**
 * limber_json_quote:
 * @out: where to append
 * @text: UTF-8
 *
 * Appends @text as a JSON string, escaping only what must be.
 */
void
limber_json_quote (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (; *text != '\0'; text++) {
    if (*text == '"' || *text == '\\')
      g_string_append_printf (out, "\\%c", *text);
    else if ((guchar) *text < 0x20)
      g_string_append_printf (out, "\\u%04x", *text);
    else
      g_string_append_c (out, *text);
  }
  g_string_append_c (out, '"');
}
