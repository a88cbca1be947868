/* What the service manager is told of a program: systemd's protocol, one datagram a message to the socket that $NOTIFY_SOCKET
 * names. Without one nobody is told anything. Main thread only. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean limber_notify_send     (const char *message);
guint    limber_notify_watchdog (void);

G_END_DECLS
