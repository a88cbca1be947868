/* A device holds the entries that it wrote itself, a hub those that it passed on, central all of them. Whatever else stands in the row
 * came as a value with its clock, which says when and where it was written, but not by whom. */
#include "limber-history.h"

#include <string.h>

#include "limber-journal.h"
#include "limber-reader-private.h"
#include "limber-rows.h"

/* One field of one entry. */
typedef struct {
  guint       field;
  gboolean    has_value; /* else its body is not here, and @field says nothing */
  LimberStamp stamp;
  char       *author;    /* (owned) (nullable) */
  char       *role;      /* (owned) (nullable) */
  LimberValue value;
  GArray     *seen;      /* (owned) (nullable): LimberEntryId; %NULL where it is not known */
} Edit;

typedef struct {
  const LimberKind *kind;
  GArray           *edits; /* (owned): Edit */
} Gathered;

static void
edit_clear (Edit *edit)
{
  g_free (edit->author);
  g_free (edit->role);
  limber_value_clear (&edit->value);
  g_clear_pointer (&edit->seen, g_array_unref);
}

static void
past_change_clear (LimberPastChange *change)
{
  g_free (change->author);
  g_free (change->role);
  limber_value_clear (&change->before);
  limber_value_clear (&change->after);
}

static Edit
edit_of (const LimberEntry *entry)
{
  Edit edit = { .author = g_strdup (entry->author), .role = g_strdup (entry->role) };

  limber_entry_stamp (entry, &edit.stamp);
  return edit;
}

static gboolean
gather (const LimberEntry *entry, gint64 key, LimberJournalState state, gpointer data)
{
  Gathered *gathered = data;
  g_autoptr (GArray) changes = NULL;

  if (state != LIMBER_JOURNAL_MERGED || !g_str_equal (entry->kind, gathered->kind->name))
    return TRUE;
  if (!entry->has_body) {
    Edit edit = edit_of (entry);

    g_array_append_val (gathered->edits, edit);
    return TRUE;
  }
  changes = limber_entry_changes (entry, NULL);
  for (guint i = 0; changes != NULL && i < changes->len; i++) {
    const LimberChange *change = &g_array_index (changes, LimberChange, i);
    int field = limber_kind_field (gathered->kind, change->name);
    g_auto (LimberValue) value = LIMBER_VALUE_INIT;
    Edit edit;

    if (field < 0 || !limber_entry_value (&gathered->kind->fields[field], change->value, &value, NULL))
      continue;
    edit = edit_of (entry);
    edit.field = (guint) field;
    edit.has_value = TRUE;
    limber_value_copy (&edit.value, &value);
    edit.seen = limber_entry_seen (entry, change->name);
    g_array_append_val (gathered->edits, edit);
  }
  return TRUE;
}

static gboolean
is_of (const Edit *edit, guint field)
{
  return edit->has_value && edit->field == field;
}

static Edit *
find_edit (const Gathered *gathered, guint field, const LimberEntryId *entry)
{
  for (guint i = 0; i < gathered->edits->len; i++) {
    Edit *edit = &g_array_index (gathered->edits, Edit, i);

    if (is_of (edit, field) && limber_id_equal (&edit->stamp.entry, entry))
      return edit;
  }
  return NULL;
}

/* What stands in the row and is in no entry here. */
static void
add_values (Gathered *gathered, const LimberRecord *record)
{
  for (guint i = 0; i < gathered->kind->n_fields; i++) {
    Edit edit = { .field = i, .has_value = TRUE };

    if (!limber_field_is_written (&gathered->kind->fields[i]) || !limber_stamp_is_set (&record->stamps[i]) || find_edit (gathered, i, &record->stamps[i].entry) != NULL)
      continue;
    edit.stamp = record->stamps[i];
    limber_value_copy (&edit.value, &record->values[i]);
    g_array_append_val (gathered->edits, edit);
  }
}

/* The latest of those that the author had before him: the one that he saw on his screen. */
static const Edit *
before (const Gathered *gathered, const Edit *edit)
{
  const Edit *latest = NULL;

  for (guint i = 0; edit->seen != NULL && i < edit->seen->len; i++) {
    const Edit *seen = find_edit (gathered, edit->field, &g_array_index (edit->seen, LimberEntryId, i));

    if (seen != NULL && (latest == NULL || limber_stamp_compare (&seen->stamp, &latest->stamp) > 0))
      latest = seen;
  }
  return latest;
}

static gboolean
has_seen (const Edit *edit, const LimberEntryId *entry)
{
  for (guint i = 0; edit->seen != NULL && i < edit->seen->len; i++)
    if (limber_id_equal (&g_array_index (edit->seen, LimberEntryId, i), entry))
      return TRUE;
  return FALSE;
}

/* Lost is only what is known to be: where the change that won is not here, it may well have seen this one. */
static LimberHistoryFate
fate_of (const Gathered *gathered, const LimberRecord *record, const Edit *edit)
{
  const LimberStamp *standing = &record->stamps[edit->field];
  const Edit *winner = limber_stamp_is_set (standing) ? find_edit (gathered, edit->field, &standing->entry) : NULL;

  if (limber_id_equal (&standing->entry, &edit->stamp.entry))
    return LIMBER_HISTORY_STANDS;
  if (winner == NULL || winner->seen == NULL || limber_value_equal (&winner->value, &edit->value))
    return LIMBER_HISTORY_REPLACED;
  for (guint i = 0; i < gathered->edits->len; i++) {
    const Edit *other = &g_array_index (gathered->edits, Edit, i);

    if (is_of (other, edit->field) && has_seen (other, &edit->stamp.entry))
      return LIMBER_HISTORY_REPLACED;
  }
  return LIMBER_HISTORY_LOST;
}

static LimberPastChange
change_of (const Gathered *gathered, const LimberRecord *record, Edit *edit)
{
  const Edit *old = before (gathered, edit);
  LimberPastChange change = { .at = LIMBER_HYBRID_MS (edit->stamp.time), .author = g_steal_pointer (&edit->author), .role = g_steal_pointer (&edit->role), .fate = LIMBER_HISTORY_REPLACED };

  memcpy (change.device.bytes, edit->stamp.origin.bytes, sizeof change.device.bytes);
  if (!edit->has_value)
    return change;
  change.field = &gathered->kind->fields[edit->field];
  change.fate = fate_of (gathered, record, edit);
  change.knows_before = old != NULL || (edit->seen != NULL && edit->seen->len == 0);
  limber_value_copy (&change.after, &edit->value);
  if (old != NULL)
    limber_value_copy (&change.before, &old->value);
  return change;
}

static int
newest_first (gconstpointer a, gconstpointer b)
{
  return limber_stamp_compare (&((const Edit *) b)->stamp, &((const Edit *) a)->stamp);
}

/**
 * limber_history_read:
 * @kind: a kind's name
 * @error: LIMBER_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable) (element-type LimberPastChange): what is known here of how the record came to be as it is, the
 *   newest first
 */
GArray *
limber_history_read (LimberReader *reader, const char *kind, const LimberId *record, GError **error)
{
  g_autoptr (LimberRecord) held = limber_reader_get (reader, kind, record, error);
  g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (Edit)), past = g_array_new (FALSE, TRUE, sizeof (LimberPastChange));
  Gathered gathered = { held != NULL ? held->kind : NULL, edits };

  g_array_set_clear_func (edits, (GDestroyNotify) edit_clear);
  g_array_set_clear_func (past, (GDestroyNotify) past_change_clear);
  if (held == NULL || !limber_journal_each (reader->database, record, gather, &gathered, error))
    return NULL;
  add_values (&gathered, held);
  g_array_sort (edits, newest_first);
  for (guint i = 0; i < edits->len; i++) {
    LimberPastChange change = change_of (&gathered, held, &g_array_index (edits, Edit, i));

    g_array_append_val (past, change);
  }
  return g_steal_pointer (&past);
}
