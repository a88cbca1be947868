/* LimberMapping: how another system names, writes and words what stands in its lists, as a small JSON file says it:
 *
 *   { "name": "…",
 *     "lists": {
 *       "appointments": {
 *         "file": "Appointments*.csv", "delimiter": ";", "encoding": "Windows-1252", "dates": "DD/MM/YYYY", "times": "DD/MM/YYYY HH:mm",
 *         "days": 14, "sites": ["LMB01"],
 *         "columns": {
 *           "id": "Appointment ID",
 *           "start": ["Date", "Time"],
 *           "site": { "is": "LMB01" },
 *           "status": { "from": "State", "words": { "Booked": "booked", "*": "cancelled" } } } } } }
 *
 * A list that it does not name is in the service's own form. Of one that it names only the columns that it names are read.
 * `from`, several columns of theirs, are joined by `join` (a blank; lines of an address are apart by ";"), empty ones left out.
 * `is` is for a column that their list lacks. `words`: theirs and ours, in either case; "*" is any other but nothing. `form`: see
 * limber-date-form.h; else `dates` or `times`, else the service's own. `days`: an appointments list has all of today and of so
 * many days from then; without it, of the days from its first to its last appointment. `sites`: it has all of these; without
 * it, of those that it names. */
#pragma once

#include <gio/gio.h>

#include "limber-encoding.h"

G_BEGIN_DECLS

#define LIMBER_MAPPING_FILE "mapping.json"
#define LIMBER_MAPPING_FROM_MAXIMUM 10 /* columns of theirs that make one of ours */

typedef struct {
  char      **from;  /* (owned) (nullable): their columns */
  char       *shown; /* (owned) (nullable): these, for people */
  char       *join;  /* (owned): what is put between two of them */
  char       *is;    /* (owned) (nullable): what it always is; then there is no from */
  GHashTable *words; /* (owned) (nullable) (element-type utf8 utf8): theirs, in small letters → ours */
  char       *form;  /* (owned) (nullable): of a day or time */
  gboolean    timed; /* the form is a time's */
} LimberMappedColumn;

typedef struct {
  char          *file;      /* (owned): its name; "*" is any letters */
  char           delimiter;
  LimberEncoding encoding;
  guint          days;      /* 0 when it does not say */
  char         **sites;     /* (owned) (nullable): their codes */
  GHashTable    *columns;   /* (owned) (element-type utf8 LimberMappedColumn): our column → where it comes from */
} LimberMappedList;

typedef struct _LimberMapping LimberMapping;

LimberMapping *limber_mapping_parse (const char *text, gsize length, GError **error);
LimberMapping *limber_mapping_load  (const char *path, GError **error);
void           limber_mapping_free  (LimberMapping *mapping);
const char    *limber_mapping_name  (LimberMapping *mapping);
const LimberMappedList *limber_mapping_list (LimberMapping *mapping, const char *name);

char          *limber_mapped_column_read (const LimberMappedColumn *column, const char *const *cells, const char *today, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberMapping, limber_mapping_free)

G_END_DECLS
