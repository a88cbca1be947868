/* LimberSetupComputer: what this computer is, how full it is, whether it is safe; a copy of its store, and a check of it. */
#pragma once

#include <gtk/gtk.h>

#include "limber-setup-work.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_SETUP_COMPUTER (limber_setup_computer_get_type ())
G_DECLARE_FINAL_TYPE (LimberSetupComputer, limber_setup_computer, LIMBER, SETUP_COMPUTER, GtkWidget)

void limber_setup_computer_start (LimberSetupComputer *page, const LimberSetupWork *work);
void limber_setup_computer_stop  (LimberSetupComputer *page);

/* Signals: see LimberSetupWork. */

G_END_DECLS
