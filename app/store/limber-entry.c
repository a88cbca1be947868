#include "limber-entry.h"

#include <sodium.h>
#include <string.h>

#include "limber-base64.h"
#include "limber-error.h"
#include "limber-json.h"

#define FIELDS_MAXIMUM 256
#define SEEN_MAXIMUM 64

static void
copy_plain (LimberScan *scan, char *out, gsize room)
{
  LimberSpan span = limber_scan_plain (scan, room - 1);

  if (span.start != NULL)
    memcpy (out, span.start, span.length);
  out[span.start != NULL ? span.length : 0] = '\0';
}

static gboolean
not_an_entry (GError **error, const char *why)
{
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "Not an entry: %s", why);
  return FALSE;
}

static void
scan_header (LimberEntry *entry, LimberScan *scan)
{
  limber_scan_expect (scan, '[');
  limber_scan_integer (scan, 1, 1);
  limber_scan_expect (scan, ',');
  limber_scan_base64 (scan, entry->origin.bytes, 16);
  limber_scan_expect (scan, ',');
  limber_scan_base64 (scan, entry->origin.bytes + 16, 8);
  limber_scan_expect (scan, ',');
  entry->seq = limber_scan_integer (scan, 1, LIMBER_SEQ_MAXIMUM);
  limber_scan_expect (scan, ',');
  entry->time = (guint64) limber_scan_integer (scan, 1, G_MAXINT64);
  limber_scan_expect (scan, ',');
  entry->rank = (guint8) limber_scan_integer (scan, 0, 1);
  limber_scan_expect (scan, ',');
  copy_plain (scan, entry->author, sizeof entry->author);
  limber_scan_expect (scan, ',');
  copy_plain (scan, entry->role, sizeof entry->role);
  limber_scan_expect (scan, ',');
  copy_plain (scan, entry->kind, sizeof entry->kind);
  limber_scan_expect (scan, ',');
  limber_scan_base64 (scan, entry->record.bytes, 16);
  limber_scan_expect (scan, ',');
  entry->has_patient = !limber_scan_null (scan);
  if (entry->has_patient)
    limber_scan_base64 (scan, entry->patient.bytes, 16);
  limber_scan_expect (scan, ',');
  entry->seen = limber_scan_value (scan);
  limber_scan_expect (scan, ',');
  entry->has_prev = !limber_scan_null (scan);
  if (entry->has_prev)
    limber_scan_base64 (scan, entry->prev, LIMBER_HASH_LENGTH);
  limber_scan_expect (scan, ',');
  limber_scan_base64 (scan, entry->commitment, LIMBER_HASH_LENGTH);
  limber_scan_expect (scan, ']');
}

static void
hash_header (LimberEntry *entry)
{
  crypto_generichash (entry->hash, sizeof entry->hash, (const guint8 *) entry->header.start, entry->header.length, NULL, 0);
  memcpy (entry->id.bytes, entry->hash, sizeof entry->id.bytes);
}

/**
 * limber_entry_parse_header:
 * @entry: (out): the entry, without a body; it points into @bytes
 * @bytes: a header's exact bytes
 * @error: LIMBER_ERROR_FORMAT
 *
 * Returns: whether they are a header
 */
gboolean
limber_entry_parse_header (LimberEntry *entry, const char *bytes, gsize length, GError **error)
{
  LimberScan scan;

  memset (entry, 0, sizeof *entry);
  if (length > LIMBER_ENTRY_MAXIMUM)
    return not_an_entry (error, "too long");
  limber_scan_init (&scan, bytes, length);
  scan_header (entry, &scan);
  if (!limber_scan_finished (&scan) || entry->seen.start[0] != '{')
    return not_an_entry (error, "its header is not as agreed");
  entry->header = (LimberSpan){ bytes, length };
  hash_header (entry);
  return TRUE;
}

/* The parts of a line. */
typedef struct {
  LimberSpan header;
  LimberSpan salt;
  LimberSpan sign;
  LimberSpan body;
} Line;

static gboolean
scan_line (Line *line, const char *bytes, gsize length, GError **error)
{
  LimberScan scan;

  if (length > LIMBER_ENTRY_MAXIMUM)
    return not_an_entry (error, "too long");
  limber_scan_init (&scan, bytes, length);
  limber_scan_expect (&scan, '[');
  line->header = limber_scan_value (&scan);
  limber_scan_expect (&scan, ',');
  line->salt = limber_scan_plain (&scan, 64);
  limber_scan_expect (&scan, ',');
  line->sign = limber_scan_plain (&scan, 128);
  limber_scan_expect (&scan, ',');
  line->body = limber_scan_value (&scan);
  limber_scan_expect (&scan, ']');
  return limber_scan_finished (&scan) || not_an_entry (error, "its line is not as agreed");
}

/* The body, its salt and the commitment to it; none of them when there is no body. */
static gboolean
read_body (LimberEntry *entry, const Line *line, guint8 commitment[LIMBER_HASH_LENGTH], GError **error)
{
  entry->has_body = line->body.start[0] == '{';
  if (!entry->has_body)
    return (line->body.length == 4 && memcmp (line->body.start, "null", 4) == 0 && line->salt.length == 0) || not_an_entry (error, "its body is no object");
  if (!limber_base64_decode (line->salt.start, line->salt.length, entry->salt, sizeof entry->salt))
    return not_an_entry (error, "no salt");
  limber_entry_commit (entry->salt, line->body.start, line->body.length, commitment);
  entry->body = line->body;
  return TRUE;
}

static gboolean
read_sign (LimberEntry *entry, const Line *line, GError **error)
{
  entry->has_sign = line->sign.length > 0;
  return !entry->has_sign || limber_base64_decode (line->sign.start, line->sign.length, entry->sign, sizeof entry->sign) || not_an_entry (error, "its signature is not as agreed");
}

static gboolean
parse_whole (LimberEntry *entry, const Line *line, GError **error)
{
  guint8 commitment[LIMBER_HASH_LENGTH];

  if (!limber_entry_parse_header (entry, line->header.start, line->header.length, error) || !read_body (entry, line, commitment, error))
    return FALSE;
  if (!entry->has_body || memcmp (commitment, entry->commitment, sizeof commitment) == 0)
    return read_sign (entry, line, error);
  g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_DAMAGED, "An entry's body is not what its header committed to");
  return FALSE;
}

/**
 * limber_entry_parse_line:
 * @entry: (out): the entry; it points into @bytes
 * @bytes: one line, without its end
 * @error: LIMBER_ERROR_FORMAT when it is no entry, LIMBER_ERROR_DAMAGED when its body is not what its header committed to
 *
 * Returns: whether it is an entry whose bytes verify
 */
gboolean
limber_entry_parse_line (LimberEntry *entry, const char *bytes, gsize length, GError **error)
{
  Line line;

  return scan_line (&line, bytes, length, error) && parse_whole (entry, &line, error);
}

#define ENDING (2 * (LIMBER_BASE64_LENGTH (LIMBER_HASH_LENGTH) + 3) + 1) /* ,"prev","commitment"] */

/* What a short header leaves out. */
static void
make_ending (char ending[ENDING + 1], const guint8 prev[LIMBER_HASH_LENGTH], const guint8 commitment[LIMBER_HASH_LENGTH])
{
  char first[LIMBER_BASE64_LENGTH (LIMBER_HASH_LENGTH) + 1], second[LIMBER_BASE64_LENGTH (LIMBER_HASH_LENGTH) + 1];

  limber_base64_encode (prev, LIMBER_HASH_LENGTH, first);
  limber_base64_encode (commitment, LIMBER_HASH_LENGTH, second);
  g_snprintf (ending, ENDING + 1, ",\"%s\",\"%s\"]", first, second);
}

/**
 * limber_entry_parse_sent:
 * @entry: (out): the entry; it points into @bytes and @headers
 * @bytes: one line of a push, without its end
 * @before: (nullable): the entry on the line before
 * @headers: gets the headers that are put together
 * @error: as limber_entry_parse_line(). A short header has no commitment of its own: whether its body is what was committed to
 *   shows at the signature that vouches for its hash
 *
 * Returns: whether it is an entry, and its bytes verify as far as they can
 */
gboolean
limber_entry_parse_sent (LimberEntry *entry, const char *bytes, gsize length, const LimberEntry *before, GStringChunk *headers, GError **error)
{
  guint8 commitment[LIMBER_HASH_LENGTH];
  g_autoptr (GString) header = NULL;
  char ending[ENDING + 1];
  LimberEntry parts;
  Line line;

  if (!scan_line (&line, bytes, length, error))
    return FALSE;
  if (line.header.length < 3 || memcmp (line.header.start, "[0", 2) != 0)
    return parse_whole (entry, &line, error);
  if (!read_body (&parts, &line, commitment, error))
    return FALSE;
  if (before == NULL || !parts.has_body)
    return not_an_entry (error, "its header leaves out what nobody knows");
  make_ending (ending, before->hash, commitment);
  header = g_string_new ("[1");
  g_string_append_len (header, line.header.start + 2, (gssize) line.header.length - 3);
  g_string_append (header, ending);
  if (!limber_entry_parse_header (entry, g_string_chunk_insert_len (headers, header->str, (gssize) header->len), header->len, error))
    return FALSE;
  entry->has_body = TRUE;
  entry->body = parts.body;
  memcpy (entry->salt, parts.salt, sizeof entry->salt);
  return read_sign (entry, &line, error);
}

/* Appends what follows a header. */
static void
append_rest (const LimberEntry *entry, GString *out)
{
  char text[LIMBER_BASE64_LENGTH (LIMBER_SIGN_LENGTH) + 1];

  g_string_append (out, ",\"");
  if (entry->has_body) {
    limber_base64_encode (entry->salt, sizeof entry->salt, text);
    g_string_append (out, text);
  }
  g_string_append (out, "\",\"");
  if (entry->has_sign) {
    limber_base64_encode (entry->sign, sizeof entry->sign, text);
    g_string_append (out, text);
  }
  g_string_append (out, "\",");
  if (entry->has_body)
    g_string_append_len (out, entry->body.start, (gssize) entry->body.length);
  else
    g_string_append (out, "null");
  g_string_append (out, "]\n");
}

/**
 * limber_entry_append_line:
 * @out: where to append the entry's line, with its end
 */
void
limber_entry_append_line (const LimberEntry *entry, GString *out)
{
  g_string_append_c (out, '[');
  g_string_append_len (out, entry->header.start, (gssize) entry->header.length);
  append_rest (entry, out);
}

/**
 * limber_entry_append_sent:
 * @before: (nullable): the hash of the entry on the line before
 * @out: where to append the entry's line in a push, with its end
 */
void
limber_entry_append_sent (const LimberEntry *entry, const guint8 *before, GString *out)
{
  gsize length = entry->header.length;
  char ending[ENDING + 1] = "";

  if (before != NULL && entry->has_body && entry->has_prev && length > ENDING + 3 && memcmp (entry->prev, before, LIMBER_HASH_LENGTH) == 0)
    make_ending (ending, entry->prev, entry->commitment);
  if (ending[0] == '\0' || memcmp (entry->header.start, "[1", 2) != 0 || memcmp (entry->header.start + length - ENDING, ending, ENDING) != 0) {
    limber_entry_append_line (entry, out);
    return;
  }
  g_string_append (out, "[[0");
  g_string_append_len (out, entry->header.start + 2, (gssize) (length - 2 - ENDING));
  g_string_append_c (out, ']');
  append_rest (entry, out);
}

static void
append_bytes (GString *out, const guint8 *bytes, gsize length)
{
  gsize at = out->len + 2;

  g_string_set_size (out, at + LIMBER_BASE64_LENGTH (length));
  memcpy (out->str + at - 2, ",\"", 2);
  limber_base64_encode (bytes, length, out->str + at);
  g_string_append_c (out, '"');
}

/**
 * limber_entry_make_header:
 * @entry: (inout): what to write; gets its header, seen, hash and id, which then point into @out
 * @seen: JSON object
 * @out: replaced by the header's bytes, and not to be changed while @entry is in use
 */
void
limber_entry_make_header (LimberEntry *entry, const char *seen, GString *out)
{
  gsize at;

  g_string_assign (out, "[1");
  append_bytes (out, entry->origin.bytes, 16);
  append_bytes (out, entry->origin.bytes + 16, 8);
  g_string_append_printf (out, ",%" G_GINT64_FORMAT ",%" G_GUINT64_FORMAT ",%d,\"%s\",\"%s\",\"%s\"", entry->seq, entry->time, entry->rank, entry->author, entry->role, entry->kind);
  append_bytes (out, entry->record.bytes, 16);
  if (entry->has_patient)
    append_bytes (out, entry->patient.bytes, 16);
  else
    g_string_append (out, ",null");
  g_string_append_c (out, ',');
  at = out->len;
  g_string_append (out, seen);
  if (entry->has_prev)
    append_bytes (out, entry->prev, LIMBER_HASH_LENGTH);
  else
    g_string_append (out, ",null");
  append_bytes (out, entry->commitment, LIMBER_HASH_LENGTH);
  g_string_append_c (out, ']');
  entry->header = (LimberSpan){ out->str, out->len };
  entry->seen = (LimberSpan){ out->str + at, strlen (seen) };
  hash_header (entry);
}

/**
 * limber_entry_commit:
 * @salt: 16 random bytes
 * @body: the body's exact bytes
 * @commitment: (out caller-allocates): what the header says of them; nobody can guess the body from it without the salt
 */
void
limber_entry_commit (const guint8 salt[16], const char *body, gsize length, guint8 commitment[LIMBER_HASH_LENGTH])
{
  crypto_generichash (commitment, LIMBER_HASH_LENGTH, (const guint8 *) body, length, salt, 16);
}

/**
 * limber_entry_stamp:
 * @stamp: (out): the stamp of the values that @entry sets
 */
void
limber_entry_stamp (const LimberEntry *entry, LimberStamp *stamp)
{
  stamp->rank = entry->rank;
  stamp->time = entry->time;
  stamp->origin = entry->origin;
  stamp->entry = entry->id;
}

/**
 * limber_entry_seen:
 * @field: (nullable): a field's name; %NULL for all fields
 *
 * Returns: (transfer full) (element-type LimberId): the entries whose values of @field the author had before him
 */
GArray *
limber_entry_seen (const LimberEntry *entry, const char *field)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (LimberId));
  LimberScan scan;

  limber_scan_init (&scan, entry->seen.start, entry->seen.length);
  limber_scan_expect (&scan, '{');
  if (limber_scan_accept (&scan, '}'))
    return ids;
  do {
    LimberSpan name = limber_scan_plain (&scan, 60);
    gboolean ours = field == NULL || (name.start != NULL && strlen (field) == name.length && memcmp (field, name.start, name.length) == 0);

    limber_scan_expect (&scan, ':');
    limber_scan_expect (&scan, '[');
    if (limber_scan_accept (&scan, ']'))
      continue;
    do {
      LimberId id;

      if (limber_scan_base64 (&scan, id.bytes, sizeof id.bytes) && ours && ids->len < SEEN_MAXIMUM)
        g_array_append_val (ids, id);
    } while (limber_scan_accept (&scan, ','));
    limber_scan_expect (&scan, ']');
  } while (limber_scan_accept (&scan, ','));
  return ids;
}

/**
 * limber_entry_sees:
 *
 * Returns: whether the author of @entry had before him the value of @field that the entry @id set
 */
gboolean
limber_entry_sees (const LimberEntry *entry, const char *field, const LimberEntryId *id)
{
  g_autoptr (GArray) ids = limber_entry_seen (entry, field);

  for (guint i = 0; i < ids->len; i++)
    if (limber_id_equal (&g_array_index (ids, LimberId, i), id))
      return TRUE;
  return FALSE;
}

static void
change_clear (LimberChange *change)
{
  g_free (change->name);
}

/**
 * limber_entry_changes:
 * @error: LIMBER_ERROR_FORMAT
 *
 * Returns: (transfer full) (nullable) (element-type LimberChange): the fields that @entry sets; %NULL when its body is
 *   not as agreed or sets a field twice
 */
GArray *
limber_entry_changes (const LimberEntry *entry, GError **error)
{
  g_autoptr (GArray) changes = NULL;
  LimberScan scan;

  if (entry->changes != NULL)
    return g_array_ref (entry->changes);
  changes = g_array_new (FALSE, FALSE, sizeof (LimberChange));
  g_array_set_clear_func (changes, (GDestroyNotify) change_clear);
  limber_scan_init (&scan, entry->body.start, entry->body.length);
  limber_scan_expect (&scan, '{');
  if (!limber_scan_accept (&scan, '}')) {
    do {
      LimberSpan name = limber_scan_plain (&scan, 62);
      LimberChange change = { NULL, LIMBER_MERGE_PLAIN, { NULL, 0 } };

      limber_scan_expect (&scan, ':');
      change.value = limber_scan_value (&scan);
      scan.failed |= name.length == 0 || changes->len >= FIELDS_MAXIMUM; /* none is passed over */
      if (scan.failed)
        break;
      if (name.start[name.length - 1] == '^')
        change.merge = LIMBER_MERGE_ORDERED;
      else if (name.start[name.length - 1] == '!')
        change.merge = LIMBER_MERGE_ONCE;
      change.name = g_strndup (name.start, name.length - (change.merge != LIMBER_MERGE_PLAIN));
      for (guint i = 0; i < changes->len; i++)
        if (g_str_equal (g_array_index (changes, LimberChange, i).name, change.name))
          scan.failed = TRUE;
      g_array_append_val (changes, change);
    } while (limber_scan_accept (&scan, ','));
    limber_scan_expect (&scan, '}');
  }
  if (!limber_scan_finished (&scan)) {
    not_an_entry (error, "its body is not as agreed");
    return NULL;
  }
  return g_steal_pointer (&changes);
}

/**
 * limber_entry_judge:
 * @klass: what the device is that wrote @entry
 *
 * Judges @entry by what a class of device may write at all; what is not known here is not judged.
 *
 * Returns: (transfer none) (nullable): what speaks against it, for people who look at the quarantine
 */
const char *
limber_entry_judge (const LimberEntry *entry, LimberClass klass)
{
  static const char reason[] = "this class of device may not write that";
  const LimberKind *kind = limber_kind_by_name (entry->kind);
  g_autoptr (GArray) changes = kind != NULL && entry->has_body ? limber_entry_changes (entry, NULL) : NULL;

  if (kind == NULL)
    return NULL;
  if (!limber_kind_writable_by (kind, klass))
    return reason;
  for (guint i = 0; changes != NULL && i < changes->len; i++) {
    int at = limber_kind_field (kind, g_array_index (changes, LimberChange, i).name);

    if (at >= 0 && kind->fields[at].holders != 0 && !(kind->fields[at].holders & klass) && !(kind->writers & klass))
      return reason;
  }
  return NULL;
}

/**
 * limber_entry_value:
 * @field: a declared field
 * @json: a value's exact bytes
 * @value: (out): the value, checked as limber_field_fits() does
 * @error: LIMBER_ERROR_REFUSED
 *
 * Returns: whether @json is a value of @field
 */
gboolean
limber_entry_value (const LimberField *field, LimberSpan json, LimberValue *value, GError **error)
{
  LimberScan scan;
  LimberId id;

  limber_value_clear (value);
  limber_scan_init (&scan, json.start, json.length);
  if (limber_scan_null (&scan))
    return TRUE;
  switch (field->type) {
  case LIMBER_TYPE_INTEGER:
  case LIMBER_TYPE_BOOLEAN:
  case LIMBER_TYPE_TIME:
  case LIMBER_TYPE_PROGRESS:
    limber_value_set_integer (value, limber_scan_integer (&scan, G_MININT64, G_MAXINT64));
    break;
  case LIMBER_TYPE_REFERENCE:
    if (limber_scan_base64 (&scan, id.bytes, sizeof id.bytes))
      limber_value_set_id (value, &id);
    break;
  case LIMBER_TYPE_LIST:
    limber_value_take_text (value, g_strndup (json.start, json.length));
    limber_scan_value (&scan);
    break;
  default:
    limber_value_take_text (value, limber_scan_text (&scan, LIMBER_ENTRY_MAXIMUM));
  }
  if (!limber_scan_finished (&scan)) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, "%s: not a value of its type", field->name);
    return FALSE;
  }
  return limber_field_fits (field, value, error);
}

/**
 * limber_entry_append_value:
 * @field: whose value it is
 * @value: the value
 *
 * Appends @value as limber_entry_value() reads it.
 */
void
limber_entry_append_value (GString *out, const LimberField *field, const LimberValue *value)
{
  char id[LIMBER_BASE64_LENGTH (16) + 1];

  switch (value->type) {
  case LIMBER_VALUE_NONE:
    g_string_append (out, "null");
    break;
  case LIMBER_VALUE_INTEGER:
    g_string_append_printf (out, "%" G_GINT64_FORMAT, value->integer);
    break;
  case LIMBER_VALUE_TEXT:
    if (field->type == LIMBER_TYPE_LIST)
      g_string_append (out, value->text);
    else
      limber_json_quote (out, value->text);
    break;
  case LIMBER_VALUE_ID:
    limber_base64_encode (value->id.bytes, sizeof value->id.bytes, id);
    g_string_append_printf (out, "\"%s\"", id);
    break;
  }
}

/**
 * limber_entry_append_name:
 *
 * Appends a field's name with the mark of how it merges, quoted.
 */
void
limber_entry_append_name (GString *out, const char *name, LimberMerge merge)
{
  g_string_append_c (out, '"');
  g_string_append (out, name);
  if (merge != LIMBER_MERGE_PLAIN)
    g_string_append_c (out, merge == LIMBER_MERGE_ORDERED ? '^' : '!');
  g_string_append_c (out, '"');
}
