/* What a transaction and its writer are made of: for app/store alone. */
#pragma once

#include "limber-reader-private.h"
#include "limber-scrub.h"
#include "limber-transaction.h"

/* A received time further ahead than this, in milliseconds, does not move the own clock (SYNC.md rule 4). */
#define LIMBER_AHEAD_MAXIMUM (2 * 60 * 1000)

/* What the writer knows between transactions. It is copied before each job, and put back when the job is undone. */
typedef struct {
  LimberId device;
  gboolean has_origin; /* an epoch has been minted since the store was opened (SYNC.md rule 2) */
  LimberOrigin origin;
  gint64   origin_n;
  gint64   seq;        /* of the last own entry in this epoch */
  gboolean has_head;
  guint8   head[LIMBER_HASH_LENGTH]; /* hash of the last own entry, over all epochs */
  guint64  hybrid;     /* the hybrid clock */
  gint64   change;     /* the last place given in the order of change */
} LimberWriterState;

struct _LimberTransaction {
  LimberReader      reader;
  LimberWriterState state;
  gint64            before;   /* where the order of change stood when this job began */
  LimberChanges    *changes;  /* (owned) */
  GHashTable       *patients; /* (owned): LimberId set: whose records this job touched */
  GHashTable       *parted;   /* (owned): LimberId set: whom somebody pointed at before this job */
  GString          *appended; /* (owned): lines of the entries that this job added, at central */
  guint             scrub;    /* LimberScrub: where what this job took out must not be found any more */
};

/* An entry that is to be written. */
typedef struct {
  const char         *kind;
  const LimberId     *record;
  const LimberId     *patient; /* (nullable) */
  guint8              rank;
  const LimberAuthor *author;
  const GString      *body;    /* JSON */
  const GString      *seen;    /* JSON */
  guint64             latest;  /* the time of the latest value in seen */
  const LimberEdit   *edit;    /* (nullable): what the body was made of */
} LimberDraft;

void     limber_transaction_init   (LimberTransaction *transaction, const LimberReader *reader, const LimberWriterState *state);
gboolean limber_transaction_finish (LimberTransaction *transaction, GError **error);
void     limber_transaction_clear  (LimberTransaction *transaction);
gboolean limber_transaction_append (LimberTransaction *transaction, const LimberEntry *entry, gint64 key, const char *quarantine, GError **error);
gboolean limber_transaction_write_entry (LimberTransaction *transaction, const LimberDraft *draft, GError **error);
gboolean limber_transaction_fold    (LimberTransaction *transaction, const LimberEntry *entry, gboolean fresh, GError **error);
gboolean limber_transaction_is_late (LimberTransaction *transaction, const LimberEntry *entry);
gboolean limber_transaction_is_ahead (LimberTransaction *transaction, guint64 time);
char    *limber_transaction_reason_against (LimberTransaction *transaction, const LimberEntry *entry, const char *quarantine);
gboolean limber_transaction_release (LimberTransaction *transaction, const LimberEntry *entry, gint64 key, GError **error);
gboolean limber_writer_state_load  (LimberWriterState *state, LimberDatabase *database, const LimberId *device, GError **error);
gboolean limber_transaction_begin_row (LimberTransaction *transaction, const LimberRecord *record, gint64 n, GError **error);
gboolean limber_transaction_save_row (LimberTransaction *transaction, const LimberRecord *record, gint64 n, GError **error);
gint64   limber_transaction_next_change (LimberTransaction *transaction);
