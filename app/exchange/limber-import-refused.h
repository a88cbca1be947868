/* The lines of a list that were refused, written as a list of their own, so that they can be put right in a spreadsheet and
 * taken in like any other: with the same columns, and two that say which line each was and why. Private to app/exchange. */
#pragma once

#include "limber-csv.h"

G_BEGIN_DECLS

#define LIMBER_IMPORT_REFUSED_LINE "refused_line"
#define LIMBER_IMPORT_REFUSED_REASON "refused_reason"

typedef struct _LimberImportRefused LimberImportRefused;

LimberImportRefused *limber_import_refused_new    (const char *dir, const char *file, LimberCsv *csv, char delimiter, GError **error);
gboolean             limber_import_refused_add    (LimberImportRefused *refused, const char *const *cells, guint n_cells, guint line, const char *reason, GError **error);
gboolean             limber_import_refused_finish (LimberImportRefused *refused, GError **error);
void                 limber_import_refused_free   (LimberImportRefused *refused);

gboolean             limber_import_refused_is     (LimberCsv *csv);
const char          *limber_import_refused_cell   (const char *cell);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberImportRefused, limber_import_refused_free)

G_END_DECLS
