/* LimberFoundRow: one of those of whom central told. Its "found" is the LimberFound. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIMBER_TYPE_FOUND_ROW (limber_found_row_get_type ())
G_DECLARE_FINAL_TYPE (LimberFoundRow, limber_found_row, LIMBER, FOUND_ROW, GtkWidget)

G_END_DECLS
