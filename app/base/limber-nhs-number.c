#include "limber-nhs-number.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-error.h"

/**
 * limber_nhs_number_is_valid:
 * @number: (nullable): ten digits, no spaces
 *
 * Source: NHS Data Dictionary. Nine figures weighted 10 to 2, the sum's remainder by 11 taken from 11; 11 counts as 0,
 * and a number that would need 10 is never issued.
 *
 * Returns: whether it passes Modulus 11
 */
gboolean
limber_nhs_number_is_valid (const char *number)
{
  int sum = 0, check;

  if (number == NULL || strlen (number) != 10 || strspn (number, "0123456789") != 10)
    return FALSE;
  for (int i = 0; i < 9; i++)
    sum += (number[i] - '0') * (10 - i);
  check = 11 - sum % 11;
  return check != 10 && check % 11 == number[9] - '0';
}

/* Two letters, six figures, one letter. */
static gboolean
is_national_insurance (const char *text)
{
  g_autoptr (GString) plain = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (*text != ' ' && *text != '-')
      g_string_append_c (plain, *text);
  return plain->len == 9 && g_ascii_isalpha (plain->str[0]) && g_ascii_isalpha (plain->str[1]) && strspn (plain->str + 2, "0123456789") == 6 && g_ascii_isalpha (plain->str[8]);
}

/* All figures the same, or d00000000d: numbers that pass, and that people type who have none. (9000000009 is of the range
 * for tests, and somebody there.) */
static gboolean
is_filler (const char *number)
{
  char filler[11] = "000000000d";

  if (strspn (number, (const char[]){ number[0], '\0' }) == 10)
    return TRUE;
  filler[0] = filler[9] = number[0];
  return number[0] != '9' && g_str_equal (number, filler);
}

static char *
refuse (GError **error, const char *why)
{
  g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, why);
  return NULL;
}

/**
 * limber_nhs_number_parse:
 * @text: what a person typed; spaces and dashes do not matter
 * @error: LIMBER_ERROR_REFUSED, saying which of the mistakes it is
 *
 * Returns: (transfer full) (nullable): ten digits, no spaces
 */
char *
limber_nhs_number_parse (const char *text, GError **error)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (g_unichar_isspace (c) || c == '-' || c == 0x2013)
      continue;
    if (c < '0' || c > '9')
      return refuse (error, is_national_insurance (text) ? _("That is a National Insurance number: an NHS number has 10 figures and no letters") : _("An NHS number has only figures"));
    g_string_append_c (digits, (char) c);
  }
  if (digits->len != 10)
    return refuse (error, digits->len < 10 ? _("That NHS number is too short: it has 10 figures") : _("That NHS number is too long: it has 10 figures"));
  if (!limber_nhs_number_is_valid (digits->str))
    return refuse (error, _("That is not an NHS number: a figure is wrong or two are swapped"));
  if (is_filler (digits->str))
    return refuse (error, _("That is nobody’s NHS number: it is written where there is none"));
  return g_strdup (digits->str);
}

/**
 * limber_nhs_number_format:
 * @number: (nullable): ten digits, no spaces
 *
 * Returns: (transfer full): 999 123 4567, or "Not recorded"; the spaces do not break over lines
 */
char *
limber_nhs_number_format (const char *number)
{
  if (number == NULL || strlen (number) != 10)
    return g_strdup (_("Not recorded"));
  return g_strdup_printf ("%.3s\302\240%.3s\302\240%.4s", number, number + 3, number + 6);
}
