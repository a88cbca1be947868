/* What any page of the desk must keep, whatever is on it: each thing that takes keys has a name and is reached by Tab, in the order of
 * reading, and shows that it has the focus; what is drawn can be read. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*DeskLintComplain) (const char *picture, const char *what, const char *text);

void desk_lint (GtkWidget *window, GdkTexture *drawn, const char *picture, DeskLintComplain complain);

G_END_DECLS
