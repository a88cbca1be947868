/* LimberKioskProgram: the whole of limber-kiosk but its arguments: a store, a screen over it, and trying again when the store
 * cannot be opened. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _LimberKioskProgram LimberKioskProgram;

LimberKioskProgram *limber_kiosk_program_new  (const char *dir, int width, int height);
void                limber_kiosk_program_run  (LimberKioskProgram *program);
void                limber_kiosk_program_free (LimberKioskProgram *program);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberKioskProgram, limber_kiosk_program_free)

G_END_DECLS
