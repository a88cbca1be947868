#include "limber-field-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-detail.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-nhs-number.h"
#include "limber-person.h"

static const struct {
  const char *kind, *words;
} kinds[] = {
  { "patient", N_("person") },       { "appointment", N_("appointment") }, { "referral", N_("referral") }, { "task", N_("task") },       { "site", N_("site") },
  { "place", N_("room") },           { "staff", N_("member of staff") },   { "practice", N_("practice") }, { "device", N_("device") },   { "arrival", N_("check-in") },
  { "answers", N_("set of answers") }, { "questionnaire", N_("form") },    { "stage", N_("step of a visit") }, { "call", N_("call to a room") },
};

static const struct {
  const char *kind, *field, *words; /* kind: (nullable): of any */
} fields[] = { /* of a patient, what is called otherwise than on the page where it is changed (limber-detail.h), or is not changed there */
  { "patient", "nhs_status", N_("How far the NHS number is checked") },
  { "patient", "nhs_typed", N_("NHS number as it was typed") },
  { "patient", "number", N_("Hospital number") },
  { "patient", "provider", N_("Whose number that is") },
  { "patient", "details_confirmed", N_("Details confirmed on") },
  { "patient", "mobile", N_("Mobile telephone") },
  { "patient", "phone", N_("Telephone at home") },
  { "patient", "email", N_("E-mail") },
  { "patient", "practice", N_("Practice") },
  { "patient", "kin_relation", N_("Who the emergency contact is to this person") },
  { "patient", "kin_phone", N_("Telephone of the emergency contact") },
  { "patient", "needs", N_("Communication needs") },
  { "patient", "restricted", N_("Restricted record") },
  { "patient", "see_desk", N_("To be seen at the desk first") },
  { "patient", "call_by", N_("How to call this person") },
  { "patient", "merged_into", N_("The same person as") },
  { "patient", "site", N_("Belongs to site") },
  { "patient", "withdrawn", N_("Registered by mistake") },
  { "appointment", "start", N_("Beginning") },
  { "appointment", "minutes", N_("Length in minutes") },
  { "appointment", "clinician", N_("With whom") },
  { "appointment", "place", N_("Room") },
  { "appointment", "status", N_("What became of it") },
  { "appointment", "type", N_("Type") },
  { "appointment", "cancelled_by", N_("Cancelled by") },
  { "appointment", "cancel_reason", N_("Why it was cancelled") },
  { "appointment", "attendance", N_("Attendance") },
  { "appointment", "attendance_note", N_("Note on the attendance") },
  { "task", "note", N_("Note") },
  { "task", "status", N_("Whether it is done") },
  { "task", "text", N_("Text") },
  { "place", "waiting_area", N_("Where to wait") },
  { NULL, "name", N_("Name") },
  { NULL, "code", N_("Code") },
  { NULL, "site", N_("Site") },
  { NULL, "status", N_("State") },
  { NULL, "family", N_("Surname") },
  { NULL, "given", N_("First names") },
  { NULL, "role", N_("Role") },
  { NULL, "address", N_("Address") },
  { NULL, "postcode", N_("Postcode") },
  { NULL, "phone", N_("Telephone") },
};

/**
 * limber_field_words_kind:
 *
 * Returns: (transfer none): what a record of that kind is called, in the middle of a sentence
 */
const char *
limber_field_words_kind (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, kind) == 0)
      return _(kinds[i].words);
  return _("record");
}

/**
 * limber_field_words_name:
 *
 * Returns: (transfer full): what that field is called on the screen; its own name, made readable, of one that has no other
 */
char *
limber_field_words_name (const char *kind, const char *field)
{
  g_autofree char *plain = g_strdelimit (g_strdup (field != NULL ? field : ""), "_-", ' ');
  const LimberDetail *detail = g_strcmp0 (kind, "patient") == 0 ? limber_detail_find (field) : NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_strcmp0 (fields[i].field, field) == 0 && (fields[i].kind != NULL ? g_strcmp0 (fields[i].kind, kind) == 0 : detail == NULL))
      return g_strdup (_(fields[i].words));
  if (detail != NULL)
    return g_strdup (limber_detail_label (detail));
  *plain = g_ascii_toupper (*plain);
  return g_steal_pointer (&plain);
}

/* What people call a record. */
static char *
name_of (const LimberRecord *record)
{
  const char *family = limber_kind_field (record->kind, "family") >= 0 ? limber_record_text (record, "family") : NULL;
  const char *name = limber_kind_field (record->kind, "name") >= 0 ? limber_record_text (record, "name") : NULL;

  if (family == NULL)
    return name != NULL ? g_strdup (name) : NULL;
  if (g_str_equal (record->kind->name, "patient"))
    return limber_person_name (family, limber_record_text (record, "given"), limber_record_text (record, "title"));
  return limber_person_spoken (limber_record_text (record, "given"), family);
}

static char *
reference_words (LimberReader *reader, const LimberField *field, const LimberId *id)
{
  g_autoptr (LimberRecord) record = field->target != NULL ? limber_reader_get (reader, field->target, id, NULL) : NULL;
  g_autofree char *name = record != NULL ? name_of (record) : NULL;

  return name != NULL ? g_steal_pointer (&name) : g_strdup (_("one that is not on this computer"));
}

static char *
time_words (gint64 time)
{
  char day[LIMBER_DATE_LENGTH + 1];
  g_autofree char *date = NULL, *clock = limber_time_for_staff (time);

  limber_date_of_time (time, day);
  date = limber_date_for_staff (day);
  return g_strdup_printf ("%s %s", date, clock);
}

static char *
list_words (const char *json)
{
  g_autoptr (json_t) list = limber_json_parse (json, strlen (json), NULL);
  g_autoptr (GString) words = g_string_new (NULL);
  json_t *one;
  gsize i;

  json_array_foreach (list, i, one)
    if (json_is_string (one))
      g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", json_string_value (one));
  return g_strdelimit (g_string_free (g_steal_pointer (&words), FALSE), "-", ' ');
}

static char *
one_line (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  return g_strjoinv (", ", lines);
}

static char *
text_words (const LimberField *field, const char *text)
{
  if (field->type == LIMBER_TYPE_DATE)
    return limber_date_for_staff (text);
  if (field->type == LIMBER_TYPE_LIST)
    return list_words (text);
  if (g_str_equal (field->name, "nhs_number"))
    return limber_nhs_number_format (text);
  if (g_str_equal (field->name, "sex"))
    return g_strdup (limber_person_sex (text));
  if (g_str_equal (field->name, "language") && limber_person_language (text) != NULL)
    return g_strdup (limber_person_language (text));
  if (field->flags & LIMBER_FIELD_LINES)
    return one_line (text);
  if (field->type == LIMBER_TYPE_CHOICE)
    return g_strdelimit (g_strdup (text), "-", ' ');
  return g_strdup (text);
}

/**
 * limber_field_words_value:
 * @value: of @field, as a record or an entry has it
 *
 * Returns: (transfer full): it in a person's words; of what is secret nothing but that it is set
 */
char *
limber_field_words_value (LimberReader *reader, const LimberField *field, const LimberValue *value)
{
  const char *word;

  if (value->type == LIMBER_VALUE_NONE)
    return g_strdup (_("nothing"));
  if (field->flags & LIMBER_FIELD_SECRET)
    return g_strdup (_("not shown"));
  if (value->type == LIMBER_VALUE_ID)
    return reference_words (reader, field, &value->id);
  if (value->type == LIMBER_VALUE_TEXT)
    return text_words (field, value->text);
  if (field->type == LIMBER_TYPE_TIME)
    return time_words (value->integer);
  if (field->type == LIMBER_TYPE_BOOLEAN)
    return g_strdup (value->integer != 0 ? _("yes") : _("no"));
  word = field->type == LIMBER_TYPE_PROGRESS ? limber_field_word (field, value->integer) : NULL;
  return word != NULL ? g_strdelimit (g_strdup (word), "-", ' ') : g_strdup_printf ("%" G_GINT64_FORMAT, value->integer);
}

/* As people type it, so as the field has it; as it is where that is not known. */
static char *
plain_of (LimberReader *reader, const LimberField *field, const char *text, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  char today[LIMBER_DATE_LENGTH + 1];
  char *date;

  if (*stripped == '\0')
    return g_steal_pointer (&stripped);
  if (g_str_equal (field->name, "nhs_number"))
    return limber_nhs_number_parse (stripped, error);
  if (field->type != LIMBER_TYPE_DATE)
    return g_steal_pointer (&stripped);
  limber_date_of_time (limber_reader_now (reader), today);
  date = limber_date_parse_typed (stripped, today);
  if (date == NULL)
    limber_error_refuse (error, _("That is no day. Type it as 6/8/54 or 6 aug 1954."));
  return date;
}

/**
 * limber_field_words_read:
 * @text: what somebody typed; nothing but gaps for nothing
 * @error: LIMBER_ERROR_REFUSED, with the field as people call it
 *
 * Reads a value in any form that people type it in.
 *
 * Returns: (transfer full) (nullable): as limber_field_parse() takes it, and would
 */
char *
limber_field_words_read (LimberReader *reader, const LimberKind *kind, const LimberField *field, const char *text, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autofree char *plain = plain_of (reader, field, text, &why), *name = NULL, *prefix = g_strconcat (field->name, ": ", NULL);
  g_auto (LimberValue) value = LIMBER_VALUE_INIT;

  if (plain != NULL && limber_field_parse (field, plain, &value, &why))
    return g_steal_pointer (&plain);
  name = limber_field_words_name (kind->name, field->name);
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, "%s: %s", name, g_str_has_prefix (why->message, prefix) ? why->message + strlen (prefix) : why->message);
  return NULL;
}

/**
 * limber_field_words_who:
 * @author: (nullable): of an entry
 *
 * Returns: (transfer full): who that is
 */
char *
limber_field_words_who (LimberReader *reader, const char *author)
{
  g_autoptr (LimberRecord) member = NULL;
  g_autofree char *name = NULL;
  LimberId id;

  if (author == NULL)
    return g_strdup (_("somebody"));
  if (g_str_equal (author, "patient"))
    return g_strdup (_("the patient, at a public screen"));
  if (g_str_equal (author, "system:import"))
    return g_strdup (_("the hospital’s list"));
  member = limber_id_parse (&id, author) ? limber_reader_get (reader, "staff", &id, NULL) : NULL;
  name = member != NULL ? name_of (member) : NULL;
  if (name != NULL)
    return g_steal_pointer (&name);
  return g_strdup (g_str_has_prefix (author, "system:") ? _("the system") : _("somebody who is not on this computer"));
}
