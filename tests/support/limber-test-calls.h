/* One call to the system fails, as on a disk that does not answer. For programs whose calls the linker leads through here
 * (--wrap): those of limber-test-calls.c. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void     test_calls_fail    (guint nth, guint n, int error);
void     test_calls_fail_at (guint nth);
gboolean test_calls_failed  (void);

G_END_DECLS
