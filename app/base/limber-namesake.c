#include "limber-namesake.h"

#include "limber-sound.h"
#include "limber-text.h"

/* Barton-Wood and Bartonwood are one. */
static char *
fold_together (const char *text)
{
  g_autofree char *folded = limber_text_fold (text != NULL ? text : "");
  GString *together = g_string_new (folded);

  g_string_replace (together, " ", "", 0);
  return g_string_free (together, FALSE);
}

/**
 * limber_namesake_init:
 * @namesake: (out caller-allocates)
 * @family: (nullable): family name
 * @given: (nullable): given name
 * @born: (nullable): YYYY-MM-DD
 */
void
limber_namesake_init (LimberNamesake *namesake, const char *family, const char *given, const char *born)
{
  g_autofree char *folded_family = fold_together (family), *folded_given = fold_together (given), *sound = limber_sound_key (folded_given);

  *namesake = (LimberNamesake){ NULL, NULL };
  if (*folded_family == '\0')
    return;
  namesake->name = g_strdup_printf ("%s\x01%s", folded_family, folded_given);
  if (born != NULL && sound != NULL)
    namesake->sound = g_strdup_printf ("%s\x01%s\x01%s", folded_family, sound, born);
}

void
limber_namesake_clear (LimberNamesake *namesake)
{
  g_clear_pointer (&namesake->name, g_free);
  g_clear_pointer (&namesake->sound, g_free);
}

/**
 * limber_namesake_equal:
 *
 * Returns: whether two people have the same family and given name, however they are written, or the same family name and
 *   birth date and given names that sound alike, as twins may
 */
gboolean
limber_namesake_equal (const LimberNamesake *a, const LimberNamesake *b)
{
  return a->name != NULL && b->name != NULL && (g_str_equal (a->name, b->name) || (a->sound != NULL && g_strcmp0 (a->sound, b->sound) == 0));
}
