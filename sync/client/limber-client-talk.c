/* The parts of a step, and how each ends. */
#include "limber-client-private.h"

#define CLOCK_FINE 50 /* milliseconds: a smaller difference is not worth a correction */

/* The end of a step. Returns whether to go on with what came of it: somebody is still interested, and it did not fail. */
gboolean
limber_client_done (LimberClient *self, const GError *error)
{
  gboolean stale = self->stale;

  self->busy = self->stale = FALSE;
  if (stale)
    limber_client_step (self);
  else if (self->running && error != NULL)
    limber_client_fail (self, error);
  return self->running && !stale && error == NULL;
}

/* Asks the present node; the step goes on in @callback. */
void
limber_client_ask (LimberClient *self, LimberMessage *request, GAsyncReadyCallback callback, gpointer data)
{
  self->busy = TRUE;
  limber_link_ask_async (limber_client_peer (self)->link, request, self->cancellable, callback, data);
}

/* Prepares an answer for the store: whose it is, and what it says of the time. To be called before the next is asked for. */
LimberApply *
limber_client_take (LimberClient *self, LimberMessage *answer, gboolean page, GError **error)
{
  LimberApply *apply = limber_apply_new (answer, page, error);
  LimberEnv *env = limber_store_env (self->store);
  gint64 now, uncertainty, offset;

  if (apply == NULL)
    return NULL;
  apply->node = limber_client_peer (self)->node;
  apply->direct = limber_client_peer (self)->direct;
  now = limber_json_integer (apply->end, "now", 0);
  limber_client_note_answer (self, apply->end);
  if (now <= 0 || now > LIMBER_TIME_MAXIMUM)
    return apply;
  offset = limber_link_measure (limber_client_peer (self)->link, now, &uncertainty);
  apply->has_time = TRUE;
  apply->has_offset = ABS (offset - limber_env_get_offset (env)) > uncertainty + CLOCK_FINE;
  apply->offset = offset;
  return apply;
}

/* The end of limber_client_ask(). Returns what is to be put into the store, or %NULL when that is all. */
LimberApply *
limber_client_answered (LimberClient *self, GObject *link, GAsyncResult *result, gboolean page)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LimberMessage) answer = limber_link_ask_finish (LIMBER_LINK (link), result, NULL, &error);
  LimberApply *apply;

  if (!limber_client_done (self, error))
    return NULL;
  apply = limber_client_take (self, answer, page, &error);
  if (apply == NULL)
    limber_client_fail (self, error);
  return apply;
}

/* @func: puts @apply into the store; @callback ends the step by limber_client_kept() */
void
limber_client_keep (LimberClient *self, LimberWriteFunc func, LimberApply *apply, GAsyncReadyCallback callback)
{
  self->busy = TRUE;
  limber_store_write_async (self->store, func, apply, (GDestroyNotify) limber_apply_free, NULL, callback, g_object_ref (self));
}

gboolean
limber_client_kept (LimberClient *self, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;

  limber_store_write_finish (self->store, result, &error);
  return limber_client_done (self, error);
}

/* The end of a read; a step that needs no more than that goes on. */
gboolean
limber_client_found (LimberClient *self, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;

  limber_store_read_finish (self->store, result, &error);
  return limber_client_done (self, error);
}
