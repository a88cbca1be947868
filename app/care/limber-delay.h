/* Delay: how late a clinician runs, from what any device holds. */
#pragma once

#include "limber-turns.h"

G_BEGIN_DECLS

int               limber_delay_minutes  (const GArray *turns, const LimberId *except, gint64 now);
gboolean          limber_delay_is_noted (const GArray *turns, gint64 now);
const LimberTurn *limber_delay_last_in  (const GArray *turns, gint64 now);

G_END_DECLS
