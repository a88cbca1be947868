#include "limber-test-steps.h"

#include <execinfo.h>
#include <sqlite3.h>

#define CALLERS 12

static TestStepsFunc step_fails;
static GHashTable *failed; /* (owned) (mutex mutex): a fingerprint of the callers → (owned): how often their step has failed */
static GMutex mutex;

int __real_sqlite3_step (sqlite3_stmt *stmt);
int __real_sqlite3_prepare_v3 (sqlite3 *db, const char *sql, int length, unsigned int flags, sqlite3_stmt **stmt, const char **tail);
int __real_sqlite3_exec (sqlite3 *db, const char *sql, int (*func) (void *, int, char **, char **), void *data, char **message);
int __wrap_sqlite3_step (sqlite3_stmt *stmt);
int __wrap_sqlite3_prepare_v3 (sqlite3 *db, const char *sql, int length, unsigned int flags, sqlite3_stmt **stmt, const char **tail);
int __wrap_sqlite3_exec (sqlite3 *db, const char *sql, int (*func) (void *, int, char **, char **), void *data, char **message);

/**
 * test_steps_install:
 * @fails: who says from now on whether a step fails
 */
void
test_steps_install (TestStepsFunc fails)
{
  step_fails = fails;
}

/**
 * test_steps_failed:
 *
 * For a #TestStepsFunc. A step is known by who asks for it, and for whom.
 *
 * Returns: (transfer none): how often the step that is asked for now has failed; whoever lets it fail counts it there
 */
guint *
test_steps_failed (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  void *callers[CALLERS];
  gint64 print = 0;
  guint *times;

  if (failed == NULL)
    failed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  for (int i = 0, n = backtrace (callers, CALLERS); i < n; i++)
    print = (gint64) ((guint64) print * 1000003 + (guint64) (guintptr) callers[i]);
  times = g_hash_table_lookup (failed, &print);
  if (times == NULL) {
    times = g_new0 (guint, 1);
    g_hash_table_insert (failed, g_memdup2 (&print, sizeof print), times);
  }
  return times;
}

static gboolean
fails (void)
{
  return step_fails != NULL && step_fails ();
}

int
__wrap_sqlite3_step (sqlite3_stmt *stmt)
{
  return fails () ? SQLITE_NOMEM : __real_sqlite3_step (stmt);
}

int
__wrap_sqlite3_prepare_v3 (sqlite3 *db, const char *sql, int length, unsigned int flags, sqlite3_stmt **stmt, const char **tail)
{
  *stmt = NULL;
  return fails () ? SQLITE_NOMEM : __real_sqlite3_prepare_v3 (db, sql, length, flags, stmt, tail);
}

int
__wrap_sqlite3_exec (sqlite3 *db, const char *sql, int (*func) (void *, int, char **, char **), void *data, char **message)
{
  return fails () ? SQLITE_NOMEM : __real_sqlite3_exec (db, sql, func, data, message);
}
