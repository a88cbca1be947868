/* LimberSetupClinics: when and where somebody sees people at this site: clinics are begun, changed and ended. */
#pragma once

#include <gtk/gtk.h>

#include "limber-setup-work.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_SETUP_CLINICS (limber_setup_clinics_get_type ())
G_DECLARE_FINAL_TYPE (LimberSetupClinics, limber_setup_clinics, LIMBER, SETUP_CLINICS, GtkWidget)

void limber_setup_clinics_start  (LimberSetupClinics *page, const LimberSetupWork *work);
void limber_setup_clinics_settle (LimberSetupClinics *page, const LimberId *about, const char *wrong);
void limber_setup_clinics_stop   (LimberSetupClinics *page);

/* Signals: see LimberSetupWork. */

G_END_DECLS
