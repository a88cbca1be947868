#include "limber-relay.h"

#include <glib/gi18n-lib.h>

#include "limber-error.h"

struct _LimberRelay {
  GObject          *object; /* (owned) (nullable) */
  LimberRelayAsk    ask;
  LimberRelayFinish finish;
};

LimberRelay *
limber_relay_new (void)
{
  return g_new0 (LimberRelay, 1);
}

void
limber_relay_free (LimberRelay *relay)
{
  g_clear_object (&relay->object);
  g_free (relay);
}

/**
 * limber_relay_set:
 * @object: (nullable): what asks from now on; %NULL for nobody
 */
void
limber_relay_set (LimberRelay *relay, GObject *object, LimberRelayAsk ask, LimberRelayFinish finish)
{
  g_set_object (&relay->object, object);
  relay->ask = ask;
  relay->finish = finish;
}

/* Central's own refusal is the answer; whatever else went wrong, a device needs to know of it only that central was not
 * there for it. */
static void
return_error (GTask *task, GError *error)
{
  if (g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED) || g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT)) {
    g_task_return_error (task, error);
    return;
  }
  g_debug ("Central did not answer: %s", limber_error_for_log (error));
  g_error_free (error);
  g_task_return_new_error (task, LIMBER_ERROR, LIMBER_ERROR_UNREACHABLE, _("The central service cannot be reached now."));
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  LimberRelayFinish finish = (LimberRelayFinish) g_task_get_task_data (task);
  GError *error = NULL;
  json_t *answer = finish (source, result, &error);

  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify) json_decref);
  else
    return_error (task, error);
}

/**
 * limber_relay_ask_async:
 * @question: what central is asked
 */
void
limber_relay_ask_async (LimberRelay *relay, json_t *question, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, limber_relay_ask_async);
  if (relay->object == NULL) {
    return_error (task, g_error_new_literal (LIMBER_ERROR, LIMBER_ERROR_UNREACHABLE, "nobody asks"));
    g_object_unref (task);
    return;
  }
  g_task_set_task_data (task, (gpointer) relay->finish, NULL);
  relay->ask (relay->object, question, on_answered, task);
}

/**
 * limber_relay_ask_finish:
 * @error: LIMBER_ERROR_REFUSED when central says no, LIMBER_ERROR_UNREACHABLE when it says nothing
 *
 * Returns: (transfer full) (nullable): its answer
 */
json_t *
limber_relay_ask_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
