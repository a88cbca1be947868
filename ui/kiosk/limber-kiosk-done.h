/* LimberKioskDone: she is checked in; where to sit. It clears itself. */
#pragma once

#include "limber-kiosk-page.h"
#include "limber-check-in.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_KIOSK_DONE (limber_kiosk_done_get_type ())
G_DECLARE_FINAL_TYPE (LimberKioskDone, limber_kiosk_done, LIMBER, KIOSK_DONE, LimberKioskPage)

LimberKioskPage *limber_kiosk_done_new       (const LimberArriveAnswer *answer, const char *note);
void             limber_kiosk_done_show_wait (LimberKioskPage *page, const LimberArriveAnswer *answer);

G_END_DECLS
