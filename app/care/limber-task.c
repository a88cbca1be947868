#include "limber-task.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-error.h"
#include "limber-standing.h"

/**
 * limber_task_urgency:
 * @about: (nullable): a word of the field "about"
 *
 * Returns: how soon somebody should see to it
 */
LimberTaskUrgency
limber_task_urgency (const char *about)
{
  static const char *const now[] = { "cannot-tell-apart", "must-be-seen", "came-late", "came-cancelled", "guessing", "ask-in-person", NULL };

  if (about != NULL && g_strv_contains (now, about))
    return LIMBER_TASK_NOW;
  return g_strcmp0 (about, "duplicate") == 0 ? LIMBER_TASK_LATER : LIMBER_TASK_TODAY;
}

/**
 * limber_task_compare_rows:
 * @a: a pointer to a row with about and made
 * @b: another
 *
 * Returns: less than, equal to or greater than 0: what is sooner comes first, and of that the older
 */
int
limber_task_compare_rows (gconstpointer a, gconstpointer b)
{
  LimberRow *one = *(LimberRow *const *) a, *other = *(LimberRow *const *) b;
  int first = (int) limber_task_urgency (limber_row_text (one, "about")), second = (int) limber_task_urgency (limber_row_text (other, "about"));
  gint64 since = limber_row_integer (one, "made"), then = limber_row_integer (other, "made");

  return first != second ? first - second : since < then ? -1 : since > then;
}

/* (transfer full) (nullable): the task, if @author may do something with it. */
static LimberRecord *
read_task (LimberTransaction *transaction, const LimberId *task, const LimberAuthor *author, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autoptr (LimberRecord) record = limber_reader_get (reader, "task", task, error);

  return record != NULL && limber_standing_check (reader, author, LIMBER_ACTION_TASKS, limber_record_id (record, "site"), error) ? g_steal_pointer (&record) : NULL;
}

/* (transfer full) (nullable): the task, if it is open. */
static LimberRecord *
open_task (LimberTransaction *transaction, const LimberId *task, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberRecord) record = read_task (transaction, task, author, error);

  if (record != NULL && g_strcmp0 (limber_record_word (record, "status"), "open") != 0) {
    limber_error_refuse (error, _("This is done already. Open it again first, if there is more to do."));
    return NULL;
  }
  return g_steal_pointer (&record);
}

/**
 * limber_task_set_status:
 * @status: open or done
 * @error: LIMBER_ERROR_NOT_FOUND, or LIMBER_ERROR_REFUSED where it is so already
 *
 * Says that a task is done, or that it is to be done after all.
 */
gboolean
limber_task_set_status (LimberTransaction *transaction, const LimberId *task, const char *status, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberRecord) record = read_task (transaction, task, author, error);
  g_autoptr (LimberEdit) edit = NULL;

  if (record == NULL)
    return FALSE;
  if (g_strcmp0 (limber_record_word (record, "status"), status) == 0)
    return limber_error_refuse (error, g_str_equal (status, "done") ? _("This is done already.") : _("This is open already."));
  edit = limber_edit_new ("task", task);
  limber_edit_set_word (edit, "status", status);
  return limber_transaction_edit (transaction, edit, author, error);
}

static gboolean
refuse_taken (LimberTransaction *transaction, const LimberRecord *task, const LimberId *by, GError **error)
{
  g_autoptr (LimberRecord) member = limber_reader_get (limber_transaction_reader (transaction), "staff", by, NULL);
  g_autofree char *since = limber_time_for_staff (limber_record_integer (task, "taken"));

  if (member == NULL)
    return limber_error_refuse (error, _("Somebody else is on it already. To take it over all the same, say so."));
  /* Translators: a first name, a surname, and a time, 09:22 */
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("%s %s is on it since %s. To take it over all the same, say so."), limber_record_text (member, "given"),
               limber_record_text (member, "family"), since);
  return FALSE;
}

/**
 * limber_task_take:
 * @over: whether whoever is on it already may be relieved
 * @author: one of the staff
 * @error: LIMBER_ERROR_NOT_FOUND, or LIMBER_ERROR_REFUSED when it is done, or somebody else is on it and @over is not set
 *
 * Says that @author is on it, for the others to see. Where two say so apart from each other, the later has it, and both see that.
 */
gboolean
limber_task_take (LimberTransaction *transaction, const LimberId *task, gboolean over, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberRecord) record = open_task (transaction, task, author, error);
  const LimberId *by = record != NULL ? limber_record_id (record, "taken_by") : NULL;
  g_autoptr (LimberEdit) edit = NULL;
  LimberId self;

  if (record == NULL)
    return FALSE;
  if (!limber_id_parse (&self, author->author))
    return limber_error_refuse (error, _("Only one of the staff can take a task."));
  if (by != NULL && limber_id_equal (by, &self))
    return TRUE;
  if (by != NULL && !over)
    return refuse_taken (transaction, record, by, error);
  edit = limber_edit_new ("task", task);
  limber_edit_set_id (edit, "taken_by", &self);
  limber_edit_set_integer (edit, "taken", limber_transaction_now (transaction));
  return limber_transaction_edit (transaction, edit, author, error);
}

/**
 * limber_task_let_go:
 * @error: LIMBER_ERROR_NOT_FOUND, or LIMBER_ERROR_REFUSED when it is done
 *
 * Says that nobody is on it.
 */
gboolean
limber_task_let_go (LimberTransaction *transaction, const LimberId *task, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberRecord) record = open_task (transaction, task, author, error);
  g_autoptr (LimberEdit) edit = NULL;

  if (record == NULL)
    return FALSE;
  if (limber_record_id (record, "taken_by") == NULL)
    return TRUE;
  edit = limber_edit_new ("task", task);
  limber_edit_set_none (edit, "taken_by");
  limber_edit_set_none (edit, "taken");
  return limber_transaction_edit (transaction, edit, author, error);
}

/**
 * limber_task_note:
 * @text: (nullable): what staff tell each other of it; nothing takes the note away
 * @error: LIMBER_ERROR_NOT_FOUND, or LIMBER_ERROR_REFUSED where it is too long
 *
 * Writes the note of a task, open or done. What it said before stays in the journal.
 */
gboolean
limber_task_note (LimberTransaction *transaction, const LimberId *task, const char *text, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberRecord) record = read_task (transaction, task, author, error);
  g_autofree char *plain = g_strstrip (g_strdup (text != NULL ? text : ""));
  g_autoptr (LimberEdit) edit = NULL;

  if (record == NULL)
    return FALSE;
  if (strlen (plain) > LIMBER_TASK_NOTE)
    return limber_error_refuse (error, _("The note is too long. Keep it to what the next person needs."));
  if (g_strcmp0 (limber_record_text (record, "note"), *plain != '\0' ? plain : NULL) == 0)
    return TRUE;
  edit = limber_edit_new ("task", task);
  if (*plain != '\0')
    limber_edit_set_text (edit, "note", plain);
  else
    limber_edit_set_none (edit, "note");
  return limber_transaction_edit (transaction, edit, author, error);
}
