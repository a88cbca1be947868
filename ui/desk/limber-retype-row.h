/* LimberRetypeRow: a line of the paper, with what was typed and what became of it. */
#pragma once

#include <gtk/gtk.h>

#include "limber-retype-line.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_RETYPE_ROW (limber_retype_row_get_type ())
G_DECLARE_FINAL_TYPE (LimberRetypeRow, limber_retype_row, LIMBER, RETYPE_ROW, GtkWidget)

G_END_DECLS
