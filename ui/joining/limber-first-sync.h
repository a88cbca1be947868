/* LimberFirstSync: how far a store is that has just joined and never held all that it should. Main thread only. */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_FIRST_SYNC (limber_first_sync_get_type ())
G_DECLARE_FINAL_TYPE (LimberFirstSync, limber_first_sync, LIMBER, FIRST_SYNC, GObject)

gboolean         limber_first_sync_is_due     (LimberStore *store);
LimberFirstSync *limber_first_sync_new        (LimberStore *store);
void             limber_first_sync_stop       (LimberFirstSync *self);
gboolean         limber_first_sync_is_over    (LimberFirstSync *self);
const char      *limber_first_sync_get_site   (LimberFirstSync *self);
char            *limber_first_sync_say_count  (LimberFirstSync *self);

/* Signal: "changed": it was looked at again. */

G_END_DECLS
