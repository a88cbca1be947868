/* Who may hold what, by code of its own, against what is held (I7, I8 and I9 of SYNC.md). Nothing here calls the product's
 * scope. */
#pragma once

#include "limber-sim-truth.h"

G_BEGIN_DECLS

GHashTable *sim_scope_people   (SimTruth *truth, SimPlace *central, SimPlace *place);
gboolean    sim_scope_is_among (SimTruth *truth, GHashTable *people, const LimberId *patient);
void        sim_scope_look      (SimPlace *place, const LimberRecord *record, GPtrArray *problems);
void        sim_scope_check    (SimTruth *truth, SimLedger *ledger, SimPlace *central, SimPlace *place, gboolean roamed, GPtrArray *problems);

G_END_DECLS
