/* LimberKioskStill: "Are you still there?", with time to answer. It shows nothing of whoever was there. */
#pragma once

#include "limber-kiosk-page.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_KIOSK_STILL (limber_kiosk_still_get_type ())
G_DECLARE_FINAL_TYPE (LimberKioskStill, limber_kiosk_still, LIMBER, KIOSK_STILL, LimberKioskPage)

LimberKioskPage *limber_kiosk_still_new (void);

G_END_DECLS
