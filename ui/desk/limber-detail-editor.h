/* LimberDetailEditor: where one detail is typed or chosen: an entry, a few lines, a list of words, boxes to tick. It knows nothing of what is right. */
#pragma once

#include <gtk/gtk.h>

#include "limber-detail.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_DETAIL_EDITOR (limber_detail_editor_get_type ())
G_DECLARE_FINAL_TYPE (LimberDetailEditor, limber_detail_editor, LIMBER, DETAIL_EDITOR, GtkWidget)

void       limber_detail_editor_set_detail  (LimberDetailEditor *editor, const LimberDetail *detail);
void       limber_detail_editor_set_choices (LimberDetailEditor *editor, const char *const *codes, const char *const *words);
void       limber_detail_editor_set_typed   (LimberDetailEditor *editor, const char *typed);
char      *limber_detail_editor_dup_typed   (LimberDetailEditor *editor);
char      *limber_detail_editor_dup_word    (LimberDetailEditor *editor, const char *code);
void       limber_detail_editor_tell        (LimberDetailEditor *editor, const char *text, gboolean wrong);
GtkWidget *limber_detail_editor_get_field   (LimberDetailEditor *editor);

/* Signals: "changed": something else is typed, by a person; "left": the focus has gone; "activated": Enter in an entry. */

G_END_DECLS
