/* The open line, and looking for the own node while central is spoken to directly. */
#include "limber-client-private.h"

#include <glib/gi18n-lib.h>

#include "limber-error.h"

/* Milliseconds. */
#define PROBE_FIRST 2000
#define PROBE_MOST  60000

void
limber_client_drop_wake (LimberClient *self)
{
  if (self->wake == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->wake, self);
  limber_wake_close (self->wake);
  g_clear_object (&self->wake);
}

static void
on_said (LimberWake *wake, const char *word, LimberClient *self)
{
  if (g_str_equal (word, LIMBER_WAKE_PULL))
    self->want_pull = TRUE;
  else
    self->ask_marks = TRUE;
  limber_client_step (self);
}

static void
on_wake_closed (LimberWake *wake, LimberClient *self)
{
  g_autoptr (GError) error = g_error_new_literal (LIMBER_ERROR, LIMBER_ERROR_UNREACHABLE, _("The node is gone."));

  g_signal_handlers_disconnect_by_data (wake, self);
  g_clear_object (&self->wake);
  if (self->busy) { /* what is under way will find out */
    self->dirty = TRUE;
    return;
  }
  limber_client_fail (self, error);
}

static void
on_listening (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberClient) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LimberWake) wake = NULL;
  g_autoptr (LimberMessage) answer = limber_link_ask_finish (LIMBER_LINK (source), result, &wake, &error);

  if (error == NULL && (wake == NULL || limber_wake_is_closed (wake)))
    error = g_error_new_literal (LIMBER_ERROR, LIMBER_ERROR_UNREACHABLE, _("The node does not let this device listen."));
  if (!limber_client_done (self, error)) {
    if (wake != NULL)
      limber_wake_close (wake);
    return;
  }
  self->wake = g_steal_pointer (&wake);
  g_signal_connect (self->wake, "said", G_CALLBACK (on_said), self);
  g_signal_connect (self->wake, "closed", G_CALLBACK (on_wake_closed), self);
  wake = g_object_ref (self->wake);
  limber_wake_open (wake);
  limber_client_report_later (self);
  limber_client_step (self);
}

static void
on_wake_cursor (GObject *source, GAsyncResult *result, gpointer data)
{
  LimberClientCursor *cursor = limber_store_read_data (result);
  LimberClient *self = cursor->client;
  g_autofree char *query = limber_client_cursor_query (cursor);
  g_autoptr (LimberMessage) request = limber_message_new ("GET", "/sync/v1/wake", query);

  if (limber_client_found (self, result))
    limber_client_ask (self, request, on_listening, g_object_ref (self));
}

void
limber_client_listen (LimberClient *self)
{
  self->busy = TRUE;
  limber_store_read_async (self->store, limber_client_cursor_read, limber_client_cursor_new (self), (GDestroyNotify) limber_client_cursor_free, NULL, on_wake_cursor, NULL);
}

/* While central is spoken to directly, the own node is looked for now and then: beside what is under way, since a line to
 * central that was cut without a word may take long to be given up, and meanwhile the own node may be back. */

/* The session with central is given up, whatever is under way in it. */
static void
turn_back (LimberClient *self)
{
  if (self->busy) {
    self->stale = TRUE;
    g_cancellable_cancel (self->cancellable);
    g_object_unref (self->cancellable);
    self->cancellable = g_cancellable_new ();
  }
  limber_client_end_session (self);
  limber_client_clear_timer (&self->retry);
  self->at = 0;
  limber_client_step (self);
}

static void
on_probed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberClient) self = data;
  g_autoptr (LimberMessage) answer = limber_link_ask_finish (LIMBER_LINK (source), result, NULL, NULL);

  self->probing = FALSE;
  if (!self->running || self->at == 0)
    return;
  if (answer != NULL)
    turn_back (self);
  else
    limber_client_probe_later (self);
}

static gboolean
on_probe (gpointer data)
{
  LimberClient *self = data;
  g_autoptr (LimberMessage) request = limber_message_new ("POST", "/sync/v1/push", NULL);
  g_autoptr (json_t) head = json_pack ("{s:[]}", "heads");

  limber_client_clear_timer (&self->probe);
  if (self->probing)
    return G_SOURCE_REMOVE;
  limber_message_set_json (request, head, NULL);
  self->probing = TRUE;
  limber_link_ask_async (g_array_index (self->peers, LimberPeer, 0).link, request, self->cancellable, on_probed, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/**
 * limber_client_probe_patience:
 * @probes: how often the own node has been looked for in vain
 *
 * Returns: milliseconds to the next time: soon after a short absence, ever more seldom in one of days
 */
guint
limber_client_probe_patience (guint probes)
{
  return MIN (PROBE_MOST, PROBE_FIRST << MIN (probes, 5u));
}

/* Looks for it after a while. */
void
limber_client_probe_later (LimberClient *self)
{
  limber_client_set_timer (self, &self->probe, limber_client_probe_patience (self->probes++), on_probe);
}
