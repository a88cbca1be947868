/* LimberKioskConfirm: "Is this you?", without a name: initials, time, with whom and where. */
#pragma once

#include "limber-kiosk-page.h"
#include "limber-check-in.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_KIOSK_CONFIRM (limber_kiosk_confirm_get_type ())
G_DECLARE_FINAL_TYPE (LimberKioskConfirm, limber_kiosk_confirm, LIMBER, KIOSK_CONFIRM, LimberKioskPage)

LimberKioskPage *limber_kiosk_confirm_new (const LimberArriveAnswer *answer);

G_END_DECLS
