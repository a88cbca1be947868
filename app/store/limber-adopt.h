/* Taking over a store that a program with other declarations has kept (SYNC.md rule 6). Private to app/store. */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

gboolean limber_adopt (LimberTransaction *transaction, gpointer data, GError **error);

G_END_DECLS
