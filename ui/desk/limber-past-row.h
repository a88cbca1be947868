/* LimberPastRow: a line of somebody's history. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIMBER_TYPE_PAST_ROW (limber_past_row_get_type ())
G_DECLARE_FINAL_TYPE (LimberPastRow, limber_past_row, LIMBER, PAST_ROW, GtkWidget)

/* Properties: "item" (LimberPastItem), write-only. */

G_END_DECLS
