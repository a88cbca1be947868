/* One record of a list, held against what is there, and written. Private to app/exchange. */
#pragma once

#include "limber-import-record.h"
#include "limber-transaction.h"

G_BEGIN_DECLS

/**
 * LimberImportOutcome:
 * @LIMBER_IMPORT_MADE: it was not there
 * @LIMBER_IMPORT_CHANGED: the list says something else than the last one did
 * @LIMBER_IMPORT_SAME: it does not
 * @LIMBER_IMPORT_REFUSED: a rule of its kind says no; the error says why
 * @LIMBER_IMPORT_FAILED: the store failed; the error says how
 */
typedef enum {
  LIMBER_IMPORT_MADE,
  LIMBER_IMPORT_CHANGED,
  LIMBER_IMPORT_SAME,
  LIMBER_IMPORT_REFUSED,
  LIMBER_IMPORT_FAILED,
} LimberImportOutcome;

extern const LimberAuthor limber_import_author;

LimberImportOutcome limber_import_take_record (LimberReader *reader, LimberTransaction *transaction, LimberImportRecord *record, GError **error);

G_END_DECLS
