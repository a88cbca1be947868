/* LimberDetailRow: one detail of a person in a form: what it is called, where it is typed, what is wrong with what was typed, and, when somebody
 * else changes it meanwhile, that. What was typed is never written over: she decides. */
#pragma once

#include <gtk/gtk.h>

#include "limber-detail.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_DETAIL_ROW (limber_detail_row_get_type ())
G_DECLARE_FINAL_TYPE (LimberDetailRow, limber_detail_row, LIMBER, DETAIL_ROW, GtkWidget)

const LimberDetail *limber_detail_row_get_detail  (LimberDetailRow *row);
void                limber_detail_row_set_today   (LimberDetailRow *row, const char *today);
void                limber_detail_row_set_choices (LimberDetailRow *row, const char *const *codes, const char *const *words);
void                limber_detail_row_begin       (LimberDetailRow *row, const char *base, const char *typed);
void                limber_detail_row_hear        (LimberDetailRow *row, const char *value);
char               *limber_detail_row_dup_typed   (LimberDetailRow *row);
char               *limber_detail_row_dup_value   (LimberDetailRow *row);
const char         *limber_detail_row_get_base    (LimberDetailRow *row);
gboolean            limber_detail_row_is_changed  (LimberDetailRow *row);
gboolean            limber_detail_row_is_clashing (LimberDetailRow *row);
gboolean            limber_detail_row_check       (LimberDetailRow *row, GError **error);
void                limber_detail_row_focus       (LimberDetailRow *row);

/* Properties: "field" (string, construct-only): of a patient.
 * Signals: "changed": something was typed or decided; "activated": Enter. */

G_END_DECLS
