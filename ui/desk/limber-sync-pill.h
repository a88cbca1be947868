/* LimberSyncPill: the state of sync, always in sight, and what is behind it on a click. Nothing is shown while nothing is known. */
#pragma once

#include <gtk/gtk.h>

#include "limber-sync-words.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_SYNC_PILL (limber_sync_pill_get_type ())
G_DECLARE_FINAL_TYPE (LimberSyncPill, limber_sync_pill, LIMBER, SYNC_PILL, GtkWidget)

void limber_sync_pill_show_facts (LimberSyncPill *pill, const LimberSyncFacts *facts, gint64 now);

/* Action used: app.sync-now. */

G_END_DECLS
