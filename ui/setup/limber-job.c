/* The thread only stores how far it is; a timer in the main thread looks. */
#include "limber-job.h"

#define LOOK_MS 100
#define WHOLE 10000

struct _LimberJob {
  GObject        parent_instance;
  LimberJobFunc  func;
  gpointer       data;        /* (owned by destroy) */
  GDestroyNotify destroy;     /* (nullable) */
  GDestroyNotify free_result; /* (nullable) */
  GCancellable  *cancellable; /* (owned) */
  gpointer       made;        /* (owned by free_result) (nullable): once it has ended, until somebody takes it */
  GError        *error;       /* (owned) (nullable): the same */
  int            done;        /* (atomic): of WHOLE */
  int            told;
  guint          timer;
};

enum {
  PROGRESS,
  ENDED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberJob, limber_job, G_TYPE_OBJECT)

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  LimberJob *self = source;
  GError *error = NULL;
  gpointer made = self->func (self, self->data, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, made, self->free_result);
}

static void
ended (GObject *source, GAsyncResult *result, gpointer data)
{
  LimberJob *self = LIMBER_JOB (source);

  g_clear_handle_id (&self->timer, g_source_remove);
  self->made = g_task_propagate_pointer (G_TASK (result), &self->error);
  g_signal_emit (self, signals[ENDED], 0);
}

static gboolean
look (gpointer data)
{
  LimberJob *self = data;
  int done = g_atomic_int_get (&self->done);

  if (done != self->told)
    g_signal_emit (self, signals[PROGRESS], 0, (double) done / WHOLE);
  self->told = done;
  return G_SOURCE_CONTINUE;
}

/* While the thread works, its task holds the job. */
static void
limber_job_finalize (GObject *object)
{
  LimberJob *self = LIMBER_JOB (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_error (&self->error);
  if (self->made != NULL && self->free_result != NULL)
    self->free_result (self->made);
  g_clear_object (&self->cancellable);
  if (self->destroy != NULL)
    self->destroy (self->data);
  G_OBJECT_CLASS (limber_job_parent_class)->finalize (object);
}

static void
limber_job_class_init (LimberJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = limber_job_finalize;
  signals[PROGRESS] = g_signal_new ("progress", LIMBER_TYPE_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  signals[ENDED] = g_signal_new ("ended", LIMBER_TYPE_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
limber_job_init (LimberJob *self)
{
  self->cancellable = g_cancellable_new ();
  self->done = self->told = -WHOLE;
}

/**
 * limber_job_new:
 * @data: for @func
 * @destroy: (nullable): frees @data
 * @free_result: (nullable): frees what nobody takes
 *
 * Returns: (transfer full): the work, not begun yet
 */
LimberJob *
limber_job_new (LimberJobFunc func, gpointer data, GDestroyNotify destroy, GDestroyNotify free_result)
{
  LimberJob *self = g_object_new (LIMBER_TYPE_JOB, NULL);

  self->func = func;
  self->data = data;
  self->destroy = destroy;
  self->free_result = free_result;
  return self;
}

/**
 * limber_job_start:
 *
 * Begins. Once.
 */
void
limber_job_start (LimberJob *self)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, ended, NULL);

  g_task_set_source_tag (task, limber_job_start);
  g_task_set_check_cancellable (task, FALSE); /* what is done is done */
  self->timer = g_timeout_add (LOOK_MS, look, self);
  g_task_run_in_thread (task, work);
}

/**
 * limber_job_stop:
 *
 * Asks it to stop; it ends as soon as it can.
 */
void
limber_job_stop (LimberJob *self)
{
  g_cancellable_cancel (self->cancellable);
}

/**
 * limber_job_tell:
 * @done: how much is done, of 1; below 0 when nobody can say
 *
 * In the thread: says how far it is.
 */
void
limber_job_tell (LimberJob *self, double done)
{
  g_atomic_int_set (&self->done, (int) (CLAMP (done, -1, 1) * WHOLE));
}

double
limber_job_get_done (LimberJob *self)
{
  return (double) g_atomic_int_get (&self->done) / WHOLE;
}

/**
 * limber_job_cancellable:
 *
 * Returns: (transfer none): what @func is to look at
 */
GCancellable *
limber_job_cancellable (LimberJob *self)
{
  return self->cancellable;
}

/**
 * limber_job_finish:
 * @error: G_IO_ERROR_CANCELLED when it was stopped
 *
 * Returns: (transfer full) (nullable): what was made; to be asked once, after "ended"
 */
gpointer
limber_job_finish (LimberJob *self, GError **error)
{
  if (self->error != NULL)
    g_propagate_error (error, g_steal_pointer (&self->error));
  return g_steal_pointer (&self->made);
}
