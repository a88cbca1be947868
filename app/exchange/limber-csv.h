/* LimberCsv: reads a list: CSV as RFC 4180 has it, with one header row, in UTF-8 (a byte order mark is passed over), a row at a time.
 * Cells may be apart by another mark than a comma; lines end with LF, CR LF or, all of them, CR. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LIMBER_CSV_ROW_MAXIMUM (64 * 1024)
#define LIMBER_CSV_COLUMNS_MAXIMUM 64

typedef struct _LimberCsv LimberCsv;

/**
 * LimberCsvResult:
 * @LIMBER_CSV_ROW: a row was read
 * @LIMBER_CSV_BAD: a line is no row, the error says why; what follows it can be read
 * @LIMBER_CSV_END: there is nothing more
 * @LIMBER_CSV_FAILED: the file could not be read further, the error says why
 */
typedef enum {
  LIMBER_CSV_ROW,
  LIMBER_CSV_BAD,
  LIMBER_CSV_END,
  LIMBER_CSV_FAILED,
} LimberCsvResult;

LimberCsv      *limber_csv_new        (GInputStream *stream, char delimiter, GError **error);
void            limber_csv_free       (LimberCsv *csv);
guint           limber_csv_n_columns  (LimberCsv *csv);
const char     *limber_csv_name       (LimberCsv *csv, guint column);
int             limber_csv_column     (LimberCsv *csv, const char *name);
LimberCsvResult limber_csv_next       (LimberCsv *csv, int *bad_column, GError **error);
const char     *limber_csv_cell       (LimberCsv *csv, guint column);
const char     *limber_csv_bad_line   (LimberCsv *csv);
guint           limber_csv_line       (LimberCsv *csv);
gint64          limber_csv_position   (LimberCsv *csv);
void            limber_csv_append_row (GString *out, char delimiter, const char *const *cells, guint n_cells);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberCsv, limber_csv_free)

G_END_DECLS
