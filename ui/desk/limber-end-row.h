/* LimberEndRow: a visit that nobody has closed: what is lacking, and the deeds that close it. */
#pragma once

#include <gtk/gtk.h>

#include "limber-visit.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_END_ROW (limber_end_row_get_type ())
G_DECLARE_FINAL_TYPE (LimberEndRow, limber_end_row, LIMBER, END_ROW, GtkWidget)

/* Actions used: day.did-not-come(s), day.was-seen(s), day.came(s), with the appointment's id. */

G_END_DECLS
