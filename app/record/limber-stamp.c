#include "limber-stamp.h"

#include <string.h>

#include "limber-canary.h"

/**
 * limber_stamp_is_set:
 *
 * Returns: whether any entry ever set the field that this is the stamp of
 */
gboolean
limber_stamp_is_set (const LimberStamp *stamp)
{
  return stamp->time != 0 || !limber_id_is_nil (&stamp->entry);
}

/**
 * limber_stamp_compare:
 *
 * Returns: less than, equal to or greater than 0, as @a is older than, the same as or newer than @b; an unset stamp is
 *   older than every other
 */
int
limber_stamp_compare (const LimberStamp *a, const LimberStamp *b)
{
  gboolean set_a = limber_stamp_is_set (a), set_b = limber_stamp_is_set (b);
  int order;

  if (!set_a || !set_b)
    return (int) set_a - (int) set_b;
  if (a->rank != b->rank && !limber_canary (LIMBER_CANARY_RANK_IGNORED))
    return a->rank < b->rank ? -1 : 1;
  if (a->time != b->time)
    return a->time < b->time ? -1 : 1;
  order = memcmp (&a->origin, &b->origin, sizeof a->origin);
  return order != 0 ? order : limber_id_compare (&a->entry, &b->entry);
}
