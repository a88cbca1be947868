/* LimberResults: whom the search found, under the search box; the box keeps the focus. */
#pragma once

#include <gtk/gtk.h>

#include "limber-hit.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_RESULTS (limber_results_get_type ())
G_DECLARE_FINAL_TYPE (LimberResults, limber_results, LIMBER, RESULTS, GtkWidget)

void       limber_results_show_hits    (LimberResults *results, GListModel *hits, const char *text, gboolean more);
void       limber_results_show_wait    (LimberResults *results);
gboolean   limber_results_is_open      (LimberResults *results);
LimberHit *limber_results_get_selected (LimberResults *results);
void       limber_results_move         (LimberResults *results, int by);
gboolean   limber_results_place        (LimberResults *results, GtkOverlay *overlay, GtkWidget *search, GdkRectangle *place);

/* Signal: "chosen" (guint position): a result was clicked. */

G_END_DECLS
