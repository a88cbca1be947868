/* LimberKioskSwitch: the use of a screen by one button. The mark moves by itself, from control to control, and one press anywhere
 * presses what is marked. Where there are many controls, the mark first goes from row to row, and after a press within the row. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIMBER_KIOSK_SWITCH_MARKED "marked" /* the class of what is marked */

#define LIMBER_TYPE_KIOSK_SWITCH (limber_kiosk_switch_get_type ())
G_DECLARE_FINAL_TYPE (LimberKioskSwitch, limber_kiosk_switch, LIMBER, KIOSK_SWITCH, GObject)

LimberKioskSwitch *limber_kiosk_switch_new        (void);
void               limber_kiosk_switch_set_on     (LimberKioskSwitch *self, gboolean on);
gboolean           limber_kiosk_switch_is_on      (LimberKioskSwitch *self);
gboolean           limber_kiosk_switch_is_patient (LimberKioskSwitch *self);
void               limber_kiosk_switch_set_places (LimberKioskSwitch *self, GtkWidget *page, GtkWidget *tools);
void               limber_kiosk_switch_step       (LimberKioskSwitch *self);
void               limber_kiosk_switch_press      (LimberKioskSwitch *self);
void               limber_kiosk_switch_get_marked (LimberKioskSwitch *self, GtkWidget **first, GtkWidget **last);

G_END_DECLS
