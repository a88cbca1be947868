/* The stylesheet of the public screens. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void limber_kiosk_style_load         (GdkDisplay *display);
void limber_kiosk_style_set_contrast (GdkDisplay *display, gboolean contrast);

G_END_DECLS
