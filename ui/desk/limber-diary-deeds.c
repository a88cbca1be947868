#include "limber-diary-deeds.h"

static void
take_id (LimberId *to, LimberRow *row, const char *name)
{
  const LimberId *id = limber_row_id (row, name);

  if (id != NULL)
    *to = *id;
}

/**
 * limber_diary_deeds_booking:
 * @item: a free time, or an appointment beside which another is to be
 * @patient: whose
 * @booking: (out): one at that time, with that clinician, in that room
 */
void
limber_diary_deeds_booking (const LimberDiaryItem *item, const LimberId *patient, LimberBooking *booking)
{
  LimberRow *row = item->visit != NULL ? limber_visit_get_row (item->visit) : item->slot->clinic;

  *booking = (LimberBooking){ .start = item->start, .minutes = (int) ((item->end - item->start) / 60000), .patient = *patient };
  take_id (&booking->site, row, "site");
  take_id (&booking->clinician, row, "clinician");
  take_id (&booking->place, row, item->visit != NULL ? "place_id" : "place");
}

/**
 * limber_diary_deeds_put:
 * @item: where to
 * @id: (out): the appointment's
 *
 * Books whom one came with, or moves her appointment.
 *
 * Returns: whether somebody is known to be in hand, and the time is free or a reason was given
 */
gboolean
limber_diary_deeds_put (LimberDeeds *deeds, LimberHand *hand, const LimberDiaryItem *item, const LimberDiaryTerms *terms, LimberEnv *env, LimberId *id)
{
  gboolean moving = limber_hand_is_moving (hand);
  LimberBooking booking;

  /* nobody is booked before her name stands there */
  if (item == NULL || *limber_hand_get_spoken (hand) == '\0' || (item->visit != NULL && terms->why == NULL))
    return FALSE;
  limber_diary_deeds_booking (item, limber_hand_get_patient (hand), &booking);
  booking.anyway = terms->why;
  booking.type = terms->type;
  if (moving) {
    booking.minutes = 0; /* it is as long as it was */
    *id = *limber_hand_get_appointment (hand);
  } else {
    limber_id_init_new (id, env);
    if (limber_hand_get_appointment (hand) != NULL)
      booking.replaces = *limber_hand_get_appointment (hand);
  }
  limber_deeds_say (deeds, &(LimberActing){ .act = moving ? LIMBER_ACT_MOVE : LIMBER_ACT_BOOK, .id = *id, .booking = &booking, .weeks = terms->weeks, .times = terms->why == NULL && !moving ? terms->times : 1 },
                    limber_hand_get_spoken (hand));
  return TRUE;
}

/**
 * limber_diary_deeds_cancel:
 * @by: patient or provider
 * @why: in a person's words; may be empty
 */
void
limber_diary_deeds_cancel (LimberDeeds *deeds, const LimberDiaryItem *item, const char *by, const char *why)
{
  g_autofree char *name = item != NULL && item->visit != NULL ? limber_visit_dup_spoken_name (item->visit) : NULL;

  if (name != NULL)
    limber_deeds_say (deeds, &(LimberActing){ .act = LIMBER_ACT_CANCEL, .id = *limber_visit_get_id (item->visit), .code = by, .why = why }, name);
}
