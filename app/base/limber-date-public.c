/* Dates and times as patients read them (NHS service manual). Their words come from the catalogue of the public screens, so that
 * they are in the reader's language, while what staff read is in theirs. */
#undef GETTEXT_PACKAGE
#define GETTEXT_PACKAGE "limber-kiosk"

#include "limber-date.h"

#include <glib/gi18n-lib.h>

/**
 * limber_date_for_public:
 * @date: YYYY-MM-DD
 *
 * Returns: (transfer full): the date in the language of the public screen: 6 August 2018
 */
char *
limber_date_for_public (const char *date)
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
  return g_strdup_printf (_("%1$d %2$s %3$d"), day, g_dpgettext2 (GETTEXT_PACKAGE, "within a date", months[month - 1]), year);
}

/* Some languages say morning, afternoon and evening where English has am and pm. */
static char *
twelve_hours (int hour, int minute)
{
  int twelve = hour % 12 == 0 ? 12 : hour % 12;

  if (minute == 0 && hour < 12)
    return g_strdup_printf (C_("morning", "%dam"), twelve);
  if (minute == 0)
    return g_strdup_printf (hour < 16 ? C_("afternoon", "%dpm") : C_("evening", "%dpm"), twelve);
  if (hour < 12)
    return g_strdup_printf (C_("morning", "%1$d:%2$02dam"), twelve, minute);
  return g_strdup_printf (hour < 16 ? C_("afternoon", "%1$d:%2$02dpm") : C_("evening", "%1$d:%2$02dpm"), twelve, minute);
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
  int minutes = limber_time_minutes (time), hour = minutes / 60, minute = minutes % 60;

  /* Translators: 12 where the public reads 5:30pm, 24 where it reads 17:30. Translate with nothing else. */
  if (g_str_equal (C_("clock", "12"), "24"))
    /* Translators: hours and minutes where C_("clock", "12") is 24: 17:30. */
    return g_strdup_printf (C_("24 hours", "%1$d:%2$02d"), hour, minute);
  if (minute == 0 && hour == 0)
    return g_strdup (_("midnight"));
  if (minute == 0 && hour == 12)
    return g_strdup (_("midday"));
  return twelve_hours (hour, minute);
}
