#include "limber-kiosk-language.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>
#include <libintl.h>
#include <locale.h>
#include <stdlib.h>

/* In the order of the row where the site has not chosen another. Where there is no catalogue, nothing is offered that would
 * change nothing; English needs none. */
static const LimberKioskLanguage languages[] = {
  { "en", "English", "script-latin", GTK_TEXT_DIR_LTR },   { "gu", "ગુજરાતી", "script-gujarati", GTK_TEXT_DIR_LTR },
  { "ta", "தமிழ்", "script-tamil", GTK_TEXT_DIR_LTR },     { "ro", "Română", "script-latin", GTK_TEXT_DIR_LTR },
  { "pl", "Polski", "script-latin", GTK_TEXT_DIR_LTR },    { "ar", "العربية", "script-arabic", GTK_TEXT_DIR_RTL },
};

/* What a program in its own build folder reads: only builds for tests and for work on the program know that folder. */
#ifdef LIMBER_TEST_HOOKS
#define BUILT LIMBER_KIOSK_BUILT_LOCALES
#else
#define BUILT NULL
#endif

static const char *folder;                                /* of the catalogues; %NULL until they were looked for */
static const LimberKioskLanguage *offered[G_N_ELEMENTS (languages)];
static guint n_offered;
static const LimberKioskLanguage *spoken; /* %NULL until one was set */

static gboolean
has_catalogue (const char *dir, const char *code)
{
  g_autofree char *file = g_build_filename (dir, code, "LC_MESSAGES", GETTEXT_PACKAGE ".mo", NULL);

  return g_str_equal (code, "en") || g_file_test (file, G_FILE_TEST_IS_REGULAR);
}

/* gettext translates in every locale but C, and reads from LANGUAGE into which language; so no locale has to be generated on the
 * machine. This comes after gtk_init(), which sets the locale too. */
static void
prepare (void)
{
  const char *locale = setlocale (LC_MESSAGES, NULL);

  if (folder != NULL)
    return;
  folder = BUILT != NULL && has_catalogue (BUILT, "pl") ? BUILT : LIMBER_LOCALE_DIR;
  if ((locale == NULL || g_str_equal (locale, "C") || g_str_equal (locale, "POSIX")) && setlocale (LC_MESSAGES, "C.UTF-8") == NULL)
    g_warning ("There is no locale C.UTF-8 on this machine: the public screens speak English only");
  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
}

static void
add (const LimberKioskLanguage *language)
{
  for (guint i = 0; i < n_offered; i++)
    if (offered[i] == language)
      return;
  if (has_catalogue (folder, language->code))
    offered[n_offered++] = language;
}

static const LimberKioskLanguage *
find (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_strcmp0 (languages[i].code, code) == 0)
      return &languages[i];
  return NULL;
}

/**
 * limber_kiosk_language_offer:
 * @wanted: (nullable): the codes that the site has chosen, as a JSON array, the first of them for everybody who has not asked for
 *   another; %NULL for all, English first
 *
 * Says which languages can be chosen. A code that this version does not know is left out.
 */
void
limber_kiosk_language_offer (const char *wanted)
{
  json_t *codes = wanted != NULL ? json_loads (wanted, 0, NULL) : NULL, *code;
  size_t i;

  prepare ();
  n_offered = 0;
  json_array_foreach (codes, i, code) {
    const LimberKioskLanguage *language = find (json_string_value (code));

    if (language != NULL)
      add (language);
  }
  json_decref (codes);
  if (n_offered > 0)
    return;
  for (guint n = 0; n < G_N_ELEMENTS (languages); n++)
    add (&languages[n]);
}

/**
 * limber_kiosk_language_count:
 *
 * Returns: how many languages can be chosen, at least 1
 */
guint
limber_kiosk_language_count (void)
{
  if (n_offered == 0)
    limber_kiosk_language_offer (NULL);
  return n_offered;
}

/**
 * limber_kiosk_language_codes:
 *
 * Returns: (transfer none) (array zero-terminated=1): of all languages that this version knows
 */
const char *const *
limber_kiosk_language_codes (void)
{
  static const char *codes[G_N_ELEMENTS (languages) + 1];

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    codes[i] = languages[i].code;
  return codes;
}

/**
 * limber_kiosk_language_nth:
 * @n: less than limber_kiosk_language_count()
 *
 * Returns: (transfer none): a language that can be chosen
 */
const LimberKioskLanguage *
limber_kiosk_language_nth (guint n)
{
  g_return_val_if_fail (n < limber_kiosk_language_count (), &languages[0]);
  return offered[n];
}

/**
 * limber_kiosk_language_get:
 *
 * Returns: (transfer none): the language that is spoken now
 */
const LimberKioskLanguage *
limber_kiosk_language_get (void)
{
  return spoken != NULL ? spoken : &languages[0];
}

/**
 * limber_kiosk_language_set:
 * @code: of a language
 *
 * Speaks a language from now on. What is on the screen stays as it is until it is made anew.
 *
 * Returns: whether this version knows it
 */
gboolean
limber_kiosk_language_set (const char *code)
{
  const LimberKioskLanguage *language = find (code);

  if (language == NULL)
    return FALSE;
  prepare ();
  if (language == spoken)
    return TRUE;
  spoken = language;
  /* Others may be reading the environment: where the variable was there before, this is one pointer that changes. */
  setenv ("LANGUAGE", language->code, TRUE);
  /* gettext keeps what it found until it is told that catalogues may have changed. This says so. */
  textdomain (textdomain (NULL));
  gtk_widget_set_default_direction (language->direction);
  return TRUE;
}

/**
 * limber_kiosk_language_restore:
 *
 * Speaks the site's own first language again.
 */
void
limber_kiosk_language_restore (void)
{
  limber_kiosk_language_set (limber_kiosk_language_nth (0)->code);
}
