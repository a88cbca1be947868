/* LimberHitRow: somebody whom the search found, as a row. */
#pragma once

#include <gtk/gtk.h>

#include "limber-hit.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_HIT_ROW (limber_hit_row_get_type ())
G_DECLARE_FINAL_TYPE (LimberHitRow, limber_hit_row, LIMBER, HIT_ROW, GtkWidget)

GtkWidget *limber_hit_row_new        (void);
void       limber_hit_row_set_hit    (LimberHitRow *row, LimberHit *hit);
void       limber_hit_row_set_marked (LimberHitRow *row, gboolean marked);

G_END_DECLS
