/* Any step of SQLite's can fail, as if there were no memory for it. For programs whose calls the linker leads through here
 * (--wrap): sqlite3_step, sqlite3_prepare_v3, sqlite3_exec. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Asked before each step, in the thread that does it: whether it fails. */
typedef gboolean (*TestStepsFunc) (void);

void   test_steps_install (TestStepsFunc fails);
guint *test_steps_failed  (void);

G_END_DECLS
