/* LimberVisitRow: a visit as a row of the day's list. */
#pragma once

#include <gtk/gtk.h>

#include "limber-visit.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_VISIT_ROW (limber_visit_row_get_type ())
G_DECLARE_FINAL_TYPE (LimberVisitRow, limber_visit_row, LIMBER, VISIT_ROW, GtkWidget)

void limber_visit_row_set_visit (LimberVisitRow *row, LimberVisit *visit);

/* Property: "visit" (LimberVisit, nullable). */

G_END_DECLS
