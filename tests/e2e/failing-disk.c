/* Put before a program by LD_PRELOAD: while the file LIMBER_TEST_FAILING_DISK exists, no sync succeeds. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/syscall.h>

int fsync (int file);
int fdatasync (int file);

static int
fails (void)
{
  const char *path = getenv ("LIMBER_TEST_FAILING_DISK");

  if (path == NULL || access (path, F_OK) != 0)
    return 0;
  errno = EIO;
  return 1;
}

int
fsync (int file)
{
  return fails () ? -1 : (int) syscall (SYS_fsync, file);
}

int
fdatasync (int file)
{
  return fails () ? -1 : (int) syscall (SYS_fdatasync, file);
}
