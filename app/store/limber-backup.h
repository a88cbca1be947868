/* Copies of a store. */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

gboolean limber_backup_write (LimberStore *store, const char *file, gboolean offsite, GError **error);

G_END_DECLS
