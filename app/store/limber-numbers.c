#include "limber-numbers.h"

#include <string.h>

static LimberNumber *
place_of_id (LimberNumbers *numbers, const LimberId *id)
{
  return &numbers->by_id[limber_id_hash (id) % LIMBER_NUMBERS_KEPT];
}

/**
 * limber_numbers_find:
 *
 * Returns: the number of @id, LIMBER_NUMBERS_MISSING when it has none, 0 when that is not kept here
 */
gint64
limber_numbers_find (LimberNumbers *numbers, const LimberId *id)
{
  const LimberNumber *kept = place_of_id (numbers, id);

  return kept->n != 0 && limber_id_equal (&kept->id, id) ? kept->n : 0;
}

/**
 * limber_numbers_find_id:
 *
 * Returns: whether it is kept here whose number @n is, which is given in @id
 */
gboolean
limber_numbers_find_id (LimberNumbers *numbers, gint64 n, LimberId *id)
{
  const LimberNumber *kept = &numbers->by_n[(guint64) n % LIMBER_NUMBERS_KEPT];

  if (n <= 0 || kept->n != n)
    return FALSE;
  *id = kept->id;
  return TRUE;
}

/**
 * limber_numbers_keep:
 * @n: its number, or LIMBER_NUMBERS_MISSING
 */
void
limber_numbers_keep (LimberNumbers *numbers, const LimberId *id, gint64 n)
{
  *place_of_id (numbers, id) = (LimberNumber){ *id, n };
  if (n > 0)
    numbers->by_n[(guint64) n % LIMBER_NUMBERS_KEPT] = (LimberNumber){ *id, n };
}

/**
 * limber_numbers_find_origin:
 *
 * Returns: the number of that branch of @origin, 0 when it is not kept here
 */
gint64
limber_numbers_find_origin (LimberNumbers *numbers, const LimberOrigin *origin, int branch)
{
  return numbers->branch == branch && memcmp (&numbers->origin, origin, sizeof *origin) == 0 ? numbers->origin_n : 0;
}

void
limber_numbers_keep_origin (LimberNumbers *numbers, const LimberOrigin *origin, int branch, gint64 n)
{
  numbers->origin = *origin;
  numbers->branch = branch;
  numbers->origin_n = n;
}

/**
 * limber_numbers_keep_end:
 * @key: where an entry was put into the journal
 */
void
limber_numbers_keep_end (LimberNumbers *numbers, gint64 key, const guint8 hash[LIMBER_HASH_LENGTH])
{
  numbers->end = key;
  memcpy (numbers->end_hash, hash, sizeof numbers->end_hash);
}

/**
 * limber_numbers_is_next:
 *
 * Returns: whether an entry with that @prev is known to go on at @key, where nothing is yet; %FALSE when that is not kept here
 */
gboolean
limber_numbers_is_next (LimberNumbers *numbers, gint64 key, const guint8 prev[LIMBER_HASH_LENGTH])
{
  return numbers->end != 0 && numbers->end + 1 == key && memcmp (numbers->end_hash, prev, sizeof numbers->end_hash) == 0;
}

/**
 * limber_numbers_forget:
 *
 * Something that may have given a number, or gone on with a chain, was undone.
 */
void
limber_numbers_forget (LimberNumbers *numbers)
{
  memset (numbers, 0, sizeof *numbers);
}
