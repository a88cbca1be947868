/* LimberIdMap: a number for each of very many ids, in little room: 971,000 records of a county are in one. */
#pragma once

#include "limber-id.h"

G_BEGIN_DECLS

#define LIMBER_ID_MAP_MAXIMUM (G_MAXUINT32 - 1) /* of a number */

typedef struct _LimberIdMap LimberIdMap;

LimberIdMap *limber_id_map_new  (guint expected);
void         limber_id_map_free (LimberIdMap *map);
gboolean     limber_id_map_get  (LimberIdMap *map, const LimberId *id, guint *number);
gboolean     limber_id_map_has  (LimberIdMap *map, const LimberId *id);
void         limber_id_map_set  (LimberIdMap *map, const LimberId *id, guint number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberIdMap, limber_id_map_free)

G_END_DECLS
