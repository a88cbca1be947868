/* LimberKioskExit: the way out for staff: the code of the site, which opens nothing else. */
#pragma once

#include "limber-kiosk-page.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_KIOSK_EXIT (limber_kiosk_exit_get_type ())
G_DECLARE_FINAL_TYPE (LimberKioskExit, limber_kiosk_exit, LIMBER, KIOSK_EXIT, LimberKioskPage)

LimberKioskPage *limber_kiosk_exit_new (gboolean has_code);
void             limber_kiosk_exit_refuse (LimberKioskPage *page, gboolean locked);

G_END_DECLS
