/* A version that is published never changes, since answers are read by it: what is asked differently has another version. When one
 * is published, the others of the same form are retired. */
#include "limber-publishing.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-error.h"
#include "limber-json.h"
#include "limber-standing.h"

/* Without blanks, so that a file that was only laid out anew is the same. */
static char *
compact (const LimberPublishing *what)
{
  g_autoptr (json_t) json = limber_json_parse (what->text, what->length, NULL);

  return limber_json_dup (json);
}

static gboolean
check_types (const char *types, GError **error)
{
  const LimberKind *appointment = limber_kind_by_name ("appointment");
  const LimberField *type = &appointment->fields[limber_kind_field (appointment, "type")];
  g_auto (GStrv) words = g_strsplit (types != NULL ? types : "", ";", -1);
  g_autofree char *all = g_strjoinv (", ", (char **) type->choices);

  for (guint i = 0; words[i] != NULL; i++)
    if (limber_field_rank (type, g_strstrip (words[i])) < 0) {
      g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_USAGE, _("There is no kind of appointment called “%s”; there are: %s"), words[i], all);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_sites (LimberReader *reader, const char *sites, GError **error)
{
  g_auto (GStrv) codes = g_strsplit (sites != NULL ? sites : "", ";", -1);

  for (guint i = 0; codes[i] != NULL; i++) {
    g_autoptr (LimberRecord) site = limber_reader_by_key (reader, "site", g_strstrip (codes[i]), error);

    if (site == NULL)
      return FALSE;
  }
  return TRUE;
}

/* What is there under this version must be the same. */
static gboolean
check_unchanged (LimberReader *reader, const LimberId *id, const LimberQuestionnaire *form, const char *text, GError **error)
{
  g_autoptr (LimberRecord) held = NULL;

  if (!limber_reader_find (reader, limber_kind_by_name ("questionnaire"), id, &held, error))
    return FALSE;
  if (held == NULL || g_strcmp0 (limber_record_text (held, "form"), text) == 0)
    return TRUE;
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("Version %s of %s is there already and says something else. A version never changes: give the file another one."), form->version,
               form->url);
  return FALSE;
}

/**
 * limber_form_retire:
 * @id: of a version of a form
 *
 * Ends that it is asked. What was answered to it stays.
 */
gboolean
limber_form_retire (LimberTransaction *transaction, const LimberId *id, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberEdit) edit = limber_edit_new ("questionnaire", id);

  limber_edit_set_word (edit, "status", "retired");
  return limber_standing_check (limber_transaction_reader (transaction), author, LIMBER_ACTION_FORMS, NULL, error) && limber_transaction_edit (transaction, edit, author, error);
}

static gboolean
retire_others (LimberTransaction *transaction, const LimberQuestionnaire *form, const LimberId *id, const LimberAuthor *author, GError **error)
{
  g_autoptr (GPtrArray) rows = limber_reader_query (limber_transaction_reader (transaction), "questionnaires-active", error, "");

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    LimberRow *row = g_ptr_array_index (rows, i);
    const LimberId *other = limber_row_id (row, "id");

    if (g_strcmp0 (limber_row_text (row, "url"), form->url) == 0 && !limber_id_equal (other, id) && !limber_form_retire (transaction, other, author, error))
      return FALSE;
  }
  return rows != NULL;
}

static gboolean
set_list (LimberEdit *edit, const char *field, const char *list, GError **error)
{
  if (list == NULL)
    limber_edit_set_none (edit, field);
  return list == NULL || limber_edit_parse (edit, field, list, error);
}

/* The record's id is made from what it is, so that two machines make one. */
static void
form_id (LimberReader *reader, const LimberQuestionnaire *form, LimberId *id)
{
  g_autofree char *text = limber_reader_meta (reader, "organisation");
  LimberId organisation = { { 0 } };

  if (text != NULL)
    limber_id_parse (&organisation, text);
  limber_id_init_from_key (id, &organisation, "questionnaire", form->url, form->version, NULL);
}

/**
 * limber_form_publish:
 * @what: the form, and when it is asked
 * @id: (out): of its record
 * @error: LIMBER_ERROR_FORMAT where it is no form; LIMBER_ERROR_REFUSED where this version is there and says something else
 *
 * Has the service ask it from now on. Whether a public screen can, the form itself says.
 *
 * Returns: (transfer full) (nullable): the form
 */
LimberQuestionnaire *
limber_form_publish (LimberTransaction *transaction, const LimberPublishing *what, const LimberAuthor *author, LimberId *id, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  gboolean may = limber_standing_check (reader, author, LIMBER_ACTION_FORMS, NULL, error);
  g_autoptr (LimberQuestionnaire) form = may ? limber_questionnaire_parse (what->text, what->length, error) : NULL;
  g_autofree char *text = form != NULL ? compact (what) : NULL;
  g_autoptr (LimberEdit) edit = NULL;

  if (form == NULL || !check_types (what->types, error) || !check_sites (reader, what->sites, error))
    return NULL;
  form_id (reader, form, id);
  if (!check_unchanged (reader, id, form, text, error))
    return NULL;
  edit = limber_edit_new ("questionnaire", id);
  limber_edit_set_text (edit, "url", form->url);
  limber_edit_set_text (edit, "version", form->version);
  limber_edit_set_text (edit, "title", form->title.text);
  limber_edit_set_text (edit, "form", text);
  limber_edit_set_word (edit, "status", "active");
  limber_edit_set_integer (edit, "due_days", what->due_days);
  if (!set_list (edit, "types", what->types, error) || !set_list (edit, "sites", what->sites, error) || !limber_transaction_edit (transaction, edit, author, error) ||
      !retire_others (transaction, form, id, author, error))
    return NULL;
  return g_steal_pointer (&form);
}
