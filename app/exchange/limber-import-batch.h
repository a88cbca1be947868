/* A batch of a list's rows, taken in as one transaction. Private to app/exchange. */
#pragma once

#include <jansson.h>

#include "limber-import-row.h"
#include "limber-transaction.h"

G_BEGIN_DECLS

#ifdef LIMBER_TEST_HOOKS
extern guint limber_import_batch_rows; /* a simulator's lists are short */
#define LIMBER_IMPORT_BATCH limber_import_batch_rows
#else
#define LIMBER_IMPORT_BATCH 5000
#endif

typedef struct {
  gint64 read, made, changed, same, refused, partly;
} LimberImportCount;

/* What is known of a list while it is read. */
typedef struct {
  const LimberImportList *list;
  LimberImportScope      *scope;
  LimberImportLayout      layout;
  guint                   n_columns; /* of the file */
  GHashTable             *lines;  /* (owned): LimberId → the line where a record stands */
  GString                *cells;  /* (owned): the batch's cells, each ended by NUL */
  GArray                 *rows;   /* (owned): of the batch: guint line */
  LimberImportCount       count;
  json_t                 *problems; /* (unowned): array */
  gint64                  extra;    /* records made besides the rows' own */
} LimberImportBatch;

void     limber_import_batch_init  (LimberImportBatch *batch, const LimberImportList *list, LimberImportScope *scope, json_t *problems);
void     limber_import_batch_begin (LimberImportBatch *batch, LimberCsv *csv);
void     limber_import_batch_clear (LimberImportBatch *batch);
void     limber_import_batch_add   (LimberImportBatch *batch, LimberCsv *csv);
void     limber_import_batch_problem (LimberImportBatch *batch, guint line, const char *column, const char *reason, gboolean taken);
gboolean limber_import_batch_take  (LimberImportBatch *batch, LimberTransaction *transaction, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimberImportBatch, limber_import_batch_clear)

G_END_DECLS
