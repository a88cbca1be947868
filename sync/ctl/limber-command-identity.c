/* same, merge and unmerge: who is the same person as whom. */
#include <glib/gi18n-lib.h>

#include "limber-commands.h"
#include "limber-date.h"
#include "limber-json.h"
#include "limber-merging.h"
#include "limber-nhs-number.h"

/**
 * limber_command_person_json:
 * @row: of the query "person-records"
 *
 * Returns: (transfer full): what a script is told of a record; of a restricted person nothing of where she lives or how she is reached
 */
json_t *
limber_command_person_json (LimberRow *row)
{
  static const char *const texts[] = { "number", "provider", "nhs_number", "nhs_status", "nhs_typed", "family", "given", "title", "born", "died" };
  static const char *const contact[] = { "mobile", "phone", "postcode" };
  g_autofree char *id = limber_id_dup_text (limber_row_id (row, "id")), *into = limber_row_id (row, "merged_into") != NULL ? limber_id_dup_text (limber_row_id (row, "merged_into")) : NULL;
  gboolean restricted = limber_row_integer (row, "restricted") != 0;
  json_t *json = json_pack ("{s:s, s:s?, s:b}", "id", id, "merged_into", into, "restricted", restricted);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (limber_row_text (row, texts[i]) != NULL)
      json_object_set_new (json, texts[i], json_string (limber_row_text (row, texts[i])));
  for (gsize i = 0; i < G_N_ELEMENTS (contact) && !restricted; i++)
    if (limber_row_text (row, contact[i]) != NULL)
      json_object_set_new (json, contact[i], json_string (limber_row_text (row, contact[i])));
  return json;
}

/**
 * limber_command_person_text:
 * @record: as limber_command_person_json() gives it
 *
 * Adds it as a line for people.
 */
void
limber_command_person_text (const json_t *record, GString *out)
{
  const char *number = limber_json_string (record, "number"), *provider = limber_json_string (record, "provider"), *typed = limber_json_string (record, "nhs_typed");
  g_autofree char *born = limber_date_for_staff (limber_json_string (record, "born")), *nhs = limber_nhs_number_format (limber_json_string (record, "nhs_number"));

  g_string_append_printf (out, "%s  %s, %s  %s  %s", limber_command_text (record, "id"), limber_command_text (record, "family"), limber_command_text (record, "given"), born, nhs);
  if (typed != NULL)
    g_string_append_printf (out, " (%s)", typed);
  if (number != NULL)
    g_string_append_printf (out, "  %s%s%s", provider != NULL ? provider : "", provider != NULL ? " " : "", number);
  if (limber_json_string (record, "died") != NULL)
    g_string_append_printf (out, "  [%s]", _("died"));
  if (json_is_true (json_object_get (record, "restricted")))
    g_string_append_printf (out, "  [%s]", _("restricted"));
  g_string_append_c (out, '\n');
}

static json_t *
records_json (LimberReader *reader, const LimberId *patient, GError **error)
{
  g_autoptr (GPtrArray) rows = limber_reader_query (reader, "person-records", error, "d", patient);
  json_t *records = rows != NULL ? json_array () : NULL;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    json_array_append_new (records, limber_command_person_json (g_ptr_array_index (rows, i)));
  return records;
}

/**
 * limber_command_patient:
 *
 * Returns: whether the @word-th word names somebody who is here
 */
gboolean
limber_command_patient (LimberErrand *errand, LimberReader *reader, guint word, LimberId *id, GError **error)
{
  g_autoptr (LimberRecord) record = limber_reader_by_key (reader, "patient", limber_errand_word (errand, word), error);

  if (record != NULL)
    *id = record->id;
  return record != NULL;
}

static gboolean
list_same (LimberErrand *errand, LimberReader *reader, GError **error)
{
  json_t *records, *record;
  LimberId id;
  gsize i;

  if (!limber_command_patient (errand, reader, 0, &id, error) || (records = records_json (reader, &id, error)) == NULL)
    return FALSE;
  limber_errand_take (errand, json_pack ("{s:o}", "records", records));
  json_array_foreach (records, i, record)
    limber_command_person_text (record, errand->text);
  return TRUE;
}

/* same PERSON */
gboolean
limber_command_same (LimberErrand *errand, GError **error)
{
  return limber_errand_read (errand, list_same, error);
}

static gboolean
merge (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autofree char *author = NULL, *role = NULL;
  LimberId keep, other;

  if (!limber_command_author (errand, reader, TRUE, &author, &role, error) || !limber_command_patient (errand, reader, 0, &keep, error) || !limber_command_patient (errand, reader, 1, &other, error))
    return FALSE;
  return limber_merging_merge (transaction, &keep, &other, limber_errand_has (errand, "anyway"), &(LimberAuthor){ author, role }, error) && list_same (errand, reader, error);
}

/* merge KEEP OTHER [--anyway] --as STAFF */
gboolean
limber_command_merge (LimberErrand *errand, GError **error)
{
  return limber_errand_change (errand, merge, error);
}

static gboolean
unmerge (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autofree char *author = NULL, *role = NULL;
  LimberId other;

  if (!limber_command_author (errand, reader, TRUE, &author, &role, error) || !limber_command_patient (errand, reader, 0, &other, error))
    return FALSE;
  return limber_merging_undo (transaction, &other, &(LimberAuthor){ author, role }, error) && list_same (errand, reader, error);
}

/* unmerge OTHER --as STAFF */
gboolean
limber_command_unmerge (LimberErrand *errand, GError **error)
{
  return limber_errand_change (errand, unmerge, error);
}
