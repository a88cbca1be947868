#include "limber-report.h"

#include <string.h>

#include "limber-base64.h"
#include "limber-error.h"

/* What a report's numbers are called, and within which bounds they make sense. */
static const struct {
  const char *name;
  gsize       at;
  gint64      least, most;
} figures[] = {
  { "unsent", G_STRUCT_OFFSET (LimberReport, unsent), 0, LIMBER_SEQ_MAXIMUM },
  { "oldest", G_STRUCT_OFFSET (LimberReport, oldest), 0, LIMBER_TIME_MAXIMUM },
  { "store", G_STRUCT_OFFSET (LimberReport, store_bytes), 0, LIMBER_REPORT_BYTES },
  { "free", G_STRUCT_OFFSET (LimberReport, free_bytes), 0, LIMBER_REPORT_BYTES },
  { "offset", G_STRUCT_OFFSET (LimberReport, offset), -LIMBER_TIME_MAXIMUM, LIMBER_TIME_MAXIMUM },
};

/**
 * limber_report_to_json:
 *
 * Returns: (transfer full): the report; what is not known is not in it
 */
json_t *
limber_report_to_json (const LimberReport *report)
{
  json_t *json = json_object ();

  if (*report->version != '\0')
    json_object_set_new (json, "version", json_string (report->version));
  for (gsize i = 0; i < G_N_ELEMENTS (figures); i++) {
    gint64 figure = G_STRUCT_MEMBER (gint64, report, figures[i].at);

    if (figure != LIMBER_REPORT_UNKNOWN)
      json_object_set_new (json, figures[i].name, json_integer (figure));
  }
  return json;
}

static gboolean
refuse (GError **error)
{
  g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "Not a report");
  return FALSE;
}

/* It is shown on an administrator's terminal. */
static gboolean
read_version (const json_t *json, LimberReport *report)
{
  const char *text = json_string_value (json);
  gsize length = text != NULL ? strlen (text) : 0;

  if (json == NULL)
    return TRUE;
  if (length < 1 || length > LIMBER_REPORT_VERSION)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (text[i]))
      return FALSE;
  g_strlcpy (report->version, text, sizeof report->version);
  return TRUE;
}

static gboolean
read_report (const json_t *json, LimberReport *report)
{
  limber_report_init (report);
  if (!json_is_object (json) || !read_version (json_object_get (json, "version"), report))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (figures); i++) {
    const json_t *figure = json_object_get (json, figures[i].name);

    if (figure == NULL)
      continue;
    if (!json_is_integer (figure) || json_integer_value (figure) < figures[i].least || json_integer_value (figure) > figures[i].most)
      return FALSE;
    G_STRUCT_MEMBER (gint64, report, figures[i].at) = json_integer_value (figure);
  }
  return TRUE;
}

/**
 * limber_report_read:
 * @head: what a device asks
 * @report: (out caller-allocates): what it says of itself; nothing is known of one that says nothing
 * @error: LIMBER_ERROR_FORMAT
 *
 * Returns: whether that is a report, or none
 */
gboolean
limber_report_read (const json_t *head, LimberReport *report, GError **error)
{
  const json_t *json = json_object_get (head, "report");

  limber_report_init (report);
  return json == NULL || read_report (json, report) || refuse (error);
}

/**
 * limber_report_fleet_to_json:
 * @lines: (element-type LimberFleetLine): what a hub has heard
 *
 * Returns: (transfer full): it
 */
json_t *
limber_report_fleet_to_json (const GArray *lines)
{
  json_t *json = json_array ();

  for (guint i = 0; i < lines->len; i++) {
    const LimberFleetLine *line = &g_array_index (lines, LimberFleetLine, i);
    g_autofree char *device = limber_base64_dup (line->device.bytes, sizeof line->device.bytes);

    json_array_append_new (json, json_pack ("[s,I,o]", device, (json_int_t) line->seen, limber_report_to_json (&line->report)));
  }
  return json;
}

static gboolean
read_line (const json_t *json, LimberFleetLine *line)
{
  const json_t *seen = json_array_get (json, 1);

  line->seen = json_integer_value (seen);
  return limber_base64_read (json_string_value (json_array_get (json, 0)), line->device.bytes, sizeof line->device.bytes) && json_is_integer (seen) && line->seen >= 0 &&
         line->seen <= LIMBER_TIME_MAXIMUM && read_report (json_array_get (json, 2), &line->report);
}

/**
 * limber_report_read_fleet:
 * @head: what a hub pushes
 * @error: LIMBER_ERROR_FORMAT
 *
 * Returns: (transfer full) (nullable) (element-type LimberFleetLine): what it says of the devices that it has met; who `node` is
 *   the caller knows
 */
GArray *
limber_report_read_fleet (const json_t *head, GError **error)
{
  const json_t *json = json_object_get (head, "fleet");
  g_autoptr (GArray) lines = g_array_new (FALSE, TRUE, sizeof (LimberFleetLine));

  if (json != NULL && (!json_is_array (json) || json_array_size (json) > LIMBER_REPORT_FLEET)) {
    refuse (error);
    return NULL;
  }
  for (gsize i = 0; i < json_array_size (json); i++) {
    LimberFleetLine line = { 0 };

    if (!read_line (json_array_get (json, i), &line)) {
      refuse (error);
      return NULL;
    }
    g_array_append_val (lines, line);
  }
  return g_steal_pointer (&lines);
}
