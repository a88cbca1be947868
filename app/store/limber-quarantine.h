/* The quarantine: entries that were kept but not merged, each with a reason, until a person decides or the reason goes
 * (SYNC.md rule 15).
 *
 * At a store that is not a node it holds own entries that a node has kept apart: their author goes on seeing what he
 * wrote, marked. */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

typedef enum {
  LIMBER_DECISION_APPROVE, /* what it says is to be so */
  LIMBER_DECISION_DECLINE, /* what is so now stays */
} LimberDecision;

json_t  *limber_quarantine_json   (LimberReader *reader, GError **error);
gboolean limber_quarantine_decide (LimberTransaction *transaction, const LimberEntryId *entry, LimberDecision decision, const LimberAuthor *author, GError **error);
gboolean limber_quarantine_decides (LimberReader *reader, const LimberEntry *entry);
char    *limber_quarantine_kind   (LimberReader *reader, const LimberEntryId *entry);
gboolean limber_quarantine_told   (LimberTransaction *transaction, gint64 piece, gint64 seq, const char *reason, GError **error);

G_END_DECLS
