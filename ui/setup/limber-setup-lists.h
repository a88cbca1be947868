/* LimberSetupLists: takes in the lists that a service hands over: what would be done is shown first, what was refused is said, with why. */
#pragma once

#include <gtk/gtk.h>

#include "limber-setup-work.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_SETUP_LISTS (limber_setup_lists_get_type ())
G_DECLARE_FINAL_TYPE (LimberSetupLists, limber_setup_lists, LIMBER, SETUP_LISTS, GtkWidget)

void limber_setup_lists_start (LimberSetupLists *page, const LimberSetupWork *work);
void limber_setup_lists_stop  (LimberSetupLists *page);

/* Signals: see LimberSetupWork. */

G_END_DECLS
