/* LimberUndoBar: what was just done, and the way back; or why it was not done. No dialog stands in the way. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum {
  LIMBER_UNDO_BAR_UNDOABLE, /* with Undo */
  LIMBER_UNDO_BAR_NEWS,
  LIMBER_UNDO_BAR_PROBLEM,  /* stays until it is closed */
} LimberUndoBarKind;

#define LIMBER_TYPE_UNDO_BAR (limber_undo_bar_get_type ())
G_DECLARE_FINAL_TYPE (LimberUndoBar, limber_undo_bar, LIMBER, UNDO_BAR, GtkWidget)

void        limber_undo_bar_say      (LimberUndoBar *bar, LimberUndoBarKind kind, const char *text);
void        limber_undo_bar_hide     (LimberUndoBar *bar);
const char *limber_undo_bar_get_text (LimberUndoBar *bar);

/* Action used: desk.undo. */

G_END_DECLS
