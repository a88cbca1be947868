/* LimberComparedRow: a row of two records side by side. */
#pragma once

#include <gtk/gtk.h>

#include "limber-compared.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_COMPARED_ROW (limber_compared_row_get_type ())
G_DECLARE_FINAL_TYPE (LimberComparedRow, limber_compared_row, LIMBER, COMPARED_ROW, GtkWidget)

/* Property: "compared" (LimberCompared): what to show. */

G_END_DECLS
