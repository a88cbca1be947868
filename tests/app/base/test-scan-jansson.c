/* The scanner of pushed lines against jansson, on made-up values: what one accepts the other accepts, and both take it for
 * the same. Where they differ on purpose:
 *
 *   - the scanner refuses what is nested deeper than LIMBER_SCAN_DEPTH; jansson follows to 2,048
 *   - the scanner refuses a number of more than 32 letters; jansson reads one of any length that fits
 *   - the scanner, and limber_json_parse(), refuse a NUL wherever it stands; jansson passes over one behind a number
 *   - of a key that comes twice the scanner keeps all, since it resolves nothing; who reads an object's fields refuses it
 *     (limber_entry_changes); limber_json_parse() refuses it at once. But for that, and long numbers, the two agree wholly.
 *
 * A seed is told at the beginning; --seed SEED makes the same values again. */
#include <string.h>

#include "limber-base64.h"
#include "limber-entry.h"
#include "limber-json.h"
#include "limber-test.h"

#ifdef __SANITIZE_ADDRESS__ /* they make it slow, and nothing depends on the number */
#define VALUES 150000
#else
#define VALUES 1000000
#endif
#define NUMBER_MAXIMUM 32

static guint64 state;

/* xorshift64*, since so many are drawn */
static guint
draw (guint below)
{
  state ^= state >> 12;
  state ^= state << 25;
  state ^= state >> 27;
  return (guint) ((state * G_GUINT64_CONSTANT (2685821657736338717)) >> 33) % below;
}

#define DRAW(table) (table)[draw (G_N_ELEMENTS (table))]

static void
append_space (GString *out)
{
  static const char *const spaces[] = { " ", "\t", "\r\n", "\n  ", "\v", "\f", "\xc2\xa0", "" };

  if (draw (16) == 0)
    g_string_append (out, spaces[draw (64) == 0 ? 4 + draw (3) : draw (4)]);
}

static void
append_number (GString *out)
{
  static const char *const edges[] = { "0", "-0", "7", "-1", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551616", "1e308", "1.7976931348623157e308",
                                       "1.8e308", "1e309", "-1e309", "1e999999", "1e-999999", "4.9e-324", "0.1", "-0.0", "1E+5", "1e5", "100000000000000000000000000000e0" };
  static const char *const wrong[] = { "01", "-01", "+1", "1.", ".5", "1e", "1e+", "--1", "-", "1-2", "1.2.3", "1e5e5", "0x10", "NaN", "Infinity", "1_000", "00", "-.5", "1.e5", "e5" };
  guint kind = draw (16);

  if (kind == 0)
    g_string_append (out, DRAW (wrong));
  else if (kind < 4)
    g_string_append (out, DRAW (edges));
  else if (kind == 4) { /* near the bound of letters, and far from it */
    guint figures = draw (32) == 0 ? 1000 : 28 + draw (8);

    g_string_append (out, "0.");
    while (figures-- > 0)
      g_string_append_c (out, (char) ('0' + draw (10)));
  } else if (kind == 5)
    g_string_append_printf (out, "%s%u.%ue%s%u", draw (2) ? "-" : "", draw (1000), draw (1000), draw (2) ? "-" : "", draw (400));
  else
    g_string_append_printf (out, "%s%u", draw (4) ? "" : "-", draw (100000));
}

static void
append_text (GString *out)
{
  static const char *const good[] = { "a", "Smith", "é", "ł", "漢", "😀", "\x7f", "\xef\xbf\xbf", "\xf4\x8f\xbf\xbf", "/", "\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t", "\\u00e9", "\\uD83D\\uDE00", "\\uffff",
                                      "\\u0001", "\\u007F", "[", "}", ",", ":" };
  static const char *const wrong[] = { "\\u0000", "\\ud83d", "\\ude00", "\\ud83d\\u0041", "\\ud83dx", "\\ude00\\ud83d", "\\u12", "\\u12g4", "\\U0041", "\\x41", "\\'", "\\", "\t", "\n", "\x01", "\xc3", "\xc0\xaf", "\xe0\x80\xaf",
                                       "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "\xff", "\xe6\xbc", "\xef\xbb\xbf", "\"" };

  g_string_append_c (out, '"');
  for (guint i = draw (5); i > 0; i--)
    g_string_append (out, draw (40) == 0 ? DRAW (wrong) : DRAW (good));
  if (draw (400) == 0)
    g_string_append_c (out, '\0');
  if (draw (200) > 0)
    g_string_append_c (out, '"');
}

static void append_value (GString *out, guint depth);

static void
append_list (GString *out, guint depth)
{
  g_string_append_c (out, '[');
  for (guint i = draw (4); i > 0; i--) {
    append_value (out, depth);
    if (i > 1 || draw (64) == 0)
      g_string_append_c (out, draw (200) == 0 ? ';' : ',');
  }
  append_space (out);
  g_string_append_c (out, draw (200) == 0 ? '}' : ']');
}

static void
append_object (GString *out, guint depth)
{
  static const char *const names[] = { "family", "given", "status^", "at!", "", "a", "b" };

  g_string_append_c (out, '{');
  for (guint i = draw (4); i > 0; i--) {
    append_space (out);
    if (draw (8) == 0)
      append_text (out);
    else
      g_string_append_printf (out, "\"%s\"", DRAW (names));
    append_space (out);
    g_string_append_c (out, draw (200) == 0 ? '=' : ':');
    append_value (out, depth);
    if (i > 1 || draw (64) == 0)
      g_string_append_c (out, ',');
  }
  append_space (out);
  if (draw (200) > 0)
    g_string_append_c (out, '}');
}

static void
append_value (GString *out, guint depth)
{
  static const char *const words[] = { "true", "false", "null", "null", "true", "nul", "True", "nullx", "tru", "undefined" };
  guint kind = draw (depth > 0 ? 10 : 6);

  append_space (out);
  if (kind < 2)
    append_text (out);
  else if (kind < 4)
    append_number (out);
  else if (kind < 6)
    g_string_append (out, words[draw (32) == 0 ? 5 + draw (5) : draw (5)]);
  else if (kind < 8)
    append_list (out, depth - 1);
  else
    append_object (out, depth - 1);
  append_space (out);
}

/* Some are nested up to the bound, and a little beyond it. */
static void
make_value (GString *out)
{
  guint nested = draw (20) == 0 ? 28 + draw (6) : 0, object = draw (2);

  g_string_truncate (out, 0);
  if (draw (200) == 0)
    g_string_append (out, "\xef\xbb\xbf");
  for (guint i = 0; i < nested; i++)
    g_string_append (out, object ? "{\"a\":" : "[");
  append_value (out, nested > 0 ? draw (2) : 3);
  for (guint i = 0; i < nested; i++)
    g_string_append_c (out, object ? '}' : ']');
  if (draw (200) == 0)
    g_string_append (out, draw (2) ? "x" : "[]");
  if (draw (400) == 0)
    g_string_append_c (out, '\0');
}

static void
mutate (GString *out)
{
  static const char letters[] = "{}[]\",:\\ 0123456789-+.eEutfn\xc3\xa9\xff";

  for (guint i = 1 + draw (3); i > 0 && out->len > 0; i--) {
    gsize at = draw ((guint) out->len);

    switch (draw (4)) {
    case 0:
      out->str[at] = letters[draw (sizeof letters)]; /* the NUL at its end too */
      break;
    case 1:
      g_string_erase (out, (gssize) at, 1);
      break;
    case 2:
      g_string_insert_c (out, (gssize) at, letters[draw (sizeof letters)]);
      break;
    default:
      out->str[at] ^= (char) (1 << draw (8));
    }
  }
}

/* What the scanner takes it for, asked of it part by part. */
static json_t *
scan_json (LimberScan *scan)
{
  char c = limber_scan_peek (scan);
  json_t *json;

  if (c == '"') {
    g_autofree char *text = limber_scan_text (scan, G_MAXSIZE);

    return text != NULL ? json_string_nocheck (text) : NULL;
  }
  if (c != '[' && c != '{') {
    LimberSpan span = limber_scan_value (scan);
    g_autofree char *text = g_strndup (span.start, span.length);

    if (c == 'n' || c == 't' || c == 'f')
      return c == 'n' ? json_null () : json_boolean (c == 't');
    return strpbrk (text, ".eE") != NULL ? json_real (g_ascii_strtod (text, NULL)) : json_integer (g_ascii_strtoll (text, NULL, 10));
  }
  limber_scan_expect (scan, c);
  json = c == '[' ? json_array () : json_object ();
  if (limber_scan_accept (scan, c == '[' ? ']' : '}'))
    return json;
  do {
    g_autofree char *name = c == '{' ? limber_scan_text (scan, G_MAXSIZE) : NULL;

    if (c == '[')
      json_array_append_new (json, scan_json (scan));
    else {
      limber_scan_expect (scan, ':');
      json_object_set_new_nocheck (json, name, scan_json (scan));
    }
  } while (limber_scan_accept (scan, ','));
  limber_scan_expect (scan, c == '[' ? ']' : '}');
  return json;
}

/* Of something that jansson accepts. */
static void
measure (const char *text, gsize length, guint *depth, gsize *number)
{
  gboolean quoted = FALSE;
  guint now = 0;
  gsize run = 0;

  *depth = 0;
  *number = 0;
  for (gsize i = 0; i < length; i++) {
    run = !quoted && text[i] != '\0' && strchr ("0123456789+-.eE", text[i]) != NULL ? run + 1 : 0;
    *number = MAX (*number, run);
    if (quoted && text[i] == '\\')
      i++;
    else if (text[i] == '"')
      quoted = !quoted;
    else if (!quoted && (text[i] == '[' || text[i] == '{'))
      *depth = MAX (*depth, ++now);
    else if (!quoted && (text[i] == ']' || text[i] == '}'))
      now--;
  }
}

/* Which field names a body has, as jansson reads them: whether limber_entry_changes() is to take it. */
static gboolean
is_body (const json_t *json, const char *text, gsize length)
{
  g_autoptr (json_t) single = json_loadb (text, length, JSON_REJECT_DUPLICATES, NULL);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *name;
  json_t *value;

  if (!json_is_object (json))
    return FALSE;
  json_object_foreach ((json_t *) json, name, value) {
    gsize bare = strlen (name);

    if (bare == 0 || bare > 62)
      return FALSE;
    bare -= name[bare - 1] == '^' || name[bare - 1] == '!';
    if (!g_hash_table_add (names, g_strndup (name, bare)))
      return FALSE;
  }
  return single != NULL;
}

typedef struct {
  guint accepted, refused, deep, long_numbers, nuls, doubled, bodies;
} Counts;

/* Without duplicates, and without names that are written with escapes, the two agree about bodies too. */
static gboolean
agree_about_body (const char *text, gsize length, const json_t *json, Counts *counts)
{
  static const char *const marks[] = { [LIMBER_MERGE_PLAIN] = "", [LIMBER_MERGE_ORDERED] = "^", [LIMBER_MERGE_ONCE] = "!" };
  LimberEntry entry = { .has_body = TRUE, .body = { text, length } };
  g_autoptr (GArray) changes = limber_entry_changes (&entry, NULL);
  gboolean expected = is_body (json, text, length);

  counts->bodies += expected;
  if (changes == NULL)
    return !expected || memchr (text, '\\', length) != NULL;
  for (guint i = 0; i < changes->len; i++) {
    const LimberChange *change = &g_array_index (changes, LimberChange, i);
    g_autofree char *name = g_strconcat (change->name, marks[change->merge], NULL);
    g_autoptr (json_t) value = json_loadb (change->value.start, change->value.length, JSON_DECODE_ANY, NULL);

    if (!json_equal (value, json_object_get (json, name)))
      return FALSE;
  }
  return json_is_object (json) && changes->len == json_object_size (json);
}

static gboolean
agree_about_accepted (const char *text, gsize length, const json_t *json, Counts *counts)
{
  g_autoptr (json_t) single = limber_json_parse (text, length, NULL), strict = json_loadb (text, length, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL), read = NULL;
  LimberScan scan;

  limber_scan_init (&scan, text, length);
  read = scan_json (&scan);
  counts->accepted++;
  counts->doubled += strict == NULL;
  return limber_scan_finished (&scan) && json_equal (read, json) && (single != NULL) == (strict != NULL) && agree_about_body (text, length, json, counts);
}

static gboolean
scans (const char *text, gsize length)
{
  LimberScan scan;

  limber_scan_init (&scan, text, length);
  limber_scan_value (&scan);
  return limber_scan_finished (&scan);
}

static gboolean
agree (const char *text, gsize length, Counts *counts)
{
  g_autoptr (json_t) json = json_loadb (text, length, JSON_DECODE_ANY, NULL), single = NULL;
  guint depth;
  gsize number;

  if (scans (text, length))
    return json != NULL && agree_about_accepted (text, length, json, counts);
  if (json == NULL) {
    counts->refused++;
    single = limber_json_parse (text, length, NULL);
    return single == NULL;
  }
  if (memchr (text, '\0', length) != NULL) {
    counts->nuls++;
    single = limber_json_parse (text, length, NULL);
    return single == NULL;
  }
  measure (text, length, &depth, &number);
  counts->deep += depth > LIMBER_SCAN_DEPTH;
  counts->long_numbers += number > NUMBER_MAXIMUM;
  return depth > LIMBER_SCAN_DEPTH || number > NUMBER_MAXIMUM;
}

static void
begin (void)
{
  state = (guint64) g_test_rand_int () << 32 | (guint64) g_test_rand_int () | 1;
}

static void
they_differ (const char *text, gsize length)
{
  g_autoptr (GString) shown = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (shown, text[i] >= ' ' && text[i] < 0x7f ? "%c" : "\\x%02x", (guchar) text[i]);
  g_error ("They differ about %u bytes: %s", (guint) length, shown->str);
}

static void
test_values (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  Counts counts = { 0 };

  begin ();
  for (guint i = 0; i < VALUES; i++) {
    g_autofree char *exact = NULL;

    make_value (text);
    if (draw (3) == 0)
      mutate (text);
    exact = g_memdup2 (text->str, text->len); /* so that who reads beyond its end is seen by the sanitizer */
    if (!agree (exact != NULL ? exact : "", text->len, &counts))
      they_differ (text->str, text->len);
  }
  g_test_message ("%u accepted, %u refused, %u too deep, %u with a number too long, %u with a NUL behind one, %u with a key twice, %u bodies", counts.accepted, counts.refused, counts.deep, counts.long_numbers, counts.nuls, counts.doubled, counts.bodies);
  g_assert_cmpuint (counts.accepted, >, VALUES / 4);
  g_assert_cmpuint (counts.refused, >, VALUES / 8);
  g_assert_cmpuint (counts.deep, >, VALUES / 1000);
  g_assert_cmpuint (counts.long_numbers, >, VALUES / 1000);
  g_assert_cmpuint (counts.nuls, >, 0);
  g_assert_cmpuint (counts.doubled, >, VALUES / 1000);
  g_assert_cmpuint (counts.bodies, >, VALUES / 100);
}

/* A whole line that verifies, with any body that is one. */
static void
make_line (GString *out)
{
  static const char *const words[] = { "patient", "system:limber-ctl", "", "a b", "ł" }, *const seens[] = { "{}", "{\"family\":[]}", "{ \"a\" : [ \"AAAAAAAAAAAAAAAAAAAAAA\" ] }" };
  LimberEntry entry = { .seq = 1 + draw (1000), .time = 1 + draw (G_MAXINT32), .rank = (guint8) draw (2), .has_patient = draw (2), .has_prev = draw (2), .has_sign = draw (2) }, parsed;
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GString) header = g_string_new (NULL);

  do {
    g_string_truncate (body, 0);
    append_object (body, 2);
  } while (!scans (body->str, body->len));
  entry.origin.bytes[3] = (guint8) draw (256);
  g_strlcpy (entry.author, DRAW (words), sizeof entry.author);
  g_strlcpy (entry.role, DRAW (words), sizeof entry.role);
  g_strlcpy (entry.kind, DRAW (words), sizeof entry.kind);
  limber_entry_commit (entry.salt, body->str, body->len, entry.commitment);
  limber_entry_make_header (&entry, DRAW (seens), header);
  g_assert_true (limber_entry_parse_header (&parsed, header->str, header->len, NULL));
  parsed.has_body = TRUE;
  parsed.body = (LimberSpan){ body->str, body->len };
  parsed.has_sign = entry.has_sign;
  g_string_truncate (out, 0);
  limber_entry_append_line (&parsed, out);
  g_string_truncate (out, out->len - 1);
}

static gboolean
is_bytes (const json_t *json, const guint8 *bytes, gsize length)
{
  g_autofree char *text = limber_base64_dup (bytes, length);

  return g_strcmp0 (json_string_value (json), text) == 0;
}

/* Whether @entry is what jansson reads in the line's places. */
static gboolean
means (const LimberEntry *entry, const json_t *line)
{
  const json_t *header = json_array_get (line, 0), *patient = json_array_get (header, 10), *prev = json_array_get (header, 12);
  g_autoptr (json_t) body = entry->has_body ? json_loadb (entry->body.start, entry->body.length, 0, NULL) : json_null (), seen = json_loadb (entry->seen.start, entry->seen.length, 0, NULL);

  return json_array_size (line) == 4 && json_array_size (header) == 14 && json_integer_value (json_array_get (header, 0)) == 1 && is_bytes (json_array_get (header, 1), entry->origin.bytes, 16) &&
         is_bytes (json_array_get (header, 2), entry->origin.bytes + 16, 8) && json_integer_value (json_array_get (header, 3)) == entry->seq &&
         (guint64) json_integer_value (json_array_get (header, 4)) == entry->time && json_is_integer (json_array_get (header, 5)) && json_integer_value (json_array_get (header, 5)) == entry->rank &&
         g_strcmp0 (json_string_value (json_array_get (header, 6)), entry->author) == 0 && g_strcmp0 (json_string_value (json_array_get (header, 7)), entry->role) == 0 &&
         g_strcmp0 (json_string_value (json_array_get (header, 8)), entry->kind) == 0 && is_bytes (json_array_get (header, 9), entry->record.bytes, 16) &&
         (entry->has_patient ? is_bytes (patient, entry->patient.bytes, 16) : json_is_null (patient)) && json_equal (json_array_get (header, 11), seen) &&
         (entry->has_prev ? is_bytes (prev, entry->prev, LIMBER_HASH_LENGTH) : json_is_null (prev)) && is_bytes (json_array_get (header, 13), entry->commitment, LIMBER_HASH_LENGTH) &&
         json_equal (json_array_get (line, 3), body);
}

static void
test_lines (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint accepted = 0, refused = 0;

  begin ();
  for (guint i = 0; i < VALUES / 20; i++) {
    g_autoptr (json_t) json = NULL;
    g_autofree char *exact = NULL;
    gboolean mutated = draw (4) > 0;
    LimberEntry entry;

    make_line (text);
    if (mutated)
      mutate (text);
    exact = g_memdup2 (text->str, text->len);
    json = json_loadb (exact, text->len, 0, NULL);
    if (!limber_entry_parse_line (&entry, exact, text->len, NULL)) {
      g_assert_true (mutated);
      refused++;
    } else if (!means (&entry, json))
      they_differ (exact, text->len);
    else
      accepted += mutated;
  }
  g_test_message ("%u accepted and %u refused of those that were changed", accepted, refused);
  g_assert_cmpuint (accepted, >, VALUES / 1000);
  g_assert_cmpuint (refused, >, VALUES / 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/scan-jansson/they-accept-the-same-values-and-take-them-for-the-same", test_values);
  g_test_add_func ("/base/scan-jansson/a-line-that-is-accepted-means-what-jansson-reads", test_lines);
  return g_test_run ();
}
