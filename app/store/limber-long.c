#include "limber-long-private.h"

#define STEPS 20000 /* of SQLite's machine: some milliseconds */

static int
on_steps (void *data)
{
  const LimberWatching *watching = data;
  const LimberLong *work = watching->work;

  if (work->tell != NULL)
    work->tell (watching->measure != NULL ? watching->measure (watching->data) : -1, work->data);
  return g_cancellable_is_cancelled (work->cancellable);
}

/**
 * limber_watching_begin:
 *
 * From now on the work tells how far it is, and what runs on the connection ends when it is stopped.
 */
void
limber_watching_begin (LimberWatching *watching)
{
  if (watching->work != NULL)
    sqlite3_progress_handler (limber_database_handle (watching->database), STEPS, on_steps, watching);
}

/**
 * limber_watching_end:
 * @good: what came of it
 * @error: (inout): of what came of it; G_IO_ERROR_CANCELLED when it was stopped
 *
 * Returns: @good, and %FALSE when it was stopped
 */
gboolean
limber_watching_end (LimberWatching *watching, gboolean good, GError **error)
{
  if (watching->work == NULL)
    return good;
  sqlite3_progress_handler (limber_database_handle (watching->database), 0, NULL, NULL);
  if (!g_cancellable_is_cancelled (watching->work->cancellable))
    return good;
  g_clear_error (error);
  g_cancellable_set_error_if_cancelled (watching->work->cancellable, error);
  return FALSE;
}
