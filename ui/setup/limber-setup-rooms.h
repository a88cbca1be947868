/* LimberSetupRooms: the rooms of a site: where they are waited for, and which are closed. */
#pragma once

#include <gtk/gtk.h>

#include "limber-setup-work.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_SETUP_ROOMS (limber_setup_rooms_get_type ())
G_DECLARE_FINAL_TYPE (LimberSetupRooms, limber_setup_rooms, LIMBER, SETUP_ROOMS, GtkWidget)

void limber_setup_rooms_start (LimberSetupRooms *page, const LimberSetupWork *work);
void limber_setup_rooms_stop  (LimberSetupRooms *page);

/* Signals: see LimberSetupWork. */

void limber_setup_rooms_settle (LimberSetupRooms *self, const LimberId *about, const char *wrong);

G_END_DECLS
