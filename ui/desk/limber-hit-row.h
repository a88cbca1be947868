/* LimberHitRow: somebody whom the search found, as a row. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIMBER_TYPE_HIT_ROW (limber_hit_row_get_type ())
G_DECLARE_FINAL_TYPE (LimberHitRow, limber_hit_row, LIMBER, HIT_ROW, GtkWidget)

/* Property: "hit" (LimberHit, nullable). */

G_END_DECLS
