#include "limber-import-record.h"

#include <string.h>

void
limber_import_record_init (LimberImportRecord *record, const LimberKind *kind)
{
  memset (record, 0, sizeof *record);
  record->kind = kind;
  record->values = g_new0 (LimberValue, kind->n_fields);
  record->sets = g_new0 (gboolean, kind->n_fields);
}

void
limber_import_record_clear (LimberImportRecord *record)
{
  for (guint i = 0; record->values != NULL && i < record->kind->n_fields; i++)
    limber_value_clear (&record->values[i]);
  g_clear_pointer (&record->values, g_free);
  g_clear_pointer (&record->sets, g_free);
}

/**
 * limber_import_record_set_at:
 * @field: of the record's kind
 *
 * Returns: (transfer none): the value that the list says, to be filled
 */
LimberValue *
limber_import_record_set_at (LimberImportRecord *record, guint field)
{
  record->sets[field] = TRUE;
  return &record->values[field];
}

LimberValue *
limber_import_record_set (LimberImportRecord *record, const char *field)
{
  int i = limber_kind_field (record->kind, field);

  g_assert (i >= 0);
  return limber_import_record_set_at (record, (guint) i);
}

/**
 * limber_import_record_value:
 *
 * Returns: (transfer none) (nullable): what the list says, %NULL when it says nothing of @field
 */
const LimberValue *
limber_import_record_value (const LimberImportRecord *record, const char *field)
{
  int i = limber_kind_field (record->kind, field);

  return i >= 0 && record->sets[i] ? &record->values[i] : NULL;
}

/* "back-and-neck" → "Back and neck" */
static char *
name_of_code (const char *code)
{
  char *name = g_strdelimit (g_strdup (code), "-_", ' ');

  *name = g_ascii_toupper (*name);
  return name;
}

/**
 * limber_import_record_service:
 * @record: (out): a record of the kind service
 * @reference: one that has a code
 *
 * No list names the services: they are made from the codes met.
 */
void
limber_import_record_service (LimberImportRecord *record, const LimberImportReference *reference)
{
  g_autofree char *name = name_of_code (reference->code);

  limber_import_record_init (record, reference->target);
  record->id = reference->id;
  record->has_id = TRUE;
  limber_value_set_text (limber_import_record_set (record, "code"), reference->code);
  limber_value_set_text (limber_import_record_set (record, "name"), name);
}
