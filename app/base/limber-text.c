#include "limber-text.h"

#include <string.h>

/* Letters that Unicode does not take apart, and what people type for them. */
static const char *
plain_letter (gunichar c)
{
  switch (c) {
  case 0x00d8: case 0x00f8: return "o";  /* Ø */
  case 0x0141: case 0x0142: return "l";  /* Ł */
  case 0x0110: case 0x0111: case 0x00d0: case 0x00f0: return "d"; /* Đ Ð */
  case 0x0126: case 0x0127: return "h";  /* Ħ */
  case 0x00c6: case 0x00e6: return "ae"; /* Æ */
  case 0x0152: case 0x0153: return "oe"; /* Œ */
  case 0x00de: case 0x00fe: return "th"; /* Þ */
  case 0x00df: case 0x1e9e: return "ss"; /* ß */
  case 0x0131: return "i";               /* ı */
  default: return NULL;
  }
}

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x02bc || c == '`' || c == 0x00b4;
}

/**
 * limber_text_fold:
 * @text: UTF-8
 *
 * Folds a name for comparison: lower case, without accents, apostrophes dropped (O'Connor and oconnor are one), every
 * other mark a space, one space between words.
 *
 * Returns: (transfer full): the folded text
 */
char *
limber_text_fold (const char *text)
{
  g_autofree char *apart = g_utf8_normalize (text, -1, G_NORMALIZE_NFKD);
  GString *out = g_string_new (NULL);
  gboolean space = FALSE;

  for (const char *at = apart != NULL ? apart : ""; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    const char *plain = plain_letter (c);

    if (g_unichar_ismark (c) || is_apostrophe (c))
      continue;
    if (plain == NULL && !g_unichar_isalnum (c)) {
      space = TRUE;
      continue;
    }
    if (space && out->len > 0)
      g_string_append_c (out, ' ');
    space = FALSE;
    if (plain != NULL)
      g_string_append (out, plain);
    else
      g_string_append_unichar (out, g_unichar_tolower (c));
  }
  return g_string_free (out, FALSE);
}

/**
 * limber_text_fold_letter:
 * @letter: a letter, in either case, with or without an accent
 *
 * Returns: the folded letter in upper case (Ł is L), 0 when it is no letter
 */
gunichar
limber_text_fold_letter (gunichar letter)
{
  char text[8] = { 0 };
  g_autofree char *folded = NULL;

  if (!g_unichar_isalpha (letter))
    return 0;
  g_unichar_to_utf8 (letter, text);
  folded = limber_text_fold (text);
  return g_unichar_toupper (g_utf8_get_char (folded));
}

/**
 * limber_text_surname_letters:
 * @surname: a family name
 *
 * The letters that a person of this name may give as the first of her surname: that of each part of a compound one,
 * parts being what spaces, hyphens, full stops and apostrophes divide (van der Berg: V, D and B; O'Connor: O and C).
 *
 * Returns: (transfer full): upper-case folded letters, each once, in the name's order
 */
char *
limber_text_surname_letters (const char *surname)
{
  GString *out = g_string_new (NULL);
  gboolean start = TRUE;

  for (const char *at = surname; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at), letter;

    if (g_unichar_ismark (c))
      continue;
    if (!g_unichar_isalpha (c)) {
      start = TRUE;
      continue;
    }
    letter = start ? limber_text_fold_letter (c) : 0;
    start = FALSE;
    if (letter != 0 && g_utf8_strchr (out->str, -1, letter) == NULL)
      g_string_append_unichar (out, letter);
  }
  return g_string_free (out, FALSE);
}

static void
append_initial (GString *out, const char *name)
{
  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isalpha (g_utf8_get_char (at))) {
      if (out->len > 0)
        g_string_append_c (out, ' ');
      g_string_append_unichar (out, g_unichar_toupper (g_utf8_get_char (at)));
      return;
    }
}

/**
 * limber_text_initials:
 * @given: (nullable): given name
 * @family: (nullable): family name
 *
 * Returns: (transfer full): "D T": all that a public screen may show of a name
 */
char *
limber_text_initials (const char *given, const char *family)
{
  GString *out = g_string_new (NULL);

  append_initial (out, given != NULL ? given : "");
  append_initial (out, family != NULL ? family : "");
  return g_string_free (out, FALSE);
}

/**
 * limber_text_digits:
 *
 * Returns: (transfer full): the figures of @text
 */
char *
limber_text_digits (const char *text)
{
  GString *out = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (g_ascii_isdigit (*text))
      g_string_append_c (out, *text);
  return g_string_free (out, FALSE);
}

/**
 * limber_text_mask_phone:
 * @phone: (nullable): a telephone number as it is held
 *
 * Returns: (transfer full) (nullable): its last three figures behind dots, for "is this still right?" on a public
 *   screen; %NULL when there are fewer than seven
 */
char *
limber_text_mask_phone (const char *phone)
{
  g_autofree char *digits = limber_text_digits (phone != NULL ? phone : "");
  gsize length = strlen (digits);

  return length < 7 ? NULL : g_strdup_printf ("••• ••• %s", digits + length - 3);
}

/**
 * limber_text_postcode:
 * @text: a postcode as typed
 *
 * Returns: (transfer full): capitals, with one space before the last three
 */
char *
limber_text_postcode (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (g_ascii_isalnum (*text))
      g_string_append_c (out, g_ascii_toupper (*text));
  if (out->len >= 5 && out->len <= 7)
    g_string_insert_c (out, (gssize) out->len - 3, ' ');
  return g_strdup (out->str);
}

/**
 * limber_text_is_clean:
 * @text: any bytes that end with NUL
 * @maximum: the most bytes that it may have
 *
 * Returns: whether @text is UTF-8 of at most @maximum bytes without control characters (a new line is allowed) and
 *   without marks that turn the direction of what follows
 */
gboolean
limber_text_is_clean (const char *text, gsize maximum)
{
  if (strlen (text) > maximum || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (; *text != '\0'; text = g_utf8_next_char (text)) {
    gunichar c = g_utf8_get_char (text);

    if ((c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
      return FALSE;
  }
  return TRUE;
}
