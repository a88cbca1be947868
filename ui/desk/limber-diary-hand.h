/* LimberHand: whom one has come to the diary with: somebody to be booked, or whose appointment is moved or made again. Main
 * thread only. */
#pragma once

#include "limber-booking.h"
#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_HAND (limber_hand_get_type ())
G_DECLARE_FINAL_TYPE (LimberHand, limber_hand, LIMBER, HAND, GObject)

LimberHand     *limber_hand_new            (LimberStore *store);
void            limber_hand_take_person    (LimberHand *hand, const LimberId *patient);
void            limber_hand_take_visit     (LimberHand *hand, const LimberId *patient, const LimberId *appointment, gboolean moving, gint64 start);
void            limber_hand_drop           (LimberHand *hand);
gboolean        limber_hand_is_empty       (LimberHand *hand);
gboolean        limber_hand_is_moving      (LimberHand *hand);
const LimberId *limber_hand_get_patient    (LimberHand *hand);
const LimberId *limber_hand_get_appointment (LimberHand *hand);
const char     *limber_hand_get_name       (LimberHand *hand);
const char     *limber_hand_get_spoken     (LimberHand *hand);
const char     *limber_hand_get_facts      (LimberHand *hand);
const char     *limber_hand_get_follows    (LimberHand *hand);

/* Signal: "changed": it is somebody else, or her name is known by now. */

G_END_DECLS
