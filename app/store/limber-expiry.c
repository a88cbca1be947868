/* Invariant: the store's "expired" is the last day on which this was done, by the corrected clock. */
#include "limber-expiry.h"

#include "limber-date.h"
#include "limber-error.h"
#include "limber-reader-private.h"
#include "limber-scope.h"

static gboolean
read_due (LimberReader *reader, gpointer data, GError **error)
{
  const LimberClass holders = LIMBER_CLASS_HUB | LIMBER_CLASS_DESK | LIMBER_CLASS_CLINIC;
  char today[LIMBER_DATE_LENGTH + 1];
  g_autofree char *last = limber_reader_meta (reader, "expired");

  limber_date_of_time (limber_reader_now (reader), today);
  *(gboolean *) data = (reader->klass & holders) != 0 && reader->has_site && g_strcmp0 (last, today) != 0;
  return TRUE;
}

static gboolean
expire (LimberTransaction *transaction, gpointer data, GError **error)
{
  char today[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (limber_transaction_now (transaction), today);
  return limber_scope_expire (transaction, error) && limber_transaction_set_meta (transaction, "expired", today, error);
}

static void
on_expired (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!limber_store_write_finish (LIMBER_STORE (source), result, &error))
    g_debug ("The end of a visit: %s", limber_error_for_log (error)); /* the store has told whoever must know, and it is due again */
}

static void
on_due (GObject *source, GAsyncResult *result, gpointer data)
{
  if (limber_store_read_finish (LIMBER_STORE (source), result, NULL) && *(gboolean *) limber_store_read_data (result))
    limber_store_write_async (LIMBER_STORE (source), expire, NULL, NULL, NULL, on_expired, NULL);
}

/**
 * limber_expiry_when_due:
 *
 * Lets go of whom the store holds for a visit only, once the day of that is over. To be called now and then, in a thread
 * whose main context runs on.
 */
void
limber_expiry_when_due (LimberStore *store)
{
  limber_store_read_async (store, read_due, g_new0 (gboolean, 1), g_free, NULL, on_due, NULL);
}
