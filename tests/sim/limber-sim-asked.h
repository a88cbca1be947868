/* What a public screen asks, and keeps of what was answered there, by rules of its own: nothing here calls what decides it
 * (app/care/limber-asking.c, app/store/limber-prune.c), but to ask it. */
#pragma once

#include "limber-sim-truth.h"

G_BEGIN_DECLS

void sim_asked_check (SimTruth *truth, SimLedger *ledger, SimPlace *central, SimPlace *place, GPtrArray *problems);

G_END_DECLS
