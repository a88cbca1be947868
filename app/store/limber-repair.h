/* Putting right what a digest showed to differ (SYNC.md rule 18). */
#pragma once

#include "limber-common.h"
#include "limber-transaction.h"

G_BEGIN_DECLS

gboolean limber_repair (LimberTransaction *transaction, const LimberCommon *common, guint bucket, GHashTable *rows, GHashTable *extras, GError **error);

G_END_DECLS
