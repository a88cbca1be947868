/* A QR code: a text as a square that a scanner reads. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void limber_qr_draw (cairo_t *cr, const char *text, double x, double y, double size);
void limber_qr_show (GtkDrawingArea *area, const char *text);

G_END_DECLS
