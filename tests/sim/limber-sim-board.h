/* What a waiting-room screen may show, by rules of its own: nothing here calls what makes it (app/store/limber-calling.c,
 * app/care/limber-notice.c). */
#pragma once

#include "limber-sim-truth.h"

G_BEGIN_DECLS

gboolean sim_board_may_hold (SimTruth *truth, const LimberRecord *call, gint64 now);
void     sim_board_check    (SimTruth *truth, SimPlace *central, SimPlace *place, gboolean roamed, GPtrArray *problems);

G_END_DECLS
