#include "limber-unsaved.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-error.h"
#include "limber-transaction-private.h"

#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

/* Whom it is about, as the table has it: 0 for somebody who is not registered yet. */
static gboolean
number_of (LimberDatabase *database, const LimberId *about, gboolean make, gint64 *n, GError **error)
{
  *n = about != NULL ? limber_database_thing (database, about, make, error) : 0;
  return about == NULL || *n != 0;
}

/**
 * limber_unsaved_keep:
 * @author: whose it is, a staff member's id as a UUID
 * @form: into which form it is typed
 * @about: (nullable): whom it is about; nothing: somebody who is not registered yet
 * @text: (nullable): what is typed, in the form's own way; nothing: it is saved, or given up
 * @error: LIMBER_ERROR_REFUSED when it is too long to be kept
 *
 * Keeps it in the place of what was typed there before. What nobody has come back to for LIMBER_UNSAVED_DAYS goes.
 */
gboolean
limber_unsaved_keep (LimberTransaction *transaction, const char *author, const char *form, const LimberId *about, const char *text, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  gint64 now = limber_transaction_now (transaction), n;

  if (!number_of (database, about, TRUE, &n, error) || !limber_database_execute (database, error, "DELETE FROM unsaved WHERE (author=? AND form=? AND about=?) OR at<?", "ttii", author, form, n, now - LIMBER_UNSAVED_DAYS * DAY_MS))
    return FALSE;
  if (text == NULL) {
    transaction->scrub |= LIMBER_SCRUB_LOG;
    return TRUE;
  }
  if (strlen (text) > LIMBER_UNSAVED_MAXIMUM)
    return limber_error_refuse (error, _("That is too much to be kept before it is saved."));
  return limber_database_execute (database, error, "INSERT INTO unsaved(author, form, about, at, body) VALUES(?,?,?,?,?)", "ttiit", author, form, n, now, text);
}

/**
 * limber_unsaved_find:
 * @about: (nullable): as for limber_unsaved_keep()
 * @at: (out) (optional): when it was typed, milliseconds UTC
 *
 * Returns: (transfer full) (nullable): what was typed there and not saved
 */
char *
limber_unsaved_find (LimberReader *reader, const char *author, const char *form, const LimberId *about, gint64 *at)
{
  g_autoptr (LimberStatement) statement = NULL;
  gint64 n;

  if (!number_of (reader->database, about, FALSE, &n, NULL))
    return NULL;
  statement = limber_database_bound (reader->database, NULL, "SELECT body, at FROM unsaved WHERE author=? AND form=? AND about=?", "tti", author, form, n);
  if (statement == NULL || limber_statement_step (statement, NULL) != 1)
    return NULL;
  if (at != NULL)
    *at = sqlite3_column_int64 (statement->stmt, 1);
  return limber_statement_dup_text (statement, 0);
}

/**
 * limber_unsaved_forget_person:
 *
 * Takes out whatever anybody has typed about @patient and not saved.
 */
gboolean
limber_unsaved_forget_person (LimberTransaction *transaction, const LimberId *patient, GError **error)
{
  LimberDatabase *database = transaction->reader.database;

  return limber_database_execute (database, error, "DELETE FROM unsaved WHERE about=?", "i", limber_database_thing (database, patient, FALSE, NULL));
}
