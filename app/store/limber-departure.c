/* Invariant: the note is written by the store's writer, when nothing has been written here that the node was not asked about;
 * from then on nothing is. A store is removed for no other reason. */
#include "limber-departure.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "limber-cause.h"
#include "limber-copy.h"
#include "limber-date.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-note.h"
#include "limber-session.h"

#define NOTE "departed" /* {"why": a word of limber_leaving_name(), "at": when, milliseconds} */

static const char *const names[] = { NULL, "retired", "lost", "moved" };

/**
 * limber_leaving_parse:
 * @word: (nullable): as limber_leaving_name() gives it
 *
 * Returns: what it means; a word that only a newer Limber knows is one more reason to leave
 */
LimberLeaving
limber_leaving_parse (const char *word)
{
  for (gsize i = 1; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (word, names[i]) == 0)
      return (LimberLeaving) i;
  return word != NULL ? LIMBER_LEAVING_RETIRED : LIMBER_LEAVING_NOT;
}

/**
 * limber_leaving_name:
 *
 * Returns: (nullable): the word in a device's record and on the wire
 */
const char *
limber_leaving_name (LimberLeaving leaving)
{
  return names[leaving];
}

/**
 * limber_departure_new:
 *
 * Returns: (transfer full): what limber_departure_decide() needs to know
 */
LimberDeparture *
limber_departure_new (const char *dir, LimberLeaving why, gint64 written)
{
  LimberDeparture *departure = g_new0 (LimberDeparture, 1);

  *departure = (LimberDeparture){ g_strdup (dir), why, written };
  return departure;
}

void
limber_departure_free (LimberDeparture *departure)
{
  g_free (departure->dir);
  g_free (departure);
}

/**
 * limber_departure_decide:
 * @data: a LimberDeparture that the node has agreed to
 * @error: LIMBER_ERROR_DEPARTED when it is decided, and the store is at its end
 *
 * Ends the store, unless something has been written meanwhile: then the node must be asked again.
 *
 * Returns: whether the store goes on
 */
gboolean
limber_departure_decide (LimberTransaction *transaction, gpointer data, GError **error)
{
  LimberDeparture *departure = data;
  g_autoptr (json_t) note = NULL;

  if (limber_session_written (limber_transaction_reader (transaction)) != departure->written)
    return TRUE;
  note = json_pack ("{s:s, s:I}", "why", limber_leaving_name (departure->why), "at", (json_int_t) limber_transaction_now (transaction));
  if (limber_note_write (departure->dir, NOTE, note, error))
    g_propagate_error (error, limber_departure_error (departure->dir));
  return FALSE;
}

/**
 * limber_departure_is_decided:
 * @dir: a store's folder
 *
 * Returns: whether its device was let go
 */
gboolean
limber_departure_is_decided (const char *dir)
{
  return limber_note_is_there (dir, NOTE);
}

/* Only what Limber itself has put there: a store's folder may hold other things. */
static gboolean
is_ours (const char *name)
{
  return g_str_has_prefix (name, "store.db") || g_str_has_prefix (name, "restoring");
}

/**
 * limber_departure_carry_out:
 * @dir: the folder of a store that was let go; the caller has its lock
 * @error: LIMBER_ERROR_DISK
 *
 * Removes the store, its logs and the older copies of it that Limber keeps beside it. The note stays, to say why there is
 * nothing. A file that is removed can still be found on a disk that is not encrypted.
 */
gboolean
limber_departure_carry_out (const char *dir, GError **error)
{
  g_autoptr (GDir) open = g_dir_open (dir, 0, NULL);
  const char *name;

  while (open != NULL && (name = g_dir_read_name (open)) != NULL) {
    g_autofree char *path = g_build_filename (dir, name, NULL);

    if (is_ours (name) && g_unlink (path) != 0 && errno != ENOENT) {
      limber_cause_set_errno (error, LIMBER_ERROR_DISK, errno, _("%s cannot be removed: %s"), path, limber_cause_of_errno (errno));
      return FALSE;
    }
  }
  return limber_copy_sync (dir, error);
}

/**
 * limber_departure_error:
 * @dir: the folder of a store that was let go
 *
 * Returns: (transfer full): LIMBER_ERROR_DEPARTED, which tells whoever stands before the device what has happened
 */
GError *
limber_departure_error (const char *dir)
{
  g_autoptr (json_t) note = limber_note_read (dir, NOTE);
  gint64 at = limber_json_integer (note, "at", 0);
  char date[LIMBER_DATE_LENGTH + 1];
  g_autofree char *day = NULL;

  limber_date_of_time (at, date);
  day = limber_date_for_staff (date);
  switch (limber_leaving_parse (limber_json_string (note, "why"))) {
  case LIMBER_LEAVING_LOST:
    return g_error_new (LIMBER_ERROR, LIMBER_ERROR_DEPARTED, _("This device was reported lost. On %s it handed over what it had, and nothing of it is kept here. Give it back to whoever looks after Limber."), day);
  case LIMBER_LEAVING_MOVED:
    return g_error_new (LIMBER_ERROR, LIMBER_ERROR_DEPARTED, _("This device goes to another site. On %s it handed over what it had, and nothing of it is kept here. At the new site, join it with its new code."), day);
  default:
    return g_error_new (LIMBER_ERROR, LIMBER_ERROR_DEPARTED, _("This device was retired. On %s it handed over what it had, and nothing of it is kept here. To use it again, join it with a new code."), day);
  }
}

/**
 * limber_departure_forget:
 * @dir: where a new store is to be; the caller has its lock
 *
 * What is left of one that was let go goes, and with it the note: the last of it, so that the next store is never taken for that one.
 */
gboolean
limber_departure_forget (const char *dir, GError **error)
{
  return !limber_departure_is_decided (dir) || (limber_departure_carry_out (dir, error) && limber_note_remove (dir, NOTE, error));
}
