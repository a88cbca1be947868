/* The stylesheet and the icons of a program, loaded once a display. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void limber_style_load (GdkDisplay *display, const char *name);

G_END_DECLS
