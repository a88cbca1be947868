/* What an entry does to the rows of the store that it came to. */
#include "limber-transaction-private.h"

#include <string.h>

#include "limber-conflicts.h"
#include "limber-edit-private.h"
#include "limber-extras.h"
#include "limber-fold.h"
#include "limber-rows.h"
#include "limber-scope.h"

static gboolean
is_of_others_at_hub (LimberTransaction *transaction, const LimberEntry *entry)
{
  return transaction->reader.klass == LIMBER_CLASS_HUB && memcmp (entry->origin.bytes, transaction->state.device.bytes, sizeof transaction->state.device.bytes) != 0;
}

/**
 * limber_transaction_is_late:
 *
 * Returns: whether @entry has come to a hub about somebody whom it does not hold: the journal keeps it, and that is all
 */
gboolean
limber_transaction_is_late (LimberTransaction *transaction, const LimberEntry *entry)
{
  LimberDatabase *database = transaction->reader.database;

  return entry->has_patient && is_of_others_at_hub (transaction, entry) &&
         limber_database_integer (database, 0, "SELECT 1 FROM patient WHERE n=?", "i", limber_database_thing (database, &entry->patient, FALSE, NULL)) != 1;
}

/* Whether a hub that does not hold somebody has done so: some of its devices held her then. */
static gboolean
has_left (LimberTransaction *transaction, const LimberId *patient)
{
  LimberDatabase *database = transaction->reader.database;

  return limber_database_integer (database, 0, "SELECT 1 FROM membership WHERE patient=? AND state<>? LIMIT 1", "ii", limber_database_thing (database, patient, FALSE, NULL),
                                  (gint64) LIMBER_MEMBER_NEVER) == 1;
}

/* A hub makes no row of what comes late about somebody or something that it does not hold: half a record, nobody's, would be
 * told to all who read from it; nor one of somebody who has left, of whom it has no more than old words. The journal keeps the
 * entry, and a row that central sends is folded from there (SYNC.md rules 13 and 18). */
static gboolean
may_begin (LimberTransaction *transaction, const LimberEntry *entry, const LimberRecord *record)
{
  if (!is_of_others_at_hub (transaction, entry))
    return TRUE;
  for (guint i = 0; i < record->kind->n_fields; i++)
    if ((record->kind->fields[i].flags & LIMBER_FIELD_REQUIRED) && limber_field_is_written (&record->kind->fields[i]) && !limber_stamp_is_set (&record->stamps[i]))
      return FALSE;
  return g_strcmp0 (record->kind->patient, "id") == 0 ? !has_left (transaction, &record->id) : !limber_transaction_is_late (transaction, entry);
}

/* What limber_fold_changes() comes to for an own entry, when nothing was known of the record. */
static void
take_edit (LimberRecord *record, const LimberEntry *entry, LimberClass klass)
{
  LimberStamp stamp;

  limber_entry_stamp (entry, &stamp);
  for (guint i = 0; i < record->kind->n_fields; i++)
    if (entry->edit->sets[i] && limber_field_held_by (&record->kind->fields[i], record->kind, klass)) {
      limber_value_copy (&record->values[i], &entry->edit->values[i]);
      record->stamps[i] = stamp;
    }
}

static gboolean
fold_known (LimberTransaction *transaction, const LimberEntry *entry, GArray *changes, gint64 n, gboolean fresh, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  const LimberKind *kind = limber_kind_by_name (entry->kind);
  g_autoptr (LimberRecord) record = NULL;
  g_autofree LimberStamp *before = NULL;
  gboolean changed;

  if (kind == NULL || !limber_kind_held_by (kind, transaction->reader.klass))
    return TRUE;
  if (!fresh && !limber_rows_find (database, kind, n, &record, error))
    return FALSE;
  if (record != NULL) {
    before = g_memdup2 (record->stamps, sizeof (LimberStamp) * kind->n_fields);
    changed = limber_fold_changes (record, entry, changes, transaction->reader.klass);
  } else {
    record = limber_record_new (kind, &entry->record);
    if (fresh && entry->edit != NULL)
      take_edit (record, entry, transaction->reader.klass);
    else if (fresh)
      limber_fold_changes (record, entry, changes, transaction->reader.klass);
    else if (!limber_fold_journal (database, record, transaction->reader.klass, error))
      return FALSE;
    changed = !limber_record_is_empty (record) && may_begin (transaction, entry, record);
  }
  if (changed && !(fresh ? limber_transaction_begin_row : limber_transaction_save_row) (transaction, record, n, error))
    return FALSE;
  return transaction->reader.klass == LIMBER_CLASS_CENTRAL ? limber_conflicts_update (transaction, record, before, entry, error) : limber_conflicts_settle (transaction, entry, changes, error);
}

/**
 * limber_transaction_fold:
 * @entry: an entry that has just come into the journal, or out of the quarantine
 * @fresh: nothing was known of the record until now
 *
 * Folds it into its record: first what this version knows, since who comes with it is held from then on, then what it does
 * not know. A row made afresh also gets what the journal already holds (SYNC.md rule 18).
 */
gboolean
limber_transaction_fold (LimberTransaction *transaction, const LimberEntry *entry, gboolean fresh, GError **error)
{
  gboolean own = fresh && entry->edit != NULL; /* nothing that it says is unknown here */
  g_autoptr (GArray) changes = entry->has_body && !own ? limber_entry_changes (entry, NULL) : NULL;
  gint64 n = limber_database_thing (transaction->reader.database, &entry->record, TRUE, error);

  return n != 0 && fold_known (transaction, entry, changes, n, fresh, error) && (own || limber_extras_fold (transaction, entry, changes, n, fresh, error));
}
