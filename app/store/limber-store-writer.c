/* The writer thread and those who give it work. In an environment of one thread there is none, and who gives work does
 * it, in the same order (the writer thread is then whoever asks). Invariants: it alone uses `writer` and `state`, and it
 * alone checkpoints. A job is done when the commit that holds it is on the disk; only then is its caller told. At central
 * its entries are in the second file before that (SYNC.md rule 14): the file may hold more than was ever said to be saved,
 * never less. After the disk has failed once nothing more is written. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-canary.h"
#include "limber-error.h"
#include "limber-scrub.h"
#include "limber-store-private.h"

/* As many waiting jobs as this share one commit. */
#define JOBS_A_COMMIT 8

typedef struct {
  LimberWriteFunc func;
  gpointer        data;
  GTask          *task;   /* (owned) (nullable): whom to tell */
  gboolean       *done;   /* (nullable): for a caller that waits: (mutex mutex) */
  gboolean        result;
  GError         *error;  /* (owned) (nullable) */
  LimberTransaction transaction;
  GError        **waiting_error; /* (nullable) */
  gboolean       *waiting_result; /* (nullable) */
} Job;

static gboolean
has_departed (const GError *error)
{
  return g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_DEPARTED);
}

/**
 * limber_store_note_failure:
 * @error: what went wrong
 *
 * When it is the disk, or what is on it, or the device was let go, nothing more is written from now on, and those who listen
 * are told. For the writer thread.
 */
void
limber_store_note_failure (LimberStore *store, const GError *error)
{
  if (!g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_DISK) && !g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_DAMAGED) && !has_departed (error))
    return;
  limber_database_leave_log (store->writer);
  g_mutex_lock (&store->mutex);
  if (store->failure == NULL) {
    store->failure = g_error_copy (error);
    limber_store_send_news (store, NULL, error);
  }
  g_mutex_unlock (&store->mutex);
}

static GError *
copy_failure (LimberStore *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->failure != NULL ? g_error_copy (self->failure) : NULL;
}

/* @first: nothing is in this transaction yet, so that the job needs no savepoint, for which SQLite would keep a copy of each page
 * that it changes. */
static void
run_job (LimberStore *self, Job *job, gboolean first, GError **error)
{
  LimberReader reader = { self->writer, self->identity.klass, self->identity.has_site, self->identity.site };

  limber_transaction_init (&job->transaction, &reader, &self->state);
  job->result = (first || limber_database_run (self->writer, "SAVEPOINT job", &job->error)) && job->func (&job->transaction, job->data, &job->error) &&
                limber_transaction_finish (&job->transaction, &job->error) && (first || limber_database_run (self->writer, "RELEASE job", &job->error));
  if (job->result) {
    self->state = job->transaction.state;
    return;
  }
  if (job->error == NULL)
    job->error = g_error_new_literal (LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("It was refused."));
  if (first)
    limber_database_begin (self->writer, error); /* undoes what the job did */
  else
    limber_database_run (self->writer, "ROLLBACK TO job; RELEASE job", NULL);
  limber_database_forget_numbers (self->writer);
}

/* Adds up what the kept jobs changed, tells central's second file, and commits. */
static gboolean
commit (LimberStore *self, GPtrArray *jobs, LimberChanges *changes, GError **error)
{
  g_autoptr (GString) appended = g_string_new (NULL);

  for (guint i = 0; i < jobs->len; i++) {
    Job *job = g_ptr_array_index (jobs, i);

    if (!job->result)
      continue;
    self->scrub |= job->transaction.scrub;
    limber_changes_merge (changes, job->transaction.changes);
    g_string_append_len (appended, job->transaction.appended->str, (gssize) job->transaction.appended->len);
  }
  return (self->second == NULL || appended->len == 0 || limber_canary (LIMBER_CANARY_NO_SECOND) || limber_second_append (self->second, appended->str, appended->len, error)) && limber_database_commit (self->writer, error);
}

/* As if the jobs had never been. The second file may have their entries all the same, so their numbers are not given again:
 * the next write mints an epoch (SYNC.md rule 2). */
static void
undo_jobs (LimberStore *self, const LimberWriterState *before)
{
  limber_database_rollback (self->writer);
  limber_database_forget_numbers (self->writer);
  self->state = *before;
  if (self->second != NULL)
    self->state.has_origin = FALSE;
}

static gboolean
return_task (gpointer data)
{
  Job *job = data;

  limber_store_enter (LIMBER_STORE (g_task_get_source_object (job->task)));
  if (job->result)
    g_task_return_boolean (job->task, TRUE);
  else
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  return G_SOURCE_REMOVE;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->task);
  g_clear_error (&job->error);
  g_free (job);
}

/* A task holds the store, so it is let go in its own thread: the writer must never be the one that closes the store. */
static void
finish_job (LimberStore *self, Job *job)
{
  limber_transaction_clear (&job->transaction);
  if (job->task != NULL) {
    g_autoptr (GSource) source = g_idle_source_new ();

    g_source_set_priority (source, g_task_get_priority (job->task));
    g_source_set_callback (source, return_task, job, job_free);
    g_source_attach (source, g_task_get_context (job->task));
    return;
  }
  g_mutex_lock (&self->mutex);
  *job->waiting_result = job->result;
  if (job->error != NULL)
    g_propagate_error (job->waiting_error, g_steal_pointer (&job->error));
  *job->done = TRUE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_free (job);
}

static void
fail_jobs (GPtrArray *jobs, const GError *error)
{
  for (guint i = 0; i < jobs->len; i++) {
    Job *job = g_ptr_array_index (jobs, i);

    job->result = FALSE;
    g_clear_error (&job->error);
    job->error = g_error_copy (error);
  }
}

/* What went wrong after the commit, when the log was taken into the file: nobody's job, but the disk's failure. */
static void
note_trouble (LimberStore *self)
{
  g_autoptr (GError) error = limber_database_take_trouble (self->writer);

  if (error != NULL)
    limber_store_note_failure (self, error);
}

static void
run_jobs (LimberStore *self, GPtrArray *jobs)
{
  LimberWriterState before = self->state;
  g_autoptr (LimberChanges) changes = limber_changes_new ();
  g_autoptr (GError) error = copy_failure (self);
  guint kept = 0;

  limber_store_enter (self);
  if (error == NULL && limber_database_begin (self->writer, &error)) {
    for (guint i = 0; i < jobs->len && error == NULL; i++) {
      Job *job = g_ptr_array_index (jobs, i);

      run_job (self, job, kept == 0, &error);
      kept += job->result;
      limber_database_untroubled (self->writer, TRUE, &error); /* SQLite may have undone the other jobs too */
      if (error == NULL && has_departed (job->error)) /* what the other jobs would write nobody would ever have */
        error = g_error_copy (job->error);
    }
    if (error != NULL || !commit (self, jobs, changes, &error))
      undo_jobs (self, &before);
  }
  if (error != NULL) {
    limber_store_note_failure (self, error);
    fail_jobs (jobs, error);
  } else if (changes->kinds != 0 || changes->journal)
    limber_store_send_news (self, changes, NULL);
  for (guint i = 0; i < jobs->len; i++)
    finish_job (self, g_ptr_array_index (jobs, i));
  if (error == NULL)
    limber_database_checkpoint (self->writer);
  note_trouble (self);
}

/* Carries out @job and what waits behind it, one commit's worth. Returns FALSE when it was told to stop. */
static gboolean
take_jobs (LimberStore *self, Job *job)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new ();
  gboolean stop = FALSE;

  for (; job != NULL; job = jobs->len < JOBS_A_COMMIT ? g_async_queue_try_pop (self->jobs) : NULL) {
    if (job->func == NULL) {
      g_free (job);
      stop = TRUE;
      break;
    }
    g_ptr_array_add (jobs, job);
  }
  if (jobs->len > 0)
    run_jobs (self, jobs);
  if (self->failure == NULL) /* only this thread sets it */
    limber_scrub_run (self);
  return !stop;
}

static gpointer
write_thread (gpointer data)
{
  LimberStore *self = data;

  while (take_jobs (self, g_async_queue_pop (self->jobs)))
    ;
  return NULL;
}

/* In an environment of one thread: everything that waits. */
static gboolean
take_all_jobs (gpointer store)
{
  LimberStore *self = store;
  Job *job;

  while ((job = g_async_queue_try_pop (self->jobs)) != NULL)
    take_jobs (self, job);
  return G_SOURCE_REMOVE;
}

void
limber_store_start_writer (LimberStore *store)
{
  if (!limber_env_one_thread (store->env))
    store->thread = g_thread_new ("limber-writer", write_thread, store);
}

/**
 * limber_store_do_later:
 * @func: what to do in the caller's thread at the next turn of its main loop; must return %G_SOURCE_REMOVE
 * @object: (transfer full): for @func
 */
void
limber_store_do_later (GSourceFunc func, gpointer object)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, object, g_object_unref);
  g_source_attach (source, g_main_context_get_thread_default ());
}

/**
 * limber_store_stop_writer:
 *
 * Waits until everything that was asked for is done.
 */
void
limber_store_stop_writer (LimberStore *store)
{
  if (store->thread == NULL) {
    take_all_jobs (store);
    return;
  }
  g_async_queue_push (store->jobs, g_new0 (Job, 1));
  g_thread_join (g_steal_pointer (&store->thread));
}

static gboolean
may_write (LimberStore *store, GError **error)
{
  if (store->mode != LIMBER_STORE_READ && !store->closed)
    return TRUE;
  if (store->closed)
    return limber_store_refuse_closed (error);
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_BUSY, _("The store in %s is open for reading only."), store->dir);
  return FALSE;
}

/**
 * limber_store_write:
 * @func: what to do, in the writer thread
 * @data: for @func
 *
 * Carries out a change and waits for the disk. Not for a thread that a person waits for, nor for the writer thread.
 *
 * Returns: whether it is on the disk
 */
gboolean
limber_store_write (LimberStore *store, LimberWriteFunc func, gpointer data, GError **error)
{
  Job *job;
  gboolean done = FALSE, result = FALSE;

  if (!may_write (store, error))
    return FALSE;
  job = g_new0 (Job, 1);
  job->func = func;
  job->data = data;
  job->done = &done;
  job->waiting_result = &result;
  job->waiting_error = error;
  g_async_queue_push (store->jobs, job);
  if (store->thread == NULL)
    take_all_jobs (store);
  g_mutex_lock (&store->mutex);
  while (!done)
    g_cond_wait (&store->cond, &store->mutex);
  g_mutex_unlock (&store->mutex);
  return result;
}

/**
 * limber_store_write_async:
 * @func: what to do, in the writer thread
 * @data: (transfer full): for @func; freed by @destroy after @callback has been called
 * @callback: called in the thread-default context of this call, once it is on the disk or was refused
 */
void
limber_store_write_async (LimberStore *store, LimberWriteFunc func, gpointer data, GDestroyNotify destroy, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  GError *error = NULL;
  Job *job;

  g_task_set_source_tag (task, limber_store_write_async);
  g_task_set_task_data (task, data, destroy);
  g_task_set_check_cancellable (task, FALSE); /* what was asked for is done; its caller is told the truth */
  if (!may_write (store, &error)) {
    g_task_return_error (task, error);
    return;
  }
  job = g_new0 (Job, 1);
  job->func = func;
  job->data = data;
  job->task = g_steal_pointer (&task);
  g_async_queue_push (store->jobs, job);
  if (store->thread == NULL)
    limber_store_do_later (take_all_jobs, g_object_ref (store));
}

gboolean
limber_store_write_finish (LimberStore *store, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * limber_store_write_data:
 *
 * Returns: (transfer none): the data that was handed to limber_store_write_async(), for its callback to look at
 */
gpointer
limber_store_write_data (GAsyncResult *result)
{
  return g_task_get_task_data (G_TASK (result));
}
