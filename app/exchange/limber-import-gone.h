/* What a new list of appointments no longer has. Private to app/exchange. */
#pragma once

#include "limber-import-batch.h"
#include "limber-store.h"

G_BEGIN_DECLS

/* Which days a list is about, where it is said. */
typedef struct {
  const char *from;  /* (nullable): YYYY-MM-DD */
  const char *until; /* (nullable): the last of them */
} LimberImportSpan;

json_t *limber_import_gone_run (LimberStore *store, LimberReader *trial, LimberImportReading *reading, const LimberImportSpan *span, gboolean anyway, GError **error);

G_END_DECLS
