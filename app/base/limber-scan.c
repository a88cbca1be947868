#include "limber-scan.h"

#include <string.h>

#include "limber-base64.h"

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
      for (int i = 1; i <= 4; i++)
        if (scan->at + i >= scan->end || !g_ascii_isxdigit (scan->at[i])) {
          fail (scan);
          return none;
        }
      scan->at += 4;
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

/* Resolves one \u escape at @at (the four digits), or a surrogate pair; returns the characters read, 0 when it is none. */
static int
unescape_unicode (const char *at, const char *end, GString *out)
{
  gunichar high = 0, low = 0;

  for (int i = 0; i < 4; i++)
    high = high << 4 | (gunichar) g_ascii_xdigit_value (at[i]);
  if (high < 0xd800 || high > 0xdfff) {
    if (high == 0)
      return 0;
    g_string_append_unichar (out, high);
    return 4;
  }
  if (high > 0xdbff || end - at < 10 || at[4] != '\\' || at[5] != 'u')
    return 0;
  for (int i = 6; i < 10; i++)
    low = low << 4 | (gunichar) g_ascii_xdigit_value (at[i]);
  if (low < 0xdc00 || low > 0xdfff)
    return 0;
  g_string_append_unichar (out, 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));
  return 10;
}

/**
 * limber_scan_text:
 * @maximum: the most bytes that it may have, resolved
 *
 * Reads a string and resolves its escapes. A lone surrogate or a NUL is refused.
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
      int used = unescape_unicode (at + 1, end, out);

      if (used == 0) {
        fail (scan);
        return NULL;
      }
      at += used;
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

static void
read_number (LimberScan *scan)
{
  const char *first = scan->at;

  while (scan->at < scan->end && (g_ascii_isdigit (*scan->at) || strchr ("+-.eE", *scan->at) != NULL) && *scan->at != '\0')
    scan->at++;
  if (scan->at == first || scan->at - first > 32)
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
