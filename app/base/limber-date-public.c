/* Dates and times as patients read them (NHS service manual). Their words come from the catalogue of the public screens, so that
 * they are in the reader's language, while what staff read is in theirs. */
#undef GETTEXT_PACKAGE
#define GETTEXT_PACKAGE "limber-kiosk"

#include "limber-date.h"

#include <glib/gi18n-lib.h>

/* @catalogue: (nullable): of the language that is wanted; %NULL: as the program speaks to the public. What it lacks is in English. */
static const char *say (const LimberCatalogue *catalogue, const char *context, const char *text) G_GNUC_FORMAT (3);

static const char *
say (const LimberCatalogue *catalogue, const char *context, const char *text)
{
  const char *said = catalogue != NULL ? limber_catalogue_find (catalogue, context, text) : NULL;

  if (catalogue != NULL)
    return said != NULL ? said : text;
  return context != NULL ? g_dpgettext2 (GETTEXT_PACKAGE, context, text) : g_dgettext (GETTEXT_PACKAGE, text);
}

/**
 * limber_date_for_public:
 * @date: YYYY-MM-DD
 *
 * Returns: (transfer full): the date in the language of the public screen: 6 August 2018
 */
char *
limber_date_for_public (const char *date)
{
  return limber_date_in (NULL, date);
}

/**
 * limber_date_in:
 * @catalogue: (nullable): of the public screens, in the reader's language
 * @date: YYYY-MM-DD
 *
 * Returns: (transfer full): the date in that language
 */
char *
limber_date_in (const LimberCatalogue *catalogue, const char *date)
{
  /* Translators: the month in a whole date, like 6 August 2018; some languages have another form of it there. */
  static const char *const months[] = { NC_("within a date", "January"), NC_("within a date", "February"), NC_("within a date", "March"),
                                        NC_("within a date", "April"), NC_("within a date", "May"), NC_("within a date", "June"),
                                        NC_("within a date", "July"), NC_("within a date", "August"), NC_("within a date", "September"),
                                        NC_("within a date", "October"), NC_("within a date", "November"), NC_("within a date", "December") };
  int year, month, day;

  if (!limber_date_is_valid (date))
    return g_strdup ("");
  year = (int) g_ascii_strtoll (date, NULL, 10);
  month = (int) g_ascii_strtoll (date + 5, NULL, 10);
  day = (int) g_ascii_strtoll (date + 8, NULL, 10);
  /* Translators: a whole date: day, month, year. Change the order where your language does. */
  return g_strdup_printf (say (catalogue, NULL, N_ ("%1$d %2$s %3$d")), day, say (catalogue, "within a date", months[month - 1]), year);
}

/* Some languages say morning, afternoon and evening where English has am and pm. */
static char *
twelve_hours (const LimberCatalogue *catalogue, int hour, int minute)
{
  int twelve = hour % 12 == 0 ? 12 : hour % 12;

  if (minute == 0 && hour < 12)
    return g_strdup_printf (say (catalogue, "morning", NC_ ("morning", "%dam")), twelve);
  if (minute == 0)
    return g_strdup_printf (hour < 16 ? say (catalogue, "afternoon", NC_ ("afternoon", "%dpm")) : say (catalogue, "evening", NC_ ("evening", "%dpm")), twelve);
  if (hour < 12)
    return g_strdup_printf (say (catalogue, "morning", NC_ ("morning", "%1$d:%2$02dam")), twelve, minute);
  return g_strdup_printf (hour < 16 ? say (catalogue, "afternoon", NC_ ("afternoon", "%1$d:%2$02dpm")) : say (catalogue, "evening", NC_ ("evening", "%1$d:%2$02dpm")), twelve, minute);
}

/**
 * limber_time_for_public:
 * @time: milliseconds UTC
 *
 * Returns: (transfer full): the time of day in London, in the language of the public screen: 5pm, 5:30pm, midday, midnight
 */
char *
limber_time_for_public (gint64 time)
{
  return limber_time_in (NULL, time);
}

/**
 * limber_time_in:
 * @catalogue: (nullable): of the public screens, in the reader's language
 * @time: milliseconds UTC
 *
 * Returns: (transfer full): the time of day in London, in that language
 */
char *
limber_time_in (const LimberCatalogue *catalogue, gint64 time)
{
  int minutes = limber_time_minutes (time), hour = minutes / 60, minute = minutes % 60;

  /* Translators: 12 where the public reads 5:30pm, 24 where it reads 17:30. Translate with nothing else. */
  if (g_str_equal (say (catalogue, "clock", NC_ ("clock", "12")), "24"))
    /* Translators: hours and minutes where C_("clock", "12") is 24: 17:30. */
    return g_strdup_printf (say (catalogue, "24 hours", NC_ ("24 hours", "%1$d:%2$02d")), hour, minute);
  if (minute == 0 && hour == 0)
    return g_strdup (say (catalogue, NULL, N_ ("midnight")));
  if (minute == 0 && hour == 12)
    return g_strdup (say (catalogue, NULL, N_ ("midday")));
  return twelve_hours (catalogue, hour, minute);
}
