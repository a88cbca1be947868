/* Open addressing; ids are hashes themselves, so that some of their bits say well where to look. */
#include "limber-id-map.h"

#include <string.h>

#define LEAST_PLACES 1024

typedef struct {
  LimberId id;
  guint32  next; /* after the number; 0: nothing is here */
} Place;

struct _LimberIdMap {
  Place *places; /* (owned) */
  guint  n_places;
  guint  n;
};

/* At most four fifths of the places are taken. */
static guint
places_for (guint n)
{
  return MAX (LEAST_PLACES, n + n / 4 + 1);
}

/**
 * limber_id_map_new:
 * @expected: how many ids it is to take without growing; 0 where that is not known
 *
 * Returns: (transfer full): a map with nothing in it
 */
LimberIdMap *
limber_id_map_new (guint expected)
{
  LimberIdMap *map = g_new0 (LimberIdMap, 1);

  map->n_places = places_for (expected);
  map->places = g_new0 (Place, map->n_places);
  return map;
}

void
limber_id_map_free (LimberIdMap *map)
{
  g_free (map->places);
  g_free (map);
}

/* Where @id is, or belongs. */
static Place *
find (LimberIdMap *map, const LimberId *id)
{
  guint at = (guint) ((guint64) limber_id_hash (id) * map->n_places >> 32);

  while (map->places[at].next != 0 && !limber_id_equal (&map->places[at].id, id))
    at = at + 1 < map->n_places ? at + 1 : 0;
  return &map->places[at];
}

static void
grow (LimberIdMap *map)
{
  g_autofree Place *before = map->places;
  guint n = map->n_places;

  map->n_places = n + n / 2;
  map->places = g_new0 (Place, map->n_places);
  for (guint i = 0; i < n; i++)
    if (before[i].next != 0)
      *find (map, &before[i].id) = before[i];
}

/**
 * limber_id_map_get:
 * @number: (out): what was set for @id
 *
 * Returns: whether anything was
 */
gboolean
limber_id_map_get (LimberIdMap *map, const LimberId *id, guint *number)
{
  const Place *place = find (map, id);

  *number = place->next - 1;
  return place->next != 0;
}

gboolean
limber_id_map_has (LimberIdMap *map, const LimberId *id)
{
  return find (map, id)->next != 0;
}

/**
 * limber_id_map_set:
 * @number: at most LIMBER_ID_MAP_MAXIMUM
 */
void
limber_id_map_set (LimberIdMap *map, const LimberId *id, guint number)
{
  Place *place = find (map, id);

  if (place->next == 0 && places_for (map->n + 1) > map->n_places) {
    grow (map);
    place = find (map, id);
  }
  map->n += place->next == 0 ? 1 : 0;
  *place = (Place){ *id, number + 1 };
}
