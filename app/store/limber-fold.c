#include "limber-fold.h"

#include "limber-canary.h"
#include "limber-error.h"
#include "limber-journal.h"
#include "limber-merge.h"

/**
 * limber_fold_changes:
 * @record: (inout): the record that @entry is about
 * @changes: (nullable) (element-type LimberChange): what @entry sets; %NULL for a body that is not here or not as agreed
 * @klass: whose store: fields that it may not hold are left out
 *
 * Returns: whether @record changed
 */
gboolean
limber_fold_changes (LimberRecord *record, const LimberEntry *entry, GArray *changes, LimberClass klass)
{
  LimberStamp stamp;
  gboolean changed = FALSE;

  limber_entry_stamp (entry, &stamp);
  for (guint i = 0; changes != NULL && i < changes->len; i++) {
    const LimberChange *change = &g_array_index (changes, LimberChange, i);
    int at = limber_kind_field (record->kind, change->name);
    g_auto (LimberValue) value = LIMBER_VALUE_INIT;

    if (at < 0 || !limber_field_held_by (&record->kind->fields[at], record->kind, klass) || !limber_entry_value (&record->kind->fields[at], change->value, &value, NULL))
      continue;
    changed |= limber_merge_field (record->kind->fields[at].merge, &record->values[at], &record->stamps[at], &value, &stamp);
  }
  for (guint i = 0; changed && limber_canary (LIMBER_CANARY_ONE_CLOCK_A_ROW) && i < record->kind->n_fields; i++)
    if (limber_stamp_is_set (&record->stamps[i]))
      record->stamps[i] = stamp;
  return changed;
}

typedef struct {
  LimberRecord   *record;
  LimberClass     klass;
  const LimberId *device; /* (nullable): only what it wrote */
} Fold;

static gboolean
fold_merged (const LimberEntry *entry, gint64 key, LimberJournalState state, gpointer data)
{
  Fold *fold = data;
  gboolean ours = state == LIMBER_JOURNAL_MERGED && entry->has_body && g_str_equal (entry->kind, fold->record->kind->name) &&
                  (fold->device == NULL || memcmp (entry->origin.bytes, fold->device->bytes, sizeof fold->device->bytes) == 0);
  g_autoptr (GArray) changes = ours ? limber_entry_changes (entry, NULL) : NULL;

  limber_fold_changes (fold->record, entry, changes, fold->klass);
  return TRUE;
}

/**
 * limber_fold_journal:
 * @record: (inout): a record
 *
 * Folds into @record everything that the journal holds of it.
 */
gboolean
limber_fold_journal (LimberDatabase *database, LimberRecord *record, LimberClass klass, GError **error)
{
  Fold fold = { record, klass, NULL };

  return limber_journal_each (database, &record->id, fold_merged, &fold, error);
}

/**
 * limber_fold_own:
 * @record: (inout): a record
 * @device: this store's
 *
 * Folds into @record what was written here, and nothing that only passed through.
 */
gboolean
limber_fold_own (LimberDatabase *database, LimberRecord *record, const LimberId *device, LimberClass klass, GError **error)
{
  Fold fold = { record, klass, device };

  return limber_journal_each (database, &record->id, fold_merged, &fold, error);
}

static gboolean
wrong (GError **error, const char *what)
{
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, "content: %s", what);
  return FALSE;
}

static gboolean
check_patient (const LimberKind *kind, const LimberEntry *entry, const LimberChange *change, const LimberValue *value, GError **error)
{
  if (kind->patient == NULL || !g_str_equal (kind->patient, change->name))
    return TRUE;
  if ((value->type == LIMBER_VALUE_ID) != entry->has_patient || (entry->has_patient && !limber_id_equal (&value->id, &entry->patient)))
    return wrong (error, "it is about one person and says another");
  return TRUE;
}

/**
 * limber_fold_check:
 * @error: LIMBER_ERROR_REFUSED, for people who look at the quarantine
 *
 * Checks what an entry from elsewhere says, as far as this version knows its kind and fields.
 *
 * Returns: whether it may be merged
 */
gboolean
limber_fold_check (const LimberEntry *entry, GError **error)
{
  const LimberKind *kind = limber_kind_by_name (entry->kind);
  g_autoptr (GArray) changes = limber_entry_changes (entry, error);

  if (changes == NULL)
    return FALSE;
  if (kind == NULL)
    return TRUE;
  if (kind->computed)
    return wrong (error, "nobody writes this kind");
  if (g_strcmp0 (kind->patient, "id") == 0 && (!entry->has_patient || !limber_id_equal (&entry->patient, &entry->record)))
    return wrong (error, "it is about one person and says another");
  for (guint i = 0; i < changes->len; i++) {
    const LimberChange *change = &g_array_index (changes, LimberChange, i);
    int at = limber_kind_field (kind, change->name);
    g_auto (LimberValue) value = LIMBER_VALUE_INIT;

    if (at < 0)
      continue;
    if (!limber_field_is_written (&kind->fields[at]) || change->merge != kind->fields[at].merge)
      return wrong (error, "a field that is not written like that");
    if (!limber_entry_value (&kind->fields[at], change->value, &value, error) || !check_patient (kind, entry, change, &value, error))
      return FALSE;
  }
  return TRUE;
}
