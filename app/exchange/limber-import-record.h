/* What one record is to be, as a list says it. Private to app/exchange. */
#pragma once

#include "limber-kind.h"

G_BEGIN_DECLS

#define LIMBER_IMPORT_REFERENCES_MAXIMUM 8

/* That a value names another record, which must be there when the row is taken. */
typedef struct {
  guint             field;
  const char       *column;
  const LimberKind *target;
  LimberId          id;
  gboolean          required;
  gboolean          lenient; /* when it is not there, nothing is said */
  const char       *code;    /* (nullable): when it is not there, a service of this code is made */
} LimberImportReference;

typedef struct {
  const LimberKind *kind;
  LimberId          id;
  gboolean          has_id;
  LimberValue      *values; /* (owned): by the kind's fields */
  gboolean         *sets;   /* (owned) */
  LimberImportReference references[LIMBER_IMPORT_REFERENCES_MAXIMUM];
  guint             n_references;
} LimberImportRecord;

void         limber_import_record_init    (LimberImportRecord *record, const LimberKind *kind);
void         limber_import_record_clear   (LimberImportRecord *record);
LimberValue *limber_import_record_set     (LimberImportRecord *record, const char *field);
LimberValue *limber_import_record_set_at  (LimberImportRecord *record, guint field);
const LimberValue *limber_import_record_value (const LimberImportRecord *record, const char *field);
void         limber_import_record_service (LimberImportRecord *record, const LimberImportReference *reference);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimberImportRecord, limber_import_record_clear)

G_END_DECLS
