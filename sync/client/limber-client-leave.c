/* When the node tells this device to go: once all is sent, it asks to be let go, and its store comes to its end. */
#include "limber-client-private.h"

#include "limber-canary.h"

typedef struct {
  LimberClient  *client;  /* (owned) */
  LimberPusher  *pusher;  /* (owned) */
  LimberMessage *request; /* (owned) (nullable): %NULL when something has been written that was not sent yet */
  gint64         written;
} Leave;

static void
leave_free (Leave *leave)
{
  g_clear_pointer (&leave->request, limber_message_unref);
  limber_pusher_unref (leave->pusher);
  g_object_unref (leave->client);
  g_free (leave);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Leave, leave_free)

/* Only when something was written meanwhile does the store go on: that is sent first, and then the node is asked again. */
static void
on_decided (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberClient) self = data;

  if (!limber_client_kept (self, result))
    return;
  self->asked_to_leave = FALSE;
  self->dirty = TRUE;
  limber_client_step (self);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Leave) leave = data;
  LimberClient *self = leave->client;
  g_autoptr (LimberApply) apply = limber_client_answered (self, source, result, FALSE);

  if (apply == NULL)
    return;
  if (!json_is_true (json_object_get (apply->end, "left")) && !limber_canary (LIMBER_CANARY_GOES_WITH_WORK)) {
    limber_client_step (self);
    return;
  }
  self->busy = TRUE;
  limber_store_write_async (self->store, limber_departure_decide, limber_departure_new (limber_store_dir (self->store), self->leaving, leave->written), (GDestroyNotify) limber_departure_free,
                            NULL, on_decided, g_object_ref (self));
}

static gboolean
make_request (LimberReader *reader, gpointer data, GError **error)
{
  Leave *leave = data;
  g_autoptr (json_t) json = NULL;

  leave->written = limber_session_written (reader);
  if (leave->written != limber_pusher_sent (leave->pusher) && !limber_canary (LIMBER_CANARY_GOES_WITH_WORK))
    return TRUE;
  json = json_pack ("{s:o}", "heads", limber_pusher_ends (leave->pusher));
  leave->request = limber_message_new ("POST", "/sync/v1/leave", NULL);
  return limber_message_set_json (leave->request, json, error);
}

static void
on_request (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Leave) leave = data;
  LimberClient *self = leave->client;
  LimberMessage *request = leave->request;

  if (!limber_client_found (self, result))
    return;
  if (request != NULL) {
    limber_client_ask (self, request, on_answer, g_steal_pointer (&leave));
    return;
  }
  self->dirty = TRUE; /* it is asked again when that is sent */
  limber_client_step (self);
}

/**
 * limber_client_leave:
 *
 * Asks the node to let this device go. While central lacks something that it holds, it is not, and asks again when there is
 * news of how far central has come.
 */
void
limber_client_leave (LimberClient *self)
{
  Leave *leave = g_new0 (Leave, 1);

  self->busy = self->asked_to_leave = TRUE;
  leave->client = g_object_ref (self);
  leave->pusher = limber_pusher_ref (self->pusher);
  limber_store_read_async (self->store, make_request, leave, NULL, NULL, on_request, leave);
}
