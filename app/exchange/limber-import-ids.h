/* LimberImportIds: a number for each of very many ids, in little room: 876,000 records of a county are in one. Private to app/exchange. */
#pragma once

#include "limber-id.h"

G_BEGIN_DECLS

typedef struct _LimberImportIds LimberImportIds;

LimberImportIds *limber_import_ids_new  (void);
void             limber_import_ids_free (LimberImportIds *ids);
gboolean         limber_import_ids_get  (LimberImportIds *ids, const LimberId *id, guint *number);
void             limber_import_ids_set  (LimberImportIds *ids, const LimberId *id, guint number);
gboolean         limber_import_ids_has  (LimberImportIds *ids, const LimberId *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberImportIds, limber_import_ids_free)

G_END_DECLS
