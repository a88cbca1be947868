/* For limber-store-open.c, which ends a restore that was cut off. */
#pragma once

#include "limber-database.h"
#include "limber-store.h"

G_BEGIN_DECLS

gboolean limber_restore_is_decided   (const char *dir);
gboolean limber_restore_put_in_place (const char *dir, GError **error);
gboolean limber_restore_set_second   (const char *dir, LimberDatabase *database, GError **error);
gboolean limber_restore_replay       (LimberStore *store, GError **error);

G_END_DECLS
