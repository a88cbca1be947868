#include "limber-tell.h"

#include "limber-date.h"

static const LimberAuthor patient_author = { "patient", "patient" };

/**
 * limber_tell_set_candidates:
 * @edit: of a task
 * @ids: those among whom a person has to tell
 */
gboolean
limber_tell_set_candidates (LimberEdit *edit, const LimberId *ids, guint n_ids, GError **error)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < n_ids; i++) {
    char text[LIMBER_ID_TEXT_LENGTH + 1];

    limber_id_to_text (&ids[i], text);
    g_string_append_printf (list, "%s%s", i > 0 ? ";" : "", text);
  }
  return limber_edit_parse (edit, "candidates", list->str, error);
}

/**
 * limber_tell_is_told:
 * @task: the id of a task that is made once
 *
 * Returns: whether it was made before, done since or not. A kiosk holds no tasks: its journal says what it has told
 */
gboolean
limber_tell_is_told (LimberReader *reader, const LimberId *task)
{
  gboolean held;

  return (limber_reader_has (reader, limber_kind_by_name ("task"), task, &held, NULL) && held) || limber_reader_count (reader, "count-entries", "d", task) > 0;
}

/* Where and what, so far as the task says it. */
static gboolean
fill (LimberEdit *edit, const LimberTold *told, const LimberId *site, GError **error)
{
  limber_edit_set_word (edit, "about", told->about);
  if (site != NULL)
    limber_edit_set_id (edit, "site", site);
  if (told->patient != NULL)
    limber_edit_set_id (edit, "patient", told->patient);
  if (told->appointment != NULL)
    limber_edit_set_id (edit, "appointment", told->appointment);
  if (told->text != NULL)
    limber_edit_set_text (edit, "text", told->text);
  limber_edit_set_integer (edit, "made", told->at);
  limber_edit_set_word (edit, "status", "open");
  return told->candidates == NULL || limber_tell_set_candidates (edit, (const LimberId *) told->candidates->data, told->candidates->len, error);
}

/**
 * limber_tell_id:
 * @told: about, key and at are looked at
 * @task: (out): the id that its task has
 */
void
limber_tell_id (LimberReader *reader, const LimberTold *told, LimberId *task)
{
  char day[LIMBER_DATE_LENGTH + 1];
  LimberId site = { { 0 } };

  limber_reader_site (reader, &site);
  limber_date_of_time (told->at, day);
  limber_id_init_beside (task, &site, "task", told->about, day, told->key, NULL);
}

/**
 * limber_tell_desk:
 *
 * Makes the task that tells the desk; once on a day, and whether or not it was done since.
 */
gboolean
limber_tell_desk (LimberTransaction *transaction, const LimberTold *told, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autoptr (LimberEdit) edit = NULL;
  LimberId id, site;
  gboolean has_site = limber_reader_site (reader, &site);

  limber_tell_id (reader, told, &id);
  if (limber_tell_is_told (reader, &id))
    return TRUE;
  edit = limber_edit_new ("task", &id);
  return fill (edit, told, has_site ? &site : NULL, error) && limber_transaction_edit (transaction, edit, &patient_author, error);
}
