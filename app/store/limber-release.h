/* Entries that are let go once nothing speaks against them any more: of a device that was not known when they came (SYNC.md rules 11 and 15), and
 * of an author who was not known to have the right (rule 20). */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

#define LIMBER_RELEASE_REASON "unknown device"

/* With what the reason begins that an entry waits for because its author is not known to have had the right to write it. */
#define LIMBER_RELEASE_DOUBT "no right: "

/**
 * LimberReleaseFunc:
 * @received: when it came here, milliseconds UTC
 *
 * Returns: (transfer none) (nullable): what speaks against the author of @entry
 */
typedef const char *(*LimberReleaseFunc) (LimberReader *reader, const LimberEntry *entry, gint64 received, gpointer data);

gboolean limber_release_device (LimberTransaction *transaction, const LimberId *device, const guint8 key[32], LimberClass klass, LimberReleaseFunc doubt, gpointer data, GError **error);
gboolean limber_release_doubts (LimberTransaction *transaction, gint64 *after, LimberReleaseFunc doubt, gpointer data, GError **error);

G_END_DECLS
