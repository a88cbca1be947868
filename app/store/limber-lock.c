/* Invariant: who writes to a store, or puts another in its place, has the file "lock" in its folder locked; the file says who
 * that is. The system lets go of it when the program ends, however it ends. */
#include "limber-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "limber-cause.h"
#include "limber-error.h"

#define PAUSE_MS 25

static char *
owner_of (int lock)
{
  char text[200] = "";
  gssize length = pread (lock, text, sizeof text - 1, 0);

  text[MAX (length, 0)] = '\0';
  g_strchomp (text);
  return g_strdup (*text != '\0' && g_utf8_validate (text, -1, NULL) ? text : _("another program"));
}

/* Nothing tells when a lock becomes free but a thread that is stuck in asking for it, so it is asked for again and again. */
static gboolean
wait_for (int lock, int patience)
{
  for (; flock (lock, LOCK_EX | LOCK_NB) != 0; patience -= PAUSE_MS) {
    if (patience <= 0)
      return FALSE;
    g_usleep (PAUSE_MS * 1000);
  }
  return TRUE;
}

/**
 * limber_lock_take:
 * @dir: a store's folder
 * @patience: milliseconds to wait for another that has it
 * @error: LIMBER_ERROR_BUSY with its owner's name, LIMBER_ERROR_DISK
 *
 * Returns: the lock, which close() lets go; -1 when another has it
 */
int
limber_lock_take (const char *dir, int patience, GError **error)
{
  g_autofree char *path = g_build_filename (dir, "lock", NULL), *text = NULL;
  int lock = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (lock < 0) {
    limber_cause_set_errno (error, limber_error_of_errno (errno), errno, _("%s cannot be opened: %s"), path, limber_cause_of_errno (errno));
    return -1;
  }
  if (!wait_for (lock, patience)) {
    g_autofree char *owner = owner_of (lock);

    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_BUSY, _("The store in %s is in use by %s."), dir, owner);
    close (lock);
    return -1;
  }
  text = g_strdup_printf ("%s (process %d)\n", g_get_prgname () != NULL ? g_get_prgname () : "limber", (int) getpid ());
  if (ftruncate (lock, 0) != 0 || pwrite (lock, text, strlen (text), 0) < 0)
    g_debug ("The lock file does not say who owns the store");
  return lock;
}
