/* LimberFilling: a computer that has joined fetches all that it should hold for the first time. It can be stopped and gone on with, and
 * somebody may sign in as soon as her name has come. */
#pragma once

#include <gtk/gtk.h>

#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_FILLING (limber_filling_get_type ())
G_DECLARE_FINAL_TYPE (LimberFilling, limber_filling, LIMBER, FILLING, GtkWidget)

void     limber_filling_start  (LimberFilling *filling, LimberStore *store);
void     limber_filling_tell   (LimberFilling *filling, const char *state, const char *wrong);
void     limber_filling_pause  (LimberFilling *filling);
void     limber_filling_stop   (LimberFilling *filling);

/* Signal "go-on": somebody would like to sign in without waiting for the rest.
 *
 * Actions used: app.pause, app.open-store. */

G_END_DECLS
