/* Invariants: only the writer thread uses `writer` and `state`, and it alone checkpoints. A job is done when the commit
 * that holds it is on the disk; only then is its caller told. At central its entries are in the second file before that
 * (SYNC.md rule 14): the file may hold more than was ever said to be saved, never less. After the disk has failed once
 * nothing more is written. */
#include "limber-store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "limber-base64.h"
#include "limber-error.h"
#include "limber-schema.h"
#include "limber-second.h"
#include "limber-transaction-private.h"

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

struct _LimberStore {
  GObject         parent;
  char           *dir;
  char           *path;
  LimberEnv      *env;
  LimberIdentity  identity;
  LimberStoreMode mode;
  int             lock;      /* descriptor of the lock file, -1 when reading */
  GMainContext   *context;   /* where signals are emitted */
  LimberDatabase *writer;    /* (writer thread) */
  LimberWriterState state;   /* (writer thread) */
  LimberSecond   *second;    /* (nullable) (writer thread) */
  GThread        *thread;
  GAsyncQueue    *jobs;      /* Job */
  GMutex          mutex;
  GCond           cond;
  GQueue          readers;   /* LimberDatabase: not in use; (mutex mutex) */
  GError         *failure;   /* (nullable): why nothing more is written; (mutex mutex) */
  gboolean        closed;
};

enum { CHANGED, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberStore, limber_store, G_TYPE_OBJECT)

static void
limber_store_finalize (GObject *object)
{
  LimberStore *self = LIMBER_STORE (object);

  limber_store_close (self);
  g_clear_pointer (&self->jobs, g_async_queue_unref);
  g_clear_pointer (&self->env, limber_env_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_error (&self->failure);
  sodium_memzero (&self->identity, sizeof self->identity);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self->dir);
  g_free (self->path);
  G_OBJECT_CLASS (limber_store_parent_class)->finalize (object);
}

static void
limber_store_class_init (LimberStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = limber_store_finalize;
  signals[CHANGED] = g_signal_new ("changed", LIMBER_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIMBER_TYPE_CHANGES);
  signals[FAILED] = g_signal_new ("failed", LIMBER_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
limber_store_init (LimberStore *self)
{
  self->lock = -1;
  self->jobs = g_async_queue_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  g_queue_init (&self->readers);
}

/* Telling the main thread. */

typedef struct {
  GWeakRef       store;   /* a store that nobody holds any more has nobody to tell */
  LimberChanges *changes; /* (owned) (nullable) */
  GError        *error;   /* (owned) (nullable) */
} News;

static gboolean
tell (gpointer data)
{
  News *news = data;
  g_autoptr (LimberStore) store = g_weak_ref_get (&news->store);

  if (store != NULL && news->changes != NULL)
    g_signal_emit (store, signals[CHANGED], 0, news->changes);
  if (store != NULL && news->error != NULL)
    g_signal_emit (store, signals[FAILED], 0, news->error);
  return G_SOURCE_REMOVE;
}

static void
news_free (gpointer data)
{
  News *news = data;

  g_weak_ref_clear (&news->store);
  g_clear_pointer (&news->changes, limber_changes_unref);
  g_clear_error (&news->error);
  g_free (news);
}

static void
send_news (LimberStore *self, LimberChanges *changes, const GError *error)
{
  News *news = g_new0 (News, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  g_weak_ref_init (&news->store, self);
  news->changes = changes != NULL ? limber_changes_ref (changes) : NULL;
  news->error = error != NULL ? g_error_copy (error) : NULL;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell, news, news_free);
  g_source_attach (source, self->context);
}

/* The writer thread. */

static void
note_failure (LimberStore *self, const GError *error)
{
  if (!g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_DISK) && !g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_DAMAGED))
    return;
  g_mutex_lock (&self->mutex);
  if (self->failure == NULL) {
    self->failure = g_error_copy (error);
    send_news (self, NULL, error);
  }
  g_mutex_unlock (&self->mutex);
}

static void
run_job (LimberStore *self, Job *job)
{
  LimberReader reader = { self->writer, self->identity.klass, self->identity.has_site, self->identity.site };

  job->result = limber_transaction_init (&job->transaction, &reader, &self->state, &job->error) && job->func (&job->transaction, job->data, &job->error) &&
                limber_transaction_finish (&job->transaction, &job->error);
  if (job->result) {
    self->state = job->transaction.state;
    return;
  }
  if (job->error == NULL)
    job->error = g_error_new_literal (LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("It was refused."));
  limber_database_run (self->writer, "ROLLBACK TO job; RELEASE job", NULL);
  limber_database_forget_origins (self->writer);
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
    limber_changes_merge (changes, job->transaction.changes);
    g_string_append_len (appended, job->transaction.appended->str, (gssize) job->transaction.appended->len);
  }
  if (self->second != NULL && appended->len > 0 && !limber_second_append (self->second, appended->str, appended->len, error)) {
    limber_database_rollback (self->writer);
    limber_database_forget_origins (self->writer);
    return FALSE;
  }
  return limber_database_commit (self->writer, error);
}

static gboolean
return_task (gpointer data)
{
  Job *job = data;

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
    if (job->error == NULL)
      job->error = g_error_copy (error);
  }
}

static void
run_jobs (LimberStore *self, GPtrArray *jobs)
{
  LimberWriterState before = self->state;
  g_autoptr (LimberChanges) changes = limber_changes_new ();
  g_autoptr (GError) error = NULL;

  g_mutex_lock (&self->mutex);
  if (self->failure != NULL)
    error = g_error_copy (self->failure);
  g_mutex_unlock (&self->mutex);
  if (error == NULL && limber_database_begin (self->writer, &error)) {
    for (guint i = 0; i < jobs->len; i++)
      run_job (self, g_ptr_array_index (jobs, i));
    if (!commit (self, jobs, changes, &error))
      self->state = before;
  }
  if (error != NULL) {
    note_failure (self, error);
    fail_jobs (jobs, error);
  } else if (changes->kinds != 0 || changes->journal)
    send_news (self, changes, NULL);
  for (guint i = 0; i < jobs->len; i++)
    finish_job (self, g_ptr_array_index (jobs, i));
}

static gpointer
write_thread (gpointer data)
{
  LimberStore *self = data;
  gboolean stop = FALSE;

  while (!stop) {
    g_autoptr (GPtrArray) jobs = g_ptr_array_new ();
    Job *job = g_async_queue_pop (self->jobs);

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
  }
  return NULL;
}

/* Opening. */

static char *
owner_of (int lock)
{
  char text[200] = "";
  gssize length = pread (lock, text, sizeof text - 1, 0);

  text[MAX (length, 0)] = '\0';
  g_strchomp (text);
  return g_strdup (*text != '\0' && g_utf8_validate (text, -1, NULL) ? text : _("another program"));
}

/* Only one program owns a store; a second one is told who does. */
static gboolean
take_lock (LimberStore *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->dir, "lock", NULL);
  g_autofree char *text = NULL;

  self->lock = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock < 0) {
    g_set_error (error, LIMBER_ERROR, errno == ENOSPC ? LIMBER_ERROR_DISK_FULL : LIMBER_ERROR_DISK, _("%s cannot be opened: %s"), path, g_strerror (errno));
    return FALSE;
  }
  if (flock (self->lock, LOCK_EX | LOCK_NB) != 0) {
    g_autofree char *owner = owner_of (self->lock);

    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_BUSY, _("The store in %s is in use by %s."), self->dir, owner);
    return FALSE;
  }
  text = g_strdup_printf ("%s (process %d)\n", g_get_prgname () != NULL ? g_get_prgname () : "limber", (int) getpid ());
  if (ftruncate (self->lock, 0) != 0 || pwrite (self->lock, text, strlen (text), 0) < 0)
    g_debug ("The lock file does not say who owns the store");
  return TRUE;
}

static gboolean
read_bytes (LimberDatabase *database, const char *name, guint8 *bytes, gsize length)
{
  g_autofree char *text = limber_database_meta (database, name);

  return text != NULL && limber_base64_decode (text, strlen (text), bytes, length);
}

static gboolean
read_id (LimberDatabase *database, const char *name, LimberId *id)
{
  g_autofree char *text = limber_database_meta (database, name);

  return limber_id_parse (id, text);
}

static gboolean
load_identity (LimberStore *self, LimberDatabase *database, GError **error)
{
  LimberIdentity *identity = &self->identity;
  g_autofree char *klass = limber_database_meta (database, "class"), *offset = limber_database_meta (database, "clock_offset");

  if (!limber_class_parse (klass, &identity->klass) || !read_id (database, "device", &identity->device) || !read_id (database, "organisation", &identity->organisation) ||
      !read_bytes (database, "public_key", identity->public_key, sizeof identity->public_key) || !read_bytes (database, "secret_key", identity->secret_key, sizeof identity->secret_key)) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_DAMAGED, _("The store in %s does not say whose it is. It was not set up to its end."), self->dir);
    return FALSE;
  }
  identity->has_site = read_id (database, "site", &identity->site);
  if (offset != NULL)
    limber_env_set_offset (self->env, g_ascii_strtoll (offset, NULL, 10));
  return TRUE;
}

static LimberStore *
make (const char *dir, LimberStoreMode mode, LimberEnv *env)
{
  LimberStore *self = g_object_new (LIMBER_TYPE_STORE, NULL);

  self->dir = g_strdup (dir);
  self->path = g_build_filename (dir, "store.db", NULL);
  self->env = limber_env_ref (env);
  self->mode = mode;
  self->context = g_main_context_ref_thread_default ();
  return self;
}

static gboolean
save_id (LimberDatabase *database, const char *name, const LimberId *id, GError **error)
{
  g_autofree char *text = limber_id_dup_text (id);

  return limber_database_set_meta (database, name, text, error);
}

static gboolean
save_identity (LimberDatabase *database, const LimberIdentity *identity, GError **error)
{
  g_autofree char *public_key = limber_base64_dup (identity->public_key, sizeof identity->public_key);
  g_autofree char *secret_key = limber_base64_dup (identity->secret_key, sizeof identity->secret_key);
  gboolean saved = limber_database_begin (database, error) && limber_database_set_meta (database, "class", limber_class_name (identity->klass), error) &&
                   save_id (database, "device", &identity->device, error) && save_id (database, "organisation", &identity->organisation, error) &&
                   (!identity->has_site || save_id (database, "site", &identity->site, error)) && limber_database_set_meta (database, "public_key", public_key, error) &&
                   limber_database_set_meta (database, "secret_key", secret_key, error) && limber_database_commit (database, error);

  sodium_memzero (secret_key, strlen (secret_key));
  return saved;
}

/**
 * limber_store_create:
 * @dir: where; made when it is not there
 * @identity: who the store is to be
 * @error: LIMBER_ERROR_REFUSED when there is a store already
 *
 * Makes a new, empty store.
 */
gboolean
limber_store_create (const char *dir, LimberEnv *env, const LimberIdentity *identity, GError **error)
{
  g_autoptr (LimberStore) self = make (dir, LIMBER_STORE_OWN, env);
  g_autoptr (LimberDatabase) database = NULL;

  if (g_mkdir_with_parents (dir, 0700) != 0) {
    g_set_error (error, LIMBER_ERROR, errno == ENOSPC ? LIMBER_ERROR_DISK_FULL : LIMBER_ERROR_DISK, _("%s cannot be made: %s"), dir, g_strerror (errno));
    return FALSE;
  }
  if (!take_lock (self, error))
    return FALSE;
  if (g_file_test (self->path, G_FILE_TEST_EXISTS)) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("There is a store in %s already. Nothing was changed."), dir);
    return FALSE;
  }
  database = limber_database_open (self->path, TRUE, env, error);
  return database != NULL && g_chmod (self->path, 0600) == 0 && limber_schema_prepare (database, self->path, error) && save_identity (database, identity, error);
}

static gboolean
open_writer (LimberStore *self, GError **error)
{
  if (!take_lock (self, error))
    return FALSE;
  self->writer = limber_database_open (self->path, TRUE, self->env, error);
  if (self->writer == NULL || !limber_schema_prepare (self->writer, self->path, error) || !load_identity (self, self->writer, error) ||
      !limber_writer_state_load (&self->state, self->writer, &self->identity.device, error))
    return FALSE;
  if (self->identity.klass == LIMBER_CLASS_CENTRAL) {
    g_autofree char *where = limber_database_meta (self->writer, "second");

    self->second = limber_second_open (self->dir, where, error);
    if (self->second == NULL)
      return FALSE;
  }
  self->thread = g_thread_new ("limber-writer", write_thread, self);
  return TRUE;
}

static gboolean
open_reader (LimberStore *self, GError **error)
{
  LimberDatabase *database = limber_database_open (self->path, FALSE, self->env, error);

  if (database == NULL)
    return FALSE;
  g_queue_push_tail (&self->readers, database);
  return limber_schema_check (database, error) && load_identity (self, database, error);
}

/**
 * limber_store_open:
 * @dir: a store's folder
 * @mode: whether to own it or to read beside its owner
 * @error: LIMBER_ERROR_NOT_FOUND when there is none, LIMBER_ERROR_BUSY with its owner's name, LIMBER_ERROR_NEWER,
 *   LIMBER_ERROR_DAMAGED, LIMBER_ERROR_DISK_FULL
 *
 * Returns: (transfer full) (nullable): the store
 */
LimberStore *
limber_store_open (const char *dir, LimberStoreMode mode, LimberEnv *env, GError **error)
{
  g_autoptr (LimberStore) self = make (dir, mode, env);

  if (!g_file_test (self->path, G_FILE_TEST_EXISTS)) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND, _("There is no store in %s."), dir);
    return NULL;
  }
  if (!(mode == LIMBER_STORE_OWN ? open_writer (self, error) : open_reader (self, error)))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * limber_store_close:
 *
 * Finishes what was asked for and gives the store up. Nothing more can be read or written.
 */
void
limber_store_close (LimberStore *store)
{
  if (store->closed)
    return;
  store->closed = TRUE;
  if (store->thread != NULL) {
    g_async_queue_push (store->jobs, g_new0 (Job, 1));
    g_thread_join (g_steal_pointer (&store->thread));
  }
  g_queue_clear_full (&store->readers, (GDestroyNotify) limber_database_close);
  g_clear_pointer (&store->writer, limber_database_close);
  g_clear_pointer (&store->second, limber_second_close);
  if (store->lock >= 0)
    close (store->lock);
  store->lock = -1;
}

LimberEnv *
limber_store_env (LimberStore *store)
{
  return store->env;
}

const char *
limber_store_dir (LimberStore *store)
{
  return store->dir;
}

static gboolean
read_second (LimberReader *reader, gpointer data, GError **error)
{
  *(char **) data = limber_reader_meta (reader, "second");
  return TRUE;
}

/**
 * limber_store_second:
 *
 * Returns: (transfer full) (nullable): where central's second file is, %NULL for its usual place
 */
char *
limber_store_second (LimberStore *store)
{
  char *where = NULL;

  limber_store_read (store, read_second, &where, NULL);
  return where;
}

/**
 * limber_store_identity:
 *
 * Returns: (transfer none): who this store is; it never changes
 */
const LimberIdentity *
limber_store_identity (LimberStore *store)
{
  return &store->identity;
}

static gboolean
may_write (LimberStore *store, GError **error)
{
  if (store->mode == LIMBER_STORE_OWN && !store->closed)
    return TRUE;
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
}

gboolean
limber_store_write_finish (LimberStore *store, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static LimberDatabase *
borrow_reader (LimberStore *store, GError **error)
{
  LimberDatabase *database;

  g_mutex_lock (&store->mutex);
  database = g_queue_pop_head (&store->readers);
  g_mutex_unlock (&store->mutex);
  return database != NULL ? database : limber_database_open (store->path, FALSE, store->env, error);
}

static void
return_reader (LimberStore *store, LimberDatabase *database)
{
  g_mutex_lock (&store->mutex);
  g_queue_push_head (&store->readers, database);
  g_mutex_unlock (&store->mutex);
}

/**
 * limber_store_read:
 * @func: what to do, in this thread, over one unchanging view of the store
 * @data: for @func
 *
 * Returns: what @func returned
 */
gboolean
limber_store_read (LimberStore *store, LimberReadFunc func, gpointer data, GError **error)
{
  LimberDatabase *database = borrow_reader (store, error);
  LimberReader reader = { database, store->identity.klass, store->identity.has_site, store->identity.site };
  gboolean result;

  if (database == NULL)
    return FALSE;
  result = limber_database_run (database, "BEGIN", error) && func (&reader, data, error);
  limber_database_rollback (database);
  return_reader (store, database);
  return result;
}

typedef struct {
  LimberReadFunc func;
  gpointer       data;
  GDestroyNotify destroy;
} Read;

static void
read_free (gpointer data)
{
  Read *read = data;

  if (read->destroy != NULL)
    read->destroy (read->data);
  g_free (read);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Read *read = data;
  GError *error = NULL;

  if (limber_store_read (source, read->func, read->data, &error))
    g_task_return_boolean (task, TRUE);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_new_error (task, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND, "%s", _("Nothing was found."));
}

/**
 * limber_store_read_async:
 * @func: what to do, in a worker thread, over one unchanging view of the store
 * @data: (transfer full): for @func; freed by @destroy after @callback has been called
 */
void
limber_store_read_async (LimberStore *store, LimberReadFunc func, gpointer data, GDestroyNotify destroy, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  Read *read = g_new (Read, 1);

  *read = (Read){ func, data, destroy };
  g_task_set_source_tag (task, limber_store_read_async);
  g_task_set_task_data (task, read, read_free);
  g_task_run_in_thread (task, read_in_thread);
}

gboolean
limber_store_read_finish (LimberStore *store, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * limber_store_read_data:
 *
 * Returns: (transfer none): the data that was handed to limber_store_read_async(), for its callback to look at
 */
gpointer
limber_store_read_data (GAsyncResult *result)
{
  return ((Read *) g_task_get_task_data (G_TASK (result)))->data;
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
