/* What only a newer program knows, where programs of two versions work together (SYNC.md rule 6). */
#pragma once

#include "limber-sim-truth.h"

G_BEGIN_DECLS

void sim_newer_check (SimTruth *truth, SimLedger *ledger, SimPlace *central, SimPlace *node, SimPlace *place, gboolean roamed, GPtrArray *problems);

G_END_DECLS
