/* LimberSetupStaff: who works at a site: roles, PINs, who has left. */
#pragma once

#include <gtk/gtk.h>

#include "limber-setup-work.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_SETUP_STAFF (limber_setup_staff_get_type ())
G_DECLARE_FINAL_TYPE (LimberSetupStaff, limber_setup_staff, LIMBER, SETUP_STAFF, GtkWidget)

void limber_setup_staff_start (LimberSetupStaff *page, const LimberSetupWork *work);
void limber_setup_staff_stop  (LimberSetupStaff *page);

/* Signals: see LimberSetupWork. */

void limber_setup_staff_settle (LimberSetupStaff *self, const LimberId *about, const char *wrong);

G_END_DECLS
