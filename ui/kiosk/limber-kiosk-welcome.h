/* LimberKioskWelcome: what stands on the screen when nobody is there: whose clinic it is, and one thing to do. */
#pragma once

#include "limber-kiosk-page.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_KIOSK_WELCOME (limber_kiosk_welcome_get_type ())
G_DECLARE_FINAL_TYPE (LimberKioskWelcome, limber_kiosk_welcome, LIMBER, KIOSK_WELCOME, LimberKioskPage)

LimberKioskPage *limber_kiosk_welcome_new (const char *site, gboolean advice);

G_END_DECLS
