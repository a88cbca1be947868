/* One whole session for a caller who waits for it. */
#include "limber-client-private.h"

#include <glib/gi18n-lib.h>

#include "limber-error.h"
#include "limber-prune.h"

/* Only wakes the loop, which looks at the cancellable itself. */
static gboolean
on_stop (GCancellable *cancellable, gpointer data)
{
  return G_SOURCE_REMOVE;
}

/**
 * limber_client_own_context:
 *
 * Returns: (transfer none): a context of this thread's own, for work that it waits for. It is never freed before the
 *   thread ends: a worker may still be letting go of a source that it attached here a moment ago
 */
GMainContext *
limber_client_own_context (void)
{
  static GPrivate own = G_PRIVATE_INIT ((GDestroyNotify) g_main_context_unref);

  if (g_private_get (&own) == NULL)
    g_private_set (&own, g_main_context_new ());
  return g_private_get (&own);
}

/**
 * limber_client_sync_once:
 * @cancellable: (nullable)
 * @error: LIMBER_ERROR_UNREACHABLE, LIMBER_ERROR_UNAUTHORISED, …
 *
 * One whole session: pushes all, pulls all, compares; then prunes if that is due. Blocks; for the command line.
 *
 * Returns: whether this store now holds all that it should, and its node all that it wrote
 */
gboolean
limber_client_sync_once (LimberClient *client, GCancellable *cancellable, GError **error)
{
  GMainContext *context = limber_client_own_context ();
  gint64 pruned;
  g_autoptr (GSource) stop = cancellable != NULL ? g_cancellable_source_new (cancellable) : NULL;

  g_return_val_if_fail (!client->running, FALSE);
  g_main_context_push_thread_default (context);
  if (stop != NULL) {
    g_source_set_callback (stop, G_SOURCE_FUNC (on_stop), NULL, NULL);
    g_source_attach (stop, context);
  }
  client->once = TRUE;
  limber_client_start (client);
  if (client->peers->len == 0)
    client->failure = g_error_new_literal (LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("This store has not joined a node, so there is nothing to sync with."));
  while (client->failure == NULL && client->running && !g_cancellable_is_cancelled (cancellable))
    g_main_context_iteration (context, TRUE);
  limber_client_stop (client);
  if (stop != NULL)
    g_source_destroy (stop);
  while (g_main_context_pending (context))
    g_main_context_iteration (context, FALSE);
  client->once = FALSE;
  if (client->own_transport) /* it belongs to this context */
    g_clear_object (&client->transport);
  g_main_context_pop_thread_default (context);
  if (client->failure == NULL)
    return !g_cancellable_set_error_if_cancelled (cancellable, error) && limber_prune_sweep (client->store, &pruned, error);
  g_propagate_error (error, g_steal_pointer (&client->failure));
  return FALSE;
}
