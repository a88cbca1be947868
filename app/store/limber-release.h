/* Entries of a device that was not known when they came: merged once it is (SYNC.md rules 11 and 15). */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

#define LIMBER_RELEASE_REASON "unknown device"

/* Why an entry of a device of @klass must be kept apart all the same; NULL when nothing speaks against it. */
typedef const char *(*LimberReleaseFunc) (const LimberEntry *entry, LimberClass klass);

gboolean limber_release_device (LimberTransaction *transaction, const LimberId *device, const guint8 key[32], LimberClass klass, LimberReleaseFunc judge, GError **error);

G_END_DECLS
