/* Values that a digest repair is about to replace and that central may never have known (SYNC.md rule 18): each is
 * offered once more, as an entry of this store's own about the same record, which sees the entry that the value came
 * from. Nobody merges such an entry; it waits in the quarantine for a person. Private to app/store. */
#pragma once

#include "limber-extra.h"
#include "limber-journal.h"
#include "limber-transaction.h"

G_BEGIN_DECLS

#define LIMBER_RECOVERED_REASON "recovered"

gboolean           limber_recovered_is          (const LimberEntry *entry);
gboolean           limber_recovered_is_known    (LimberDatabase *database, const LimberEntry *entry);
LimberJournalState limber_recovered_state       (LimberDatabase *database, const LimberEntry *entry);
gboolean           limber_recovered_write       (LimberTransaction *transaction, const LimberRecord *held, const LimberRecord *node, GError **error);
gboolean           limber_recovered_write_extra (LimberTransaction *transaction, const LimberExtra *held, const LimberExtra *node, GError **error);

G_END_DECLS
