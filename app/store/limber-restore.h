/* A backup in the place of a store. */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

gboolean limber_restore_has_second (const char *dir, const char *file, const char *second, LimberEnv *env);
gboolean limber_restore_run (const char *dir, const char *file, const char *second, LimberEnv *env, GError **error);

G_END_DECLS
