/* Whether what was erased is out of a store's files (I16 of SYNC.md). */
#pragma once

#include "limber-sim-ledger.h"

G_BEGIN_DECLS

/* What people type in a run: nothing else in any file looks like that. */
#define SIM_ERASED_MARK "v."
#define SIM_ERASED_LETTERS 5

const char *sim_erased_find  (const char *bytes, gsize length);
void        sim_erased_check (SimLedger *ledger, SimPlace *place, gboolean rest, GPtrArray *problems);
void        sim_erased_check_none (SimPlace *place, GPtrArray *problems);

G_END_DECLS
