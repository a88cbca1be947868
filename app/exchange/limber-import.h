/* LimberImport: takes in the lists that a service hands over (SYNC.md rule 9). */
#pragma once

#include <gio/gio.h>
#include <jansson.h>

#include "limber-store.h"

G_BEGIN_DECLS

/**
 * LimberImportProgress:
 * @file: the list that is being read
 * @rows: how many of its rows are done
 * @done: how many of its bytes
 * @size: how many bytes it has
 *
 * Told after each batch, in the thread that imports.
 */
typedef void (*LimberImportProgress) (const char *file, gint64 rows, gint64 done, gint64 size, gpointer data);

json_t *limber_import_run     (LimberStore *store, const char *dir, gboolean dry_run, GCancellable *cancellable, LimberImportProgress progress, gpointer data, GError **error);
void    limber_import_to_text (json_t *report, GString *out);

G_END_DECLS
