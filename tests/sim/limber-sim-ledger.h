/* SimLedger: the truth, kept outside the system: every change that was said to be saved, and which disks have held it.
 * Stores that agree can agree on a loss; the ledger does not. */
#pragma once

#include "limber-sim-place.h"

G_BEGIN_DECLS

typedef struct {
  LimberEntryId id;
  guint         author; /* which place, by its number */
  guint64       held;   /* the places whose disks have held it, a bit each */
  guint64       gone;   /* of those, the ones whose disks were put back to a time before it, or lost */
  gboolean      after;  /* written by a device that central had revoked */
} SimEntry;

typedef struct _SimLedger SimLedger;

SimLedger  *sim_ledger_new     (void);
void        sim_ledger_free    (SimLedger *ledger);
guint       sim_ledger_take    (SimLedger *ledger, SimPlace *place, guint number);
void        sim_ledger_look    (SimLedger *ledger, SimPlace *place, guint number);
void        sim_ledger_rolled_back (SimLedger *ledger, SimPlace *place, guint number);
guint       sim_ledger_length  (SimLedger *ledger);
SimEntry   *sim_ledger_entry   (SimLedger *ledger, guint i);
GHashTable *sim_ledger_held_by (SimPlace *place);

G_END_DECLS
