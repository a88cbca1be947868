/* Invariant: the store's "expired" is the last day on which this was done, by the corrected clock. */
#include "limber-expiry.h"

#include <string.h>

#include "limber-date.h"
#include "limber-error.h"
#include "limber-reader-private.h"
#include "limber-scope.h"

static gboolean
read_due (LimberReader *reader, gpointer data, GError **error)
{
  const LimberClass holders = LIMBER_CLASS_HUB | LIMBER_CLASS_DESK | LIMBER_CLASS_CLINIC | LIMBER_CLASS_BOARD;
  char today[LIMBER_DATE_LENGTH + 1];
  g_autofree char *last = limber_reader_meta (reader, "expired");

  limber_date_of_time (limber_reader_now (reader), today);
  *(gboolean *) data = (reader->klass & holders) != 0 && reader->has_site && g_strcmp0 (last, today) != 0;
  return TRUE;
}

typedef struct {
  const char *today;
  GArray     *calls; /* (element-type LimberId): of another day */
} Old;

static gboolean
note (const LimberRecord *call, gpointer data)
{
  Old *old = data;
  char day[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (limber_record_integer (call, "at"), day);
  if (!g_str_equal (day, old->today))
    g_array_append_val (old->calls, call->id);
  return TRUE;
}

/* The notices begin with their day (app/care/limber-notice.h). */
static gboolean
expire_notices (LimberTransaction *transaction, const char *today, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autoptr (LimberRecord) site = limber_reader_get (reader, "site", &reader->site, NULL);
  const char *notices = site != NULL ? limber_record_text (site, "notices") : NULL;

  if (notices == NULL || strstr (notices, today) != NULL)
    return TRUE;
  limber_value_set_none (&site->values[limber_kind_field (site->kind, "notices")]);
  return limber_transaction_replace (transaction, site, error);
}

/* A waiting-room screen lets go of who was called on another day, and of what else it said then. */
static gboolean
expire_board (LimberTransaction *transaction, const char *today, GError **error)
{
  g_autoptr (GArray) calls = g_array_new (FALSE, FALSE, sizeof (LimberId));
  Old old = { today, calls };

  if (!limber_reader_list (limber_transaction_reader (transaction), "call", NULL, NULL, note, &old, error))
    return FALSE;
  for (guint i = 0; i < calls->len; i++)
    if (!limber_transaction_drop (transaction, limber_kind_by_name ("call"), &g_array_index (calls, LimberId, i), error))
      return FALSE;
  return expire_notices (transaction, today, error);
}

static gboolean
expire (LimberTransaction *transaction, gpointer data, GError **error)
{
  gboolean board = limber_transaction_reader (transaction)->klass == LIMBER_CLASS_BOARD;
  char today[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (limber_transaction_now (transaction), today);
  return (board ? expire_board (transaction, today, error) : limber_scope_expire (transaction, error)) && limber_transaction_set_meta (transaction, "expired", today, error);
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
