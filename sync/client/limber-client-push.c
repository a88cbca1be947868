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

/* Pushing: an offer, or a batch. While one batch is on its way the next is made, as if the node took all of it; what central
 * said of the last one is written meanwhile. The node still has at most one to deal with. */

struct _LimberClientPush {
  LimberClient  *client; /* (owned) */
  LimberPusher  *pusher; /* (owned): the session's, or for a batch that is made ahead one of its own */
  gboolean       offer;
  gint64         fleet;  /* up to which place of the fleet it tells */
  LimberBatch   *batch;  /* (owned) (nullable) */
  LimberMessage *request; /* (owned) (nullable) */
  gboolean       made;    /* ahead of its turn */
  gboolean       awaited; /* its turn has come before it was made */
};

typedef LimberClientPush Push;

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

  self->asked_to_leave = FALSE;
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
  if (push->offer)
    self->fleet = push->fleet;
  if (refusal != NULL) {
    g_autofree char *message = g_strdup_printf (_("The node did not take a change from this device: %s"), refusal);

    limber_client_set_error (self, message);
  }
  if (limber_pusher_is_open (self->pusher))
    limber_client_set_turn (self, limber_json_integer (answer, "wait", 0));
  if (json_array_size (json_object_get (answer, "out")) > 0)
    self->want_pull = TRUE;
  limber_pusher_note_marks (self->pusher, json_object_get (answer, "marks"));
  set_pending (self, limber_pusher_lacking (self->pusher));
  return TRUE;
}

static void send_batch (LimberClient *self, Push *push);

/* A later answer says it again, so nobody waits for this one to be written. */
static void
on_marks_noted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberClient) self = data;

  limber_store_write_finish (LIMBER_STORE (source), result, NULL);
  if (self->once)
    self->dirty = TRUE;
}

/* Whether the batch that was made ahead is the next, and at once: nothing was kept apart or refused, no epoch is to be left first,
 * and nobody else is before it. */
static gboolean
goes_on (LimberClient *self, const Push *push, const json_t *answer)
{
  const Push *ahead = self->ahead;

  if (ahead == NULL || push->batch == NULL || self->turn > 0 || push->batch->apart->len > 0 || json_array_size (json_object_get (answer, "branched")) > 0)
    return FALSE;
  return !ahead->made || limber_pusher_fits (self->pusher, ahead->batch);
}

/* Sends the batch that was made ahead, or lets it be sent as soon as it is. */
static void
go_on (LimberClient *self, LimberApply *apply)
{
  limber_store_write_async (self->store, limber_apply_push, apply, (GDestroyNotify) limber_apply_free, NULL, on_marks_noted, g_object_ref (self));
  if (self->ahead->made)
    send_batch (self, g_steal_pointer (&self->ahead));
  else
    self->busy = self->ahead->awaited = TRUE;
}

static void
on_pushed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Push) push = data;
  LimberClient *self = push->client;
  g_autoptr (GError) error = NULL;
  LimberApply *apply = limber_client_answered (self, source, result, FALSE);

  if (apply == NULL) {
    self->ask_marks = self->ask_marks || push->offer;
    return;
  }
  if (!learn (self, push, apply->end, &error)) {
    limber_apply_free (apply);
    limber_client_fail (self, error);
  } else if (goes_on (self, push, apply->end))
    go_on (self, apply);
  else {
    limber_client_forget_ahead (self);
    apply->apart = push->batch != NULL ? g_steal_pointer (&push->batch->apart) : NULL;
    limber_client_keep (self, limber_apply_push, apply, on_marks_kept);
  }
}

static gboolean
make_offer (Push *push, LimberReader *reader, GError **error)
{
  LimberClient *self = push->client;
  g_autoptr (json_t) head = json_pack ("{s:o,s:o}", "heads", limber_pusher_offer (push->pusher, reader, TRUE), "report", limber_client_report_json (self->store, push->pusher, reader, NULL));

  if (limber_store_identity (self->store)->klass == LIMBER_CLASS_HUB) {
    json_t *fleet = limber_client_fleet_json (reader, &push->fleet, error);

    if (fleet == NULL)
      return FALSE;
    json_object_set_new (head, "fleet", fleet);
  }
  return limber_message_set_json (push->request, head, error);
}

static gboolean
make_batch (Push *push, LimberReader *reader, GError **error)
{
  LimberClient *self = push->client;
  g_autoptr (json_t) head = NULL;
  g_autofree char *text = NULL;

  push->batch = limber_pusher_batch (push->pusher, reader, limber_store_identity (self->store), error);
  if (push->batch == NULL)
    return FALSE;
  head = json_pack ("{s:[],s:o}", "heads", "report", limber_client_report_json (self->store, push->pusher, reader, push->batch));
  text = limber_json_dup (head);
  g_string_prepend (push->batch->text, text);
  return limber_message_set_packed (push->request, "application/x-ndjson", push->batch->text->str, push->batch->text->len, error);
}

static gboolean
make_push (LimberReader *reader, gpointer data, GError **error)
{
  Push *push = data;

  push->request = limber_message_new ("POST", "/sync/v1/push", NULL);
  return push->offer ? make_offer (push, reader, error) : make_batch (push, reader, error);
}

static Push *
push_new (LimberClient *self, LimberPusher *pusher, gboolean offer)
{
  Push *push = g_new0 (Push, 1);

  push->client = g_object_ref (self);
  push->pusher = pusher;
  push->offer = offer;
  push->fleet = self->fleet;
  return push;
}

/**
 * limber_client_forget_ahead:
 *
 * What was made ahead is not sent; if it is being made, its end sees to it.
 */
void
limber_client_forget_ahead (LimberClient *self)
{
  Push *ahead = g_steal_pointer (&self->ahead);

  if (ahead != NULL && ahead->made)
    push_free (ahead);
}

static void
on_made_ahead (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Push) push = data;
  LimberClient *self = push->client;
  gboolean ours = self->ahead == push;

  if (ours)
    self->ahead = NULL;
  if (push->awaited) {
    if (limber_client_found (self, result) && ours && limber_pusher_fits (self->pusher, push->batch))
      send_batch (self, g_steal_pointer (&push));
    else if (self->running && !self->busy)
      limber_client_step (self);
    return;
  }
  if (!limber_store_read_finish (LIMBER_STORE (source), result, NULL) || !ours)
    return;
  push->made = TRUE;
  self->ahead = g_steal_pointer (&push);
}

static void
make_ahead (LimberClient *self, const LimberBatch *batch)
{
  g_autoptr (LimberPusher) pusher = limber_pusher_ahead (self->pusher, batch);

  limber_client_forget_ahead (self);
  if (limber_pusher_pending (pusher) == 0)
    return;
  self->ahead = push_new (self, g_steal_pointer (&pusher), FALSE);
  limber_store_read_async (self->store, make_push, self->ahead, NULL, NULL, on_made_ahead, self->ahead);
}

/* @push: (transfer full) */
static void
send_batch (LimberClient *self, Push *push)
{
  if (push->batch->entries == 0) { /* nothing that could be sent: what remains is stuck */
    push_free (push);
    limber_client_step (self);
    return;
  }
  make_ahead (self, push->batch);
  limber_client_ask (self, push->request, on_pushed, push);
}

static void
on_push_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Push) push = data;
  LimberClient *self = push->client;
  LimberMessage *request = push->request;

  if (!limber_client_found (self, result))
    return;
  if (push->offer)
    limber_client_ask (self, request, on_pushed, g_steal_pointer (&push));
  else
    send_batch (self, g_steal_pointer (&push));
}

/* The pusher is read in the worker; the main thread leaves it alone while busy. */
void
limber_client_push (LimberClient *self, gboolean offer)
{
  Push *made = push_new (self, limber_pusher_ref (self->pusher), offer);

  self->busy = TRUE;
  if (offer)
    self->ask_marks = FALSE;
  limber_store_read_async (self->store, make_push, made, NULL, NULL, on_push_made, made);
}
