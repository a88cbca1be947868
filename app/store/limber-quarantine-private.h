/* What keeps the quarantine true: for app/store alone. */
#pragma once

#include "limber-journal.h"
#include "limber-quarantine.h"

G_BEGIN_DECLS

gboolean limber_quarantine_settle (LimberTransaction *transaction, const LimberEntry *entry, LimberJournalState state, GError **error);
gboolean limber_quarantine_review (LimberTransaction *transaction, const LimberRecord *record, GError **error);
gboolean limber_quarantine_mark   (LimberTransaction *transaction, const LimberRecord *shown, const LimberRecord *node, GError **error);
gboolean limber_quarantine_hold_back (LimberTransaction *transaction, const LimberRecord *node, GError **error);
gboolean limber_quarantine_is_marked (LimberReader *reader, const LimberId *record);

G_END_DECLS
