#include "limber-kiosk-leave.h"

#include <string.h>

#include "limber-exit-code.h"

#define TRIES 3
#define REST (60 * G_USEC_PER_SEC)

typedef struct {
  char    *code; /* (owned) */
  gboolean right;
} Try;

static void
try_free (gpointer data)
{
  Try *try = data;

  explicit_bzero (try->code, strlen (try->code));
  g_free (try->code);
  g_free (try);
}

static gboolean
verify (LimberReader *reader, gpointer data, GError **error)
{
  Try *try = data;

  try->right = limber_exit_code_verify (reader, try->code);
  return TRUE;
}

static void
on_verified (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Try *try = g_task_get_task_data (task);

  g_task_return_int (task, limber_store_read_finish (LIMBER_STORE (source), result, NULL) && try->right ? LIMBER_KIOSK_LEAVE_OPEN : LIMBER_KIOSK_LEAVE_WRONG);
}

/**
 * limber_kiosk_leave_async:
 * @gate: how often a wrong code was given
 * @code: what was typed
 * @now: microseconds that never go back
 *
 * Tries a closing code.
 */
void
limber_kiosk_leave_async (LimberKioskGate *gate, LimberStore *store, const char *code, gint64 now, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (store, NULL, callback, user_data);
  Try *try = g_new0 (Try, 1);

  try->code = g_strdup (code);
  g_task_set_task_data (task, try, try_free);
  if (now < gate->rest) {
    g_task_return_int (task, LIMBER_KIOSK_LEAVE_RESTING);
    g_object_unref (task);
    return;
  }
  /* Counted before it is known, so that many at once count too. */
  gate->wrong++;
  limber_store_read_async (store, verify, try, NULL, NULL, on_verified, task);
}

/**
 * limber_kiosk_leave_finish:
 * @now: microseconds that never go back
 *
 * Returns: whether the screen may be left
 */
LimberKioskLeave
limber_kiosk_leave_finish (LimberKioskGate *gate, GAsyncResult *result, gint64 now)
{
  LimberKioskLeave leave = (LimberKioskLeave) g_task_propagate_int (G_TASK (result), NULL);

  if (leave == LIMBER_KIOSK_LEAVE_OPEN) {
    gate->wrong = 0;
  } else if (leave == LIMBER_KIOSK_LEAVE_WRONG && gate->wrong >= TRIES) {
    gate->wrong = 0;
    gate->rest = now + REST;
  }
  return now < gate->rest ? LIMBER_KIOSK_LEAVE_RESTING : leave;
}
