/* LimberListRow: a line of the lists of what waits: what it says, and its buttons; one may ask for a text, in the line itself. */
#pragma once

#include <gtk/gtk.h>

#include "limber-list-item.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_LIST_ROW (limber_list_row_get_type ())
G_DECLARE_FINAL_TYPE (LimberListRow, limber_list_row, LIMBER, LIST_ROW, GtkWidget)

/* Property: "item" (LimberListItem, nullable). Actions used: those that the item's card names. */

G_END_DECLS
