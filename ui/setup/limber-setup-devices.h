/* LimberSetupDevices: the computers and screens of a site: how they are, a code for another one, and letting one go. All of it is done by the
 * node that looks after them, which is asked; without a line to it nothing is. */
#pragma once

#include <gtk/gtk.h>

#include "limber-setup-work.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_SETUP_DEVICES (limber_setup_devices_get_type ())
G_DECLARE_FINAL_TYPE (LimberSetupDevices, limber_setup_devices, LIMBER, SETUP_DEVICES, GtkWidget)

void limber_setup_devices_start (LimberSetupDevices *page, const LimberSetupWork *work);
void limber_setup_devices_stop  (LimberSetupDevices *page);

/* Signals: see LimberSetupWork. */

G_END_DECLS
