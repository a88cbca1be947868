/* The declarations themselves. Everybody else uses limber_kinds(). */
#pragma once

#include "limber-kind.h"

G_BEGIN_DECLS

extern LimberKind *const limber_kinds_declared[];

char *limber_kinds_appointment_code (const LimberId *id);

G_END_DECLS
