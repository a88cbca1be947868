/* LimberKioskSlot: where the page stands, one in sight. Behind it may stand the next, styled, measured and in its place, but nowhere for
 * eye, finger, Tab or screen reader until it comes. */
#pragma once

#include "limber-kiosk-page.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_KIOSK_SLOT (limber_kiosk_slot_get_type ())
G_DECLARE_FINAL_TYPE (LimberKioskSlot, limber_kiosk_slot, LIMBER, KIOSK_SLOT, GtkWidget)

GtkWidget *limber_kiosk_slot_get_page    (LimberKioskSlot *slot);
GtkWidget *limber_kiosk_slot_get_next    (LimberKioskSlot *slot);
void       limber_kiosk_slot_show        (LimberKioskSlot *slot, LimberKioskPage *page);
void       limber_kiosk_slot_prepare     (LimberKioskSlot *slot, LimberKioskPage *page);
void       limber_kiosk_slot_forget_last (LimberKioskSlot *slot);

G_END_DECLS
