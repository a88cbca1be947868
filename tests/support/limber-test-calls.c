#include "limber-test-calls.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/types.h>

static __thread guint left; /* calls until the first that fails, with it; 0 for never */
static __thread guint more; /* that fail after it */
static __thread int why;
static __thread gboolean came;

/**
 * test_calls_fail:
 * @nth: which one is the first, of those that this thread makes from now on
 * @n: how many fail, one after the other
 * @error: errno
 */
void
test_calls_fail (guint nth, guint n, int error)
{
  left = nth;
  more = n - 1;
  why = error;
  came = FALSE;
}

/**
 * test_calls_fail_at:
 * @nth: which one, of those that this thread makes from now on; 0 for none any more
 */
void
test_calls_fail_at (guint nth)
{
  if (nth > 0)
    test_calls_fail (nth, 1, EIO);
  else
    left = 0;
}

/**
 * test_calls_failed:
 *
 * Returns: whether there were as many calls as it took
 */
gboolean
test_calls_failed (void)
{
  return came;
}

static gboolean
fails (void)
{
  if (left == 0 || --left > 0)
    return FALSE;
  came = TRUE;
  left = more > 0 ? 1 : 0;
  more -= left;
  errno = why;
  return TRUE;
}

#define CALL(type, failure, name, params, args) \
  type __real_##name params; \
  type __wrap_##name params; \
  type __wrap_##name params \
  { \
    return fails () ? failure : __real_##name args; \
  }

CALL (ssize_t, -1, write, (int file, const void *bytes, size_t length), (file, bytes, length))
CALL (ssize_t, -1, pread64, (int file, void *bytes, size_t length, off_t at), (file, bytes, length, at))
CALL (int, -1, fsync, (int file), (file))
CALL (int, -1, fdatasync, (int file), (file))
CALL (int, -1, ftruncate64, (int file, off_t size), (file, size))
CALL (int, -1, rename, (const char *from, const char *to), (from, to))
CALL (int, -1, flock, (int file, int how), (file, how))
CALL (int, -1, g_mkdir_with_parents, (const char *path, int mode), (path, mode))
CALL (FILE *, NULL, fopen64, (const char *path, const char *mode), (path, mode))
CALL (FILE *, NULL, fdopen, (int file, const char *mode), (file, mode))
CALL (int, -1, fstat64, (int file, struct stat64 *found), (file, found))
CALL (int, -1, stat64, (const char *path, struct stat64 *found), (path, found))
CALL (int, EOF, fflush, (FILE *stream), (stream))
CALL (size_t, 0, fwrite, (const void *bytes, size_t size, size_t n, FILE *stream), (bytes, size, n, stream))
CALL (int, EOF, fputs, (const char *text, FILE *stream), (text, stream))

int __real_open64 (const char *path, int flags, ...);
int __wrap_open64 (const char *path, int flags, ...);

int
__wrap_open64 (const char *path, int flags, ...)
{
  mode_t mode = 0;
  va_list args;

  va_start (args, flags);
  if (flags & O_CREAT)
    mode = va_arg (args, mode_t);
  va_end (args);
  return fails () ? -1 : __real_open64 (path, flags, mode);
}
