/* A number of this country is written without its country code and begins with 0; another begins with + and its country's code. */
#include "limber-contact.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-error.h"
#include "limber-text.h"

#define ABROAD_SHORTEST 8
#define ABROAD_LONGEST 15
#define EMAIL_LONGEST 200
#define LOCAL_PART_LONGEST 64

static char *
refuse (GError **error, const char *why)
{
  limber_error_refuse (error, why);
  return NULL;
}

/* The figures of @text, from a leading + on; %NULL when there is anything else in it than figures and what people put between them. */
static char *
figures_of (const char *text)
{
  g_autoptr (GString) figures = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (c == '+' && figures->len == 0)
      g_string_append_c (figures, '+');
    else if (c >= '0' && c <= '9')
      g_string_append_c (figures, (char) c);
    else if (!g_unichar_isspace (c) && c != '-' && c != 0x2013 && c != '(' && c != ')' && c != '.' && c != '/')
      return NULL;
  }
  return g_strdup (figures->str);
}

/* +44 7700 …, 0044 7700 … and +44 (0)7700 … are numbers of this country. */
static char *
take_home (const char *figures)
{
  const char *rest = NULL;

  if (g_str_has_prefix (figures, "+44"))
    rest = figures + 3;
  else if (g_str_has_prefix (figures, "0044"))
    rest = figures + 4;
  if (rest == NULL)
    return g_str_has_prefix (figures, "00") ? g_strconcat ("+", figures + 2, NULL) : g_strdup (figures);
  return g_strconcat ("0", *rest == '0' ? rest + 1 : rest, NULL);
}

static char *
group (const char *figures)
{
  if (g_str_has_prefix (figures, "02") && strlen (figures) == 11)
    return g_strdup_printf ("%.3s %.4s %s", figures, figures + 3, figures + 7);
  return g_strdup_printf ("%.5s %s", figures, figures + 5);
}

/**
 * limber_contact_phone:
 * @text: a telephone number as typed; spaces, dashes and brackets do not matter
 * @error: LIMBER_ERROR_REFUSED, saying what is wrong with it
 *
 * Returns: (transfer full) (nullable): "07700 900397", "020 8427 2048", or "+4930123456" of another country
 */
char *
limber_contact_phone (const char *text, GError **error)
{
  g_autofree char *typed = figures_of (text), *figures = typed != NULL ? take_home (typed) : NULL;
  gsize length = figures != NULL ? strlen (figures) : 0;

  if (figures == NULL)
    return refuse (error, _("A telephone number has only figures"));
  if (*figures == '+') {
    if (length - 1 < ABROAD_SHORTEST)
      return refuse (error, _("That telephone number is too short"));
    return length - 1 > ABROAD_LONGEST ? refuse (error, _("That telephone number is too long")) : g_steal_pointer (&figures);
  }
  if (*figures != '0')
    return refuse (error, _("A telephone number begins with 0, or with + and the code of its country"));
  if (length < 10)
    return refuse (error, _("That telephone number is too short: it has 11 figures"));
  if (length > 11)
    return refuse (error, _("That telephone number is too long: it has 11 figures"));
  if (length == 10 && figures[1] != '1' && figures[1] != '8')
    return refuse (error, _("That telephone number is too short: it has 11 figures"));
  return group (figures);
}

/**
 * limber_contact_mobile:
 * @text: as for limber_contact_phone()
 * @error: LIMBER_ERROR_REFUSED, also for a number of this country that is none of a mobile
 *
 * Returns: (transfer full) (nullable): as limber_contact_phone()
 */
char *
limber_contact_mobile (const char *text, GError **error)
{
  g_autofree char *phone = limber_contact_phone (text, error);

  if (phone != NULL && *phone == '0' && !g_str_has_prefix (phone, "07"))
    return refuse (error, _("That is not the number of a mobile, which begins with 07"));
  return g_steal_pointer (&phone);
}

static gboolean
is_domain (const char *domain)
{
  g_auto (GStrv) labels = g_strsplit (domain, ".", -1);
  guint n = g_strv_length (labels);

  for (guint i = 0; i < n; i++)
    if (*labels[i] == '\0' || labels[i][strspn (labels[i], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")] != '\0')
      return FALSE;
  return n >= 2 && strlen (labels[n - 1]) >= 2;
}

/**
 * limber_contact_email:
 * @text: an email address as typed
 * @error: LIMBER_ERROR_REFUSED, saying what is wrong with it
 *
 * Returns: (transfer full) (nullable): the address
 */
char *
limber_contact_email (const char *text, GError **error)
{
  g_autofree char *email = g_strstrip (g_strdup (text));
  const char *at = strrchr (email, '@');

  if (!limber_text_is_clean (email, EMAIL_LONGEST))
    return refuse (error, _("That email address is too long, or has something in it that cannot be shown"));
  if (strpbrk (email, " \t\n,;<>") != NULL)
    return refuse (error, _("An email address has no spaces or commas in it, and only one can be kept"));
  if (at == NULL)
    return refuse (error, _("An email address has an @ in it"));
  if (at == email || at - email > LOCAL_PART_LONGEST || memchr (email, '@', (gsize) (at - email)) != NULL)
    return refuse (error, _("An email address has something before its one @"));
  if (!is_domain (at + 1))
    return refuse (error, _("What follows the @ is not complete: it should look like example.org"));
  return g_steal_pointer (&email);
}

static gboolean
is_outward (const char *text, gsize length)
{
  gsize letters = 0, figures = 0;

  while (letters < length && g_ascii_isalpha (text[letters]))
    letters++;
  while (letters + figures < length && g_ascii_isdigit (text[letters + figures]))
    figures++;
  if (letters < 1 || letters > 2 || figures < 1 || figures > 2)
    return FALSE;
  return letters + figures == length || (figures == 1 && letters + 2 == length && g_ascii_isalpha (text[length - 1]));
}

/**
 * limber_contact_postcode:
 * @text: a postcode as typed
 * @error: LIMBER_ERROR_REFUSED
 *
 * Returns: (transfer full) (nullable): in capitals, with one space
 */
char *
limber_contact_postcode (const char *text, GError **error)
{
  g_autofree char *postcode = limber_text_postcode (text);
  const char *space = strchr (postcode, ' ');

  if (space != NULL && g_ascii_isdigit (space[1]) && g_ascii_isalpha (space[2]) && g_ascii_isalpha (space[3]) && is_outward (postcode, (gsize) (space - postcode)))
    return g_steal_pointer (&postcode);
  return refuse (error, _("That is not a postcode: it should look like HA1 3XY"));
}
