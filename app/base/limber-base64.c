#include "limber-base64.h"

#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/**
 * limber_base64_encode:
 * @bytes: the bytes
 * @length: how many
 * @text: (out caller-allocates): room for LIMBER_BASE64_LENGTH(@length) + 1 characters
 */
void
limber_base64_encode (const guint8 *bytes, gsize length, char *text)
{
  guint32 bits = 0;
  int held = 0;

  for (gsize i = 0; i < length; i++) {
    bits = bits << 8 | bytes[i];
    for (held += 8; held >= 6; held -= 6)
      *text++ = alphabet[bits >> (held - 6) & 63];
  }
  if (held > 0)
    *text++ = alphabet[bits << (6 - held) & 63];
  *text = '\0';
}

/**
 * limber_base64_dup:
 *
 * Returns: (transfer full): @bytes as base64url
 */
char *
limber_base64_dup (const guint8 *bytes, gsize length)
{
  char *text = g_malloc (LIMBER_BASE64_LENGTH (length) + 1);

  limber_base64_encode (bytes, length, text);
  return text;
}

/* What a digit counts, and one more; 0 for what is no digit. */
static const guint8 digits[256] = {
  ['A'] = 1,  ['B'] = 2,  ['C'] = 3,  ['D'] = 4,  ['E'] = 5,  ['F'] = 6,  ['G'] = 7,  ['H'] = 8,  ['I'] = 9,  ['J'] = 10, ['K'] = 11, ['L'] = 12, ['M'] = 13,
  ['N'] = 14, ['O'] = 15, ['P'] = 16, ['Q'] = 17, ['R'] = 18, ['S'] = 19, ['T'] = 20, ['U'] = 21, ['V'] = 22, ['W'] = 23, ['X'] = 24, ['Y'] = 25, ['Z'] = 26,
  ['a'] = 27, ['b'] = 28, ['c'] = 29, ['d'] = 30, ['e'] = 31, ['f'] = 32, ['g'] = 33, ['h'] = 34, ['i'] = 35, ['j'] = 36, ['k'] = 37, ['l'] = 38, ['m'] = 39,
  ['n'] = 40, ['o'] = 41, ['p'] = 42, ['q'] = 43, ['r'] = 44, ['s'] = 45, ['t'] = 46, ['u'] = 47, ['v'] = 48, ['w'] = 49, ['x'] = 50, ['y'] = 51, ['z'] = 52,
  ['0'] = 53, ['1'] = 54, ['2'] = 55, ['3'] = 56, ['4'] = 57, ['5'] = 58, ['6'] = 59, ['7'] = 60, ['8'] = 61, ['9'] = 62, ['-'] = 63, ['_'] = 64,
};

/**
 * limber_base64_decode:
 * @text: base64url without padding, need not end with NUL
 * @text_length: its length
 * @bytes: (out caller-allocates): room for @length bytes
 * @length: how many bytes it must be, exactly
 *
 * Accepts the one text that limber_base64_encode() would have written, and no other.
 *
 * Returns: whether it was that
 */
gboolean
limber_base64_decode (const char *text, gsize text_length, guint8 *bytes, gsize length)
{
  guint32 bits = 0;
  int held = 0;

  if (text_length != LIMBER_BASE64_LENGTH (length))
    return FALSE;
  for (gsize i = 0; i < text_length; i++) {
    guint8 digit = digits[(guint8) text[i]];

    if (digit == 0)
      return FALSE;
    bits = bits << 6 | (digit - 1u);
    held += 6;
    if (held >= 8) {
      held -= 8;
      *bytes++ = bits >> held & 255;
    }
  }
  return (bits & ((1u << held) - 1)) == 0;
}

/**
 * limber_base64_read:
 * @text: (nullable): base64url without padding
 *
 * As limber_base64_decode(), of a whole text, which may be missing.
 */
gboolean
limber_base64_read (const char *text, guint8 *bytes, gsize length)
{
  return text != NULL && limber_base64_decode (text, strlen (text), bytes, length);
}

/**
 * limber_hex_dup:
 *
 * Returns: (transfer full): @bytes in lower-case hexadecimal
 */
char *
limber_hex_dup (const guint8 *bytes, gsize length)
{
  char *text = g_malloc (length * 2 + 1);

  for (gsize i = 0; i < length; i++)
    g_snprintf (text + i * 2, 3, "%02x", bytes[i]);
  text[length * 2] = '\0';
  return text;
}

/**
 * limber_hex_decode:
 * @length: how many bytes it must be, exactly
 *
 * Returns: whether @text was that many bytes in hexadecimal
 */
gboolean
limber_hex_decode (const char *text, gsize text_length, guint8 *bytes, gsize length)
{
  if (text_length != length * 2)
    return FALSE;
  for (gsize i = 0; i < length; i++) {
    int high = g_ascii_xdigit_value (text[i * 2]), low = g_ascii_xdigit_value (text[i * 2 + 1]);

    if (high < 0 || low < 0)
      return FALSE;
    bytes[i] = (guint8) (high << 4 | low);
  }
  return TRUE;
}
