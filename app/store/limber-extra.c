/* Invariant: fields stand in the order of their names, each name once, and there are never more than LIMBER_EXTRA_FIELDS. */
#include "limber-extra.h"

#include <sodium.h>
#include <string.h>

#include "limber-merge.h"

static void
field_clear (LimberExtraField *field)
{
  g_free (field->name);
  g_free (field->json);
}

/**
 * limber_extra_new:
 *
 * Returns: (transfer full): a record of @kind without any field, and nobody's
 */
LimberExtra *
limber_extra_new (const char *kind, const LimberId *id)
{
  LimberExtra *extra = g_new0 (LimberExtra, 1);

  extra->kind = g_strdup (kind);
  extra->id = *id;
  extra->fields = g_array_new (FALSE, FALSE, sizeof (LimberExtraField));
  g_array_set_clear_func (extra->fields, (GDestroyNotify) field_clear);
  return extra;
}

void
limber_extra_free (LimberExtra *extra)
{
  g_array_unref (extra->fields);
  g_free (extra->kind);
  g_free (extra);
}

static LimberMerge
merge_of (const char *name)
{
  gsize length = strlen (name);
  char mark = length > 0 ? name[length - 1] : '\0';

  return mark == '^' ? LIMBER_MERGE_ORDERED : mark == '!' ? LIMBER_MERGE_ONCE : LIMBER_MERGE_PLAIN;
}

/**
 * limber_extra_field_merge:
 *
 * Returns: how the field merges, as its mark says
 */
LimberMerge
limber_extra_field_merge (const LimberExtraField *field)
{
  return merge_of (field->name);
}

/**
 * limber_extra_field_name:
 *
 * Returns: (transfer full): its name without the mark
 */
char *
limber_extra_field_name (const LimberExtraField *field)
{
  return g_strndup (field->name, strlen (field->name) - (merge_of (field->name) != LIMBER_MERGE_PLAIN));
}

static char *
name_with_mark (const LimberChange *change)
{
  static const char *const marks[] = { [LIMBER_MERGE_PLAIN] = "", [LIMBER_MERGE_ORDERED] = "^", [LIMBER_MERGE_ONCE] = "!" };

  return g_strconcat (change->name, marks[change->merge], NULL);
}

/* What merging must know of a value: where an ordered one stands. */
static LimberValue
value_of (const char *json, gsize length)
{
  LimberValue value = LIMBER_VALUE_INIT;
  LimberScan scan;
  gint64 number;

  limber_scan_init (&scan, json, length);
  number = limber_scan_integer (&scan, G_MININT64, G_MAXINT64);
  if (limber_scan_finished (&scan))
    limber_value_set_integer (&value, number);
  return value;
}

/* Where the field called @name stands, or belongs. */
static guint
place_of (const LimberExtra *extra, const char *name)
{
  guint low = 0, high = extra->fields->len;

  while (low < high) {
    guint middle = (low + high) / 2;

    if (strcmp (g_array_index (extra->fields, LimberExtraField, middle).name, name) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Whether the value would change what @extra holds of the field called @name, which stands at @at or belongs there. */
static gboolean
replaces (const LimberExtra *extra, guint at, const char *name, LimberSpan value, const LimberStamp *stamp)
{
  const LimberExtraField *held = at < extra->fields->len ? &g_array_index (extra->fields, LimberExtraField, at) : NULL;
  LimberValue before, after;

  if (value.length > LIMBER_EXTRA_VALUE || !limber_stamp_is_set (stamp))
    return FALSE;
  if (held == NULL || !g_str_equal (held->name, name))
    return at < LIMBER_EXTRA_FIELDS;
  before = value_of (held->json, strlen (held->json));
  after = value_of (value.start, value.length);
  return limber_merge_replaces (merge_of (name), &before, &held->stamp, &after, stamp);
}

/**
 * limber_extra_set:
 * @name: a field's name, with its mark
 * @value: JSON
 * @stamp: its stamp
 *
 * Merges one value, as the field's mark says.
 *
 * Returns: whether @extra changed
 */
gboolean
limber_extra_set (LimberExtra *extra, const char *name, LimberSpan value, const LimberStamp *stamp)
{
  guint at = place_of (extra, name);
  LimberExtraField made;

  if (!replaces (extra, at, name, value, stamp))
    return FALSE;
  made = (LimberExtraField){ g_strdup (name), g_strndup (value.start, value.length), *stamp };
  if (at < extra->fields->len && g_str_equal (g_array_index (extra->fields, LimberExtraField, at).name, name))
    g_array_remove_index (extra->fields, at);
  g_array_insert_val (extra->fields, at, made);
  if (extra->fields->len > LIMBER_EXTRA_FIELDS)
    g_array_set_size (extra->fields, LIMBER_EXTRA_FIELDS);
  return TRUE;
}

/**
 * limber_extra_lacks:
 * @field: a field of the same record from elsewhere
 *
 * Returns: whether merging it would change @extra
 */
gboolean
limber_extra_lacks (const LimberExtra *extra, const LimberExtraField *field)
{
  return replaces (extra, place_of (extra, field->name), field->name, (LimberSpan){ field->json, strlen (field->json) }, &field->stamp);
}

/**
 * limber_extra_set_patient:
 * @patient: (nullable): whose record it is, says the entry that @stamp is of
 *
 * Returns: whether @extra changed
 */
gboolean
limber_extra_set_patient (LimberExtra *extra, const LimberId *patient, const LimberStamp *stamp)
{
  gboolean has = patient != NULL;

  if (!limber_stamp_is_set (stamp) || has < extra->has_patient || (has == extra->has_patient && limber_stamp_compare (stamp, &extra->whose) <= 0))
    return FALSE;
  extra->has_patient = has;
  if (has)
    extra->patient = *patient;
  extra->whose = *stamp;
  return TRUE;
}

static gboolean
is_extra (const LimberKind *kind, const LimberChange *change)
{
  return (kind == NULL || limber_kind_field (kind, change->name) < 0) && change->value.length <= LIMBER_EXTRA_VALUE;
}

/**
 * limber_extra_has_any:
 * @kind: (nullable): the entry's kind, %NULL for one that is not known here
 * @changes: (nullable) (element-type LimberChange): what the entry sets
 *
 * Returns: whether it sets anything that this version does not know
 */
gboolean
limber_extra_has_any (const LimberKind *kind, GArray *changes)
{
  for (guint i = 0; changes != NULL && i < changes->len; i++)
    if (is_extra (kind, &g_array_index (changes, LimberChange, i)))
      return TRUE;
  return FALSE;
}

/**
 * limber_extra_fold:
 * @entry: an entry about this record
 * @changes: (nullable) (element-type LimberChange): what it sets
 *
 * Merges what @entry sets of fields that this version does not know.
 *
 * Returns: whether @extra changed
 */
gboolean
limber_extra_fold (LimberExtra *extra, const LimberEntry *entry, GArray *changes)
{
  const LimberKind *kind = limber_kind_by_name (entry->kind);
  LimberStamp stamp;
  gboolean changed;

  if (!limber_extra_has_any (kind, changes))
    return FALSE;
  limber_entry_stamp (entry, &stamp);
  changed = limber_extra_set_patient (extra, entry->has_patient ? &entry->patient : NULL, &stamp);
  for (guint i = 0; i < changes->len; i++) {
    const LimberChange *change = &g_array_index (changes, LimberChange, i);
    g_autofree char *name = is_extra (kind, change) ? name_with_mark (change) : NULL;

    if (name != NULL)
      changed |= limber_extra_set (extra, name, change->value, &stamp);
  }
  return changed;
}

/**
 * limber_extra_merge:
 * @into: (inout): a record
 * @other: the same record from elsewhere
 *
 * Returns: whether @into changed
 */
gboolean
limber_extra_merge (LimberExtra *into, const LimberExtra *other)
{
  gboolean changed = limber_extra_set_patient (into, other->has_patient ? &other->patient : NULL, &other->whose);

  for (guint i = 0; i < other->fields->len; i++) {
    const LimberExtraField *field = &g_array_index (other->fields, LimberExtraField, i);

    changed |= limber_extra_set (into, field->name, (LimberSpan){ field->json, strlen (field->json) }, &field->stamp);
  }
  return changed;
}

/**
 * limber_extra_erase:
 * @entries: (element-type LimberEntryId): a set of entries
 *
 * Takes out the values that @entries set. Whose record it is says their headers, which stay.
 *
 * Returns: whether @extra changed
 */
gboolean
limber_extra_erase (LimberExtra *extra, GHashTable *entries)
{
  guint before = extra->fields->len;

  for (guint i = before; i > 0; i--)
    if (g_hash_table_contains (entries, &g_array_index (extra->fields, LimberExtraField, i - 1).stamp.entry))
      g_array_remove_index (extra->fields, i - 1);
  return extra->fields->len != before;
}

/**
 * limber_extra_has:
 * @name: a field's name, without its mark
 *
 * Returns: whether there is a value of that field
 */
gboolean
limber_extra_has (const LimberExtra *extra, const char *name)
{
  for (guint i = 0; i < extra->fields->len; i++) {
    g_autofree char *held = limber_extra_field_name (&g_array_index (extra->fields, LimberExtraField, i));

    if (g_str_equal (held, name))
      return TRUE;
  }
  return FALSE;
}

/**
 * limber_extra_has_known:
 *
 * Returns: whether this version does know any of the fields, the one that kept them having been another
 */
gboolean
limber_extra_has_known (const LimberExtra *extra)
{
  const LimberKind *kind = limber_kind_by_name (extra->kind);

  for (guint i = 0; kind != NULL && i < kind->n_fields; i++)
    if (limber_extra_has (extra, kind->fields[i].name))
      return TRUE;
  return FALSE;
}

static void
take_field (LimberRecord *record, const LimberExtraField *extra, int at, LimberClass klass)
{
  const LimberField *field = &record->kind->fields[at];
  g_auto (LimberValue) value = LIMBER_VALUE_INIT;

  if (!limber_field_is_written (field) || !limber_field_held_by (field, record->kind, klass) || merge_of (extra->name) != field->merge)
    return;
  if (limber_entry_value (field, (LimberSpan){ extra->json, strlen (extra->json) }, &value, NULL))
    limber_merge_field (field->merge, &record->values[at], &record->stamps[at], &value, &extra->stamp);
}

/**
 * limber_extra_take_known:
 * @extra: (inout): loses the fields that this version does know
 * @klass: whose store: fields that it may not hold are left out
 *
 * Values that are not as this version declares them are left out.
 *
 * Returns: (transfer full) (nullable): a record of those fields; %NULL when the kind is not known, or none of the fields
 */
LimberRecord *
limber_extra_take_known (LimberExtra *extra, LimberClass klass)
{
  const LimberKind *kind = limber_kind_by_name (extra->kind);
  g_autoptr (LimberRecord) record = NULL;

  for (guint i = extra->fields->len; kind != NULL && i > 0; i--) {
    const LimberExtraField *field = &g_array_index (extra->fields, LimberExtraField, i - 1);
    g_autofree char *name = limber_extra_field_name (field);
    int at = limber_kind_field (kind, name);

    if (at < 0)
      continue;
    if (record == NULL)
      record = limber_record_new (kind, &extra->id);
    take_field (record, field, at, klass);
    g_array_remove_index (extra->fields, i - 1);
  }
  return g_steal_pointer (&record);
}

static void
hash_text (crypto_generichash_state *state, const char *text)
{
  crypto_generichash_update (state, (const guint8 *) text, strlen (text) + 1);
}

/**
 * limber_extra_digest:
 * @digest: (out caller-allocates): the same for two of them exactly when they say the same
 *
 * One record's part of a digest (SYNC.md rule 18). Which entry said last whose record it is does not count: a program that knew
 * fewer fields has heard that from entries that another never kept here.
 */
void
limber_extra_digest (const LimberExtra *extra, guint8 digest[16])
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, 16);
  hash_text (&state, extra->kind);
  crypto_generichash_update (&state, extra->id.bytes, sizeof extra->id.bytes);
  crypto_generichash_update (&state, (const guint8 *) (extra->has_patient ? "p" : "-"), 1);
  if (extra->has_patient)
    crypto_generichash_update (&state, extra->patient.bytes, sizeof extra->patient.bytes);
  for (guint i = 0; i < extra->fields->len; i++) {
    const LimberExtraField *field = &g_array_index (extra->fields, LimberExtraField, i);

    hash_text (&state, field->name);
    hash_text (&state, field->json);
    crypto_generichash_update (&state, field->stamp.entry.bytes, sizeof field->stamp.entry.bytes);
  }
  crypto_generichash_final (&state, digest, 16);
}

/**
 * limber_extra_hash:
 *
 * With limber_extra_equal(), for a table of records by id and kind.
 */
guint
limber_extra_hash (gconstpointer extra)
{
  return limber_id_hash (&((const LimberExtra *) extra)->id);
}

gboolean
limber_extra_equal (gconstpointer a, gconstpointer b)
{
  const LimberExtra *first = a, *second = b;

  return limber_id_equal (&first->id, &second->id) && g_str_equal (first->kind, second->kind);
}
