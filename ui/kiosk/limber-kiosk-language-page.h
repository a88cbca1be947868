/* LimberKioskLanguagePage: the choice of a language, from any page; who chose comes back to where she was. */
#pragma once

#include "limber-kiosk-page.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_KIOSK_LANGUAGE_PAGE (limber_kiosk_language_page_get_type ())
G_DECLARE_FINAL_TYPE (LimberKioskLanguagePage, limber_kiosk_language_page, LIMBER, KIOSK_LANGUAGE_PAGE, LimberKioskPage)

LimberKioskPage *limber_kiosk_language_page_new (void);

G_END_DECLS
