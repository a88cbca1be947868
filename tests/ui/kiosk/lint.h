/* What any page must keep, whatever is on it: names, targets, order, contrast from what was drawn, a ring around what has the focus. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*LintComplain) (const char *picture, const char *what, const char *text);

void lint_page  (GtkWidget *window, GdkTexture *drawn, const char *picture, LintComplain complain);
void lint_focus (GtkWidget *window, GdkTexture *focused, GdkTexture *unfocused, const char *picture, LintComplain complain);

G_END_DECLS
