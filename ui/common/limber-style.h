/* The stylesheet and the icons of a program, loaded once a display; and the classes that come and go. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void limber_style_load      (GdkDisplay *display, const char *name);
void limber_style_set_class (gpointer widget, const char *name, gboolean on);

G_END_DECLS
