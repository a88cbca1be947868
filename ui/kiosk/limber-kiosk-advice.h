/* LimberKioskAdvice: what a site offers to read to whoever comes, and which page of it is open. It is about nobody: nothing of it is
 * written, and nothing says who reads. */
#pragma once

#include "limber-changes.h"
#include "limber-kiosk-page.h"
#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_KIOSK_ADVICE (limber_kiosk_advice_get_type ())
G_DECLARE_FINAL_TYPE (LimberKioskAdvice, limber_kiosk_advice, LIMBER, KIOSK_ADVICE, GObject)

LimberKioskAdvice *limber_kiosk_advice_new       (GActionMap *actions);
void               limber_kiosk_advice_learn     (LimberKioskAdvice *advice, LimberStore *store);
gboolean           limber_kiosk_advice_hear      (LimberKioskAdvice *advice, const LimberChanges *changes, LimberStore *store);
gboolean           limber_kiosk_advice_is_there  (LimberKioskAdvice *advice);
gboolean           limber_kiosk_advice_back      (LimberKioskAdvice *advice);
void               limber_kiosk_advice_leave     (LimberKioskAdvice *advice);
LimberKioskPage   *limber_kiosk_advice_make_page (LimberKioskAdvice *advice);

/* Signal: "moved": another page of it is to be shown. */

G_END_DECLS
