/* LimberListsPane: one of the lists of what waits, with what it says when there is nothing, not yet, or it cannot be read. */
#pragma once

#include <gtk/gtk.h>

#include "limber-lists.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_LISTS_PANE (limber_lists_pane_get_type ())
G_DECLARE_FINAL_TYPE (LimberListsPane, limber_lists_pane, LIMBER, LISTS_PANE, GtkWidget)

void limber_lists_pane_set_lists  (LimberListsPane *pane, LimberLists *lists, LimberListWhich which);
void limber_lists_pane_set_empty  (LimberListsPane *pane, const char *icon, const char *title, const char *text);
void limber_lists_pane_focus      (LimberListsPane *pane);

G_END_DECLS
