/* A store's write-ahead log. Private to app/store. */
#pragma once

#include "limber-database.h"

G_BEGIN_DECLS

gboolean limber_log_secure (LimberDatabase *database, GError **error);
gboolean limber_log_empty  (LimberDatabase *database, GError **error);

G_END_DECLS
