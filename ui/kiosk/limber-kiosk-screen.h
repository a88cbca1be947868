/* The whole of a public screen, and how large things are on it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void limber_kiosk_screen_fill      (GtkWindow *window, int width, int height);
void limber_kiosk_screen_follow    (GtkWidget *window);
void limber_kiosk_screen_on_resize (GtkWidget *widget, GCallback callback);

G_END_DECLS
