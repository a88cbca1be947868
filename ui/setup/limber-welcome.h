/* LimberWelcome: the first start: joining a site with a code, or a demonstration; and what comes until there is somebody who can sign in. */
#pragma once

#include <gtk/gtk.h>

#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_WELCOME (limber_welcome_get_type ())
G_DECLARE_FINAL_TYPE (LimberWelcome, limber_welcome, LIMBER, WELCOME, GtkWidget)

void limber_welcome_start (LimberWelcome *welcome, const char *dir, LimberEnv *env, const char *why);
void limber_welcome_stop  (LimberWelcome *welcome);

/* Signal:
 *   "ready" (string dir): there is a store in that folder now, to be opened */

G_END_DECLS
