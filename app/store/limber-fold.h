/* Folding entries into a record. Private to app/store. */
#pragma once

#include "limber-database.h"
#include "limber-entry.h"

G_BEGIN_DECLS

gboolean limber_fold_changes (LimberRecord *record, const LimberEntry *entry, GArray *changes, LimberClass klass);
gboolean limber_fold_own     (LimberDatabase *database, LimberRecord *record, const LimberId *device, LimberClass klass, GError **error);
gboolean limber_fold_journal (LimberDatabase *database, LimberRecord *record, LimberClass klass, GError **error);
gboolean limber_fold_check   (const LimberEntry *entry, GError **error);

G_END_DECLS
