/* Proving a store: that its chains are whole, and that its records are what the journal folds to. */
#pragma once

#include "limber-long.h"
#include "limber-reader.h"

G_BEGIN_DECLS

gboolean limber_verify      (LimberReader *reader, json_t **report, GError **error);
gboolean limber_verify_long (LimberReader *reader, const LimberLong *work, json_t **report, GError **error);

G_END_DECLS
