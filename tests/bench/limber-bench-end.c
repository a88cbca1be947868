#include "limber-bench-end.h"

static gboolean
on_pulse (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/**
 * limber_bench_end_open:
 * @dir: the folder of a store whose node is running
 *
 * Opens the store and waits until it is in step with its node.
 */
void
limber_bench_end_open (LimberBenchEnd *end, const char *dir, LimberEnv *env)
{
  g_autoptr (GError) error = NULL;

  end->store = limber_store_open (dir, LIMBER_STORE_OWN, env, &error);
  if (end->store == NULL)
    g_error ("%s: %s", dir, error->message);
  end->client = limber_client_new (end->store);
  limber_client_start (end->client);
  end->pulse = g_timeout_add (50, on_pulse, NULL);
  while (limber_client_get_state (end->client) != LIMBER_CLIENT_UP_TO_DATE)
    g_main_context_iteration (NULL, TRUE);
}

void
limber_bench_end_close (LimberBenchEnd *end)
{
  g_clear_handle_id (&end->pulse, g_source_remove);
  limber_client_stop (end->client);
  g_object_unref (end->client);
  limber_store_close (end->store);
  g_object_unref (end->store);
}
