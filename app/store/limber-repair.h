/* Putting right what a digest showed to differ (SYNC.md rule 18). */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

gboolean limber_repair (LimberTransaction *transaction, guint bucket, GHashTable *rows, GHashTable *extras, GError **error);

G_END_DECLS
