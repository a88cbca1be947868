/* LimberKioskSplit: two widgets side by side where there is room, one above the other where there is not (a screen on
 * its side, or large letters). */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIMBER_TYPE_KIOSK_SPLIT (limber_kiosk_split_get_type ())
G_DECLARE_FINAL_TYPE (LimberKioskSplit, limber_kiosk_split, LIMBER, KIOSK_SPLIT, GtkWidget)

G_END_DECLS
