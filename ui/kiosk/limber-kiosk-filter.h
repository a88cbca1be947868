/* LimberKioskFilter: the keys that a public screen listens to. Whatever is not on the list does not exist: chords, function
 * keys, menus, the inspector of GTK, undo and the clipboard (RELIABILITY.md 4.2). */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean limber_kiosk_filter_allows (guint keyval, GdkModifierType state);
gunichar limber_kiosk_filter_letter (guint keyval);

G_END_DECLS
