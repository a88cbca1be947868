#include "limber-numbers.h"

#include <string.h>

static LimberNumber *
place_of_id (LimberNumbers *numbers, const LimberId *id)
{
  return &numbers->by_id[limber_id_hash (id) % LIMBER_NUMBERS_KEPT];
}

/**
 * limber_numbers_init:
 * @alone: whether nobody else gives numbers in this store
 */
void
limber_numbers_init (LimberNumbers *numbers, gboolean alone)
{
  memset (numbers, 0, sizeof *numbers);
  numbers->alone = alone;
  numbers->origins = g_array_new (FALSE, TRUE, sizeof (LimberOrigin));
}

void
limber_numbers_clear (LimberNumbers *numbers)
{
  g_clear_pointer (&numbers->all, limber_id_map_free);
  g_clear_pointer (&numbers->origins, g_array_unref);
}

/**
 * limber_numbers_expect_many:
 * @many: whether very many changes are to come; %FALSE when they are over
 */
void
limber_numbers_expect_many (LimberNumbers *numbers, gboolean many)
{
  limber_numbers_take_all (numbers, NULL);
  numbers->many = many;
  numbers->looks = 0;
}

/**
 * limber_numbers_wants_all:
 *
 * Counts a look into the store for a number that is not kept here.
 *
 * Returns: whether so many were needed, and so many more may be, that all numbers are to be read instead
 */
gboolean
limber_numbers_wants_all (LimberNumbers *numbers)
{
  if (!numbers->many || ++numbers->looks < LIMBER_NUMBERS_LOOKS)
    return FALSE;
  numbers->looks = 0;
  return TRUE;
}

/**
 * limber_numbers_take_all:
 * @all: (transfer full) (nullable): the number of every id that has one; %NULL to keep only the last ones again
 */
void
limber_numbers_take_all (LimberNumbers *numbers, LimberIdMap *all)
{
  g_clear_pointer (&numbers->all, limber_id_map_free);
  numbers->all = all;
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
  guint n;

  if (numbers->all != NULL)
    return limber_id_map_get (numbers->all, id, &n) ? (gint64) n : LIMBER_NUMBERS_MISSING;
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
  if (n != LIMBER_NUMBERS_MISSING || numbers->alone)
    *place_of_id (numbers, id) = (LimberNumber){ *id, n };
  if (n > LIMBER_NUMBERS_MANY)
    limber_numbers_take_all (numbers, NULL);
  else if (n > 0 && numbers->all != NULL)
    limber_id_map_set (numbers->all, id, (guint) n);
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
 * limber_numbers_find_origin_of:
 *
 * Returns: whether it is kept here whose number @n is, which is given in @origin
 */
gboolean
limber_numbers_find_origin_of (LimberNumbers *numbers, gint64 n, LimberOrigin *origin)
{
  static const LimberOrigin none;

  if (n >= numbers->origins->len || memcmp (&g_array_index (numbers->origins, LimberOrigin, n), &none, sizeof none) == 0)
    return FALSE;
  *origin = g_array_index (numbers->origins, LimberOrigin, n);
  return TRUE;
}

/**
 * limber_numbers_keep_origin_of:
 * @n: its number, above 0
 */
void
limber_numbers_keep_origin_of (LimberNumbers *numbers, gint64 n, const LimberOrigin *origin)
{
  if (n >= numbers->origins->len)
    g_array_set_size (numbers->origins, (guint) n + 1);
  g_array_index (numbers->origins, LimberOrigin, n) = *origin;
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
  gboolean alone = numbers->alone, many = numbers->many;

  limber_numbers_clear (numbers);
  limber_numbers_init (numbers, alone);
  numbers->many = many;
}
