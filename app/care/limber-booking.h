/* Appointments are booked, moved and booked anew. A person is never in two places at once; a clinician or a room only when
 * somebody says why. Two who book the same time while apart both keep theirs, and the desk is told (limber-booked-twice.h). */
#pragma once

#include "limber-clash.h"
#include "limber-slots.h"

G_BEGIN_DECLS

#define LIMBER_BOOKING_SERIES_MOST 26

/**
 * LimberPlanned:
 * @wanted: the same hour so many weeks later, milliseconds UTC
 * @start: the free time that was found; 0 when there is none in that week
 * @clinician: with whom; so @place and @minutes
 *
 * One of several follow-ups, before they are booked.
 */
typedef struct {
  gint64   wanted, start;
  int      minutes;
  LimberId clinician, place;
} LimberPlanned;

gboolean limber_booking_book        (LimberTransaction *transaction, const LimberBooking *booking, LimberId *id, const LimberAuthor *author, GError **error);
gboolean limber_booking_move        (LimberTransaction *transaction, const LimberId *appointment, const LimberBooking *to, const LimberAuthor *author, GError **error);
gboolean limber_booking_walk_in     (LimberTransaction *transaction, const LimberBooking *booking, LimberId *id, const LimberAuthor *author, GError **error);
gboolean limber_booking_take_back   (LimberTransaction *transaction, const LimberId *first, const LimberAuthor *author, GError **error);
void     limber_booking_of          (const LimberRecord *appointment, LimberBooking *booking);
gboolean limber_booking_check_again (const LimberRecord *appointment, GError **error);

GArray  *limber_booking_plan        (LimberReader *reader, const LimberBooking *first, int weeks, int times, GError **error);
gboolean limber_booking_book_series (LimberTransaction *transaction, const LimberBooking *first, const GArray *plan, LimberId *id, const LimberAuthor *author, GError **error);
void     limber_booking_series_id   (const LimberId *first, guint which, LimberId *id);

G_END_DECLS
