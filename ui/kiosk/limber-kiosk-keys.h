/* LimberKioskKeys: big keys of one size in rows, as many in a row as fit. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIMBER_TYPE_KIOSK_KEYS (limber_kiosk_keys_get_type ())
G_DECLARE_FINAL_TYPE (LimberKioskKeys, limber_kiosk_keys, LIMBER, KIOSK_KEYS, GtkWidget)

LimberKioskKeys *limber_kiosk_keys_new   (guint columns);
GtkWidget       *limber_kiosk_keys_add   (LimberKioskKeys *keys, const char *label, const char *action, int target);
GtkWidget       *limber_kiosk_keys_find  (LimberKioskKeys *keys, int target);
gboolean         limber_kiosk_keys_type  (LimberKioskKeys *keys, int *number, int figure);
void             limber_kiosk_keys_clear (LimberKioskKeys *keys);

G_END_DECLS
