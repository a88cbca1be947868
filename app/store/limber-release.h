/* Entries of a device that was not known when they came: merged once it is (SYNC.md rules 11 and 15). */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

#define LIMBER_RELEASE_REASON "unknown device"

gboolean limber_release_device (LimberTransaction *transaction, const LimberId *device, const guint8 key[32], LimberClass klass, GError **error);

G_END_DECLS
