/* LimberListsButton: says in the header that something waits for somebody, and how much; leads there. */
#pragma once

#include <gtk/gtk.h>

#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_LISTS_BUTTON (limber_lists_button_get_type ())
G_DECLARE_FINAL_TYPE (LimberListsButton, limber_lists_button, LIMBER, LISTS_BUTTON, GtkWidget)

void limber_lists_button_set_store (LimberListsButton *button, LimberStore *store);

/* Action used: desk.go(s). */

G_END_DECLS
