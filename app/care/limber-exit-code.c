/* Invariant: a try is counted as wrong, and that is on the disk, before the code is looked at; so pulling the plug gives nobody
 * a try for nothing. */
#include "limber-exit-code.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "limber-attempts.h"
#include "limber-error.h"

#define META "exit_code"
#define ATTEMPT "exit"
#define TRIES 3
#define MOST_WRONG (8 * TRIES)
#define REST (60 * G_GINT64_CONSTANT (1000))
#define LONGEST_REST (15 * REST)

typedef struct {
  const char *code;
  gboolean    found;
} Sought;

static gboolean
compare_pin (const LimberRecord *staff, gpointer data)
{
  Sought *sought = data;
  const char *verifier = limber_record_text (staff, "pin");

  sought->found = verifier != NULL && crypto_pwhash_str_verify (verifier, sought->code, strlen (sought->code)) == 0;
  return !sought->found;
}

/* Where staff are known: no kiosk holds a PIN. */
static gboolean
refuse_pin (LimberReader *reader, const char *code, GError **error)
{
  Sought sought = { code, FALSE };

  if (!limber_reader_list (reader, "staff", NULL, NULL, compare_pin, &sought, error))
    return FALSE;
  return !sought.found || limber_error_refuse (error, _("That is somebody’s PIN. A closing code is known to many: choose another."));
}

/**
 * limber_exit_code_set:
 * @code: (nullable): four to twelve figures, %NULL for none
 * @error: LIMBER_ERROR_REFUSED when it is anything else, or the PIN of somebody whom this store knows
 *
 * Sets the code by which staff close this device's public screen. It stays on this device.
 *
 * Returns: whether it was set
 */
gboolean
limber_exit_code_set (LimberTransaction *transaction, const char *code, GError **error)
{
  char verifier[crypto_pwhash_STRBYTES];
  gsize length = code != NULL ? strlen (code) : 0;

  if (code == NULL)
    return limber_transaction_set_meta (transaction, META, NULL, error);
  if (length < LIMBER_EXIT_CODE_SHORTEST || length > LIMBER_EXIT_CODE_LONGEST || strspn (code, "0123456789") != length) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("A closing code is %d to %d figures and nothing else."), LIMBER_EXIT_CODE_SHORTEST, LIMBER_EXIT_CODE_LONGEST);
    return FALSE;
  }
  if (!refuse_pin (limber_transaction_reader (transaction), code, error))
    return FALSE;
  if (crypto_pwhash_str (verifier, code, length, crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
    return limber_error_refuse (error, _("There is not enough memory to keep a closing code safely."));
  return limber_transaction_set_meta (transaction, META, verifier, error);
}

/**
 * limber_exit_code_is_set:
 *
 * Returns: whether this device's public screen can be closed with a code
 */
gboolean
limber_exit_code_is_set (LimberReader *reader)
{
  g_autofree char *verifier = limber_reader_meta (reader, META);

  return verifier != NULL && *verifier != '\0';
}

/* How long there is still to wait, milliseconds: after each third wrong code in a row, and longer each time. */
static gboolean
count_wait (LimberReader *reader, gint64 *wait, GError **error)
{
  gint64 since;
  guint wrong;

  *wait = 0;
  if (!limber_attempts_in_a_row (reader, ATTEMPT, "wrong", MOST_WRONG, &wrong, &since, error))
    return FALSE;
  if (wrong > 0 && wrong % TRIES == 0)
    *wait = MAX (0, MIN (LONGEST_REST, REST << (wrong / TRIES - 1)) - since);
  return TRUE;
}

typedef struct {
  char      *verifier; /* (owned) (nullable) */
  LimberExit exit;
} Try;

static void
try_clear (Try *try)
{
  g_free (try->verifier);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Try, try_clear)

static gboolean
begin_try (LimberTransaction *transaction, gpointer data, GError **error)
{
  Try *try = data;
  LimberReader *reader = limber_transaction_reader (transaction);
  gint64 wait;

  try->verifier = limber_reader_meta (reader, META);
  if (!count_wait (reader, &wait, error))
    return FALSE;
  try->exit = wait > 0 ? LIMBER_EXIT_RESTING : LIMBER_EXIT_WRONG;
  return wait > 0 || limber_attempts_add (transaction, ATTEMPT, "wrong", error);
}

static gboolean
end_try (LimberTransaction *transaction, gpointer data, GError **error)
{
  Try *try = data;
  gint64 wait;

  if (try->exit == LIMBER_EXIT_OPEN)
    return limber_attempts_add (transaction, ATTEMPT, "right", error);
  if (!count_wait (limber_transaction_reader (transaction), &wait, error))
    return FALSE;
  if (wait > 0)
    try->exit = LIMBER_EXIT_RESTING;
  return TRUE;
}

/**
 * limber_exit_code_try:
 * @code: what was typed
 *
 * Tries a closing code and counts the try. For a worker thread: the hash takes about a tenth of a second, in which the store
 * is not held.
 *
 * Returns: whether the screen may be left; %LIMBER_EXIT_RESTING also for the wrong code that a rest follows
 */
LimberExit
limber_exit_code_try (LimberStore *store, const char *code)
{
  g_auto (Try) try = { NULL, LIMBER_EXIT_WRONG };

  if (!limber_store_write (store, begin_try, &try, NULL))
    return LIMBER_EXIT_WRONG;
  if (try.exit == LIMBER_EXIT_RESTING)
    return try.exit;
  if (try.verifier != NULL && *try.verifier != '\0' && crypto_pwhash_str_verify (try.verifier, code, strlen (code)) == 0)
    try.exit = LIMBER_EXIT_OPEN;
  return limber_store_write (store, end_try, &try, NULL) ? try.exit : LIMBER_EXIT_WRONG;
}

static void
try_in_thread (GTask *task, gpointer source, gpointer code, GCancellable *cancellable)
{
  g_task_return_int (task, limber_exit_code_try (source, code));
}

static void
forget_code (gpointer code)
{
  sodium_memzero (code, strlen (code));
  g_free (code);
}

/**
 * limber_exit_code_try_async:
 *
 * As limber_exit_code_try(), for a screen.
 */
void
limber_exit_code_try_async (LimberStore *store, const char *code, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, NULL, callback, user_data);

  g_task_set_source_tag (task, limber_exit_code_try_async);
  g_task_set_task_data (task, g_strdup (code), forget_code);
  g_task_run_in_thread (task, try_in_thread);
}

LimberExit
limber_exit_code_try_finish (LimberStore *store, GAsyncResult *result)
{
  return (LimberExit) g_task_propagate_int (G_TASK (result), NULL);
}
