/* The whole of a public screen, and how large things are on it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void limber_kiosk_screen_fill   (GtkWindow *window, int width, int height);
void limber_kiosk_screen_follow (GtkWidget *window);

G_END_DECLS
