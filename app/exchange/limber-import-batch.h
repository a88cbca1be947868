/* A batch of a list's rows, taken in as one transaction. Private to app/exchange.
 *
 * One batch is read while the one before it is written: limber_import_batch_add() and limber_import_batch_report() belong to
 * the thread that reads, limber_import_batch_take() to the one that writes, and what a batch has found goes from one to the
 * other with it. */
#pragma once

#include <jansson.h>

#include "limber-id-map.h"
#include "limber-import-refused.h"
#include "limber-import-row.h"
#include "limber-import-take.h"

G_BEGIN_DECLS

#ifdef LIMBER_TEST_HOOKS
extern guint limber_import_batch_rows; /* a simulator's lists are short */
#define LIMBER_IMPORT_BATCH limber_import_batch_rows
#else
#define LIMBER_IMPORT_BATCH 10000
#endif

#define LIMBER_IMPORT_PROBLEMS_MAXIMUM 10000 /* of a report */

typedef struct {
  gint64 read, made, changed, same, refused, partly;
  gint64 extra;    /* records made besides the rows' own */
  gint64 nameless; /* lines refused of which it is not known which record they were */
  gint64 untold;   /* problems that are not in the report, because there are so many */
} LimberImportCount;

/* A list while it is taken in. */
typedef struct {
  const LimberImportList *list;
  const char             *file;     /* what it is called */
  LimberImportScope      *scope;
  LimberImportLayout      layout;
  gboolean                corrects; /* it is refused lines that were put right */
  int                     added[2]; /* then, the two columns that are not the list's; else -1 */
  LimberIdMap            *known;    /* (unowned): records found or made in this run, whatever their kind: an id is of one */
  LimberIdMap            *lines;    /* (owned): the line where a record stands, 0 where it was refused */
  GHashTable             *sites;    /* (owned) (element-type LimberId): of an appointments list */
  gint64                  first;    /* and its first and last start, 0 without any */
  gint64                  last;
  LimberImportCount       count;
} LimberImportReading;

typedef struct {
  LimberImportReading *reading;
  LimberReader        *trial;  /* (nullable): nothing is written: what is there is read here */
  GString             *cells;  /* (owned): of its rows, as they came, each ended by NUL */
  GStringChunk        *trimmed; /* (owned): cells without the blanks around them */
  GArray              *rows;   /* (owned): LimberImportRow */
} LimberImportBatch;

void     limber_import_reading_init  (LimberImportReading *reading, const LimberImportList *list, LimberImportScope *scope, LimberIdMap *known);
void     limber_import_reading_clear (LimberImportReading *reading);

void     limber_import_batch_init    (LimberImportBatch *batch, LimberImportReading *reading);
void     limber_import_batch_clear   (LimberImportBatch *batch);
void     limber_import_batch_add     (LimberImportBatch *batch, LimberCsv *csv);
void     limber_import_batch_add_bad (LimberImportBatch *batch, LimberCsv *csv, int column, const char *reason);
guint    limber_import_batch_length  (LimberImportBatch *batch);
gboolean limber_import_batch_take    (LimberImportBatch *batch, LimberTransaction *transaction, GError **error);
gboolean limber_import_batch_report  (LimberImportBatch *batch, json_t *problems, LimberImportRefused *refused, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimberImportReading, limber_import_reading_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimberImportBatch, limber_import_batch_clear)

G_END_DECLS
