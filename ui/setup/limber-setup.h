/* LimberSetup: set-up, whole: the site, its rooms, its clinics and closed days, its staff, its computers and screens, and this computer. */
#pragma once

#include <gtk/gtk.h>

#include "limber-setup-work.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_SETUP (limber_setup_get_type ())
G_DECLARE_FINAL_TYPE (LimberSetup, limber_setup, LIMBER, SETUP, GtkWidget)

void limber_setup_start   (LimberSetup *setup, const LimberSetupWork *work);
void limber_setup_show    (LimberSetup *setup, const char *part);
void limber_setup_settle  (LimberSetup *self, const LimberId *about, const char *wrong);
void limber_setup_stop    (LimberSetup *setup);

/* Signals: see LimberSetupWork; and "refused" (string why): something cannot be so. */

G_END_DECLS
