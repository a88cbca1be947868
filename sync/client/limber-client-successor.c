/* When somebody else answers in the hub's place: it may be the hub's successor. Central's word for it, which it shows, is
 * enough (limber-credential.h); without that word it is nobody. */
#include "limber-client-private.h"

/* The word that somebody shows, and what failed before. */
typedef struct {
  LimberClient *client; /* (owned) */
  GError       *error;  /* (owned): the attempt's */
} Stranger;

static void
stranger_free (Stranger *stranger)
{
  g_object_unref (stranger->client);
  g_error_free (stranger->error);
  g_free (stranger);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stranger, stranger_free)

static void
on_taken (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Stranger) stranger = data;
  LimberClient *self = stranger->client;
  LimberApply *apply = limber_store_write_data (result);

  if (!limber_client_kept (self, result))
    return;
  if (!apply->nodes_changed) {
    limber_client_fail (self, stranger->error);
    return;
  }
  limber_client_turn (self);
}

static void
on_introduced (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Stranger) stranger = data;
  LimberClient *self = stranger->client;
  g_autoptr (LimberMessage) answer = limber_link_ask_finish (LIMBER_LINK (source), result, NULL, NULL);
  LimberApply *apply;

  if (!limber_client_done (self, NULL))
    return;
  apply = answer != NULL ? limber_apply_new (answer, FALSE, NULL) : NULL;
  if (apply == NULL) {
    limber_client_fail (self, stranger->error);
    return;
  }
  self->busy = TRUE;
  limber_store_write_async (self->store, limber_apply_successor, apply, (GDestroyNotify) limber_apply_free, NULL, on_taken, g_steal_pointer (&stranger));
}

/**
 * limber_client_meet:
 * @error: what came of the attempt in which a stranger answered
 *
 * Asks him who he is, once an attempt. The client goes on with him, or, when he is not the hub's successor, fails with @error.
 *
 * Returns: whether he is asked
 */
gboolean
limber_client_meet (LimberClient *self, const GError *error)
{
  LimberPeer *peer = limber_client_peer (self);
  g_autoptr (LimberMessage) request = NULL;
  Stranger *stranger;

  if (peer == NULL || peer->direct || self->introduced || !limber_link_met_stranger (peer->link))
    return FALSE;
  stranger = g_new0 (Stranger, 1);
  stranger->client = g_object_ref (self);
  stranger->error = g_error_copy (error);
  request = limber_message_new ("GET", "/sync/v1/node", NULL);
  self->introduced = self->busy = TRUE;
  limber_link_ask_stranger_async (peer->link, request, self->cancellable, on_introduced, stranger);
  return TRUE;
}
