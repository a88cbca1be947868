/* LimberTransaction: changing a store, in its writer thread: append to the journal and merge, as one. */
#pragma once

#include "limber-changes.h"
#include "limber-edit.h"
#include "limber-entry.h"
#include "limber-reader.h"

G_BEGIN_DECLS

typedef struct _LimberTransaction LimberTransaction;

/* Who a change is by. */
typedef struct {
  const char *author; /* a staff member's id as a UUID, "patient", or "system:<program>" */
  const char *role;   /* the role that allowed it, at most 40 bytes of plain text */
} LimberAuthor;

/* What became of an entry that was pushed (SYNC.md rule 11). */
typedef enum {
  LIMBER_VERDICT_STORED,
  LIMBER_VERDICT_KNOWN,
  LIMBER_VERDICT_QUARANTINED,
  LIMBER_VERDICT_GAP, /* what comes before it is not here: the pusher must walk back further */
} LimberVerdict;

LimberReader *limber_transaction_reader   (LimberTransaction *transaction);
LimberEnv    *limber_transaction_env      (LimberTransaction *transaction);
gint64        limber_transaction_now      (LimberTransaction *transaction);
gboolean      limber_transaction_edit     (LimberTransaction *transaction, LimberEdit *edit, const LimberAuthor *author, GError **error);
void          limber_transaction_check_ahead (LimberEntry *entry);
gboolean      limber_transaction_receive  (LimberTransaction *transaction, const LimberEntry *entry, const char *quarantine, LimberVerdict *verdict, char **reason, GError **error);
gboolean      limber_transaction_apply    (LimberTransaction *transaction, const LimberRecord *record, GError **error);
gboolean      limber_transaction_replace  (LimberTransaction *transaction, const LimberRecord *record, GError **error);
gboolean      limber_transaction_drop     (LimberTransaction *transaction, const LimberKind *kind, const LimberId *id, GError **error);
gboolean      limber_transaction_forget   (LimberTransaction *transaction, const LimberId *patient, GError **error);
void          limber_transaction_expect_many (LimberTransaction *transaction, gboolean many);
gboolean      limber_transaction_new_epoch (LimberTransaction *transaction, GError **error);
gboolean      limber_transaction_set_meta (LimberTransaction *transaction, const char *name, const char *value, GError **error);

G_END_DECLS
