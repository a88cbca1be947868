/* libnotify waits for its server's answer, and a server may hang: so it is asked in a thread of its own, which begins with the first
 * thing that is told and ends with the program, since libnotify listens where it was first used. Invariant: what is in Worker below the
 * line belongs to that thread. */
#include "limber-notifier.h"

#include <libnotify/notify.h>

#define FAREWELL (500 * G_TIME_SPAN_MILLISECOND) /* that a program waits at its end until what it told is gone */

typedef struct {
  gatomicrefcount refs;
  GWeakRef        notifier;
  GMutex          mutex;
  GCond           cond;
  gboolean        over; /* (mutex mutex) */
  /* --- */
  GHashTable     *shown; /* (owned): id → NotifyNotification */
} Worker;

struct _LimberNotifier {
  GObject parent_instance;
  Worker *worker; /* (nullable): until there is something to tell */
};

enum {
  ACTED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberNotifier, limber_notifier, G_TYPE_OBJECT)

/* Something that the thread is to do. */
typedef struct {
  Worker *worker;  /* (owned) */
  char   *id;      /* (owned) (nullable): %NULL for all */
  char   *title, *body; /* (owned) */
  char  **actions; /* (owned): names and labels, by turns */
} Job;

/* Something that was chosen. */
typedef struct {
  LimberNotifier *notifier; /* (owned) */
  char           *id, *action, *token; /* (owned) */
} Chosen;

static void
worker_unref (Worker *worker)
{
  if (!g_atomic_ref_count_dec (&worker->refs))
    return;
  g_weak_ref_clear (&worker->notifier);
  g_hash_table_unref (worker->shown);
  g_mutex_clear (&worker->mutex);
  g_cond_clear (&worker->cond);
  g_free (worker);
}

static void
job_free (Job *job)
{
  worker_unref (job->worker);
  g_free (job->id);
  g_free (job->title);
  g_free (job->body);
  g_strfreev (job->actions);
  g_free (job);
}

static void
chosen_free (Chosen *chosen)
{
  g_object_unref (chosen->notifier);
  g_free (chosen->id);
  g_free (chosen->action);
  g_free (chosen->token);
  g_free (chosen);
}

/* In the main thread. */
static gboolean
tell_chosen (gpointer data)
{
  Chosen *chosen = data;

  if (chosen->notifier->worker != NULL)
    g_signal_emit (chosen->notifier, signals[ACTED], 0, chosen->id, chosen->action, chosen->token);
  return G_SOURCE_REMOVE;
}

/* In the worker's thread. */

static void
on_action (NotifyNotification *notification, char *action, gpointer data)
{
  Worker *worker = data;
  LimberNotifier *notifier = g_weak_ref_get (&worker->notifier);
  Chosen *chosen;

  if (notifier == NULL)
    return;
  chosen = g_new0 (Chosen, 1);
  chosen->notifier = notifier;
  chosen->id = g_strdup (g_object_get_data (G_OBJECT (notification), "limber-id"));
  chosen->action = g_strdup (action);
  chosen->token = g_strdup (notify_notification_get_activation_token (notification));
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, tell_chosen, chosen, (GDestroyNotify) chosen_free);
}

static NotifyNotification *
find_or_make (Worker *worker, const Job *job)
{
  NotifyNotification *known = g_hash_table_lookup (worker->shown, job->id);

  if (known != NULL) {
    notify_notification_update (known, job->title, job->body, "org.limber.Limber");
    notify_notification_clear_actions (known);
    return known;
  }
  known = notify_notification_new (job->title, job->body, "org.limber.Limber");
  g_object_set_data_full (G_OBJECT (known), "limber-id", g_strdup (job->id), g_free);
  notify_notification_set_hint (known, "desktop-entry", g_variant_new_string ("org.limber.Limber"));
  g_hash_table_insert (worker->shown, g_strdup (job->id), known);
  return known;
}

static gboolean
show (gpointer data)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;
  NotifyNotification *notification;

  if (!notify_is_initted () && !notify_init ("Limber"))
    return G_SOURCE_REMOVE;
  notification = find_or_make (job->worker, job);
  for (guint i = 0; job->actions[i] != NULL; i += 2)
    notify_notification_add_action (notification, job->actions[i], job->actions[i + 1], on_action, job->worker, NULL); /* the worker outlives it */
  if (notify_notification_show (notification, &error))
    return G_SOURCE_REMOVE;
  g_debug ("Nobody shows notifications: %s", error->message);
  g_hash_table_remove (job->worker->shown, job->id);
  return G_SOURCE_REMOVE;
}

static gboolean
withdraw (gpointer data)
{
  Job *job = data;
  GHashTableIter iter;
  gpointer id, notification;

  g_hash_table_iter_init (&iter, job->worker->shown);
  while (g_hash_table_iter_next (&iter, &id, &notification))
    if (job->id == NULL || g_str_equal (job->id, id)) {
      notify_notification_close (notification, NULL);
      g_hash_table_iter_remove (&iter);
    }
  return G_SOURCE_REMOVE;
}

static gboolean
end (gpointer data)
{
  Worker *worker = ((Job *) data)->worker;

  g_mutex_lock (&worker->mutex);
  worker->over = TRUE;
  g_cond_signal (&worker->cond);
  g_mutex_unlock (&worker->mutex);
  return G_SOURCE_REMOVE;
}

static gpointer
run (gpointer context)
{
  g_main_context_push_thread_default (context);
  while (TRUE)
    g_main_context_iteration (context, TRUE);
  return NULL;
}

/* In the main thread. */

static GMainContext *
thread_context (void)
{
  static GMainContext *context; /* (owned): the thread's */

  if (context == NULL) {
    context = g_main_context_new ();
    g_thread_unref (g_thread_new ("notifications", run, context));
  }
  return context;
}

static Worker *
worker_new (LimberNotifier *notifier)
{
  Worker *worker = g_new0 (Worker, 1);

  g_atomic_ref_count_init (&worker->refs);
  worker->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_weak_ref_init (&worker->notifier, notifier);
  g_mutex_init (&worker->mutex);
  g_cond_init (&worker->cond);
  return worker;
}

/* @job: (transfer full) */
static void
hand_over (Worker *worker, GSourceFunc func, Job *job)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  job->worker = worker;
  g_atomic_ref_count_inc (&worker->refs);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, job, (GDestroyNotify) job_free);
  g_source_attach (source, thread_context ());
}

/* A server that hangs is not waited for. */
static void
worker_stop (Worker *worker)
{
  gint64 until = g_get_monotonic_time () + FAREWELL;

  hand_over (worker, withdraw, g_new0 (Job, 1));
  hand_over (worker, end, g_new0 (Job, 1));
  g_mutex_lock (&worker->mutex);
  while (!worker->over && g_cond_wait_until (&worker->cond, &worker->mutex, until))
    ;
  g_mutex_unlock (&worker->mutex);
  worker_unref (worker);
}

static void
limber_notifier_dispose (GObject *object)
{
  g_clear_pointer (&LIMBER_NOTIFIER (object)->worker, worker_stop);
  G_OBJECT_CLASS (limber_notifier_parent_class)->dispose (object);
}

static void
limber_notifier_class_init (LimberNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limber_notifier_dispose;
  signals[ACTED] = g_signal_new ("acted", LIMBER_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
}

static void
limber_notifier_init (LimberNotifier *self)
{
}

/**
 * limber_notifier_new:
 *
 * Returns: (transfer full): one that has told nothing yet; what it told goes with it
 */
LimberNotifier *
limber_notifier_new (void)
{
  return g_object_new (LIMBER_TYPE_NOTIFIER, NULL);
}

/**
 * limber_notifier_show:
 * @id: what it is about: what was told of it before is replaced
 * @title: what happened. It stands where anybody may read it: it names nobody and says nothing of anybody's health
 * @body: more of it, to which the same applies
 * @actions: what may be done about it
 *
 * Tells something.
 */
void
limber_notifier_show (LimberNotifier *self, const char *id, const char *title, const char *body, const LimberNoticeAction *actions)
{
  Job *job = g_new0 (Job, 1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (; actions->name != NULL; actions++)
    g_strv_builder_add_many (words, actions->name, actions->label, NULL);
  job->id = g_strdup (id);
  job->title = g_strdup (title);
  job->body = g_strdup (body);
  job->actions = g_strv_builder_end (words);
  if (self->worker == NULL)
    self->worker = worker_new (self);
  hand_over (self->worker, show, job);
}

/**
 * limber_notifier_withdraw:
 * @id: about what
 *
 * Takes back what was told about it, if anything was.
 */
void
limber_notifier_withdraw (LimberNotifier *self, const char *id)
{
  Job *job;

  if (self->worker == NULL)
    return;
  job = g_new0 (Job, 1);
  job->id = g_strdup (id);
  hand_over (self->worker, withdraw, job);
}

/**
 * limber_notifier_withdraw_all:
 *
 * Takes back all that was told.
 */
void
limber_notifier_withdraw_all (LimberNotifier *self)
{
  if (self->worker != NULL)
    hand_over (self->worker, withdraw, g_new0 (Job, 1));
}
