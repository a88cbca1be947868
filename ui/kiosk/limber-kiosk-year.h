/* LimberKioskYear: the year of birth, asked only when day, month and letter are not enough. */
#pragma once

#include "limber-kiosk-page.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_KIOSK_YEAR (limber_kiosk_year_get_type ())
G_DECLARE_FINAL_TYPE (LimberKioskYear, limber_kiosk_year, LIMBER, KIOSK_YEAR, LimberKioskPage)

LimberKioskPage *limber_kiosk_year_new (void);

G_END_DECLS
