/* The lock of a store's folder. Private to app/store. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int limber_lock_take (const char *dir, int patience, GError **error);

G_END_DECLS
