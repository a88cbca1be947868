/* form and answers: which forms are asked, and what people answered. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-answered.h"
#include "limber-cause.h"
#include "limber-commands.h"
#include "limber-date.h"
#include "limber-error.h"
#include "limber-file.h"
#include "limber-json.h"
#include "limber-publishing.h"

static gboolean
read_file (LimberErrand *errand, char **text, gsize *length, GError **error)
{
  g_autoptr (GError) why = NULL;
  const char *path;

  if (errand->words->len < 2)
    return limber_errand_usage (error, _("Say which file: form publish FILE"));
  path = limber_errand_word (errand, 1);
  *text = limber_file_read (path, LIMBER_QUESTIONNAIRE_MAXIMUM, length, &why);
  if (*text == NULL)
    limber_cause_set (error, why->code, why, _("The form %s cannot be read. %s"), path, why->message);
  return *text != NULL;
}

static gboolean
read_days (LimberErrand *errand, gint64 *days, GError **error)
{
  const char *told = limber_errand_option (errand, "due-days");

  *days = 0;
  return told == NULL || g_ascii_string_to_signed (told, 10, 0, 3650, days, NULL) || limber_errand_usage (error, _("--due-days is a number of days, up to 3650; 0 for every visit"));
}

static void
say_form (LimberErrand *errand, const LimberQuestionnaire *form, const LimberId *id)
{
  g_autofree char *text = id != NULL ? limber_id_dup_text (id) : NULL;

  limber_errand_take (errand, json_pack ("{s:s*, s:s, s:s, s:s, s:b, s:b, s:s*}", "id", text, "url", form->url, "version", form->version, "title", form->title.text, "kiosk", form->unfit == NULL, "advice",
                                         form->is_advice, "why_not", form->is_advice ? NULL : form->unfit));
  /* Translators: the title of a form and its version. */
  g_string_append_printf (errand->text, _("%s, version %s\n"), form->title.text, form->version);
  if (form->unfit == NULL)
    g_string_append (errand->text, _("A kiosk can ask it.\n"));
  else if (form->is_advice)
    g_string_append (errand->text, _("It asks nothing: a kiosk shows it under Advice, to whoever wants to read it.\n"));
  else
    g_string_append_printf (errand->text, _("No kiosk asks it, only staff: %s\n"), form->unfit);
}

static gboolean
publish (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  LimberPublishing what = { .types = limber_errand_option (errand, "types"), .sites = limber_errand_option (errand, "sites") };
  g_autofree char *text = NULL, *author = NULL, *role = NULL;
  g_autoptr (LimberQuestionnaire) form = NULL;
  LimberId id;

  if (!read_file (errand, &text, &what.length, error) || !read_days (errand, &what.due_days, error) ||
      !limber_command_author (errand, limber_transaction_reader (transaction), TRUE, &author, &role, error))
    return FALSE;
  what.text = text;
  form = limber_form_publish (transaction, &what, &(LimberAuthor){ author, role }, &id, error);
  if (form != NULL)
    say_form (errand, form, &id);
  return form != NULL;
}

static gboolean
check (LimberErrand *errand, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (LimberQuestionnaire) form = NULL;

  if (!read_file (errand, &text, &length, error) || (form = limber_questionnaire_parse (text, length, error)) == NULL)
    return FALSE;
  say_form (errand, form, NULL);
  return TRUE;
}

/* Those that @name is: an id, or the URL of a form, of which every version that is asked is meant. */
static gboolean
retire_named (LimberTransaction *transaction, const char *name, const LimberAuthor *author, guint *n, GError **error)
{
  g_autoptr (GPtrArray) rows = limber_reader_query (limber_transaction_reader (transaction), "questionnaires-active", error, "");
  LimberId id = { { 0 } };
  gboolean is_id = limber_id_parse (&id, name);

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    LimberRow *row = g_ptr_array_index (rows, i);
    gboolean meant = is_id ? limber_id_equal (limber_row_id (row, "id"), &id) : g_strcmp0 (limber_row_text (row, "url"), name) == 0;

    if (meant && !limber_form_retire (transaction, limber_row_id (row, "id"), author, error))
      return FALSE;
    *n += meant;
  }
  return rows != NULL;
}

static gboolean
retire (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  g_autofree char *author = NULL, *role = NULL;
  guint n = 0;

  if (errand->words->len < 2)
    return limber_errand_usage (error, _("Say which: form retire URL"));
  if (!limber_command_author (errand, limber_transaction_reader (transaction), TRUE, &author, &role, error) ||
      !retire_named (transaction, limber_errand_word (errand, 1), &(LimberAuthor){ author, role }, &n, error))
    return FALSE;
  if (n == 0) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND, _("No form called “%s” is asked"), limber_errand_word (errand, 1));
    return FALSE;
  }
  limber_errand_take (errand, json_pack ("{s:i}", "retired", (int) n));
  g_string_assign (errand->text, _("It is asked no more. What was answered stays.\n"));
  return TRUE;
}

static gboolean
list (LimberErrand *errand, LimberReader *reader, GError **error)
{
  g_autoptr (GPtrArray) rows = limber_reader_query (reader, "questionnaires", error, "");
  json_t *all = json_array ();

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    LimberRow *row = g_ptr_array_index (rows, i);
    g_autofree char *id = limber_id_dup_text (limber_row_id (row, "id"));
    const char *status = limber_row_word (row, "questionnaire", "status");

    json_array_append_new (all, json_pack ("{s:s, s:s?, s:s?, s:s?, s:s?, s:I}", "id", id, "url", limber_row_text (row, "url"), "version", limber_row_text (row, "version"), "title",
                                           limber_row_text (row, "title"), "status", status, "due_days", (json_int_t) limber_row_integer (row, "due_days")));
    g_string_append_printf (errand->text, "%-8s %s %s  %s\n", status != NULL ? status : "–", limber_row_text (row, "url"), limber_row_text (row, "version"), limber_row_text (row, "title"));
  }
  limber_errand_take (errand, all);
  return rows != NULL;
}

/* form publish FILE [--due-days N] [--types …] [--sites …] --as STAFF | form check FILE | form list | form retire URL --as STAFF */
gboolean
limber_command_form (LimberErrand *errand, GError **error)
{
  const char *what = limber_errand_word (errand, 0);

  if (g_str_equal (what, "publish"))
    return limber_errand_change (errand, publish, error);
  if (g_str_equal (what, "check"))
    return check (errand, error);
  if (g_str_equal (what, "list"))
    return limber_errand_read (errand, list, error);
  if (g_str_equal (what, "retire"))
    return limber_errand_change (errand, retire, error);
  return limber_errand_usage (error, _("How it is used: limberctl --store DIR form publish FILE | check FILE | list | retire URL"));
}

static void
add_answers (LimberErrand *errand, LimberRow *row, json_t *all)
{
  const char *answers = limber_row_text (row, "answers");
  g_autofree char *appointment = limber_id_dup_text (limber_row_id (row, "appointment")), *at = limber_time_to_iso (limber_row_integer (row, "at")), *line = limber_answered_line (row), *date = NULL;
  g_autofree char *time = limber_time_for_staff (limber_row_integer (row, "at"));
  char day[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (limber_row_integer (row, "at"), day);
  date = limber_date_for_staff (day);
  json_array_append_new (all, json_pack ("{s:s, s:s, s:s?, s:s?, s:s?, s:b, s:I, s:I, s:o*}", "appointment", appointment, "at", at, "url", limber_row_text (row, "url"), "version",
                                         limber_row_text (row, "version"), "status", limber_row_text (row, "status"), "in_person", limber_row_integer (row, "in_person") != 0, "answered",
                                         (json_int_t) limber_row_integer (row, "n_answered"), "asked", (json_int_t) limber_row_integer (row, "n_asked"), "answers",
                                         answers != NULL ? limber_json_parse (answers, strlen (answers), NULL) : NULL));
  g_string_append_printf (errand->text, "%s %s  %s\n", date, time, line);
}

static gboolean
show_answers (LimberErrand *errand, LimberReader *reader, GError **error)
{
  g_autoptr (LimberRecord) appointment = limber_reader_by_key (reader, "appointment", limber_errand_word (errand, 0), NULL);
  g_autoptr (LimberRecord) patient = appointment == NULL ? limber_reader_by_key (reader, "patient", limber_errand_word (errand, 0), error) : NULL;
  g_autoptr (GPtrArray) rows = NULL;
  json_t *all;

  if (appointment != NULL)
    rows = limber_reader_query (reader, "answers-of-visit", error, "d", &appointment->id);
  else if (patient != NULL)
    rows = limber_reader_query (reader, "answers-of-person", error, "d", &patient->id);
  if (rows == NULL)
    return FALSE;
  all = json_array ();
  for (guint i = 0; i < rows->len; i++)
    add_answers (errand, g_ptr_array_index (rows, i), all);
  limber_errand_take (errand, all);
  return TRUE;
}

/* answers APPOINTMENT|PATIENT */
gboolean
limber_command_answers (LimberErrand *errand, GError **error)
{
  return limber_errand_read (errand, show_answers, error);
}
