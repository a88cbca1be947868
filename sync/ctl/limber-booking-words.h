/* What the words and options of the commands about clinics and bookings mean, and how a time is told. */
#pragma once

#include "limber-booking.h"
#include "limber-errand.h"

G_BEGIN_DECLS

gboolean limber_booking_word_site  (LimberErrand *errand, LimberReader *reader, LimberId *site, GError **error);
gboolean limber_booking_word_staff (LimberErrand *errand, LimberReader *reader, const char *option, LimberId *staff, GError **error);
gboolean limber_booking_word_place (LimberErrand *errand, LimberReader *reader, const LimberId *site, LimberId *place, GError **error);
gboolean limber_booking_word_date  (LimberErrand *errand, const char *option, char **date, GError **error);
gboolean limber_booking_word_clock (LimberErrand *errand, const char *option, int *minutes, GError **error);
gboolean limber_booking_word_count (LimberErrand *errand, const char *option, int low, int high, int *count, GError **error);
gboolean limber_booking_word_weeks (LimberErrand *errand, int *weeks, GError **error);
gboolean limber_booking_word_start (LimberErrand *errand, gint64 *start, GError **error);
char    *limber_booking_say_time   (gint64 start);

G_END_DECLS
