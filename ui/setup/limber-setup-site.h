/* LimberSetupSite: how a site works, in words. */
#pragma once

#include <gtk/gtk.h>

#include "limber-setup-work.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_SETUP_SITE (limber_setup_site_get_type ())
G_DECLARE_FINAL_TYPE (LimberSetupSite, limber_setup_site, LIMBER, SETUP_SITE, GtkWidget)

void limber_setup_site_start   (LimberSetupSite *page, const LimberSetupWork *work);
void limber_setup_site_refresh (LimberSetupSite *page);
void limber_setup_site_stop    (LimberSetupSite *page);

/* Signals: see LimberSetupWork. */

G_END_DECLS
