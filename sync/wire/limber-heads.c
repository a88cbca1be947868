#include "limber-heads.h"

#include "limber-base64.h"

static json_t *
bytes_to_json (const guint8 *bytes, gsize length)
{
  g_autofree char *text = limber_base64_dup (bytes, length);

  return json_string (text);
}

static gboolean
read_bytes (const json_t *json, guint8 *bytes, gsize length)
{
  return limber_base64_read (json_string_value (json), bytes, length);
}

/**
 * limber_heads_point_to_json:
 *
 * Returns: (transfer full): the point
 */
json_t *
limber_heads_point_to_json (const LimberPoint *point)
{
  json_t *json = json_array ();

  json_array_append_new (json, bytes_to_json (point->origin.bytes, 16));
  json_array_append_new (json, bytes_to_json (point->origin.bytes + 16, 8));
  json_array_append_new (json, json_integer (point->seq));
  json_array_append_new (json, bytes_to_json (point->id.bytes, sizeof point->id.bytes));
  return json;
}

/**
 * limber_heads_read_point:
 * @point: (out): the point
 *
 * Returns: whether @json begins as a point does
 */
gboolean
limber_heads_read_point (const json_t *json, LimberPoint *point)
{
  point->seq = json_integer_value (json_array_get (json, 2));
  return read_bytes (json_array_get (json, 0), point->origin.bytes, 16) && read_bytes (json_array_get (json, 1), point->origin.bytes + 16, 8) && point->seq >= 1 &&
         point->seq <= LIMBER_SEQ_MAXIMUM && read_bytes (json_array_get (json, 3), point->id.bytes, sizeof point->id.bytes);
}

/**
 * limber_heads_mark_to_json:
 *
 * Returns: (transfer full): the mark
 */
json_t *
limber_heads_mark_to_json (const LimberMark *mark)
{
  json_t *json = limber_heads_point_to_json (&mark->received);

  json_array_append_new (json, json_integer (mark->backed_up));
  return json;
}

gboolean
limber_heads_read_mark (const json_t *json, LimberMark *mark)
{
  mark->backed_up = json_integer_value (json_array_get (json, 4));
  return limber_heads_read_point (json, &mark->received) && mark->backed_up >= 0;
}
