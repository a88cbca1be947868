/* LimberColumns: a layout that lines up a list's rows and its headings: one column takes what is left, the others are as
 * wide as so many letters. Every row of a list uses the same columns, so nothing needs to be measured across rows. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIMBER_TYPE_COLUMNS (limber_columns_get_type ())
G_DECLARE_FINAL_TYPE (LimberColumns, limber_columns, LIMBER, COLUMNS, GtkLayoutManager)

/* Property: "widths" (string): letters for each child in order, "7 0 18": 0 takes what is left. */

int limber_columns_letter (GtkWidget *widget);

G_END_DECLS
