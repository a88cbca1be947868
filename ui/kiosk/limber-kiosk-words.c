#include "limber-kiosk-words.h"

#include <glib/gi18n-lib.h>

#include "limber-date.h"

/**
 * limber_kiosk_words_month:
 * @month: 1 to 12
 *
 * Returns: its name
 */
const char *
limber_kiosk_words_month (int month)
{
  static const char *const months[] = { N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
                                        N_("September"), N_("October"), N_("November"), N_("December") };

  g_return_val_if_fail (month >= 1 && month <= 12, "");
  return _(months[month - 1]);
}

/**
 * limber_kiosk_words_appointment:
 * @answer: what was found
 *
 * When, and with whom so far as that is known: "5:30pm with Priya".
 *
 * Returns: (transfer full): the words
 */
char *
limber_kiosk_words_appointment (const LimberArriveAnswer *answer)
{
  g_autofree char *time = limber_time_for_public (answer->start);

  if (answer->with == NULL || *answer->with == '\0')
    return g_steal_pointer (&time);
  /* Translators: a time and the first name of a member of staff: "5:30pm with Priya". */
  return g_strdup_printf (_("%1$s with %2$s"), time, answer->with);
}
