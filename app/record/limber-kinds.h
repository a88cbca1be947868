/* The declarations themselves. Everybody else uses limber_kinds(). */
#pragma once

#include "limber-kind.h"

G_BEGIN_DECLS

extern LimberKind *const limber_kinds_declared[];

char *limber_kinds_appointment_code (const LimberId *id);
void  limber_kinds_prepare          (LimberKind *const *kinds);

#ifdef LIMBER_TEST_HOOKS
void  limber_kinds_use              (const LimberKind *const *kinds);
#endif

G_END_DECLS
