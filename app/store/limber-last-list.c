/* There is no second bookkeeping of lists: the journal's entries of rank 0 are the lists. Where an import's value still
 * stands in the row, the row's stamp says all; the journal is read only for records that somebody else has changed. */
#include "limber-last-list.h"

#include "limber-fold.h"
#include "limber-journal.h"
#include "limber-reader-private.h"

typedef struct {
  const LimberRecord *record;
  GArray             *listed;
} Search;

static void
take (GArray *listed, guint field, const LimberValue *value, const LimberStamp *stamp)
{
  LimberListed *one = &g_array_index (listed, LimberListed, field);

  if (one->known && limber_stamp_compare (&one->stamp, stamp) >= 0)
    return;
  one->known = TRUE;
  limber_value_copy (&one->value, value);
  one->entry = stamp->entry;
  one->stamp = *stamp;
}

static gboolean
take_entry (const LimberEntry *entry, gint64 key, LimberJournalState state, gpointer data)
{
  Search *search = data;
  const LimberKind *kind = search->record->kind;
  g_autoptr (GArray) changes = NULL;
  LimberStamp stamp;

  if (state != LIMBER_JOURNAL_MERGED || entry->rank != LIMBER_RANK_IMPORT || !entry->has_body || !g_str_equal (entry->kind, kind->name))
    return TRUE;
  changes = limber_entry_changes (entry, NULL);
  limber_entry_stamp (entry, &stamp);
  for (guint i = 0; changes != NULL && i < changes->len; i++) {
    const LimberChange *change = &g_array_index (changes, LimberChange, i);
    int at = limber_kind_field (kind, change->name);
    g_auto (LimberValue) value = LIMBER_VALUE_INIT;

    if (at >= 0 && limber_entry_value (&kind->fields[at], change->value, &value, NULL))
      take (search->listed, (guint) at, &value, &stamp);
  }
  return TRUE;
}

static void
listed_clear (LimberListed *listed)
{
  limber_value_clear (&listed->value);
}

/**
 * limber_last_list_stands:
 * @record: a record as it is now
 *
 * Returns: whether nobody but lists has set anything in it: then it is what the last list said
 */
gboolean
limber_last_list_stands (const LimberRecord *record)
{
  for (guint i = 0; i < record->kind->n_fields; i++)
    if (limber_stamp_is_set (&record->stamps[i]) && record->stamps[i].rank != LIMBER_RANK_IMPORT)
      return FALSE;
  return TRUE;
}

/**
 * limber_last_list_stands_in:
 * @record: a record as it is now
 * @field: of its kind
 *
 * Returns: whether a list has set @field, and nobody else since
 */
gboolean
limber_last_list_stands_in (const LimberRecord *record, guint field)
{
  return limber_stamp_is_set (&record->stamps[field]) && record->stamps[field].rank == LIMBER_RANK_IMPORT;
}

/**
 * limber_last_list_read:
 * @record: a record as it is now
 * @error: when the store cannot be read
 *
 * Returns: (transfer full) (nullable) (element-type LimberListed): one for each field that the record's kind declares
 */
GArray *
limber_last_list_read (LimberReader *reader, const LimberRecord *record, GError **error)
{
  g_autoptr (GArray) listed = g_array_new (FALSE, TRUE, sizeof (LimberListed));
  Search search = { record, listed };
  gboolean touched = FALSE;

  g_array_set_clear_func (listed, (GDestroyNotify) listed_clear);
  g_array_set_size (listed, record->kind->n_fields);
  for (guint i = 0; i < record->kind->n_fields; i++) {
    if (!limber_stamp_is_set (&record->stamps[i]))
      continue;
    if (record->stamps[i].rank == LIMBER_RANK_IMPORT)
      take (listed, i, &record->values[i], &record->stamps[i]);
    else
      touched = TRUE;
  }
  if (touched && !limber_journal_each (reader->database, &record->id, take_entry, &search, error))
    return NULL;
  return g_steal_pointer (&listed);
}
