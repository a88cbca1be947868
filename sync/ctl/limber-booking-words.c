#include "limber-booking-words.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-error.h"

/**
 * limber_booking_word_site:
 * @site: (out): what --site says, else this store's own
 */
gboolean
limber_booking_word_site (LimberErrand *errand, LimberReader *reader, LimberId *site, GError **error)
{
  const char *code = limber_errand_option (errand, "site");
  g_autoptr (LimberRecord) record = NULL;

  if (code == NULL && limber_reader_site (reader, site))
    return TRUE;
  if (code == NULL)
    return limber_errand_usage (error, _("This store belongs to no one site: say which, --site CODE"));
  record = limber_reader_by_key (reader, "site", code, error);
  if (record != NULL)
    *site = record->id;
  return record != NULL;
}

/**
 * limber_booking_word_staff:
 * @staff: (out): whom --@option names; the nil id where it is not given
 */
gboolean
limber_booking_word_staff (LimberErrand *errand, LimberReader *reader, const char *option, LimberId *staff, GError **error)
{
  const char *key = limber_errand_option (errand, option);
  g_autoptr (LimberRecord) record = key != NULL ? limber_reader_by_key (reader, "staff", key, error) : NULL;

  *staff = record != NULL ? record->id : (LimberId){ { 0 } };
  return key == NULL || record != NULL;
}

/**
 * limber_booking_word_place:
 * @place: (out): the room of the site that --in names, by its name or id; the nil id where it is not given
 */
gboolean
limber_booking_word_place (LimberErrand *errand, LimberReader *reader, const LimberId *site, LimberId *place, GError **error)
{
  const char *name = limber_errand_option (errand, "in");
  g_autoptr (GPtrArray) rows = NULL;

  *place = (LimberId){ { 0 } };
  if (name == NULL || limber_id_parse (place, name))
    return TRUE;
  rows = limber_reader_query (reader, "places-of-site", error, "d", site);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (g_strcmp0 (limber_row_text (g_ptr_array_index (rows, i), "name"), name) == 0) {
      *place = *limber_row_id (g_ptr_array_index (rows, i), "id");
      return TRUE;
    }
  if (rows != NULL)
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND, _("There is no room called “%s” at that site"), name);
  return FALSE;
}

/**
 * limber_booking_word_date:
 * @date: (out) (transfer full) (nullable): what --@option says, YYYY-MM-DD; %NULL where it is not given
 */
gboolean
limber_booking_word_date (LimberErrand *errand, const char *option, char **date, GError **error)
{
  const char *told = limber_errand_option (errand, option);
  char today[LIMBER_DATE_LENGTH + 1];

  *date = NULL;
  if (told == NULL)
    return TRUE;
  limber_date_of_time (limber_env_now (errand->env), today);
  *date = limber_date_is_valid (told) ? g_strdup (told) : limber_date_parse_typed (told, today);
  return *date != NULL || limber_errand_usage (error, _("--%s is a day: 2026-11-24 or 24/11/2026"), option);
}

/**
 * limber_booking_word_clock:
 * @minutes: (out): after midnight
 */
gboolean
limber_booking_word_clock (LimberErrand *errand, const char *option, int *minutes, GError **error)
{
  const char *told = limber_errand_option (errand, option);

  *minutes = told != NULL ? limber_time_parse_typed (told) : -1;
  return *minutes >= 0 || limber_errand_usage (error, _("--%s is a time of day: 9:00"), option);
}

/**
 * limber_booking_word_count:
 * @count: (inout): what --@option says; unchanged where it is not given
 */
gboolean
limber_booking_word_count (LimberErrand *errand, const char *option, int low, int high, int *count, GError **error)
{
  const char *told = limber_errand_option (errand, option);
  gint64 number = *count;

  if (told != NULL && !g_ascii_string_to_signed (told, 10, low, high, &number, NULL))
    return limber_errand_usage (error, _("--%s is a number, %d to %d"), option, low, high);
  *count = (int) number;
  return TRUE;
}

/**
 * limber_booking_word_weeks:
 * @weeks: (inout): what --every says: 1w, 2w; unchanged where it is not given
 */
gboolean
limber_booking_word_weeks (LimberErrand *errand, int *weeks, GError **error)
{
  const char *told = limber_errand_option (errand, "every");
  gint64 number = *weeks;
  g_autofree char *figures = told != NULL && g_str_has_suffix (told, "w") ? g_strndup (told, strlen (told) - 1) : NULL;

  if (told != NULL && (figures == NULL || !g_ascii_string_to_signed (figures, 10, 1, 52, &number, NULL)))
    return limber_errand_usage (error, _("--every is a number of weeks: 1w to 52w"));
  *weeks = (int) number;
  return TRUE;
}

/**
 * limber_booking_word_start:
 * @start: (out): what --start says, milliseconds UTC: ISO 8601 with its offset, or a day and a time by London's clocks
 */
gboolean
limber_booking_word_start (LimberErrand *errand, gint64 *start, GError **error)
{
  const char *told = limber_errand_option (errand, "start");
  g_autofree char *day = told != NULL && strlen (told) > LIMBER_DATE_LENGTH + 1 ? g_strndup (told, LIMBER_DATE_LENGTH) : NULL;
  int minutes = day != NULL ? limber_time_parse_typed (told + LIMBER_DATE_LENGTH + 1) : -1;

  if (told != NULL && limber_time_parse (told, start))
    return TRUE;
  return (minutes >= 0 && limber_date_is_valid (day) && limber_time_of_clock (day, minutes * 60, start)) ||
         limber_errand_usage (error, _("Say when: --start '2026-11-24 10:20', or with its offset 2026-11-24T10:20:00+00:00"));
}

/**
 * limber_booking_say_time:
 *
 * Returns: (transfer full): a day and a time, for people
 */
char *
limber_booking_say_time (gint64 start)
{
  char day[LIMBER_DATE_LENGTH + 1];
  g_autofree char *date = NULL, *time = limber_time_for_staff (start);

  limber_date_of_time (start, day);
  date = limber_date_with_weekday (day);
  return g_strdup_printf ("%s %s", date, time);
}
