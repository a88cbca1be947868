/* LimberKioskPostcode: asks for the postcode, where it is needed to tell who she is or she gives it in place of the year of birth. */
#pragma once

#include "limber-kiosk-page.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_KIOSK_POSTCODE (limber_kiosk_postcode_get_type ())
G_DECLARE_FINAL_TYPE (LimberKioskPostcode, limber_kiosk_postcode, LIMBER, KIOSK_POSTCODE, LimberKioskPage)

LimberKioskPage *limber_kiosk_postcode_new (void);

G_END_DECLS
