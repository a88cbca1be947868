/* LimberHeadings: the headings over the day's list, in the same columns as its rows. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIMBER_TYPE_HEADINGS (limber_headings_get_type ())
G_DECLARE_FINAL_TYPE (LimberHeadings, limber_headings, LIMBER, HEADINGS, GtkWidget)

G_END_DECLS
