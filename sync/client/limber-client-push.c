/* Finding out what the node lacks, and sending it (SYNC.md rule 11). */
#include "limber-client-private.h"

#include <glib/gi18n-lib.h>

#include "limber-error.h"

typedef struct {
  LimberClient *client;  /* (owned) */
  LimberChanges *touched; /* (owned) (nullable): only its origins; %NULL for all */
  GArray       *pieces;  /* (owned) (nullable): LimberPiece */
} Pieces;

static void
pieces_free (Pieces *pieces)
{
  g_clear_pointer (&pieces->pieces, g_array_unref);
  g_clear_pointer (&pieces->touched, limber_changes_unref);
  g_object_unref (pieces->client);
  g_free (pieces);
}

static gboolean
read_pieces (LimberReader *reader, gpointer data, GError **error)
{
  Pieces *pieces = data;

  if (pieces->touched == NULL)
    pieces->pieces = limber_session_pieces (reader, error);
  else
    pieces->pieces = limber_session_pieces_of (reader, pieces->touched->origins, error);
  return pieces->pieces != NULL;
}

static void
set_pending (LimberClient *self, gint64 pending)
{
  guint clamped = (guint) CLAMP (pending, 0, G_MAXINT32);

  if (self->pending == clamped)
    return;
  self->pending = clamped;
  g_object_notify_by_pspec (G_OBJECT (self), limber_client_props[LIMBER_CLIENT_PROP_PENDING]);
}

static void
on_pieces (GObject *source, GAsyncResult *result, gpointer data)
{
  Pieces *pieces = limber_store_read_data (result);
  LimberClient *self = pieces->client;

  if (!limber_client_found (self, result))
    return;
  if (self->pusher == NULL)
    self->pusher = limber_client_peer (self)->memory != NULL ? g_steal_pointer (&limber_client_peer (self)->memory) : limber_pusher_new ();
  if (pieces->touched == NULL)
    limber_pusher_set_pieces (self->pusher, pieces->pieces);
  else
    limber_pusher_update (self->pusher, pieces->pieces);
  set_pending (self, limber_pusher_lacking (self->pusher));
  limber_client_step (self);
}

/**
 * limber_client_load:
 *
 * Reads what there is to send: at first, and when in doubt, of all chains; else of those that have changed.
 */
void
limber_client_load (LimberClient *self)
{
  Pieces *pieces = g_new0 (Pieces, 1);

  if (self->pusher != NULL && !self->dirty)
    pieces->touched = g_steal_pointer (&self->touched);
  g_clear_pointer (&self->touched, limber_changes_unref);
  self->touched = limber_changes_new ();
  self->busy = TRUE;
  self->dirty = FALSE;
  limber_client_compare_later (self);
  pieces->client = g_object_ref (self);
  limber_store_read_async (self->store, read_pieces, pieces, (GDestroyNotify) pieces_free, NULL, on_pieces, NULL);
}

/* Pushing: an offer, or a batch. */

typedef struct {
  LimberClient  *client; /* (owned) */
  LimberPusher  *pusher; /* (owned) */
  gboolean       offer;
  LimberBatch   *batch;  /* (owned) (nullable) */
  LimberMessage *request; /* (owned) (nullable) */
} Push;

static void
push_free (Push *push)
{
  g_clear_pointer (&push->batch, limber_batch_free);
  g_clear_pointer (&push->request, limber_message_unref);
  limber_pusher_unref (push->pusher);
  g_object_unref (push->client);
  g_free (push);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Push, push_free)

static void
on_marks_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberClient) self = data;

  if (!limber_client_kept (self, result))
    return;
  if (self->once) /* nobody is told of changes here */
    self->dirty = TRUE;
  limber_client_step (self);
}

static gboolean
learn (LimberClient *self, Push *push, const json_t *answer, GError **error)
{
  g_autofree char *refusal = NULL;

  if (push->offer) {
    if (!limber_pusher_answer (self->pusher, answer)) {
      g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_UNREACHABLE, _("It cannot be found out what the node has."));
      return FALSE;
    }
  } else if (!limber_pusher_settle (self->pusher, push->batch, answer, &refusal)) {
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_UNREACHABLE, _("The node does not have what it had; asking anew."));
    return FALSE;
  } else
    self->failures = 0;
  if (refusal != NULL) {
    g_autofree char *message = g_strdup_printf (_("The node did not take a change from this device: %s"), refusal);

    limber_client_set_error (self, message);
  }
  if (json_array_size (json_object_get (answer, "out")) > 0)
    self->want_pull = TRUE;
  return TRUE;
}

static void
on_pushed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Push) push = data;
  LimberClient *self = push->client;
  g_autoptr (GError) error = NULL;
  LimberApply *apply = limber_client_answered (self, source, result, FALSE);

  if (apply == NULL)
    return;
  if (learn (self, push, apply->end, &error)) {
    apply->apart = push->batch != NULL ? g_steal_pointer (&push->batch->apart) : NULL;
    limber_client_keep (self, limber_apply_push, apply, on_marks_kept);
    return;
  }
  limber_apply_free (apply);
  limber_client_fail (self, error);
}

static gboolean
make_push (LimberReader *reader, gpointer data, GError **error)
{
  Push *push = data;

  push->request = limber_message_new ("POST", "/sync/v1/push", NULL);
  if (push->offer) {
    g_autoptr (json_t) head = json_pack ("{s:o}", "heads", limber_pusher_offer (push->pusher, reader, TRUE));

    return limber_message_set_json (push->request, head, error);
  }
  push->batch = limber_pusher_batch (push->pusher, reader, limber_store_identity (push->client->store), error);
  return push->batch != NULL && limber_message_set_packed (push->request, "application/x-ndjson", push->batch->text->str, push->batch->text->len, error);
}

static void
on_push_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Push) push = data;
  LimberClient *self = push->client;
  LimberMessage *request = push->request;

  if (!limber_client_found (self, result))
    return;
  if (!push->offer && push->batch->entries == 0) /* nothing that could be sent: what remains is stuck */
    limber_client_step (self);
  else
    limber_client_ask (self, request, on_pushed, g_steal_pointer (&push));
}

/* The pusher is read in the worker; the main thread leaves it alone while busy. */
void
limber_client_push (LimberClient *self, gboolean offer)
{
  Push *made = g_new0 (Push, 1);

  self->busy = TRUE;
  if (offer)
    self->ask_marks = FALSE;
  made->client = g_object_ref (self);
  made->pusher = limber_pusher_ref (self->pusher);
  made->offer = offer;
  limber_store_read_async (self->store, make_push, made, NULL, NULL, on_push_made, made);
}
