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

/**
 * limber_kiosk_words_delay:
 * @answer: what was answered
 *
 * Returns: (transfer full) (nullable): how late it runs, "Sam is running about 20 minutes late. Sorry for the wait."; %NULL
 *   when there is nothing to say
 */
char *
limber_kiosk_words_delay (const LimberArriveAnswer *answer)
{
  gulong minutes = (gulong) MAX (0, answer->delay_minutes);

  if (minutes == 0)
    return NULL;
  if (answer->with == NULL || *answer->with == '\0')
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "We are running about %lu minute late. Sorry for the wait.", "We are running about %lu minutes late. Sorry for the wait.", minutes), minutes);
  /* Translators: the first name of a member of staff, then minutes. */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%1$s is running about %2$lu minute late. Sorry for the wait.", "%1$s is running about %2$lu minutes late. Sorry for the wait.", minutes), answer->with, minutes);
}

/**
 * limber_kiosk_words_place:
 * @answer: what was found
 *
 * Returns: (transfer full): when, with whom and where, so far as that is known: "11am with Sam, Gym"
 */
char *
limber_kiosk_words_place (const LimberArriveAnswer *answer)
{
  g_autofree char *when = limber_kiosk_words_appointment (answer);

  if (answer->place == NULL || *answer->place == '\0')
    return g_steal_pointer (&when);
  /* Translators: when and with whom, "11am with Sam", and the name of a room. */
  return g_strdup_printf (_("%1$s, %2$s"), when, answer->place);
}

/**
 * limber_kiosk_words_next:
 * @answer: what was answered
 *
 * Returns: (transfer full) (nullable): her next appointment today, as limber_kiosk_words_place() says it; %NULL when there is none
 */
char *
limber_kiosk_words_next (const LimberArriveAnswer *answer)
{
  LimberArriveAnswer next = { .start = answer->next_start, .with = answer->next_with, .place = answer->next_place };

  return answer->next_start != 0 ? limber_kiosk_words_place (&next) : NULL;
}

/**
 * limber_kiosk_words_wait:
 * @wait: what is known
 *
 * Returns: (transfer full) (nullable): about how long it will be, "About 20 minutes", else "You are next", else how many are before
 *   her; %NULL where nothing is known
 */
char *
limber_kiosk_words_wait (const LimberWait *wait)
{
  gulong minutes = (gulong) MAX (0, wait->minutes);

  if (wait->has_minutes)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "About %lu minute", "About %lu minutes", minutes), minutes);
  return limber_kiosk_words_before (wait);
}

/**
 * limber_kiosk_words_before:
 * @wait: what is known
 *
 * Returns: (transfer full) (nullable): "2 people are before you", or "You are next"; %NULL where that is not known
 */
char *
limber_kiosk_words_before (const LimberWait *wait)
{
  gulong before = wait->before;

  if (!wait->has_before)
    return NULL;
  if (wait->is_next)
    return g_strdup (_("You are next"));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%lu person is before you", "%lu people are before you", before), before);
}

/**
 * limber_kiosk_words_wait_now:
 * @answer: what was answered to somebody who is checked in already
 *
 * Returns: (transfer full) (nullable): a sentence that says how long it will be now; %NULL where nothing is known
 */
char *
limber_kiosk_words_wait_now (const LimberArriveAnswer *answer)
{
  gulong minutes = (gulong) MAX (0, answer->wait.minutes), before = answer->wait.before;

  if (answer->wait.is_called && answer->place != NULL && *answer->place != '\0')
    /* Translators: %s is the name of a room. */
    return g_strdup_printf (_("It is your turn. Please go to %s."), answer->place);
  if (answer->wait.is_called)
    return g_strdup (_("It is your turn. Please ask at the desk where to go."));
  if (answer->wait.has_minutes)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "It is now about %lu minute.", "It is now about %lu minutes.", minutes), minutes);
  if (answer->wait.is_next)
    return g_strdup (_("You are next."));
  return answer->wait.has_before ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%lu person is before you.", "%lu people are before you.", before), before) : NULL;
}
