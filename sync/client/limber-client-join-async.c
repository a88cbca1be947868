/* Joining, for a screen: the same in a thread of its own. */
#include <sodium.h>
#include <string.h>

#include "limber-client-private.h"

typedef struct {
  char      *dir;  /* (owned) (nullable): none to look only */
  char      *code; /* (owned) */
  LimberEnv *env;  /* (owned) */
} Joining;

static void
joining_free (Joining *joining)
{
  sodium_memzero (joining->code, strlen (joining->code));
  g_free (joining->code);
  g_free (joining->dir);
  limber_env_unref (joining->env);
  g_free (joining);
}

/* What was begun in the thread's own context must be let go there. */
static void
drain (GMainContext *context)
{
  while (g_main_context_pending (context))
    g_main_context_iteration (context, FALSE);
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Joining *joining = data;
  GMainContext *context = limber_client_own_context ();
  GError *error = NULL;
  json_t *answer = NULL;
  gboolean good = FALSE;

  g_main_context_push_thread_default (context);
  if (joining->dir != NULL)
    good = limber_client_join_full (joining->dir, NULL, joining->code, joining->env, NULL, cancellable, &error);
  else
    answer = limber_client_look_full (NULL, joining->code, joining->env, NULL, cancellable, &error);
  drain (context);
  g_main_context_pop_thread_default (context);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (joining->dir != NULL)
    g_task_return_boolean (task, good);
  else
    g_task_return_pointer (task, answer, (GDestroyNotify) json_decref);
}

static void
start (gpointer tag, const char *dir, const char *code, LimberEnv *env, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Joining *joining = g_new0 (Joining, 1);

  joining->dir = g_strdup (dir);
  joining->code = g_strdup (code);
  joining->env = limber_env_ref (env);
  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE); /* who has joined has joined */
  g_task_set_task_data (task, joining, (GDestroyNotify) joining_free);
  g_task_run_in_thread (task, work);
}

/**
 * limber_client_look_async:
 * @code: a code that says where its node is
 *
 * As limber_client_look_full(), in a thread of its own.
 */
void
limber_client_look_async (const char *code, LimberEnv *env, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  start (limber_client_look_async, NULL, code, env, cancellable, callback, user_data);
}

/**
 * limber_client_look_finish:
 *
 * Returns: (transfer full) (nullable): as limber_client_look_full()
 */
json_t *
limber_client_look_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * limber_client_join_async:
 * @code: a code that says where its node is
 *
 * As limber_client_join(), in a thread of its own. When it is stopped the code may have been used up; it is good for another
 * try at the same @dir.
 */
void
limber_client_join_async (const char *dir, const char *code, LimberEnv *env, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  start (limber_client_join_async, dir, code, env, cancellable, callback, user_data);
}

gboolean
limber_client_join_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
