/* LimberRow: one row of a named query, an object so that it can stand in a list model. Its columns never change. */
#pragma once

#include <glib-object.h>

#include "limber-value.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_ROW (limber_row_get_type ())
G_DECLARE_FINAL_TYPE (LimberRow, limber_row, LIMBER, ROW, GObject)

LimberRow      *limber_row_new     (const char *const *names, guint n);
LimberValue    *limber_row_column  (LimberRow *row, guint column);
guint           limber_row_n_columns (LimberRow *row);
const char     *limber_row_text    (LimberRow *row, const char *name);
gint64          limber_row_integer (LimberRow *row, const char *name);
const char     *limber_row_word    (LimberRow *row, const char *kind, const char *name);
const LimberId *limber_row_id      (LimberRow *row, const char *name);
gboolean        limber_row_has     (LimberRow *row, const char *name);
gboolean        limber_row_equal   (LimberRow *a, LimberRow *b);

G_END_DECLS
