/* What a public screen asks once somebody is checked in (DOMAIN.md section 6), and what it has to read for anybody. It is asked after the check-in is on the disk, so
 * that whatever becomes of it undoes nothing.
 *
 * - Details: whether the telephone number that is held is still right, masked. It is due when nobody has confirmed any of her
 *   records for so many days as the site says. Yes is kept with the day; No tells the desk, which asks for the new one: nothing is
 *   typed in public. Where no number may be shown, because none is held or her contact is restricted, nothing is asked: the two must
 *   look alike. Who has said No is not asked again on that day.
 * - Forms: those that staff have published, for this site and this kind of visit, and that she has not answered for so many days as
 *   the form says. A form that a public screen cannot ask is passed over; of two versions of one form the later is asked.
 * - Each answer is written at once, as a record of its own: what was said before the power went, or she did, is the desk's. */
#include "limber-asking.h"

#include <string.h>

#include "limber-date.h"
#include "limber-expected.h"
#include "limber-json.h"
#include "limber-tell.h"

#define DETAILS_DAYS 182

static const LimberAuthor patient_author = { "patient", "patient" };

/* What is known of her and of where she is. */
typedef struct {
  LimberReader *reader;
  LimberRecord *site, *appointment, *patient; /* (owned) */
  char          today[LIMBER_DATE_LENGTH + 1];
  LimberAsking *asking;
} Finding;

static void
finding_clear (Finding *finding)
{
  g_clear_pointer (&finding->site, limber_record_free);
  g_clear_pointer (&finding->appointment, limber_record_free);
  g_clear_pointer (&finding->patient, limber_record_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Finding, finding_clear)

static void
asked_form_free (gpointer data)
{
  LimberAskedForm *form = data;

  limber_questionnaire_unref (form->form);
  g_free (form);
}

void
limber_asking_free (LimberAsking *asking)
{
  if (asking->masked_phone != NULL)
    explicit_bzero (asking->masked_phone, strlen (asking->masked_phone));
  g_free (asking->masked_phone);
  g_ptr_array_unref (asking->forms);
  g_free (asking);
}

/* A list as a record holds it: whether it has @word; an empty one says all. */
static gboolean
list_admits (const char *list, const char *word)
{
  g_autoptr (json_t) json = list != NULL ? limber_json_parse (list, strlen (list), NULL) : NULL;
  json_t *each;
  gsize i;

  json_array_foreach (json, i, each)
    if (g_strcmp0 (json_string_value (each), word) == 0)
      return TRUE;
  return json_array_size (json) == 0;
}

/* Whether @day lies at least @days back; a day that is to come, of a clock that was wrong, does not count. */
static gboolean
is_due (const char *day, gint64 days, const char *today)
{
  g_autofree char *next = day != NULL ? limber_date_add_days (day, (int) days) : NULL;

  return next == NULL || strcmp (next, today) <= 0 || strcmp (day, today) > 0;
}

/* Details. */

static void
details_told (const LimberId *patient, const char *key, gint64 now, LimberTold *told)
{
  *told = (LimberTold){ .about = "details-changed", .key = key, .at = now, .patient = patient };
}

static gboolean
was_told (LimberReader *reader, const LimberId *patient)
{
  g_autofree char *key = limber_id_dup_text (patient);
  LimberTold told;
  LimberId task;

  details_told (patient, key, limber_reader_now (reader), &told);
  limber_tell_id (reader, &told, &task);
  return limber_tell_is_told (reader, &task);
}

static const char *
later_of (const char *one, const char *other)
{
  return g_strcmp0 (one, other) > 0 ? one : other;
}

static void
find_details (Finding *finding)
{
  const LimberValue *set = limber_record_value (finding->site, "details_days");
  gint64 days = set->type == LIMBER_VALUE_INTEGER ? set->integer : DETAILS_DAYS;
  const char *phone = limber_record_text (finding->patient, "masked_phone");
  const char *last = later_of (limber_record_text (finding->patient, "details_confirmed"), limber_record_text (finding->patient, "details_on"));

  if (days > 0 && phone != NULL && is_due (last, days, finding->today) && !was_told (finding->reader, &finding->patient->id))
    finding->asking->masked_phone = g_strdup (phone);
}

/* Forms. */

/* The day on which she answered the form last: the list has "URL 2026-11-23" for each. */
static char *
answered_on (const LimberRecord *patient, const char *url)
{
  const char *list = limber_record_text (patient, "answered");
  g_autoptr (json_t) json = list != NULL ? limber_json_parse (list, strlen (list), NULL) : NULL;
  json_t *each;
  gsize i;

  json_array_foreach (json, i, each) {
    const char *text = json_string_value (each), *day = text != NULL ? strrchr (text, ' ') : NULL;

    if (day != NULL && strlen (url) == (gsize) (day - text) && g_str_has_prefix (text, url) && limber_date_is_valid (day + 1))
      return g_strdup (day + 1);
  }
  return NULL;
}

static gboolean
is_form_due (const Finding *finding, LimberRow *row)
{
  g_autofree char *day = answered_on (finding->patient, limber_row_text (row, "url"));

  return list_admits (limber_row_text (row, "sites"), limber_record_text (finding->site, "code")) &&
         list_admits (limber_row_text (row, "types"), limber_record_text (finding->appointment, "type")) &&
         (day == NULL || is_due (day, limber_row_integer (row, "due_days"), finding->today));
}

/* Version 1.10 comes after version 1.9. */
static gboolean
is_later (const char *version, const char *than)
{
  return strverscmp (version != NULL ? version : "", than != NULL ? than : "") > 0;
}

/* Only the later of two versions that are both active: two people published at once. Each has a title of its own, by which the rows
 * are in order. */
static gboolean
is_overtaken (const GPtrArray *rows, guint at)
{
  LimberRow *row = g_ptr_array_index (rows, at);

  for (guint i = 0; i < rows->len; i++) {
    LimberRow *other = g_ptr_array_index (rows, i);
    const char *version = limber_row_text (row, "version"), *its = limber_row_text (other, "version");

    if (g_strcmp0 (limber_row_text (other, "url"), limber_row_text (row, "url")) == 0 && (is_later (its, version) || (i > at && !is_later (version, its))))
      return TRUE;
  }
  return FALSE;
}

static gboolean
find_forms (Finding *finding, GError **error)
{
  g_autoptr (GPtrArray) rows = limber_reader_query (finding->reader, "questionnaires-active", error, "");

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    LimberRow *row = g_ptr_array_index (rows, i);
    const char *text = limber_row_text (row, "form");
    g_autoptr (LimberQuestionnaire) form = NULL;
    LimberAskedForm *asked;

    if (text == NULL || limber_row_text (row, "url") == NULL || limber_row_id (row, "id") == NULL || is_overtaken (rows, i) || !is_form_due (finding, row))
      continue;
    form = limber_questionnaire_parse (text, strlen (text), NULL); /* of a newer Limber it may be one that this one cannot read */
    if (form == NULL || form->unfit != NULL)
      continue;
    asked = g_new0 (LimberAskedForm, 1);
    asked->id = *limber_row_id (row, "id");
    asked->form = g_steal_pointer (&form);
    g_ptr_array_add (finding->asking->forms, asked);
  }
  return rows != NULL;
}

/* Advice. */

/**
 * limber_asking_advice:
 * @held: (nullable): what was found before, which is not read again while it is still what is published
 *
 * Finds the advice that this site offers to whoever wants to read it: the first that is published. It is about nobody, and nothing is
 * kept of who reads it.
 *
 * Returns: (transfer full) (nullable): %NULL when there is none
 */
LimberQuestionnaire *
limber_asking_advice (LimberReader *reader, LimberQuestionnaire *held)
{
  g_autoptr (GPtrArray) rows = limber_reader_query (reader, "questionnaires-active", NULL, "");
  g_autoptr (LimberRecord) site = NULL;
  LimberId id;

  if (limber_reader_site (reader, &id))
    site = limber_reader_get (reader, "site", &id, NULL);
  for (guint i = 0; rows != NULL && site != NULL && i < rows->len; i++) {
    LimberRow *row = g_ptr_array_index (rows, i);
    const char *text = limber_row_text (row, "form");
    g_autoptr (LimberQuestionnaire) form = NULL;

    if (text == NULL || is_overtaken (rows, i) || !list_admits (limber_row_text (row, "sites"), limber_record_text (site, "code")))
      continue;
    if (held != NULL && g_strcmp0 (limber_row_text (row, "url"), held->url) == 0 && g_strcmp0 (limber_row_text (row, "version"), held->version) == 0)
      return limber_questionnaire_ref (held);
    form = limber_questionnaire_parse (text, strlen (text), NULL);
    if (form != NULL && form->is_advice)
      return g_steal_pointer (&form);
  }
  return NULL;
}

static gboolean
load (Finding *finding, const LimberId *appointment, GError **error)
{
  LimberReader *reader = finding->reader;
  LimberId site;

  limber_date_of_time (limber_reader_now (reader), finding->today);
  finding->appointment = limber_reader_get (reader, "appointment", appointment, error);
  if (finding->appointment == NULL || limber_record_id (finding->appointment, "patient") == NULL)
    return FALSE;
  finding->patient = limber_reader_get (reader, "patient", limber_record_id (finding->appointment, "patient"), error);
  if (finding->patient == NULL || !limber_reader_site (reader, &site))
    return FALSE;
  limber_expected_project (reader, finding->patient, &site);
  finding->site = limber_reader_get (reader, "site", &site, error);
  return finding->site != NULL;
}

/**
 * limber_asking_find:
 * @appointment: one that somebody is checked in for
 *
 * Returns: (transfer full) (nullable): what she is to be asked; %NULL when that cannot be found out, or @error is set
 */
LimberAsking *
limber_asking_find (LimberReader *reader, const LimberId *appointment, GError **error)
{
  g_autoptr (LimberAsking) asking = g_new0 (LimberAsking, 1);
  g_auto (Finding) finding = { .reader = reader, .asking = asking };

  asking->forms = g_ptr_array_new_with_free_func (asked_form_free);
  if (!load (&finding, appointment, error))
    return NULL;
  asking->appointment = *appointment;
  asking->patient = finding.patient->id;
  find_details (&finding);
  return find_forms (&finding, error) ? g_steal_pointer (&asking) : NULL;
}

/**
 * limber_asking_details:
 * @patient: whose
 * @details: what she said
 *
 * Keeps the day on which the details that are held were said to be right, or tells the desk that they are not.
 */
gboolean
limber_asking_details (LimberTransaction *transaction, const LimberId *patient, LimberDetails details, GError **error)
{
  g_autoptr (LimberEdit) edit = NULL;
  g_autofree char *key = limber_id_dup_text (patient);
  char today[LIMBER_DATE_LENGTH + 1];
  LimberTold told;

  if (details == LIMBER_DETAILS_CHANGED) {
    details_told (patient, key, limber_transaction_now (transaction), &told);
    return limber_tell_desk (transaction, &told, error);
  }
  limber_date_of_time (limber_transaction_now (transaction), today);
  edit = limber_edit_new ("patient", patient);
  limber_edit_set_text (edit, "details_confirmed", today);
  return limber_transaction_edit (transaction, edit, &patient_author, error);
}

/* Answers. */

/**
 * limber_answers_draft:
 * @response: to @form
 * @status: whether she goes on, has left or has come to the end
 * @step: how often something was said before
 * @language: (nullable): a BCP 47 tag
 *
 * Returns: (transfer full): what limber_answers_save() writes
 */
LimberAnswersDraft *
limber_answers_draft (const LimberAsking *asking, const LimberAskedForm *form, const LimberResponse *response, LimberResponseStatus status, guint step, const char *language)
{
  LimberAnswersDraft *draft = g_new0 (LimberAnswersDraft, 1);
  g_autoptr (json_t) json = limber_response_to_json (response, status);

  if (language != NULL)
    json_object_set_new (json, "language", json_string (language));
  draft->appointment = asking->appointment;
  draft->patient = asking->patient;
  draft->questionnaire = form->id;
  draft->url = g_strdup (form->form->url);
  draft->version = g_strdup (form->form->version);
  draft->language = g_strdup (language);
  draft->status = status;
  draft->step = step;
  draft->n_answered = limber_response_n_answered (response);
  draft->n_asked = limber_response_n_asked (response);
  draft->answers = limber_json_dup (json);
  return draft;
}

/* Overwrites what she said. */
void
limber_answers_draft_free (LimberAnswersDraft *draft)
{
  explicit_bzero (draft->answers, strlen (draft->answers));
  g_free (draft->answers);
  g_free (draft->url);
  g_free (draft->version);
  g_free (draft->language);
  g_free (draft);
}

static gboolean
tell_in_person (LimberTransaction *transaction, const LimberAnswersDraft *draft, GError **error)
{
  g_autofree char *key = limber_id_dup_text (&draft->patient);
  LimberTold told = { .about = "ask-in-person", .key = key, .at = limber_transaction_now (transaction), .patient = &draft->patient };

  return limber_tell_desk (transaction, &told, error);
}

/**
 * limber_answers_save:
 * @draft: what she has answered so far
 *
 * Writes it, as a record of its own; where she would rather be asked by a person, the desk is told.
 */
gboolean
limber_answers_save (LimberTransaction *transaction, const LimberAnswersDraft *draft, GError **error)
{
  g_autoptr (LimberEdit) edit = NULL;
  LimberId id;

  limber_id_init_new (&id, limber_transaction_env (transaction));
  edit = limber_edit_new ("answers", &id);
  limber_edit_set_id (edit, "patient", &draft->patient);
  limber_edit_set_id (edit, "appointment", &draft->appointment);
  limber_edit_set_id (edit, "questionnaire", &draft->questionnaire);
  limber_edit_set_text (edit, "url", draft->url);
  limber_edit_set_text (edit, "version", draft->version);
  if (draft->language != NULL)
    limber_edit_set_text (edit, "language", draft->language);
  limber_edit_set_integer (edit, "at", limber_transaction_now (transaction));
  limber_edit_set_integer (edit, "step", draft->step);
  limber_edit_set_word (edit, "status", limber_response_status_name (draft->status));
  if (draft->in_person)
    limber_edit_set_integer (edit, "in_person", 1);
  limber_edit_set_integer (edit, "n_answered", draft->n_answered);
  limber_edit_set_integer (edit, "n_asked", draft->n_asked);
  limber_edit_set_text (edit, "answers", draft->answers);
  return limber_transaction_edit (transaction, edit, &patient_author, error) && (!draft->in_person || tell_in_person (transaction, draft, error));
}
