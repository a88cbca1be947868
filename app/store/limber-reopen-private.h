/* What lets something wait again: for app/store alone. */
#pragma once

#include "limber-entry.h"
#include "limber-reopen.h"

G_BEGIN_DECLS

gboolean limber_reopen_heed (LimberTransaction *transaction, const LimberEntry *entry, GError **error);

G_END_DECLS
