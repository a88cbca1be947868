/* LimberCell: a text in a list's row, with an icon before it where there is one. It draws itself, so that a row of several costs
 * a fraction of as many labels, images and boxes. A screen reader hears the row's own name, not its cells. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIMBER_TYPE_CELL (limber_cell_get_type ())
G_DECLARE_FINAL_TYPE (LimberCell, limber_cell, LIMBER, CELL, GtkWidget)

/* Properties: "icon" (string): the name of a symbolic icon; "numbers" (boolean): whether figures stand under each other;
 * "steady" (boolean): whether its place stays the same as long as its text fits in; "xalign" (float): 0 where reading begins, 1 at the other side. */

void        limber_cell_set_icon   (LimberCell *self, const char *icon);
void        limber_cell_set_text   (LimberCell *self, const char *text);
void        limber_cell_set_struck (LimberCell *self, gboolean struck);
const char *limber_cell_get_text   (LimberCell *self);

G_END_DECLS
