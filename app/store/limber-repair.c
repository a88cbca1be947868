#include "limber-repair.h"

#include <string.h>

#include "limber-canary.h"
#include "limber-erasure.h"
#include "limber-extras.h"
#include "limber-feed.h"
#include "limber-quarantine-private.h"
#include "limber-recovered.h"
#include "limber-rows.h"
#include "limber-transaction-private.h"

static gboolean
same_record (const LimberRecord *a, const LimberRecord *b, LimberClass klass)
{
  guint8 first[LIMBER_DIGEST_LENGTH], second[LIMBER_DIGEST_LENGTH];

  limber_record_digest (a, klass, first);
  limber_record_digest (b, klass, second);
  return memcmp (first, second, sizeof first) == 0;
}

/* What the node cannot know of a record stays as it is. */
static gboolean
replace_row (LimberTransaction *transaction, const LimberCommon *common, LimberRecord *record, GError **error)
{
  g_autoptr (LimberRecord) held = limber_reader_get (&transaction->reader, record->kind->name, &record->id, NULL), clean = limber_erasure_clean (transaction->reader.database, record);

  if (held == NULL || limber_canary (LIMBER_CANARY_REPAIR_MERGES))
    return limber_transaction_apply (transaction, record, error); /* which leaves out what was erased itself, and makes no row of nothing */
  record = clean != NULL ? clean : record;
  limber_common_complete (common, record, held);
  if (same_record (held, record, transaction->reader.klass)) /* it may have counted as something else until now */
    return limber_quarantine_review (transaction, record, error) &&
           limber_rows_count_as (transaction->reader.database, record, limber_database_thing (transaction->reader.database, &record->id, FALSE, NULL), error);
  return limber_recovered_write (transaction, held, record, error) && limber_transaction_replace (transaction, record, error);
}

/* A row that the node lacks: what was written here and is kept apart there is still shown here, and a hub keeps apart what
 * it has merged of it. */
static gboolean
erase_row (LimberTransaction *transaction, const LimberRecord *held, GError **error)
{
  g_autoptr (LimberRecord) nothing = NULL;

  if (!limber_recovered_write (transaction, held, NULL, error))
    return FALSE;
  if (transaction->reader.klass != LIMBER_CLASS_HUB && !limber_quarantine_is_marked (&transaction->reader, &held->id))
    return limber_transaction_drop (transaction, held->kind, &held->id, error);
  nothing = limber_record_new (held->kind, &held->id);
  return limber_transaction_replace (transaction, nothing, error);
}

/* Of somebody whom the node does not have for this store it has nothing either that it cannot know (SYNC.md rule 17). */
static gboolean
erase_unknown (LimberTransaction *transaction, const LimberCommon *common, const LimberKind *kind, gint64 patient, GError **error)
{
  g_autoptr (GArray) numbers = limber_rows_of_patient (transaction->reader.database, kind, patient, G_MAXINT64, error);

  for (guint i = 0; numbers != NULL && i < numbers->len; i++) {
    g_autoptr (LimberRecord) held = limber_rows_load (transaction->reader.database, kind, g_array_index (numbers, gint64, i), error);

    if (held == NULL || (!limber_common_has_any (common, held, transaction->reader.klass) && !limber_transaction_drop (transaction, kind, &held->id, error)))
      return FALSE;
  }
  return numbers != NULL;
}

static gboolean
erase_person (LimberTransaction *transaction, const LimberCommon *common, const LimberId *id, GError **error)
{
  gint64 patient = limber_database_thing (transaction->reader.database, id, FALSE, NULL);
  guint n;
  const LimberKind *const *kinds = limber_kinds (&n);

  if (common->same || limber_rows_seq (transaction->reader.database, limber_kind_by_name ("patient"), patient) != 0)
    return TRUE;
  for (guint i = 0; i < n; i++)
    if (kinds[i]->patient != NULL && limber_kind_held_by (kinds[i], transaction->reader.klass) && !erase_unknown (transaction, common, kinds[i], patient, error))
      return FALSE;
  return limber_extras_forget (transaction, patient, error);
}

/* Takes out the rows of one kind that the node lacks. */
static gboolean
erase_rows (LimberTransaction *transaction, const LimberCommon *common, const LimberKind *kind, guint bucket, GHashTable *rows, GError **error)
{
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (LimberId));
  g_autoptr (LimberStatement) statement = limber_rows_held (transaction->reader.database, kind, 0, error);
  int step = -1;

  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1) {
    const LimberRecord *record;
    LimberId id;

    if (!limber_statement_blob_into (statement, 1, &id, sizeof id) || limber_feed_bucket_of (&id) != bucket)
      continue;
    record = g_hash_table_lookup (rows, &id);
    if (record == NULL || record->kind != kind)
      g_array_append_val (gone, id);
  }
  for (guint i = 0; step == 0 && i < gone->len; i++) {
    g_autoptr (LimberRecord) held = limber_reader_get (&transaction->reader, kind->name, &g_array_index (gone, LimberId, i), NULL);

    if (held != NULL && limber_common_has_any (common, held, transaction->reader.klass) &&
        (!erase_row (transaction, held, error) || (g_str_equal (kind->name, "patient") && !erase_person (transaction, common, &held->id, error))))
      return FALSE;
  }
  return step == 0;
}

/**
 * limber_repair:
 * @common: what the node declares too
 * @bucket: a part of the digest that differed
 * @rows: (element-type LimberId LimberRecord): all rows that the node has in it
 * @extras: (element-type LimberExtra): and all that it does not know
 *
 * Makes this store's part of the digest the node's (SYNC.md rule 18): rows that the node lacks are taken out, others
 * replaced; what would be lost with them is offered to central first. Only to be called when nothing that this store has
 * written is unknown to the node.
 */
gboolean
limber_repair (LimberTransaction *transaction, const LimberCommon *common, guint bucket, GHashTable *rows, GHashTable *extras, GError **error)
{
  GHashTableIter iter;
  gpointer record;
  guint n;
  const LimberKind *const *kinds = limber_kinds (&n);

  for (guint i = 0; i < n; i++)
    if (limber_kind_held_by (kinds[i], transaction->reader.klass) && !limber_canary (LIMBER_CANARY_REPAIR_ONLY_ADDS) && !erase_rows (transaction, common, kinds[i], bucket, rows, error))
      return FALSE;
  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    if (limber_feed_bucket_of (&((LimberRecord *) record)->id) == bucket && !replace_row (transaction, common, record, error))
      return FALSE;
  return !common->same || limber_extras_repair (transaction, bucket, extras, error);
}
