#include "limber-record.h"

#include <sodium.h>
#include <string.h>

#include "limber-date.h"
#include "limber-json.h"

/**
 * limber_record_new:
 *
 * Returns: (transfer full): a record whose fields are all nothing and never set
 */
LimberRecord *
limber_record_new (const LimberKind *kind, const LimberId *id)
{
  LimberRecord *record = g_new0 (LimberRecord, 1);

  record->kind = kind;
  record->id = *id;
  record->values = g_new0 (LimberValue, kind->n_fields);
  record->stamps = g_new0 (LimberStamp, kind->n_fields);
  return record;
}

/**
 * limber_record_copy:
 *
 * Returns: (transfer full): a copy
 */
LimberRecord *
limber_record_copy (const LimberRecord *record)
{
  LimberRecord *copy = limber_record_new (record->kind, &record->id);

  for (guint i = 0; i < record->kind->n_fields; i++)
    limber_value_copy (&copy->values[i], &record->values[i]);
  memcpy (copy->stamps, record->stamps, sizeof (LimberStamp) * record->kind->n_fields);
  return copy;
}

void
limber_record_free (LimberRecord *record)
{
  for (guint i = 0; i < record->kind->n_fields; i++)
    limber_value_clear (&record->values[i]);
  g_free (record->values);
  g_free (record->stamps);
  g_free (record);
}

/**
 * limber_record_value:
 * @field: a field that the kind declares
 *
 * Returns: (transfer none): its value
 */
const LimberValue *
limber_record_value (const LimberRecord *record, const char *field)
{
  static const LimberValue none = LIMBER_VALUE_INIT;
  int i = limber_kind_field (record->kind, field);

  g_return_val_if_fail (i >= 0, &none);
  return &record->values[i];
}

/**
 * limber_record_text:
 *
 * Returns: (transfer none) (nullable): the text of @field
 */
const char *
limber_record_text (const LimberRecord *record, const char *field)
{
  return limber_record_value (record, field)->text;
}

/**
 * limber_record_integer:
 *
 * Returns: the number, time or progress of @field, 0 for nothing
 */
gint64
limber_record_integer (const LimberRecord *record, const char *field)
{
  return limber_record_value (record, field)->integer;
}

/**
 * limber_record_id:
 *
 * Returns: (transfer none) (nullable): the id that @field refers to
 */
const LimberId *
limber_record_id (const LimberRecord *record, const char *field)
{
  const LimberValue *value = limber_record_value (record, field);

  return value->type == LIMBER_VALUE_ID ? &value->id : NULL;
}

/**
 * limber_record_word:
 *
 * Returns: (transfer none) (nullable): the word that a progress stands at
 */
const char *
limber_record_word (const LimberRecord *record, const char *field)
{
  int i = limber_kind_field (record->kind, field);

  g_return_val_if_fail (i >= 0, NULL);
  if (record->values[i].type != LIMBER_VALUE_INTEGER)
    return NULL;
  return limber_field_word (&record->kind->fields[i], record->values[i].integer);
}

/**
 * limber_record_patient:
 *
 * Returns: (transfer none) (nullable): whose record it is
 */
const LimberId *
limber_record_patient (const LimberRecord *record)
{
  if (record->kind->patient == NULL)
    return NULL;
  if (g_str_equal (record->kind->patient, "id"))
    return &record->id;
  return limber_record_id (record, record->kind->patient);
}

static json_t *
value_to_json (const LimberField *field, const LimberValue *value)
{
  g_autofree char *text = NULL;

  if (value->type == LIMBER_VALUE_NONE)
    return json_null ();
  if (field->type == LIMBER_TYPE_LIST)
    return limber_json_parse (value->text, strlen (value->text), NULL);
  if (field->type == LIMBER_TYPE_BOOLEAN)
    return json_boolean (value->integer != 0);
  if (field->type == LIMBER_TYPE_INTEGER)
    return json_integer (value->integer);
  text = limber_field_to_text (field, value);
  return json_string (text);
}

/**
 * limber_record_to_json:
 * @klass: the class of the device that holds it: only what it may hold is given
 *
 * The form for people and scripts: `id` and every field by its declared name, secrets left out.
 *
 * Returns: (transfer full): an object
 */
json_t *
limber_record_to_json (const LimberRecord *record, LimberClass klass)
{
  json_t *object = json_object ();
  char id[LIMBER_ID_TEXT_LENGTH + 1];

  limber_id_to_text (&record->id, id);
  json_object_set_new (object, "id", json_string (id));
  for (guint i = 0; i < record->kind->n_fields; i++) {
    const LimberField *field = &record->kind->fields[i];
    g_autofree char *computed = NULL;

    if ((field->flags & LIMBER_FIELD_SECRET) || !limber_field_held_by (field, record->kind, klass))
      continue;
    if (field->compute != NULL) {
      computed = field->compute (&record->id);
      json_object_set_new (object, field->name, json_string (computed));
    } else
      json_object_set_new (object, field->name, value_to_json (field, &record->values[i]));
  }
  return object;
}

static void
hash_value (crypto_generichash_state *state, const LimberValue *value)
{
  guint8 type = (guint8) value->type;
  gint64 number = GINT64_TO_LE (value->integer);

  crypto_generichash_update (state, &type, 1);
  if (value->type == LIMBER_VALUE_INTEGER)
    crypto_generichash_update (state, (const guint8 *) &number, sizeof number);
  else if (value->type == LIMBER_VALUE_ID)
    crypto_generichash_update (state, value->id.bytes, sizeof value->id.bytes);
  else if (value->type == LIMBER_VALUE_TEXT)
    crypto_generichash_update (state, (const guint8 *) value->text, strlen (value->text) + 1);
}

/**
 * limber_record_unset:
 * @field: its place in the kind
 *
 * Makes a field what it was before anybody set it.
 */
void
limber_record_unset (LimberRecord *record, guint field)
{
  limber_value_set_none (&record->values[field]);
  memset (&record->stamps[field], 0, sizeof record->stamps[field]);
}

/**
 * limber_record_is_empty:
 *
 * Returns: whether no field of @record was ever set: there is no such record
 */
gboolean
limber_record_is_empty (const LimberRecord *record)
{
  for (guint i = 0; i < record->kind->n_fields; i++)
    if (limber_stamp_is_set (&record->stamps[i]))
      return FALSE;
  return TRUE;
}

/**
 * limber_record_has_any:
 * @fields: only its first so many fields count
 * @klass: whose view of the record
 *
 * Returns: whether @klass sees anything of @record, also what nobody set and is only worked out for it
 */
gboolean
limber_record_has_any (const LimberRecord *record, guint fields, LimberClass klass)
{
  for (guint i = 0; i < MIN (fields, record->kind->n_fields); i++)
    if (limber_field_held_by (&record->kind->fields[i], record->kind, klass) && (limber_stamp_is_set (&record->stamps[i]) || record->values[i].type != LIMBER_VALUE_NONE))
      return TRUE;
  return FALSE;
}

/**
 * limber_record_digest:
 * @klass: whose view of the record
 * @digest: (out caller-allocates): the same for two records exactly when @klass sees the same id, values and stamps in them
 *
 * One record's part of a digest (SYNC.md rule 18). Fields that were never set do not count, so that a newer declaration
 * does not make two equal stores differ.
 */
void
limber_record_digest (const LimberRecord *record, LimberClass klass, guint8 digest[16])
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, 16);
  crypto_generichash_update (&state, record->id.bytes, sizeof record->id.bytes);
  for (guint i = 0; i < record->kind->n_fields; i++) {
    const LimberField *field = &record->kind->fields[i];
    gboolean derived = (field->flags & LIMBER_FIELD_DERIVED) != 0;

    if (!limber_field_is_stored (field) || !limber_field_held_by (field, record->kind, klass))
      continue;
    if (derived ? record->values[i].type == LIMBER_VALUE_NONE : !limber_stamp_is_set (&record->stamps[i]))
      continue;
    crypto_generichash_update (&state, (const guint8 *) field->name, strlen (field->name) + 1);
    hash_value (&state, &record->values[i]);
    if (!derived)
      crypto_generichash_update (&state, record->stamps[i].entry.bytes, sizeof record->stamps[i].entry.bytes);
  }
  crypto_generichash_final (&state, digest, 16);
}
