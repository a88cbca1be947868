/* Open addressing; ids are hashes themselves, so that some of their bits say well where to look. */
#include "limber-import-ids.h"

#include <string.h>

#define FIRST_PLACES 1024 /* a power of two, as all are */

typedef struct {
  LimberId id;
  guint    number;
  gboolean taken;
} Place;

struct _LimberImportIds {
  Place *places; /* (owned) */
  guint  n_places;
  guint  n;
};

LimberImportIds *
limber_import_ids_new (void)
{
  LimberImportIds *ids = g_new0 (LimberImportIds, 1);

  ids->n_places = FIRST_PLACES;
  ids->places = g_new0 (Place, ids->n_places);
  return ids;
}

void
limber_import_ids_free (LimberImportIds *ids)
{
  g_free (ids->places);
  g_free (ids);
}

/* Where @id is, or belongs. */
static Place *
find (LimberImportIds *ids, const LimberId *id)
{
  guint at = limber_id_hash (id) & (ids->n_places - 1);

  while (ids->places[at].taken && !limber_id_equal (&ids->places[at].id, id))
    at = (at + 1) & (ids->n_places - 1);
  return &ids->places[at];
}

static void
grow (LimberImportIds *ids)
{
  g_autofree Place *before = ids->places;
  guint n = ids->n_places;

  ids->n_places *= 2;
  ids->places = g_new0 (Place, ids->n_places);
  for (guint i = 0; i < n; i++)
    if (before[i].taken)
      *find (ids, &before[i].id) = before[i];
}

/**
 * limber_import_ids_get:
 * @number: (out): what was set for @id
 *
 * Returns: whether anything was
 */
gboolean
limber_import_ids_get (LimberImportIds *ids, const LimberId *id, guint *number)
{
  const Place *place = find (ids, id);

  *number = place->number;
  return place->taken;
}

gboolean
limber_import_ids_has (LimberImportIds *ids, const LimberId *id)
{
  return find (ids, id)->taken;
}

void
limber_import_ids_set (LimberImportIds *ids, const LimberId *id, guint number)
{
  Place *place = find (ids, id);

  if (!place->taken && ids->n >= ids->n_places - ids->n_places / 4) {
    grow (ids);
    place = find (ids, id);
  }
  ids->n += place->taken ? 0 : 1;
  *place = (Place){ *id, number, TRUE };
}
