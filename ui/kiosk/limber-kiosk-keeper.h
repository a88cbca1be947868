/* LimberKioskKeeper: starts a public screen as a process of its own, and again whenever that ends by a fault or hangs. Under the
 * screen lies a plain page of the keeper's (LimberKioskPlain), which is there before the screen: whatever happens to the screen, what
 * is seen then has been drawn already, and neither a compositor nor a free page of memory is needed to show it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _LimberKioskKeeper LimberKioskKeeper;

LimberKioskKeeper *limber_kiosk_keeper_new  (const char *const *argv, int width, int height);
int                limber_kiosk_keeper_run  (LimberKioskKeeper *keeper);
void               limber_kiosk_keeper_free (LimberKioskKeeper *keeper);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberKioskKeeper, limber_kiosk_keeper_free)

G_END_DECLS
