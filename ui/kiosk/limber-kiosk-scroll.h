/* LimberKioskScroll: what fills the window. Where a page is higher than the screen, as in the largest text on a small one, it moves
 * under a finger, and by two large buttons below it for whoever cannot do that. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIMBER_TYPE_KIOSK_SCROLL (limber_kiosk_scroll_get_type ())
G_DECLARE_FINAL_TYPE (LimberKioskScroll, limber_kiosk_scroll, LIMBER, KIOSK_SCROLL, GtkBox)

GtkWidget *limber_kiosk_scroll_get_content (LimberKioskScroll *scroll);
void       limber_kiosk_scroll_rename      (LimberKioskScroll *scroll);
void       limber_kiosk_scroll_to_top      (LimberKioskScroll *scroll);

G_END_DECLS
