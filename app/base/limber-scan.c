#include "limber-scan.h"

#include <math.h>
#include <string.h>

#include "limber-base64.h"

/* The most letters that a number may have. */
#define NUMBER_MAXIMUM 32

/**
 * limber_scan_init:
 * @bytes: what to read; must outlive the scan
 * @length: how many bytes
 */
void
limber_scan_init (LimberScan *scan, const char *bytes, gsize length)
{
  *scan = (LimberScan){ bytes, bytes, bytes + length, FALSE };
}

static void
fail (LimberScan *scan)
{
  scan->failed = TRUE;
  scan->at = scan->end;
}

static void
skip_space (LimberScan *scan)
{
  while (scan->at < scan->end && (*scan->at == ' ' || *scan->at == '\t' || *scan->at == '\r' || *scan->at == '\n'))
    scan->at++;
}

/**
 * limber_scan_peek:
 *
 * Returns: the next character that is not space, NUL at the end
 */
char
limber_scan_peek (LimberScan *scan)
{
  skip_space (scan);
  return scan->at < scan->end ? *scan->at : '\0';
}

/**
 * limber_scan_accept:
 *
 * Returns: whether @c came next; it is then read
 */
gboolean
limber_scan_accept (LimberScan *scan, char c)
{
  if (scan->failed || limber_scan_peek (scan) != c || c == '\0')
    return FALSE;
  scan->at++;
  return TRUE;
}

/**
 * limber_scan_expect:
 *
 * Reads @c, which must come next.
 */
void
limber_scan_expect (LimberScan *scan, char c)
{
  if (!limber_scan_accept (scan, c))
    fail (scan);
}

/**
 * limber_scan_integer:
 *
 * Reads a whole number from @minimum to @maximum, in its one plain form (no exponent, fraction, plus sign or leading 0).
 *
 * Returns: the number; @minimum when it was not one
 */
gint64
limber_scan_integer (LimberScan *scan, gint64 minimum, gint64 maximum)
{
  gboolean negative = limber_scan_accept (scan, '-');
  gint64 value = 0;
  const char *first = scan->at;

  if (scan->failed || scan->at >= scan->end || !g_ascii_isdigit (*scan->at)) {
    fail (scan);
    return minimum;
  }
  for (; scan->at < scan->end && g_ascii_isdigit (*scan->at); scan->at++)
    if (__builtin_mul_overflow (value, 10, &value) || __builtin_sub_overflow (value, *scan->at - '0', &value)) {
      fail (scan);
      return minimum;
    }
  if ((*first == '0' && scan->at > first + 1) || (negative && value == 0) || (!negative && value == G_MININT64)) {
    fail (scan);
    return minimum;
  }
  if (!negative)
    value = -value;
  if (value < minimum || value > maximum) {
    fail (scan);
    return minimum;
  }
  return value;
}

/* Reads what follows \u at @at: four digits, or those of a surrogate pair. Returns how many characters that was; 0 when it
 * is none, or NUL. */
static gsize
read_unicode (const char *at, const char *end, gunichar *c)
{
  gunichar parts[2] = { 0, 0 };

  for (int i = 0; i < 2; i++, at += 6) {
    if (end - at < 4)
      return 0;
    for (int digit = 0; digit < 4; digit++) {
      if (!g_ascii_isxdigit (at[digit]))
        return 0;
      parts[i] = parts[i] << 4 | (gunichar) g_ascii_xdigit_value (at[digit]);
    }
    if (i == 0 && (parts[0] < 0xd800 || parts[0] > 0xdfff)) {
      *c = parts[0];
      return *c != 0 ? 4 : 0;
    }
    if (i == 0 && (parts[0] > 0xdbff || end - at < 6 || at[4] != '\\' || at[5] != 'u'))
      return 0;
  }
  *c = 0x10000 + ((parts[0] - 0xd800) << 10) + (parts[1] - 0xdc00);
  return parts[1] >= 0xdc00 && parts[1] <= 0xdfff ? 10 : 0;
}

/* Reads a string and returns its span, quotes included; escapes are checked, not resolved. */
static LimberSpan
read_string (LimberScan *scan, gboolean *escaped)
{
  LimberSpan none = { NULL, 0 };
  const char *first;

  *escaped = FALSE;
  limber_scan_expect (scan, '"');
  if (scan->failed)
    return none;
  first = scan->at - 1;
  for (; scan->at < scan->end && *scan->at != '"'; scan->at++) {
    if ((guchar) *scan->at < 0x20)
      break;
    if (*scan->at != '\\')
      continue;
    *escaped = TRUE;
    scan->at++;
    if (scan->at >= scan->end || strchr ("\"\\/bfnrtu", *scan->at) == NULL || *scan->at == '\0')
      break;
    if (*scan->at == 'u') {
      gunichar c;
      gsize used = read_unicode (scan->at + 1, scan->end, &c);

      if (used == 0)
        break;
      scan->at += used;
    }
  }
  if (scan->at >= scan->end || *scan->at != '"' || !g_utf8_validate_len (first, (gsize) (scan->at - first), NULL)) {
    fail (scan);
    return none;
  }
  scan->at++;
  return (LimberSpan){ first, (gsize) (scan->at - first) };
}

/**
 * limber_scan_plain:
 * @maximum: the most bytes that it may have
 *
 * Reads a string that has no escapes.
 *
 * Returns: what stands between its quotes
 */
LimberSpan
limber_scan_plain (LimberScan *scan, gsize maximum)
{
  gboolean escaped;
  LimberSpan span = read_string (scan, &escaped);

  if (scan->failed || escaped || span.length - 2 > maximum) {
    fail (scan);
    return (LimberSpan){ NULL, 0 };
  }
  return (LimberSpan){ span.start + 1, span.length - 2 };
}

/**
 * limber_scan_base64:
 * @bytes: (out caller-allocates): where the bytes go
 * @length: how many it must be
 *
 * Reads a string that is @length bytes in base64url.
 *
 * Returns: whether it was
 */
gboolean
limber_scan_base64 (LimberScan *scan, guint8 *bytes, gsize length)
{
  LimberSpan span = limber_scan_plain (scan, LIMBER_BASE64_LENGTH (length));

  if (scan->failed || !limber_base64_decode (span.start, span.length, bytes, length)) {
    memset (bytes, 0, length);
    fail (scan);
    return FALSE;
  }
  return TRUE;
}

/**
 * limber_scan_null:
 *
 * Returns: whether null came next; it is then read
 */
gboolean
limber_scan_null (LimberScan *scan)
{
  if (scan->failed || limber_scan_peek (scan) != 'n')
    return FALSE;
  if (scan->end - scan->at < 4 || memcmp (scan->at, "null", 4) != 0) {
    fail (scan);
    return FALSE;
  }
  scan->at += 4;
  return TRUE;
}

/**
 * limber_scan_text:
 * @maximum: the most bytes that it may have, resolved
 *
 * Reads a string and resolves its escapes.
 *
 * Returns: (transfer full) (nullable): the text, %NULL when it was none
 */
char *
limber_scan_text (LimberScan *scan, gsize maximum)
{
  gboolean escaped;
  LimberSpan span = read_string (scan, &escaped);
  g_autoptr (GString) out = NULL;
  const char *at, *end;

  if (scan->failed)
    return NULL;
  if (!escaped) {
    if (span.length - 2 > maximum) {
      fail (scan);
      return NULL;
    }
    return g_strndup (span.start + 1, span.length - 2);
  }
  out = g_string_sized_new (span.length);
  end = span.start + span.length - 1;
  for (at = span.start + 1; at < end; at++) {
    if (*at != '\\') {
      g_string_append_c (out, *at);
      continue;
    }
    at++;
    if (*at == 'u') {
      gunichar c = 0;

      at += read_unicode (at + 1, end, &c);
      g_string_append_unichar (out, c);
    } else {
      static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";

      g_string_append_c (out, to[strchr (from, *at) - from]);
    }
  }
  if (out->len > maximum) {
    fail (scan);
    return NULL;
  }
  return g_strndup (out->str, out->len);
}

static gboolean
next_is (const LimberScan *scan, const char *any)
{
  return scan->at < scan->end && *scan->at != '\0' && strchr (any, *scan->at) != NULL;
}

static gboolean
read_digits (LimberScan *scan)
{
  const char *first = scan->at;

  while (scan->at < scan->end && g_ascii_isdigit (*scan->at))
    scan->at++;
  return scan->at > first;
}

/* Whether the number is one that a gint64 or, with a fraction or an exponent, a double holds: who else reads it can. */
static gboolean
fits (const char *number, gsize length, gboolean whole)
{
  char text[NUMBER_MAXIMUM + 1] = { 0 };
  LimberScan scan;

  if (length > NUMBER_MAXIMUM)
    return FALSE;
  memcpy (text, number, length);
  if (!whole)
    return isfinite (g_ascii_strtod (text, NULL));
  limber_scan_init (&scan, number, length);
  limber_scan_integer (&scan, G_MININT64, G_MAXINT64);
  return !scan.failed || g_str_equal (text, "-0");
}

static void
read_number (LimberScan *scan)
{
  const char *first = scan->at;
  gboolean whole = TRUE, good;

  scan->at += next_is (scan, "-");
  good = next_is (scan, "0");
  scan->at += good;
  good = good || read_digits (scan);
  if (next_is (scan, ".")) {
    scan->at++;
    whole = FALSE;
    good &= read_digits (scan);
  }
  if (next_is (scan, "eE")) {
    scan->at++;
    scan->at += next_is (scan, "+-");
    whole = FALSE;
    good &= read_digits (scan);
  }
  if (!good || !fits (first, (gsize) (scan->at - first), whole))
    fail (scan);
}

static void
read_word (LimberScan *scan, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (scan->end - scan->at) < length || memcmp (scan->at, word, length) != 0) {
    fail (scan);
    return;
  }
  scan->at += length;
}

static void
read_value (LimberScan *scan, int depth)
{
  gboolean escaped;
  char c = limber_scan_peek (scan), close;

  if (c == '"') {
    read_string (scan, &escaped);
    return;
  }
  if (c == 't' || c == 'f' || c == 'n') {
    read_word (scan, c == 't' ? "true" : c == 'f' ? "false" : "null");
    return;
  }
  if (c != '[' && c != '{') {
    read_number (scan);
    return;
  }
  if (depth >= LIMBER_SCAN_DEPTH) {
    fail (scan);
    return;
  }
  scan->at++;
  close = c == '[' ? ']' : '}';
  if (limber_scan_accept (scan, close))
    return;
  do {
    if (c == '{') {
      skip_space (scan);
      read_string (scan, &escaped);
      limber_scan_expect (scan, ':');
    }
    read_value (scan, depth + 1);
  } while (limber_scan_accept (scan, ','));
  limber_scan_expect (scan, close);
}

/**
 * limber_scan_value:
 *
 * Reads any value.
 *
 * Returns: its exact bytes; nothing in it is resolved
 */
LimberSpan
limber_scan_value (LimberScan *scan)
{
  const char *first;

  skip_space (scan);
  first = scan->at;
  read_value (scan, 0);
  if (scan->failed)
    return (LimberSpan){ NULL, 0 };
  return (LimberSpan){ first, (gsize) (scan->at - first) };
}

/**
 * limber_scan_finished:
 *
 * Returns: whether everything was as asked and nothing is left
 */
gboolean
limber_scan_finished (LimberScan *scan)
{
  return !scan->failed && limber_scan_peek (scan) == '\0' && scan->at == scan->end;
}
