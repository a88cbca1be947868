/* Copies of a store, and bringing one back. */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

gboolean limber_backup_write   (LimberStore *store, const char *file, gboolean offsite, GError **error);
gboolean limber_backup_restore (const char *dir, const char *file, const char *second, LimberEnv *env, GError **error);

G_END_DECLS
