/* LimberKioskAsk: one question of a form, with what can be answered as large keys. */
#pragma once

#include "limber-kiosk-page.h"
#include "limber-response.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_KIOSK_ASK (limber_kiosk_ask_get_type ())
G_DECLARE_FINAL_TYPE (LimberKioskAsk, limber_kiosk_ask, LIMBER, KIOSK_ASK, LimberKioskPage)

LimberKioskPage *limber_kiosk_ask_new      (const LimberResponse *response, guint item);

G_END_DECLS
