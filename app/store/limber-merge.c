#include "limber-merge.h"

#include "limber-canary.h"

/* Where an ordered value stands; nothing comes before everything. */
static gint64
place (const LimberValue *value)
{
  return value->type == LIMBER_VALUE_INTEGER ? value->integer : -1;
}

/**
 * limber_merge_replaces:
 * @merge: how the field merges
 * @held: the value that is held
 * @held_stamp: its stamp; unset when the field never had a value
 * @other: another value
 * @other_stamp: its stamp
 *
 * Plain: the later stamp. Once: the earlier stamp. Ordered: the larger value (round, then rank), of equal ones the later stamp.
 *
 * Returns: whether @other is to stand in @held's place. For any set of values, whatever the order in which they are
 *   asked about, the same one remains.
 */
gboolean
limber_merge_replaces (LimberMerge merge, const LimberValue *held, const LimberStamp *held_stamp, const LimberValue *other, const LimberStamp *other_stamp)
{
  if (!limber_stamp_is_set (other_stamp))
    return FALSE;
  if (!limber_stamp_is_set (held_stamp))
    return TRUE;
  if (merge == LIMBER_MERGE_ORDERED && place (held) != place (other) && !limber_canary (LIMBER_CANARY_ORDERED_BY_CLOCK))
    return place (other) > place (held);
  if (merge == LIMBER_MERGE_ONCE && !limber_canary (LIMBER_CANARY_ONCE_KEEPS_LATEST))
    return limber_stamp_compare (other_stamp, held_stamp) < 0;
  return limber_stamp_compare (other_stamp, held_stamp) > 0;
}

/**
 * limber_merge_field:
 * @value: (inout): the value that is held
 * @stamp: (inout): its stamp
 *
 * Returns: whether @other took its place
 */
gboolean
limber_merge_field (LimberMerge merge, LimberValue *value, LimberStamp *stamp, const LimberValue *other, const LimberStamp *other_stamp)
{
  if (!limber_merge_replaces (merge, value, stamp, other, other_stamp))
    return FALSE;
  limber_value_copy (value, other);
  *stamp = *other_stamp;
  return TRUE;
}

/**
 * limber_merge_records:
 * @into: (inout): a record
 * @other: the same record from elsewhere. Its derived fields, which only nodes make and which have no stamps, are taken
 *   as they come
 *
 * Returns: whether @into changed
 */
gboolean
limber_merge_records (LimberRecord *into, const LimberRecord *other)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < into->kind->n_fields; i++) {
    const LimberField *field = &into->kind->fields[i];

    if (!(field->flags & LIMBER_FIELD_DERIVED))
      changed |= limber_merge_field (field->merge, &into->values[i], &into->stamps[i], &other->values[i], &other->stamps[i]);
    else if (!limber_value_equal (&into->values[i], &other->values[i])) {
      limber_value_copy (&into->values[i], &other->values[i]);
      changed = TRUE;
    }
  }
  return changed;
}
