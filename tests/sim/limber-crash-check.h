/* What a store must be after its disk has failed. */
#pragma once

#include "limber-crash-work.h"

G_BEGIN_DECLS

#define CRASH_CHECK_BUSY 1

guint64  crash_check_print (const char *dir);
gboolean crash_check_store (CrashWork *work, LimberStore *store, GError **error);
gboolean crash_check_image (CrashWork *work, const char *dir, gboolean go_on, GError **error);

G_END_DECLS
