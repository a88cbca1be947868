/* Invariants: what an erasure names is in the table `erased` for as long as the store lives. Of such an entry the journal
 * holds the header alone, and no row, `extra`, conflict or quarantine holds a value: an erasure takes away what is here in
 * the transaction that makes its own row, and every way in looks here before it stores anything. An entry that offers an
 * erased value again (SYNC.md rule 18) goes with it. */
#include "limber-erasure.h"

#include <string.h>

#include "limber-aside.h"
#include "limber-canary.h"
#include "limber-conflicts.h"
#include "limber-extras.h"
#include "limber-fold.h"
#include "limber-journal.h"
#include "limber-recovered.h"
#include "limber-rows.h"
#include "limber-transaction-private.h"
#include "limber-unsaved.h"

static GHashTable *
new_set (void)
{
  return g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, NULL);
}

/* All that was ever erased; read once, since only the writer asks, and only it adds. */
static GHashTable *
erased_set (LimberDatabase *database)
{
  GHashTable **erased = limber_database_erased (database);
  g_autoptr (LimberStatement) statement = NULL;

  if (*erased != NULL)
    return *erased;
  *erased = new_set ();
  statement = limber_database_statement (database, "SELECT id FROM erased", NULL);
  while (statement != NULL && limber_statement_step (statement, NULL) == 1) {
    LimberEntryId id;

    if (limber_statement_blob_into (statement, 0, &id, sizeof id))
      g_hash_table_add (*erased, limber_id_copy (&id));
  }
  return *erased;
}

static gboolean
is_covered (GHashTable *ids, const LimberEntry *entry)
{
  g_autoptr (GArray) seen = NULL;

  if (g_hash_table_size (ids) == 0)
    return FALSE;
  if (g_hash_table_contains (ids, &entry->id))
    return TRUE;
  seen = limber_recovered_is (entry) ? limber_entry_seen (entry, NULL) : NULL;
  for (guint i = 0; seen != NULL && i < seen->len; i++)
    if (g_hash_table_contains (ids, &g_array_index (seen, LimberEntryId, i)))
      return TRUE;
  return FALSE;
}

/**
 * limber_erasure_covers:
 * @database: the writing connection
 *
 * Returns: whether @entry may only be kept without its body: it was erased, or offers again what was
 */
gboolean
limber_erasure_covers (LimberDatabase *database, const LimberEntry *entry)
{
  return !limber_canary (LIMBER_CANARY_ERASED_COMES_BACK) && is_covered (erased_set (database), entry);
}

/**
 * limber_erasure_leaves:
 * @database: the writing connection
 * @entry: an entry of central's second file
 *
 * What was written before a commit that then failed is in no journal, so that no erasure could name it; a restore would
 * bring it back.
 *
 * Returns: whether it is such an entry, about a record of which something was erased
 */
gboolean
limber_erasure_leaves (LimberDatabase *database, const LimberEntry *entry)
{
  return limber_database_integer (database, 0,
                                  "SELECT 1 FROM erasure WHERE erasure.record=(SELECT n FROM thing WHERE id=?1) AND NOT EXISTS(SELECT 1 FROM journal WHERE journal.record=erasure.record AND hash=?2)", "db",
                                  &entry->record, entry->hash, sizeof entry->hash) != 0;
}

/* Whatever a node derived may have been made of what is taken out here. */
static gboolean
clear_values (LimberRecord *record, GHashTable *ids)
{
  gboolean cleared = FALSE;

  for (guint i = 0; i < record->kind->n_fields; i++)
    if (limber_stamp_is_set (&record->stamps[i]) && g_hash_table_contains (ids, &record->stamps[i].entry)) {
      limber_record_unset (record, i);
      cleared = TRUE;
    }
  for (guint i = 0; cleared && i < record->kind->n_fields; i++)
    if (record->kind->fields[i].flags & LIMBER_FIELD_DERIVED)
      limber_value_set_none (&record->values[i]);
  return cleared;
}

/**
 * limber_erasure_clean:
 * @database: the writing connection
 * @record: a record from elsewhere
 *
 * Returns: (transfer full) (nullable): @record without what was erased; %NULL when nothing of it was
 */
LimberRecord *
limber_erasure_clean (LimberDatabase *database, const LimberRecord *record)
{
  GHashTable *erased = erased_set (database);
  g_autoptr (LimberRecord) clean = g_hash_table_size (erased) > 0 ? limber_record_copy (record) : NULL;

  return clean != NULL && clear_values (clean, erased) ? g_steal_pointer (&clean) : NULL;
}

/**
 * limber_erasure_clean_extra:
 * @database: the writing connection
 * @extra: (inout): a record from elsewhere; loses what was erased
 */
void
limber_erasure_clean_extra (LimberDatabase *database, LimberExtra *extra)
{
  GHashTable *erased = erased_set (database);

  if (g_hash_table_size (erased) > 0)
    limber_extra_erase (extra, erased);
}

/* Those of the erasure's entries that this store had not heard of yet; it has now. */
static GHashTable *
take_ids (LimberDatabase *database, const LimberRecord *erasure, GError **error)
{
  g_autoptr (GHashTable) ids = new_set ();
  GHashTable *erased = erased_set (database);
  const char *list = limber_record_text (erasure, "entries");
  LimberScan scan;

  limber_scan_init (&scan, list != NULL ? list : "", list != NULL ? strlen (list) : 0);
  limber_scan_expect (&scan, '[');
  do {
    g_autofree char *text = limber_scan_text (&scan, 40);
    LimberEntryId id;

    if (text == NULL || !limber_id_parse (&id, text) || !g_hash_table_add (erased, limber_id_copy (&id)))
      continue;
    g_hash_table_add (ids, limber_id_copy (&id));
    if (!limber_database_execute (database, error, "INSERT OR IGNORE INTO erased(id) VALUES(?)", "d", &id))
      return NULL;
  } while (limber_scan_accept (&scan, ','));
  return g_steal_pointer (&ids);
}

typedef struct {
  LimberTransaction *transaction;
  const LimberId    *record;
  gint64             n;    /* its number as a thing */
  GHashTable        *ids;  /* LimberId set: what is erased now */
  GArray            *keys; /* gint64: where that stands in the journal */
} Erasing;

static gboolean
note_key (const LimberEntry *entry, gint64 key, LimberJournalState state, gpointer data)
{
  Erasing *erasing = data;

  if (is_covered (erasing->ids, entry))
    g_array_append_val (erasing->keys, key);
  return TRUE;
}

/* The header stays, so that chains verify; nothing is left to decide. */
static gboolean
strip_journal (Erasing *erasing, GError **error)
{
  LimberDatabase *database = erasing->transaction->reader.database;

  if (!limber_journal_each (database, erasing->record, note_key, erasing, error))
    return FALSE;
  for (guint i = 0; i < erasing->keys->len; i++) {
    gint64 key = g_array_index (erasing->keys, gint64, i);

    if (!limber_database_execute (database, error, "UPDATE journal SET body=NULL, salt=NULL, state=CASE state WHEN 1 THEN 2 ELSE state END WHERE key=?", "i", key) ||
        !limber_database_execute (database, error, "DELETE FROM quarantine WHERE key=?", "i", key) || !limber_aside_renew (erasing->transaction, key, error))
      return FALSE;
  }
  erasing->transaction->changes->journal = TRUE;
  return TRUE;
}

static gboolean
clear_row (Erasing *erasing, const LimberKind *kind, GError **error)
{
  LimberTransaction *transaction = erasing->transaction;
  LimberDatabase *database = transaction->reader.database;
  g_autoptr (LimberRecord) record = NULL;

  if (!limber_rows_find (database, kind, erasing->n, &record, error))
    return FALSE;
  if (record == NULL || !clear_values (record, erasing->ids))
    return TRUE;
  if (!limber_fold_journal (database, record, transaction->reader.klass, error))
    return FALSE;
  if (limber_record_is_empty (record))
    return limber_transaction_drop (transaction, kind, erasing->record, error);
  return limber_transaction_save_row (transaction, record, erasing->n, error);
}

static gboolean
clear_rows (Erasing *erasing, GError **error)
{
  guint n;
  const LimberKind *const *kinds = limber_kinds (&n);

  for (guint i = 0; i < n; i++)
    if (!kinds[i]->computed && limber_kind_held_by (kinds[i], erasing->transaction->reader.klass) && !clear_row (erasing, kinds[i], error))
      return FALSE;
  return TRUE;
}

/* Conflicts whose losing value is erased go; what that means for others, central knows. */
static gboolean
clear_conflicts (Erasing *erasing, GError **error)
{
  LimberTransaction *transaction = erasing->transaction;
  const LimberKind *kind = limber_kind_by_name ("conflict");
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (LimberId));
  g_autoptr (LimberStatement) statement =
      limber_database_bound (transaction->reader.database, error, "SELECT c.id, e.id FROM conflict JOIN thing c ON c.n=conflict.n JOIN thing e ON e.n=entry WHERE record=?", "i", erasing->n);
  int step = -1;

  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1) {
    LimberId conflict, entry;

    if (limber_statement_blob_into (statement, 0, &conflict, sizeof conflict) && limber_statement_blob_into (statement, 1, &entry, sizeof entry) &&
        g_hash_table_contains (erasing->ids, &entry))
      g_array_append_val (gone, conflict);
  }
  if (step != 0)
    return FALSE;
  for (guint i = 0; i < gone->len; i++)
    if (!limber_transaction_drop (transaction, kind, &g_array_index (gone, LimberId, i), error))
      return FALSE;
  return transaction->reader.klass != LIMBER_CLASS_CENTRAL || limber_conflicts_renew (transaction, erasing->record, error);
}

/* What waits at central of an erased entry is told of nowhere any more, though central may not have been heard yet. */
static gboolean
clear_asides (Erasing *erasing, GError **error)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, erasing->ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!limber_aside_end (erasing->transaction, id, error))
      return FALSE;
  return TRUE;
}

/**
 * limber_erasure_carry_out:
 * @erasure: an erasure that is about to have its row here
 *
 * Takes away what the entries that it names have said, and keeps them away.
 */
gboolean
limber_erasure_carry_out (LimberTransaction *transaction, const LimberRecord *erasure, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  g_autoptr (GHashTable) ids = take_ids (database, erasure, error);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  Erasing erasing = { transaction, limber_record_id (erasure, "record"), 0, ids, keys };

  if (ids == NULL)
    return FALSE;
  if (g_hash_table_size (ids) == 0 || erasing.record == NULL)
    return TRUE;
  erasing.n = limber_database_thing (database, erasing.record, FALSE, NULL);
  if (erasing.n == 0)
    return TRUE; /* nothing was ever heard of it here */
  transaction->scrub |= LIMBER_SCRUB_ALL;
  return limber_database_set_meta (database, LIMBER_ERASURE_PENDING, "1", error) && strip_journal (&erasing, error) && clear_rows (&erasing, error) && limber_extras_erase (transaction, erasing.n, ids, error) &&
         limber_unsaved_forget_person (transaction, erasing.record, error) && clear_conflicts (&erasing, error) && clear_asides (&erasing, error);
}
