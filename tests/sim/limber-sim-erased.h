/* Whether what was erased is out of a store's files (I16 of SYNC.md). */
#pragma once

#include "limber-sim-ledger.h"

G_BEGIN_DECLS

/* What people type in a run: nothing else in any file looks like that. */
#define SIM_ERASED_MARK "v."
#define SIM_ERASED_LETTERS 5

void sim_erased_check (SimLedger *ledger, SimPlace *place, gboolean rest, GPtrArray *problems);

G_END_DECLS
