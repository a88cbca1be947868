/* One row of a list made into one record's values. Private to app/exchange. */
#pragma once

#include "limber-csv.h"
#include "limber-import-record.h"
#include "limber-mapping.h"

G_BEGIN_DECLS

#define LIMBER_IMPORT_COLUMNS_MAXIMUM 24

typedef struct _LimberImportList LimberImportList;

/* Where one of a list's columns comes from in a file. */
typedef struct {
  gboolean there;
  gboolean required;                          /* a row cannot do without */
  int      field;                             /* of the kind, -1 for none */
  int      cells[LIMBER_MAPPING_FROM_MAXIMUM]; /* the file's columns */
  guint    n_cells;
  const LimberMappedColumn *mapped;           /* (nullable): %NULL for a cell that is as ours */
  const char *shown;                          /* what people are told that it is called */
} LimberImportSource;

/* Found once a file. */
typedef struct {
  LimberImportSource sources[LIMBER_IMPORT_COLUMNS_MAXIMUM]; /* by the list's columns */
} LimberImportLayout;

/* What reading rows needs to know, whatever the list. */
typedef struct {
  LimberId    organisation;
  const char *provider;  /* (nullable): whose numbers they are */
  char        today[11];
  GHashTable *codes;     /* (owned) (element-type utf8): of services, so that they stay until the end */
} LimberImportScope;

/* Told of each cell that cannot be taken; @column is %NULL for the whole line. */
typedef void (*LimberImportRefuse) (const char *column, const char *reason, gpointer data);
/* Given each record that a row makes besides its own, to move it out: a site's places. */
typedef void (*LimberImportMore) (LimberImportRecord *record, gpointer data);

const LimberImportList *limber_import_list_at      (guint i);
const char             *limber_import_list_file    (const LimberImportList *list);
const char             *limber_import_list_name    (const LimberImportList *list);
const char             *limber_import_list_kind    (const LimberImportList *list);
char                  **limber_import_list_columns (const LimberImportList *list);
gboolean                limber_import_list_has     (const LimberImportList *list, const char *column);
gboolean                limber_import_list_is_named (const char *kind);
LimberType              limber_import_list_type    (const LimberImportList *list, const char *column);

gboolean                limber_import_layout_uses  (const LimberImportLayout *layout, int cell);
gboolean                limber_import_list_lay_out (const LimberImportList *list, LimberCsv *csv, const LimberMappedList *mapped, LimberImportLayout *layout, const char **lacks);

gboolean                limber_import_row_read     (const LimberImportList *list, LimberImportScope *scope, const LimberImportLayout *layout, char *const *cells,
                                                    LimberImportRecord *record, LimberImportRefuse refuse, LimberImportMore more, gpointer data);
void                    limber_import_row_id       (const LimberImportScope *scope, const char *kind, const char *key, LimberId *id);

G_END_DECLS
