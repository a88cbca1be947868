/* LimberImport: takes in the lists that a service hands over, once or each day (SYNC.md rule 9). */
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

/**
 * LimberImportPlan:
 * @dir: the folder with the lists: practices.csv, sites.csv, staff.csv, patients.csv, referrals.csv, appointments.csv
 * @mapping: (nullable): the file that says how they are written; else mapping.json in @dir, if there is one
 * @provider: (nullable): whose numbers they have, where several providers share a service; %NULL for the service's own
 * @refused: (nullable): the folder that gets the lines that were refused
 * @from: (nullable): YYYY-MM-DD: the first day that the list of appointments has all of; else its first appointment's
 * @until: (nullable): YYYY-MM-DD: the last such day
 * @dry_run: whether only to say what would be done
 * @gone_anyway: whether what is no longer in the list goes even when that is a large part
 * @cancellable: (nullable): stops between two batches
 * @progress: (nullable): told after each batch
 * @data: for @progress
 *
 * What is to be taken in, and how.
 */
typedef struct {
  const char          *dir;
  const char          *mapping;
  const char          *provider;
  const char          *refused;
  const char          *from;
  const char          *until;
  gboolean             dry_run;
  gboolean             gone_anyway;
  GCancellable        *cancellable;
  LimberImportProgress progress;
  gpointer             data;
} LimberImportPlan;

gboolean limber_import_may    (LimberStore *store);
json_t *limber_import_run     (LimberStore *store, const LimberImportPlan *plan, GError **error);
void    limber_import_to_text (json_t *report, GString *out);

G_END_DECLS
