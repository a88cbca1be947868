#include "limber-notify.h"

#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* A name that begins with @ is one that no file stands for. */
static socklen_t
address_of (const char *name, struct sockaddr_un *address)
{
  gsize length = strlen (name);

  if ((*name != '/' && *name != '@') || length >= sizeof address->sun_path)
    return 0;
  memset (address, 0, sizeof *address);
  address->sun_family = AF_UNIX;
  memcpy (address->sun_path, name, length);
  if (*name == '@')
    address->sun_path[0] = '\0';
  return (socklen_t) (offsetof (struct sockaddr_un, sun_path) + length);
}

/**
 * limber_notify_send:
 * @message: "READY=1", "STOPPING=1" or "WATCHDOG=1"
 *
 * Tells the service manager. That nobody listens is no fault: it is so wherever a person starts the program.
 *
 * Returns: whether there was somebody to tell
 */
gboolean
limber_notify_send (const char *message)
{
  const char *name = g_getenv ("NOTIFY_SOCKET");
  struct sockaddr_un address;
  socklen_t length = name != NULL ? address_of (name, &address) : 0;
  int socket_fd = length > 0 ? socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0) : -1;
  gboolean told;

  if (socket_fd < 0)
    return FALSE;
  told = sendto (socket_fd, message, strlen (message), MSG_NOSIGNAL, (struct sockaddr *) &address, length) == (gssize) strlen (message);
  close (socket_fd);
  return told;
}

/**
 * limber_notify_watchdog:
 *
 * Returns: how often the service manager wants to hear "WATCHDOG=1", in milliseconds: twice in the time that it waits; 0 when
 *   it does not wait for this process
 */
guint
limber_notify_watchdog (void)
{
  const char *wait = g_getenv ("WATCHDOG_USEC"), *whom = g_getenv ("WATCHDOG_PID");
  guint64 microseconds, pid;

  if (wait == NULL || !g_ascii_string_to_unsigned (wait, 10, 2000, G_MAXINT64, &microseconds, NULL))
    return 0;
  if (whom != NULL && (!g_ascii_string_to_unsigned (whom, 10, 1, G_MAXUINT32, &pid, NULL) || (pid_t) pid != getpid ()))
    return 0;
  return (guint) MIN (microseconds / 2000, G_MAXUINT);
}
