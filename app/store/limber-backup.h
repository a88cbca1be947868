/* Copies of a store. */
#pragma once

#include "limber-long.h"
#include "limber-store.h"

G_BEGIN_DECLS

gboolean limber_backup_write      (LimberStore *store, const char *file, gboolean offsite, GError **error);
gboolean limber_backup_write_long (LimberStore *store, const char *file, gboolean offsite, const LimberLong *work, GError **error);

G_END_DECLS
