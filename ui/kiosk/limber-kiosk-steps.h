/* LimberKioskSteps: how far she is: "Step 2 of 3", in words and in bars. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIMBER_TYPE_KIOSK_STEPS (limber_kiosk_steps_get_type ())
G_DECLARE_FINAL_TYPE (LimberKioskSteps, limber_kiosk_steps, LIMBER, KIOSK_STEPS, GtkBox)

void limber_kiosk_steps_set (LimberKioskSteps *steps, guint step, guint total);

G_END_DECLS
