/* With LIMBER_TEST_TRIES in the environment each change that is asked for, and each opening and restore, is tried before, once
 * for each step of SQLite's in it that has not failed yet: it is refused as a whole, and when nothing fails any more it comes out
 * as if nothing had. For programs whose calls the linker leads through here (--wrap): the functions below, and those of
 * limber-test-steps.h. */
#include "limber-error.h"
#include "limber-restore.h"
#include "limber-test-steps.h"

static __thread gboolean trying; /* in a thread whose steps may fail */
static __thread gboolean failed; /* one has, since it was tried */

gboolean __real_limber_store_write (LimberStore *store, LimberWriteFunc func, gpointer data, GError **error);
void __real_limber_store_write_async (LimberStore *store, LimberWriteFunc func, gpointer data, GDestroyNotify destroy, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LimberStore *__real_limber_store_open (const char *dir, LimberStoreMode mode, LimberEnv *env, GError **error);
gboolean __real_limber_restore_run (const char *dir, const char *file, const char *second, LimberEnv *env, GError **error);
gboolean __wrap_limber_store_write (LimberStore *store, LimberWriteFunc func, gpointer data, GError **error);
void __wrap_limber_store_write_async (LimberStore *store, LimberWriteFunc func, gpointer data, GDestroyNotify destroy, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LimberStore *__wrap_limber_store_open (const char *dir, LimberStoreMode mode, LimberEnv *env, GError **error);
gboolean __wrap_limber_restore_run (const char *dir, const char *file, const char *second, LimberEnv *env, GError **error);

/* Each step once, and one at a time. */
static gboolean
fails (void)
{
  guint *times;

  if (!trying || failed)
    return FALSE;
  times = test_steps_failed ();
  failed = *times == 0;
  *times += failed;
  return failed;
}

static gboolean
wanted (void)
{
  static gboolean on;
  static gsize asked;

  if (g_once_init_enter (&asked)) {
    on = g_getenv ("LIMBER_TEST_TRIES") != NULL;
    if (on)
      test_steps_install (fails);
    g_once_init_leave (&asked, 1);
  }
  return on;
}

/* Whether what was tried is to be tried again, since a step of it failed, and @why says so. */
static gboolean
was_refused (gboolean done, GError **why, GError **error)
{
  gboolean refused = failed && !done;

  failed = FALSE;
  if (!refused) {
    if (*why != NULL)
      g_propagate_error (error, g_steal_pointer (why));
    return FALSE;
  }
  g_assert_error (*why, LIMBER_ERROR, LIMBER_ERROR_BUSY);
  g_clear_error (why);
  return TRUE;
}

typedef struct {
  LimberWriteFunc func;
  gpointer        data;
  gboolean        failed; /* what the asking thread says of itself, and what the writer answers */
} Job;

/* In the writer thread. */
static gboolean
run_job (LimberTransaction *transaction, gpointer data, GError **error)
{
  Job *job = data;
  gboolean done;

  trying = TRUE;
  failed = job->failed;
  done = job->func (transaction, job->data, error);
  job->failed = failed;
  trying = FALSE;
  return done;
}

static gboolean
write_once (LimberStore *store, LimberWriteFunc func, gpointer data, GError **error)
{
  Job job = { func, data, failed };
  gboolean before = failed, done = __real_limber_store_write (store, run_job, &job, error);

  g_assert_false (done && job.failed && !before);
  failed = job.failed;
  return done;
}

gboolean
__wrap_limber_store_write (LimberStore *store, LimberWriteFunc func, gpointer data, GError **error)
{
  g_autoptr (GError) why = NULL;
  gboolean done;

  if (!wanted ())
    return __real_limber_store_write (store, func, data, error);
  if (trying) /* what asks for it is */
    return write_once (store, func, data, error);
  do
    done = write_once (store, func, data, &why);
  while (was_refused (done, &why, error));
  return done;
}

/* Whoever asks waits here already, and is told later as ever. */
void
__wrap_limber_store_write_async (LimberStore *store, LimberWriteFunc func, gpointer data, GDestroyNotify destroy, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  if (!wanted ()) {
    __real_limber_store_write_async (store, func, data, destroy, cancellable, callback, user_data);
    return;
  }
  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_task_data (task, data, destroy);
  g_task_set_check_cancellable (task, FALSE);
  if (__wrap_limber_store_write (store, func, data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Of these two some steps may fail and it is done all the same. */

LimberStore *
__wrap_limber_store_open (const char *dir, LimberStoreMode mode, LimberEnv *env, GError **error)
{
  g_autoptr (GError) why = NULL;
  LimberStore *store;

  if (!wanted () || trying)
    return __real_limber_store_open (dir, mode, env, error);
  do {
    trying = TRUE;
    store = __real_limber_store_open (dir, mode, env, &why);
    trying = FALSE;
  } while (was_refused (store != NULL, &why, error));
  return store;
}

gboolean
__wrap_limber_restore_run (const char *dir, const char *file, const char *second, LimberEnv *env, GError **error)
{
  g_autoptr (GError) why = NULL;
  gboolean done;

  if (!wanted ())
    return __real_limber_restore_run (dir, file, second, env, error);
  do {
    trying = TRUE;
    done = __real_limber_restore_run (dir, file, second, env, &why);
    trying = FALSE;
  } while (was_refused (done, &why, error));
  return done;
}
