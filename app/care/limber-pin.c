/* Invariant: a try is counted as wrong, and that is on the disk, before the PIN is looked at; only then may it turn out
 * right. So pulling the plug, or trying on two screens at once, gives nobody a try for nothing. The count belongs to the
 * verifier, not to the person: a new PIN, wherever it was set, begins a new one. */
#include "limber-pin.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "limber-attempts.h"
#include "limber-base64.h"
#include "limber-date.h"
#include "limber-error.h"
#include "limber-standing.h"

#define TRIES_BEFORE_WAIT 5
#define TRIES_BEFORE_LOCK 10
#define FIRST_WAIT (60 * G_GINT64_CONSTANT (1000))

/* Everybody may set her own. */
static gboolean
may_set (LimberTransaction *transaction, const LimberRecord *staff, const LimberAuthor *author, GError **error)
{
  LimberId id;

  if (limber_id_parse (&id, author->author) && limber_id_equal (&id, &staff->id))
    return TRUE;
  return limber_standing_check (limber_transaction_reader (transaction), author, LIMBER_ACTION_PINS, limber_record_id (staff, "site"), error);
}

/**
 * limber_pin_set:
 * @staff: whose
 * @pin: six to twelve figures
 * @error: LIMBER_ERROR_REFUSED when it is too easy or they have left, LIMBER_ERROR_NOT_FOUND, LIMBER_ERROR_UNAUTHORISED
 *
 * Sets a PIN, and ends every wait and lock that the old one had. Takes about a tenth of a second.
 */
gboolean
limber_pin_set (LimberTransaction *transaction, const LimberId *staff, const char *pin, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberRecord) record = limber_reader_get (limber_transaction_reader (transaction), "staff", staff, error);
  g_autoptr (LimberEdit) edit = NULL;
  char verifier[crypto_pwhash_STRBYTES];

  if (record == NULL || !may_set (transaction, record, author, error) || !limber_pin_check (pin, error))
    return FALSE;
  if (limber_standing_is_over (record, limber_transaction_now (transaction)))
    return limber_error_refuse (error, _("They have left and can have no PIN."));
  if (crypto_pwhash_str (verifier, pin, strlen (pin), crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_BUSY, _("This machine is short of memory. The PIN was not set; try again."));
    return FALSE;
  }
  edit = limber_edit_new ("staff", staff);
  limber_edit_set_text (edit, "pin", verifier);
  return limber_transaction_edit (transaction, edit, author, error);
}

/**
 * limber_pin_set_own:
 * @staff: who sets it
 * @role: hers
 *
 * As limber_pin_set(), by whoever it is.
 */
gboolean
limber_pin_set_own (LimberTransaction *transaction, const LimberId *staff, const char *pin, const char *role, GError **error)
{
  g_autofree char *author = limber_id_dup_text (staff);

  return limber_pin_set (transaction, staff, pin, &(LimberAuthor){ author, role }, error);
}

/* What tries of this verifier are counted under. */
static char *
attempt_name (const LimberId *staff, const char *verifier)
{
  guint8 hash[crypto_generichash_BYTES_MIN];
  g_autofree char *id = limber_id_dup_text (staff), *mark = NULL;

  crypto_generichash (hash, sizeof hash, (const guint8 *) verifier, strlen (verifier), NULL, 0);
  mark = limber_hex_dup (hash, 4);
  return g_strdup_printf ("pin:%s:%s", id, mark);
}

/* How many of the last tries in a row were wrong, and how long there is still to wait, milliseconds. */
static gboolean
count_wrong (LimberReader *reader, const char *name, guint *wrong, gint64 *wait, GError **error)
{
  gint64 since;

  *wait = 0;
  if (!limber_attempts_in_a_row (reader, name, "wrong", TRIES_BEFORE_LOCK, wrong, &since, error))
    return FALSE;
  if (*wrong >= TRIES_BEFORE_WAIT)
    *wait = MAX (0, (FIRST_WAIT << (*wrong - TRIES_BEFORE_WAIT)) - since);
  return TRUE;
}

static gboolean
check_throttle (LimberReader *reader, const char *name, GError **error)
{
  guint wrong, seconds;
  gint64 wait;

  if (!count_wrong (reader, name, &wrong, &wait, error))
    return FALSE;
  if (wrong >= TRIES_BEFORE_LOCK) {
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_UNAUTHORISED, _("This PIN was entered wrongly ten times and is locked. A new one must be set."));
    return FALSE;
  }
  if (wait == 0)
    return TRUE;
  seconds = (guint) ((wait + 999) / 1000);
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_UNAUTHORISED,
               ngettext ("Too many wrong PINs. Wait %u second, then try again.", "Too many wrong PINs. Wait %u seconds, then try again.", seconds), seconds);
  return FALSE;
}

typedef struct {
  LimberId staff;
  char    *pin;      /* (owned) (nullable): what was typed, for a worker thread */
  char    *verifier; /* (owned) (nullable) */
  char    *name;     /* (owned) (nullable): what its tries are counted under */
} Try;

static void
try_free (gpointer data)
{
  Try *try = data;

  if (try->pin != NULL)
    sodium_memzero (try->pin, strlen (try->pin));
  g_free (try->pin);
  g_free (try->verifier);
  g_free (try->name);
  g_free (try);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Try, try_free)

static gboolean
begin_try (LimberTransaction *transaction, gpointer data, GError **error)
{
  Try *try = data;
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autoptr (LimberRecord) record = limber_reader_get (reader, "staff", &try->staff, error);

  if (record == NULL)
    return FALSE;
  try->verifier = g_strdup (limber_record_text (record, "pin"));
  if (try->verifier == NULL || limber_standing_is_over (record, limber_transaction_now (transaction))) {
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_UNAUTHORISED, _("There is no PIN for this person. A manager can set one."));
    return FALSE;
  }
  try->name = attempt_name (&try->staff, try->verifier);
  return check_throttle (reader, try->name, error) && limber_attempts_add (transaction, try->name, "wrong", error);
}

static gboolean
end_try (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_attempts_add (transaction, ((Try *) data)->name, "right", error);
}

/**
 * limber_pin_verify:
 * @staff: who signs in
 * @pin: what was typed
 * @error: LIMBER_ERROR_UNAUTHORISED: wrong, locked, to wait, or no PIN: the message says which
 *
 * Checks a PIN and counts the try. For a worker thread: the hash takes about a tenth of a second, in which the store is
 * not held.
 *
 * Returns: whether it was right
 */
gboolean
limber_pin_verify (LimberStore *store, const LimberId *staff, const char *pin, GError **error)
{
  g_autoptr (Try) try = g_new0 (Try, 1);

  try->staff = *staff;
  if (!limber_store_write (store, begin_try, try, error))
    return FALSE;
  if (crypto_pwhash_str_verify (try->verifier, pin, strlen (pin)) == 0)
    return limber_store_write (store, end_try, try, error);
  g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_UNAUTHORISED, _("That PIN is not right."));
  return FALSE;
}

static void
verify_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Try *try = data;
  GError *error = NULL;

  if (limber_pin_verify (source, &try->staff, try->pin, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * limber_pin_verify_async:
 *
 * As limber_pin_verify(), for a screen.
 */
void
limber_pin_verify_async (LimberStore *store, const LimberId *staff, const char *pin, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  Try *try = g_new0 (Try, 1);

  try->staff = *staff;
  try->pin = g_strdup (pin);
  g_task_set_source_tag (task, limber_pin_verify_async);
  g_task_set_task_data (task, try, try_free);
  g_task_run_in_thread (task, verify_in_thread);
}

gboolean
limber_pin_verify_finish (LimberStore *store, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * limber_pin_throttle:
 * @locked: (out) (optional): whether a new PIN must be set
 *
 * Returns: seconds until @staff may try again on this device, 0 for at once
 */
int
limber_pin_throttle (LimberReader *reader, const LimberId *staff, gboolean *locked)
{
  g_autoptr (LimberRecord) record = limber_reader_get (reader, "staff", staff, NULL);
  const char *verifier = record != NULL ? limber_record_text (record, "pin") : NULL;
  g_autofree char *name = verifier != NULL ? attempt_name (staff, verifier) : NULL;
  guint wrong = 0;
  gint64 wait = 0;

  if (name != NULL)
    count_wrong (reader, name, &wrong, &wait, NULL);
  if (locked != NULL)
    *locked = wrong >= TRIES_BEFORE_LOCK;
  return (int) ((wait + 999) / 1000);
}

/**
 * limber_pin_staff:
 *
 * Returns: (transfer full) (nullable) (element-type LimberRow): those who can sign in here: staff of this store's site or
 *   of none (of all sites on a store without one), and who covers here today, who have a PIN and have not left; columns id, number, given, family,
 *   role, by name
 */
GPtrArray *
limber_pin_staff (LimberReader *reader, GError **error)
{
  char today[LIMBER_DATE_LENGTH + 1];
  LimberId id;

  limber_date_of_time (limber_reader_now (reader), today);
  return limber_reader_query (reader, "staff-with-pin", error, "dt", limber_reader_site (reader, &id) ? &id : NULL, today);
}
