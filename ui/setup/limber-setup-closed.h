/* LimberSetupClosed: the days on which nobody is seen, or one clinician sees nobody. */
#pragma once

#include <gtk/gtk.h>

#include "limber-setup-work.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_SETUP_CLOSED (limber_setup_closed_get_type ())
G_DECLARE_FINAL_TYPE (LimberSetupClosed, limber_setup_closed, LIMBER, SETUP_CLOSED, GtkWidget)

void limber_setup_closed_start  (LimberSetupClosed *page, const LimberSetupWork *work);
void limber_setup_closed_settle (LimberSetupClosed *page, const LimberId *about, const char *wrong);
void limber_setup_closed_stop   (LimberSetupClosed *page);

/* Signals: see LimberSetupWork. */

G_END_DECLS
