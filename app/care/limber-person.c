/* The forms are the same in every language of the screen, as the guidance asks; only words are translated. Nothing that is
 * not known is left blank: it says so. */
#include "limber-person.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-json.h"
#include "limber-nhs-number.h"
#include "limber-text.h"

typedef struct {
  const char *code;
  const char *word;
} Word;

/* What a code is called, NULL when it is none of these. */
static const char *
word_of (const Word *words, gsize n, const char *code)
{
  for (gsize i = 0; code != NULL && i < n; i++)
    if (g_str_equal (words[i].code, code))
      return _(words[i].word);
  return NULL;
}

/**
 * limber_person_name:
 * @title: (nullable): as it is held; never asked for
 *
 * Returns: (transfer full): "SMITH, Jane (Mrs)"; "NG (Mr)" of somebody with one name
 */
char *
limber_person_name (const char *family, const char *given, const char *title)
{
  g_autofree char *upper = g_utf8_strup (family != NULL ? family : "", -1);

  if ((given == NULL || *given == '\0') && (title == NULL || *title == '\0'))
    return g_steal_pointer (&upper);
  if (given == NULL || *given == '\0')
    return g_strdup_printf ("%s (%s)", upper, title);
  if (title == NULL || *title == '\0')
    return g_strdup_printf ("%s, %s", upper, given);
  return g_strdup_printf ("%s, %s (%s)", upper, given, title);
}

/**
 * limber_person_name_called:
 * @preferred: (nullable): what she likes to be called
 *
 * Returns: (transfer full): "SMITH, James (Mr) “Jim”", for lists where she may be looked for by either
 */
char *
limber_person_name_called (const char *family, const char *given, const char *title, const char *preferred)
{
  g_autofree char *name = limber_person_name (family, given, title);

  if (preferred == NULL || *preferred == '\0' || (given != NULL && g_ascii_strcasecmp (given, preferred) == 0))
    return g_steal_pointer (&name);
  /* Translators: a person's name, and what that person likes to be called. */
  return g_strdup_printf (_("%1$s “%2$s”"), name, preferred);
}

/**
 * limber_person_spoken:
 *
 * Returns: (transfer full): "Jane Smith", as one says it
 */
char *
limber_person_spoken (const char *given, const char *family)
{
  if (given == NULL || *given == '\0')
    return g_strdup (family != NULL ? family : "");
  return g_strdup_printf ("%s %s", given, family != NULL ? family : "");
}

/* Whole months from @born to @on, and the days that are over. */
static int
months_between (const GDate *born, const GDate *on, int *days)
{
  int months = (g_date_get_year (on) - g_date_get_year (born)) * 12 + (int) g_date_get_month (on) - (int) g_date_get_month (born);
  GDate last = *born;

  if (g_date_get_day (on) < g_date_get_day (born))
    months--;
  g_date_add_months (&last, (guint) MAX (months, 0));
  *days = g_date_days_between (&last, on);
  return months;
}

/**
 * limber_person_age:
 * @born: YYYY-MM-DD
 * @on: YYYY-MM-DD
 *
 * The younger, the finer (NHS Common User Interface, age in the patient banner): days for the first four weeks, weeks and days for the
 * first year, months and days for the second, years and months up to the eighteenth birthday, then years.
 *
 * Returns: (transfer full) (nullable): "72y", "8y 3m", "15m 3d", "8w 2d", "5d"; %NULL when one of them is no day, or in the wrong order
 */
char *
limber_person_age (const char *born, const char *on)
{
  g_autoptr (GDate) birth = g_date_new (), day = g_date_new ();
  int days, months, total;

  if (!limber_date_is_valid (born) || !limber_date_is_valid (on) || strcmp (born, on) > 0)
    return NULL;
  g_date_set_parse (birth, born);
  g_date_set_parse (day, on);
  total = g_date_days_between (birth, day);
  months = months_between (birth, day, &days);
  /* Translators: an age: years, months, weeks and days by their first letters. */
  if (months >= 18 * 12)
    return g_strdup_printf (_("%dy"), limber_date_age (born, on));
  if (months >= 2 * 12)
    return g_strdup_printf (_("%dy %dm"), months / 12, months % 12);
  if (months >= 12)
    return g_strdup_printf (_("%dm %dd"), months, days);
  return total >= 4 * 7 ? g_strdup_printf (_("%dw %dd"), total / 7, total % 7) : g_strdup_printf (_("%dd"), total);
}

/**
 * limber_person_born:
 * @born: (nullable): YYYY-MM-DD
 * @died: (nullable): YYYY-MM-DD
 * @today: YYYY-MM-DD
 *
 * Returns: (transfer full): "Born 06-Aug-1954 (72y)", or with the day of death and the age at it
 */
char *
limber_person_born (const char *born, const char *died, const char *today)
{
  g_autofree char *day = limber_date_for_staff (born), *age = born != NULL ? limber_person_age (born, died != NULL ? died : today) : NULL;

  if (died != NULL) {
    g_autofree char *death = limber_date_for_staff (died);

    /* Translators: dates, then the age at death, as in "Born 06-Aug-1934  Died 01-Feb-2026 (91y)". */
    return age != NULL ? g_strdup_printf (_("Born %s  Died %s (%s)"), day, death, age) : g_strdup_printf (_("Born %s  Died %s"), day, death);
  }
  /* Translators: a date, then the age, as in "Born 06-Aug-1954 (72y)". */
  return age != NULL ? g_strdup_printf (_("Born %s (%s)"), day, age) : g_strdup_printf (_("Born %s"), day);
}

/**
 * limber_person_sex:
 * @code: (nullable): the national code (NHS Data Dictionary, PERSON STATED GENDER CODE)
 *
 * Returns: the word; codes and letters are never shown
 */
const char *
limber_person_sex (const char *code)
{
  static const Word words[] = {
    { "1", N_("Male") },
    { "2", N_("Female") },
    { "9", N_("Indeterminate") },
  };
  const char *word = word_of (words, G_N_ELEMENTS (words), code);

  return word != NULL ? word : _("Sex not known");
}

/**
 * limber_person_nhs_number:
 * @number: (nullable): ten figures
 *
 * Returns: (transfer full): "NHS No. 999 426 3498"
 */
char *
limber_person_nhs_number (const char *number)
{
  g_autofree char *grouped = number != NULL && *number != '\0' ? limber_nhs_number_format (number) : NULL;

  return grouped != NULL ? g_strdup_printf (_("NHS No. %s"), grouped) : g_strdup (_("NHS No. not recorded"));
}

/**
 * limber_person_nhs_words:
 * @number: (nullable): ten figures
 * @status: (nullable): the national verification status, 01 to 08
 * @typed: (nullable): what was typed and can be no NHS number
 *
 * Returns: (transfer full): as limber_person_nhs_number(), with how far it can be relied on
 */
char *
limber_person_nhs_words (const char *number, const char *status, const char *typed)
{
  g_autofree char *grouped = number != NULL && *number != '\0' ? limber_nhs_number_format (number) : NULL;

  if (grouped == NULL)
    /* Translators: what somebody typed as the NHS number. */
    return typed != NULL ? g_strdup_printf (_("NHS No. “%s” as typed, not a valid number"), typed) : g_strdup (_("NHS No. not recorded"));
  if (g_strcmp0 (status, "01") == 0)
    return g_strdup_printf (_("NHS No. %s (verified)"), grouped);
  return g_strdup_printf (_("NHS No. %s (not verified)"), grouped);
}

/**
 * limber_person_number:
 * @provider: (nullable): whose number it is; nothing: the service's own
 * @organisation: (nullable): what the service is called
 * @number: (nullable): a provider's own number of somebody
 *
 * Returns: (transfer full) (nullable): "Acute 00456"
 */
char *
limber_person_number (const char *provider, const char *organisation, const char *number)
{
  const char *whose = provider != NULL ? provider : organisation;

  if (number == NULL || *number == '\0')
    return NULL;
  return whose != NULL ? g_strdup_printf ("%s %s", whose, number) : g_strdup (number);
}

/**
 * limber_person_phone:
 * @phone: (nullable): as it is held
 *
 * A number of this country has no country code and is grouped as one says it, by spaces that keep its figures
 * in their order from right to left too; another keeps its own.
 *
 * Returns: (transfer full): "07700 900397", "020 8427 2048", or what is held
 */
char *
limber_person_phone (const char *phone)
{
  g_autofree char *digits = phone != NULL ? limber_text_digits (phone) : g_strdup ("");
  gboolean abroad = phone != NULL && strchr (phone, '+') != NULL;

  if (abroad && g_str_has_prefix (digits, "44")) {
    g_autofree char *home = g_strconcat ("0", digits + 2 + (digits[2] == '0' ? 1 : 0), NULL);

    g_free (digits);
    digits = g_steal_pointer (&home);
    abroad = FALSE;
  }
  if (abroad || strlen (digits) != 11)
    return g_strdup (phone != NULL ? phone : "");
  if (g_str_has_prefix (digits, "02"))
    return g_strdup_printf ("%.3s\302\240%.4s\302\240%.4s", digits, digits + 3, digits + 7);
  return g_strdup_printf ("%.5s\302\240%s", digits, digits + 5);
}

/**
 * limber_person_phones:
 * @mobile: (nullable): as it is held
 * @phone: (nullable): the other number, as it is held
 *
 * Returns: (transfer full): both as limber_person_phone() says them, one a line, the same number once; "" when neither is known
 */
char *
limber_person_phones (const char *mobile, const char *phone)
{
  g_autofree char *first = limber_person_phone (mobile), *second = limber_person_phone (phone);

  if (*first == '\0' || g_str_equal (first, second))
    return g_steal_pointer (&second);
  return *second != '\0' ? g_strdup_printf ("%s\n%s", first, second) : g_steal_pointer (&first);
}

/**
 * limber_person_confirmed:
 * @day: (nullable): on which somebody last said that the details held are right, YYYY-MM-DD
 *
 * Returns: (transfer full) (nullable): "Confirmed 06-Aug-2026"; %NULL for never
 */
char *
limber_person_confirmed (const char *day)
{
  g_autofree char *date = day != NULL ? limber_date_for_staff (day) : NULL;

  /* Translators: the day on which a person last said that the telephone number is right. */
  return date != NULL ? g_strdup_printf (_("Confirmed %s"), date) : NULL;
}

/**
 * limber_person_address:
 * @address: (nullable): its lines
 *
 * Returns: (transfer full): one line a line, the postcode last; "" when neither is known
 */
char *
limber_person_address (const char *address, const char *postcode)
{
  GString *lines = g_string_new (address);

  if (postcode != NULL && *postcode != '\0') {
    if (lines->len > 0)
      g_string_append_c (lines, '\n');
    g_string_append (lines, postcode);
  }
  return g_string_free (lines, FALSE);
}

static const Word languages[] = {
  { "ar", N_("Arabic") }, { "bfi", N_("British Sign Language") }, { "en", N_("English") }, { "fa", N_("Persian") }, { "gu", N_("Gujarati") },
  { "hi", N_("Hindi") }, { "lt", N_("Lithuanian") }, { "pa", N_("Punjabi") }, { "pl", N_("Polish") }, { "pt", N_("Portuguese") },
  { "ro", N_("Romanian") }, { "ru", N_("Russian") }, { "so", N_("Somali") }, { "ta", N_("Tamil") }, { "tr", N_("Turkish") }, { "ur", N_("Urdu") },
};

/* The needs that the Accessible Information Standard (DCB1605) has staff ask for, and what helps somebody to come in. */
static const Word needs[] = {
  { "bsl-interpreter", N_("BSL interpreter") }, { "call-by-number", N_("call by number") }, { "carer-attends", N_("carer attends") },
  { "easy-read", N_("easy read") }, { "hearing-loop", N_("hearing loop") }, { "hoist", N_("hoist") }, { "interpreter", N_("interpreter") },
  { "large-print", N_("large print") }, { "longer-appointment", N_("longer appointment") }, { "walking-frame", N_("walking frame") }, { "wheelchair", N_("wheelchair") },
};

/* The codes of some words, for those who offer them. */
static const char *const *
codes_of (const Word *words, gsize n)
{
  const char **codes = g_new0 (const char *, n + 1);

  for (gsize i = 0; i < n; i++)
    codes[i] = words[i].code;
  return codes;
}

/**
 * limber_person_languages:
 *
 * Returns: (transfer none): the codes of those that have a name here
 */
const char *const *
limber_person_languages (void)
{
  static const char *const *codes = NULL;

  if (g_once_init_enter (&codes))
    g_once_init_leave (&codes, codes_of (languages, G_N_ELEMENTS (languages)));
  return codes;
}

/**
 * limber_person_need_codes:
 *
 * Returns: (transfer none): the needs that staff ask for
 */
const char *const *
limber_person_need_codes (void)
{
  static const char *const *codes = NULL;

  if (g_once_init_enter (&codes))
    g_once_init_leave (&codes, codes_of (needs, G_N_ELEMENTS (needs)));
  return codes;
}

/**
 * limber_person_language:
 * @code: (nullable): a language's code, "gu"
 *
 * Returns: (nullable): its name, or the code where there is no name for it here
 */
const char *
limber_person_language (const char *code)
{
  const char *word = word_of (languages, G_N_ELEMENTS (languages), code);

  return word != NULL ? word : code;
}

/**
 * limber_person_need:
 * @need: the code of a communication or access need
 *
 * Returns: its words, or the code where there are none for it here
 */
const char *
limber_person_need (const char *need)
{
  const char *word = word_of (needs, G_N_ELEMENTS (needs), need);

  return word != NULL ? word : need;
}

/**
 * limber_person_needs:
 * @codes: (nullable): the codes, as a JSON array
 * @language: (nullable): the code of the language that an interpreter would speak
 *
 * Returns: (transfer full) (nullable): "interpreter, Gujarati · large print"; %NULL when there are none
 */
char *
limber_person_needs (const char *codes, const char *language)
{
  g_autoptr (json_t) list = codes != NULL && *codes != '\0' ? limber_json_parse (codes, strlen (codes), NULL) : NULL;
  GString *words = g_string_new (NULL);
  json_t *need;
  size_t i;

  json_array_foreach (list, i, need) {
    const char *code = json_string_value (need);

    if (code == NULL)
      continue;
    if (words->len > 0)
      g_string_append (words, " · ");
    if (g_str_equal (code, "interpreter") && language != NULL && !g_str_equal (language, "en"))
      /* Translators: an interpreter is needed; %s is a language. */
      g_string_append_printf (words, _("interpreter, %s"), limber_person_language (language));
    else
      g_string_append (words, limber_person_need (code));
  }
  if (words->len == 0) {
    g_string_free (words, TRUE);
    return NULL;
  }
  return g_string_free (words, FALSE);
}

/**
 * limber_person_role:
 * @role: (nullable): what somebody of the staff is; what a journal marks it with counts for nothing (limber_role_words())
 *
 * Returns: its words
 */
const char *
limber_person_role (const char *role)
{
  g_autofree char *plain = role != NULL ? g_strndup (role, strcspn (role, "+")) : NULL;
  static const Word words[] = {
    { "reception", N_("Receptionist") }, { "physiotherapist", N_("Physiotherapist") }, { "physio-student", N_("Physiotherapy student") },
    { "joint-pain-advisor", N_("Joint pain advisor") }, { "first-contact-practitioner", N_("First contact practitioner") },
    { "exercise-professional", N_("Exercise professional") }, { "care-navigator", N_("Care navigator") }, { "service-manager", N_("Service manager") },
    { "administrator", N_("Administrator") },
  };
  const char *word = word_of (words, G_N_ELEMENTS (words), plain);

  return word != NULL ? word : _("Staff");
}

/**
 * limber_person_initials:
 *
 * Returns: (transfer full): "JS", for a badge; not for a public screen
 */
char *
limber_person_initials (const char *given, const char *family)
{
  g_autofree char *spaced = limber_text_initials (given, family);
  GString *joined = g_string_new (NULL);

  for (const char *at = spaced; *at != '\0'; at = g_utf8_next_char (at))
    if (*at != ' ')
      g_string_append_unichar (joined, g_utf8_get_char (at));
  return g_string_free (joined, FALSE);
}
