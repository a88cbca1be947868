/* One row of a list made into one record's values. Private to app/exchange. */
#pragma once

#include "limber-csv.h"
#include "limber-reader.h"

G_BEGIN_DECLS

#define LIMBER_IMPORT_FIELDS_MAXIMUM 40

typedef struct _LimberImportList LimberImportList;

/* Where a list's columns stand in a file, and which it cannot do without: found once a file. */
typedef struct {
  int      cells[LIMBER_IMPORT_FIELDS_MAXIMUM];    /* by the list's columns; -1 when the file has no such column */
  gboolean required[LIMBER_IMPORT_FIELDS_MAXIMUM];
} LimberImportLayout;

/* Records that the lists speak of: found in the store or made in this run. */
typedef struct {
  LimberReader *reader;
  LimberId      organisation;
  char          today[11];
  GHashTable   *known; /* (element-type LimberId): of all kinds: an id is of one kind */
} LimberImportScope;

/* What one record is to be. */
typedef struct {
  const LimberKind *kind;
  LimberId          id;
  LimberValue       values[LIMBER_IMPORT_FIELDS_MAXIMUM]; /* (owned): by the kind's fields */
  gboolean          sets[LIMBER_IMPORT_FIELDS_MAXIMUM];
} LimberImportRecord;

/* Told of each cell that cannot be taken; @column is %NULL for the whole line. */
typedef void (*LimberImportRefuse) (const char *column, const char *reason, gpointer data);
/* Given each record that a row makes besides its own, to move its values out: a site's places, a service met for the first time. */
typedef void (*LimberImportMore) (LimberImportRecord *record, gpointer data);

typedef enum {
  LIMBER_IMPORT_TAKEN,
  LIMBER_IMPORT_REFUSED, /* the whole line; @refuse was told why */
  LIMBER_IMPORT_FAILED,  /* the store failed */
} LimberImportResult;

const LimberImportList *limber_import_list_at     (guint i);
const char             *limber_import_list_file   (const LimberImportList *list);
const char             *limber_import_list_kind   (const LimberImportList *list);
const char             *limber_import_list_key    (const LimberImportList *list);
gboolean                limber_import_list_has    (const LimberImportList *list, const char *column);
const char             *limber_import_list_lacks  (const LimberImportList *list, LimberCsv *csv);

void                    limber_import_list_lay_out (const LimberImportList *list, LimberCsv *csv, LimberImportLayout *layout);

LimberImportResult      limber_import_row_read    (const LimberImportList *list, LimberImportScope *scope, const LimberImportLayout *layout, const char *const *cells,
                                                   LimberImportRecord *record, LimberImportRefuse refuse, LimberImportMore more, gpointer data, GError **error);
void                    limber_import_record_init (LimberImportRecord *record, const char *kind);
void                    limber_import_record_clear (LimberImportRecord *record);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimberImportRecord, limber_import_record_clear)

G_END_DECLS
