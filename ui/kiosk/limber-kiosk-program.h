/* LimberKioskProgram: the whole of limber-kiosk but its arguments: a store, a screen over it, and trying again when the store
 * cannot be opened. */
#pragma once

#include "limber-client.h"
#include "limber-kiosk-page.h"

G_BEGIN_DECLS

typedef struct _LimberKioskProgram LimberKioskProgram;

/**
 * LimberKioskHome:
 * @klass: whose store it works on
 * @make: makes its page, which stands there instead of the first one for checking in
 * @set_store: what there is to show from now on; both %NULL while no store works
 *
 * Another public screen than the one for checking in.
 */
typedef struct {
  LimberClass klass;
  LimberKioskPage *(*make) (LimberEnv *env);
  void (*set_store) (LimberKioskPage *page, LimberStore *store, LimberClient *client);
} LimberKioskHome;

LimberKioskProgram *limber_kiosk_program_new  (const char *dir, int width, int height, const LimberKioskHome *home);
void                limber_kiosk_program_run  (LimberKioskProgram *program);
void                limber_kiosk_program_free (LimberKioskProgram *program);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberKioskProgram, limber_kiosk_program_free)

G_END_DECLS
