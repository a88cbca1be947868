#include "limber-page.h"

#include <string.h>

#include "limber-base64.h"
#include "limber-error.h"

#define STAMPS_MAXIMUM 256

static void
append_bytes (GString *out, const guint8 *bytes, gsize length)
{
  char text[LIMBER_BASE64_LENGTH (32) + 1];

  limber_base64_encode (bytes, length, text);
  g_string_append_printf (out, "\"%s\"", text);
}

static void
append_stamp (GString *out, const LimberStamp *stamp)
{
  g_string_append_printf (out, "[%d,%" G_GUINT64_FORMAT ",", stamp->rank, stamp->time);
  append_bytes (out, stamp->origin.bytes, 16);
  g_string_append_c (out, ',');
  append_bytes (out, stamp->origin.bytes + 16, 8);
  g_string_append_c (out, ',');
  append_bytes (out, stamp->entry.bytes, sizeof stamp->entry.bytes);
  g_string_append_c (out, ']');
}

/* The place of @stamp among @stamps, which it joins when it is new. */
static guint
place_of (GArray *stamps, const LimberStamp *stamp)
{
  for (guint i = 0; i < stamps->len; i++)
    if (limber_stamp_compare (&g_array_index (stamps, LimberStamp, i), stamp) == 0)
      return i;
  g_array_append_vals (stamps, stamp, 1);
  return stamps->len - 1;
}

static void
append_stamps (GString *out, GArray *stamps)
{
  g_string_append (out, ",[");
  for (guint i = 0; i < stamps->len; i++) {
    if (i > 0)
      g_string_append_c (out, ',');
    append_stamp (out, &g_array_index (stamps, LimberStamp, i));
  }
  g_string_append_c (out, ']');
}

static void
append_field (GString *out, const LimberRecord *record, guint i, int place)
{
  const LimberField *field = &record->kind->fields[i];

  g_string_append_printf (out, "%s\"%s\":[", out->len > 1 ? "," : "", field->name);
  limber_entry_append_value (out, field, &record->values[i]);
  g_string_append_printf (out, ",%d]", place);
}

/**
 * limber_page_append_row:
 * @record: the record, projected for @klass
 * @klass: for whom: only the fields that it may hold are written
 */
void
limber_page_append_row (GString *out, const LimberRecord *record, LimberClass klass)
{
  g_autoptr (GArray) stamps = g_array_new (FALSE, FALSE, sizeof (LimberStamp));
  g_autoptr (GString) fields = g_string_new ("{");

  for (guint i = 0; i < record->kind->n_fields; i++) {
    const LimberField *field = &record->kind->fields[i];

    if (!limber_field_is_stored (field) || !limber_field_held_by (field, record->kind, klass))
      continue;
    if (field->flags & LIMBER_FIELD_DERIVED) {
      if (record->values[i].type != LIMBER_VALUE_NONE)
        append_field (fields, record, i, -1);
    } else if (limber_stamp_is_set (&record->stamps[i]))
      append_field (fields, record, i, (int) place_of (stamps, &record->stamps[i]));
  }
  g_string_append_printf (out, "[\"%s\",", record->kind->name);
  append_bytes (out, record->id.bytes, sizeof record->id.bytes);
  append_stamps (out, stamps);
  g_string_append_c (out, ',');
  g_string_append_len (out, fields->str, (gssize) fields->len);
  g_string_append (out, "}]\n");
}

/**
 * limber_page_append_extra:
 * @extra: what this program does not know of a record
 */
void
limber_page_append_extra (GString *out, const LimberExtra *extra)
{
  g_autoptr (GArray) stamps = g_array_new (FALSE, FALSE, sizeof (LimberStamp));
  guint whose = place_of (stamps, &extra->whose);

  for (guint i = 0; i < extra->fields->len; i++)
    place_of (stamps, &g_array_index (extra->fields, LimberExtraField, i).stamp);
  g_string_append_printf (out, "[\"+\",\"%s\",", extra->kind);
  append_bytes (out, extra->id.bytes, sizeof extra->id.bytes);
  append_stamps (out, stamps);
  g_string_append (out, ",[");
  if (extra->has_patient)
    append_bytes (out, extra->patient.bytes, sizeof extra->patient.bytes);
  else
    g_string_append (out, "null");
  g_string_append_printf (out, ",%u],{", whose);
  for (guint i = 0; i < extra->fields->len; i++) {
    const LimberExtraField *field = &g_array_index (extra->fields, LimberExtraField, i);

    g_string_append_printf (out, "%s\"%s\":[%s,%u]", i > 0 ? "," : "", field->name, field->json, place_of (stamps, &field->stamp));
  }
  g_string_append (out, "}]\n");
}

/**
 * limber_page_append_event:
 * @in: whether the person comes, rather than goes
 */
void
limber_page_append_event (GString *out, gboolean in, const LimberId *patient)
{
  g_string_append (out, in ? "[\"in\"," : "[\"out\",");
  append_bytes (out, patient->bytes, sizeof patient->bytes);
  g_string_append (out, "]\n");
}

/**
 * limber_page_tells_out:
 * @page: a whole page, unpacked
 *
 * Returns: whether somebody goes in it; it may be said of one in which nobody does, too
 */
gboolean
limber_page_tells_out (GBytes *page)
{
  static const char out[] = "[\"out\",";
  gsize length;
  const char *text = g_bytes_get_data (page, &length);

  return text != NULL && memmem (text, length, out, strlen (out)) != NULL;
}

void
limber_page_append_drop (GString *out, const LimberKind *kind, const LimberId *id)
{
  g_string_append_printf (out, "[\"drop\",\"%s\",", kind->name);
  append_bytes (out, id->bytes, sizeof id->bytes);
  g_string_append (out, "]\n");
}

static gboolean
not_a_line (GError **error, const char *why)
{
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "Not a line of a page: %s", why);
  return FALSE;
}

static void
scan_stamps (LimberScan *scan, GArray *stamps)
{
  limber_scan_expect (scan, '[');
  if (limber_scan_accept (scan, ']'))
    return;
  do {
    LimberStamp stamp = { 0 };

    limber_scan_expect (scan, '[');
    stamp.rank = (guint8) limber_scan_integer (scan, 0, 1);
    limber_scan_expect (scan, ',');
    stamp.time = (guint64) limber_scan_integer (scan, 0, G_MAXINT64); /* 0: what central makes of entries */
    limber_scan_expect (scan, ',');
    limber_scan_base64 (scan, stamp.origin.bytes, 16);
    limber_scan_expect (scan, ',');
    limber_scan_base64 (scan, stamp.origin.bytes + 16, 8);
    limber_scan_expect (scan, ',');
    limber_scan_base64 (scan, stamp.entry.bytes, sizeof stamp.entry.bytes);
    limber_scan_expect (scan, ']');
    g_array_append_val (stamps, stamp);
    if (stamps->len > STAMPS_MAXIMUM)
      scan->failed = TRUE;
  } while (limber_scan_accept (scan, ','));
  limber_scan_expect (scan, ']');
}

/* Fields and words that are not known here are passed over: this program is older than the node. */
static void
scan_field (LimberScan *scan, GArray *stamps, LimberRecord *record)
{
  LimberSpan name = limber_scan_plain (scan, 62), value;
  g_autofree char *text = name.start != NULL ? g_strndup (name.start, name.length) : NULL;
  int i = record != NULL && text != NULL ? limber_kind_field (record->kind, text) : -1;
  g_auto (LimberValue) read = LIMBER_VALUE_INIT;
  gint64 place;

  limber_scan_expect (scan, ':');
  limber_scan_expect (scan, '[');
  value = limber_scan_value (scan);
  limber_scan_expect (scan, ',');
  place = limber_scan_integer (scan, -1, (gint64) stamps->len - 1);
  limber_scan_expect (scan, ']');
  if (scan->failed || i < 0 || !limber_field_is_stored (&record->kind->fields[i]))
    return;
  if ((place < 0) != ((record->kind->fields[i].flags & LIMBER_FIELD_DERIVED) != 0))
    scan->failed = TRUE;
  else if (limber_entry_value (&record->kind->fields[i], value, &read, NULL)) {
    limber_value_move (&record->values[i], &read);
    if (place >= 0)
      record->stamps[i] = g_array_index (stamps, LimberStamp, place);
  }
}

static gboolean
scan_row (LimberScan *scan, LimberSpan kind, LimberLine *line, GError **error)
{
  g_autoptr (GArray) stamps = g_array_new (FALSE, FALSE, sizeof (LimberStamp));
  g_autofree char *name = g_strndup (kind.start, kind.length);
  const LimberKind *known = limber_kind_by_name (name);
  g_autoptr (LimberRecord) record = NULL;
  LimberId id;

  line->type = LIMBER_LINE_ROW;
  limber_scan_base64 (scan, id.bytes, sizeof id.bytes);
  if (known != NULL)
    record = limber_record_new (known, &id);
  limber_scan_expect (scan, ',');
  scan_stamps (scan, stamps);
  limber_scan_expect (scan, ',');
  limber_scan_expect (scan, '{');
  if (!limber_scan_accept (scan, '}')) {
    do
      scan_field (scan, stamps, record);
    while (limber_scan_accept (scan, ','));
    limber_scan_expect (scan, '}');
  }
  limber_scan_expect (scan, ']');
  if (!limber_scan_finished (scan))
    return not_a_line (error, "a row not as agreed");
  line->record = g_steal_pointer (&record);
  return TRUE;
}

static const LimberStamp *
scan_place (LimberScan *scan, GArray *stamps)
{
  gint64 place = limber_scan_integer (scan, 0, (gint64) stamps->len - 1);

  limber_scan_expect (scan, ']');
  return scan->failed ? NULL : &g_array_index (stamps, LimberStamp, place);
}

static void
scan_whose (LimberScan *scan, GArray *stamps, LimberExtra *extra)
{
  gboolean nobody;
  const LimberStamp *stamp;
  LimberId patient;

  limber_scan_expect (scan, '[');
  nobody = limber_scan_null (scan);
  if (!nobody)
    limber_scan_base64 (scan, patient.bytes, sizeof patient.bytes);
  limber_scan_expect (scan, ',');
  stamp = scan_place (scan, stamps);
  if (stamp != NULL)
    limber_extra_set_patient (extra, nobody ? NULL : &patient, stamp);
}

static void
scan_extra_field (LimberScan *scan, GArray *stamps, LimberExtra *extra)
{
  LimberSpan name = limber_scan_plain (scan, 62), value;
  g_autofree char *text = name.start != NULL ? g_strndup (name.start, name.length) : NULL;
  const LimberStamp *stamp;

  limber_scan_expect (scan, ':');
  limber_scan_expect (scan, '[');
  value = limber_scan_value (scan);
  limber_scan_expect (scan, ',');
  stamp = scan_place (scan, stamps);
  if (stamp != NULL)
    limber_extra_set (extra, text, value, stamp);
}

static gboolean
scan_extra (LimberScan *scan, LimberLine *line, GError **error)
{
  g_autoptr (GArray) stamps = g_array_new (FALSE, FALSE, sizeof (LimberStamp));
  LimberSpan kind = limber_scan_plain (scan, 60);
  g_autofree char *name = kind.start != NULL ? g_strndup (kind.start, kind.length) : NULL;
  g_autoptr (LimberExtra) extra = NULL;
  LimberId id;

  line->type = LIMBER_LINE_EXTRA;
  limber_scan_expect (scan, ',');
  limber_scan_base64 (scan, id.bytes, sizeof id.bytes);
  limber_scan_expect (scan, ',');
  extra = limber_extra_new (name, &id);
  scan_stamps (scan, stamps);
  limber_scan_expect (scan, ',');
  scan_whose (scan, stamps, extra);
  limber_scan_expect (scan, ',');
  limber_scan_expect (scan, '{');
  if (!limber_scan_accept (scan, '}')) {
    do
      scan_extra_field (scan, stamps, extra);
    while (limber_scan_accept (scan, ','));
    limber_scan_expect (scan, '}');
  }
  limber_scan_expect (scan, ']');
  if (!limber_scan_finished (scan))
    return not_a_line (error, "what it does not know, not as agreed");
  line->extra = g_steal_pointer (&extra);
  return TRUE;
}

static gboolean
scan_drop (LimberScan *scan, LimberLine *line, GError **error)
{
  LimberSpan kind = limber_scan_plain (scan, 60);
  g_autofree char *name = kind.start != NULL ? g_strndup (kind.start, kind.length) : NULL;

  line->type = LIMBER_LINE_DROP;
  line->kind = limber_kind_by_name (name);
  limber_scan_expect (scan, ',');
  limber_scan_base64 (scan, line->id.bytes, sizeof line->id.bytes);
  limber_scan_expect (scan, ']');
  return limber_scan_finished (scan) || not_a_line (error, "a drop not as agreed");
}

static gboolean
span_is (LimberSpan span, const char *word)
{
  return span.length == strlen (word) && memcmp (span.start, word, span.length) == 0;
}

/**
 * limber_page_parse_line:
 * @line: (out): what it says; its record and what is extra are the caller's to free
 * @bytes: one line, without its end
 * @error: LIMBER_ERROR_FORMAT
 *
 * Returns: whether it is a line as agreed
 */
gboolean
limber_page_parse_line (LimberLine *line, const char *bytes, gsize length, GError **error)
{
  LimberScan scan;
  LimberSpan word;

  memset (line, 0, sizeof *line);
  limber_scan_init (&scan, bytes, length);
  if (limber_scan_peek (&scan) == '{') {
    line->type = LIMBER_LINE_END;
    line->end = limber_scan_value (&scan);
    return limber_scan_finished (&scan) || not_a_line (error, "its end is not as agreed");
  }
  limber_scan_expect (&scan, '[');
  word = limber_scan_plain (&scan, 60);
  limber_scan_expect (&scan, ',');
  if (scan.failed)
    return not_a_line (error, "no kind");
  if (span_is (word, "drop"))
    return scan_drop (&scan, line, error);
  if (span_is (word, "+"))
    return scan_extra (&scan, line, error);
  if (!span_is (word, "in") && !span_is (word, "out"))
    return scan_row (&scan, word, line, error);
  line->type = span_is (word, "in") ? LIMBER_LINE_IN : LIMBER_LINE_OUT;
  limber_scan_base64 (&scan, line->patient.bytes, sizeof line->patient.bytes);
  limber_scan_expect (&scan, ']');
  return limber_scan_finished (&scan) || not_a_line (error, "an event not as agreed");
}

static void
line_clear (LimberLine *line)
{
  g_clear_pointer (&line->record, limber_record_free);
  g_clear_pointer (&line->extra, limber_extra_free);
}

/**
 * limber_page_parse:
 * @page: a whole page, unpacked; must outlive what is returned
 *
 * Returns: (transfer full) (nullable) (element-type LimberLine): its lines; the last one, and no other, is the end
 */
GArray *
limber_page_parse (GBytes *page, GError **error)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (LimberLine));
  gsize length;
  const char *text = g_bytes_get_data (page, &length), *at = text != NULL ? text : "", *end = at + length;

  g_array_set_clear_func (lines, (GDestroyNotify) line_clear);
  while (at < end) {
    const char *stop = memchr (at, '\n', (gsize) (end - at));
    LimberLine line;

    if (stop == NULL)
      stop = end;
    if (!limber_page_parse_line (&line, at, (gsize) (stop - at), error))
      return NULL;
    g_array_append_val (lines, line);
    at = stop + 1;
    if (line.type == LIMBER_LINE_END)
      break;
  }
  if (lines->len == 0 || g_array_index (lines, LimberLine, lines->len - 1).type != LIMBER_LINE_END || at < end) {
    not_a_line (error, "it was cut off");
    return NULL;
  }
  return g_steal_pointer (&lines);
}
