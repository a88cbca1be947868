/* LimberApplication: the program `limber`: its store, its sync, its window. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LIMBER_TYPE_APPLICATION (limber_application_get_type ())
G_DECLARE_FINAL_TYPE (LimberApplication, limber_application, LIMBER, APPLICATION, AdwApplication)

LimberApplication *limber_application_new      (void);
GtkWidget         *limber_application_new_keys (GtkWindow *parent);

/* Actions: app.open-store, app.shortcuts, app.sync-now. */

G_END_DECLS
