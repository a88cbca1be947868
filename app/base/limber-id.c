#include "limber-id.h"

#include <sodium.h>
#include <stdarg.h>
#include <string.h>

#include "limber-base64.h"

#define TIME_BYTES 6 /* with which a UUIDv7 begins: milliseconds */

static void
set_version (LimberId *id, guint8 version)
{
  id->bytes[6] = (guint8) (version << 4) | (id->bytes[6] & 0x0f);
  id->bytes[8] = 0x80 | (id->bytes[8] & 0x3f);
}

/**
 * limber_id_init_new:
 * @id: (out): a new UUIDv7
 * @env: its clock and random numbers
 */
void
limber_id_init_new (LimberId *id, LimberEnv *env)
{
  guint64 ms = (guint64) limber_env_wall (env);

  limber_env_random (env, id->bytes, sizeof id->bytes);
  for (int i = 0; i < TIME_BYTES; i++)
    id->bytes[i] = (guint8) (ms >> (40 - 8 * i));
  set_version (id, 7);
}

static void
hash_key (LimberId *id, const LimberId *source, const char *first, va_list parts)
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, source != NULL ? source->bytes : NULL, source != NULL ? sizeof source->bytes : 0, sizeof id->bytes);
  for (const char *part = first; part != NULL; part = va_arg (parts, const char *))
    crypto_generichash_update (&state, (const guint8 *) part, strlen (part) + 1);
  crypto_generichash_final (&state, id->bytes, sizeof id->bytes);
  set_version (id, 8);
}

/**
 * limber_id_init_from_key:
 * @id: (out): the id that this natural key always has
 * @source: (nullable): the organisation, whose id nobody can guess, that the key counts within
 * @first: the key's parts, ended by %NULL
 *
 * Makes the id of a thing with a natural key (SYNC.md rule 3).
 */
void
limber_id_init_from_key (LimberId *id, const LimberId *source, const char *first, ...)
{
  va_list parts;

  va_start (parts, first);
  hash_key (id, source, first, parts);
  va_end (parts);
}

/**
 * limber_id_init_beside:
 * @id: (out): the id that this part of @record always has
 * @record: the id that the key counts within
 * @first: the key's parts, ended by %NULL
 *
 * As limber_id_init_from_key(), for what belongs to a record: its id begins as the record's does, so that the two stand on one page of an
 * index, which is mostly being written already.
 */
void
limber_id_init_beside (LimberId *id, const LimberId *record, const char *first, ...)
{
  va_list parts;

  va_start (parts, first);
  hash_key (id, record, first, parts);
  va_end (parts);
  memcpy (id->bytes, record->bytes, TIME_BYTES);
}

/**
 * limber_id_parse:
 * @id: (out): the id
 * @text: (nullable): a UUID in its usual form, or 22 characters of base64url
 *
 * Returns: whether @text was an id
 */
gboolean
limber_id_parse (LimberId *id, const char *text)
{
  char hex[33];
  gsize n = 0;

  if (text == NULL)
    return FALSE;
  if (strlen (text) == LIMBER_BASE64_LENGTH (16))
    return limber_base64_decode (text, LIMBER_BASE64_LENGTH (16), id->bytes, 16);
  if (strlen (text) != LIMBER_ID_TEXT_LENGTH)
    return FALSE;
  for (int i = 0; i < LIMBER_ID_TEXT_LENGTH; i++) {
    gboolean dash = i == 8 || i == 13 || i == 18 || i == 23;

    if (dash != (text[i] == '-'))
      return FALSE;
    if (!dash)
      hex[n++] = text[i];
  }
  return limber_hex_decode (hex, n, id->bytes, 16);
}

/**
 * limber_id_to_text:
 * @text: (out caller-allocates): the UUID in its usual form, lower case
 */
void
limber_id_to_text (const LimberId *id, char text[LIMBER_ID_TEXT_LENGTH + 1])
{
  static const char hex[] = "0123456789abcdef";
  char *out = text;

  for (int i = 0; i < 16; i++) {
    if (i == 4 || i == 6 || i == 8 || i == 10)
      *out++ = '-';
    *out++ = hex[id->bytes[i] >> 4];
    *out++ = hex[id->bytes[i] & 15];
  }
  *out = '\0';
}

/**
 * limber_id_dup_text:
 *
 * Returns: (transfer full): the UUID in its usual form
 */
char *
limber_id_dup_text (const LimberId *id)
{
  char *text = g_malloc (LIMBER_ID_TEXT_LENGTH + 1);

  limber_id_to_text (id, text);
  return text;
}

gboolean
limber_id_is_nil (const LimberId *id)
{
  static const LimberId nil;

  return memcmp (id, &nil, sizeof nil) == 0;
}

gboolean
limber_id_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (LimberId)) == 0;
}

guint
limber_id_hash (gconstpointer id)
{
  guint hash;

  memcpy (&hash, ((const LimberId *) id)->bytes + 12, sizeof hash);
  return hash;
}

int
limber_id_compare (const LimberId *a, const LimberId *b)
{
  return memcmp (a, b, sizeof *a);
}

/**
 * limber_id_copy:
 *
 * Returns: (transfer full): a copy, freed with g_free()
 */
LimberId *
limber_id_copy (const LimberId *id)
{
  return g_memdup2 (id, sizeof *id);
}
