/* A copy of a store's file, or another file of ours, whole or not there. Private to app/store. */
#pragma once

#include "limber-database.h"

G_BEGIN_DECLS

gboolean        limber_copy_fail         (const char *path, GError **error);
gboolean        limber_copy_make_private (const char *path, GError **error);
gboolean        limber_copy_sync         (const char *path, GError **error);
gboolean        limber_copy_put_in_place (const char *part, const char *path, GError **error);
char           *limber_copy_part         (const char *path);
gboolean        limber_copy_write        (LimberDatabase *database, const char *path, GError **error);
LimberDatabase *limber_copy_open         (const char *file, LimberEnv *env, GError **error);

G_END_DECLS
