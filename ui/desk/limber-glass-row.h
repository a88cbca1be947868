/* LimberGlassRow: glass that somebody broke, as a row of the review list. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIMBER_TYPE_GLASS_ROW (limber_glass_row_get_type ())
G_DECLARE_FINAL_TYPE (LimberGlassRow, limber_glass_row, LIMBER, GLASS_ROW, GtkWidget)

/* Property: "row" (LimberRow of the query "glass-list", nullable). Action used: glass.review (ss): its id, and what came of it. */

G_END_DECLS
