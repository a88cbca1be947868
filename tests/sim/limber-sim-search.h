/* Whether a search that has kept itself true through a run finds whom the store holds, by the names that it holds, and
 * nobody else. */
#pragma once

#include "limber-search.h"
#include "limber-sim-ledger.h"

G_BEGIN_DECLS

void sim_search_check (LimberSearch *search, SimLedger *ledger, SimPlace *place, GPtrArray *problems);

G_END_DECLS
