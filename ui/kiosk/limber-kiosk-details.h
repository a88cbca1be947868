/* LimberKioskDetails: "Is this still your phone number?", of which the last figures are shown. */
#pragma once

#include "limber-kiosk-page.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_KIOSK_DETAILS (limber_kiosk_details_get_type ())
G_DECLARE_FINAL_TYPE (LimberKioskDetails, limber_kiosk_details, LIMBER, KIOSK_DETAILS, LimberKioskPage)

/* What the page hands to the action "kiosk.details"; the template has the numbers too. */
enum {
  LIMBER_KIOSK_DETAILS_SKIP,
  LIMBER_KIOSK_DETAILS_RIGHT,
  LIMBER_KIOSK_DETAILS_CHANGED,
};

LimberKioskPage *limber_kiosk_details_new (const char *masked_phone);

G_END_DECLS
