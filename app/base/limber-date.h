/* Dates and times of the service: Europe/London, whatever the machine's own zone; and their two written styles, the
 * clinical one for staff and the plain one for the public. A date is text, YYYY-MM-DD; a time is milliseconds UTC. */
#pragma once

#include "limber-catalogue.h"

G_BEGIN_DECLS

#define LIMBER_DATE_LENGTH 10

/* A birth date as somebody typed it: 0 for what was not said. */
typedef struct {
  int      year, month, day;
  gboolean century; /* the year's century is a guess: only its last two figures were typed */
} LimberTypedDate;

gboolean limber_date_is_valid    (const char *date);
void     limber_date_of_time     (gint64 time, char date[LIMBER_DATE_LENGTH + 1]);
gboolean limber_date_bounds      (const char *date, gint64 *start, gint64 *end);
char    *limber_date_add_days    (const char *date, int days);
int      limber_date_weekday     (const char *date);
int      limber_date_days        (const char *from, const char *to);
int      limber_date_age         (const char *born, const char *today);
gboolean limber_date_read_typed  (const char *text, const char *today, LimberTypedDate *date); /* limber-date-typed.c */
char    *limber_date_parse_typed (const char *text, const char *today);
char    *limber_date_parse_ahead (const char *text, const char *today); /* limber-date-ahead.c */
gboolean limber_date_moment      (const char *date, int minutes, gint64 *time);
char    *limber_date_for_staff   (const char *date);
char    *limber_date_with_weekday (const char *date);
char    *limber_date_for_public  (const char *date); /* limber-date-public.c */
char    *limber_date_in          (const LimberCatalogue *catalogue, const char *date); /* limber-date-public.c */

gboolean limber_time_parse       (const char *text, gint64 *time);
gboolean limber_time_is_same_day (gint64 one, gint64 other);
gboolean limber_time_of_clock   (const char *date, int seconds, gint64 *time);
char    *limber_time_to_iso      (gint64 time);
char    *limber_time_for_staff   (gint64 time);
char    *limber_time_for_staff_from (gint64 time, gint64 now);
char    *limber_time_for_public  (gint64 time); /* limber-date-public.c */
char    *limber_time_in          (const LimberCatalogue *catalogue, gint64 time); /* limber-date-public.c */
int      limber_time_minutes     (gint64 time);
int      limber_time_parse_typed (const char *text);

G_END_DECLS
