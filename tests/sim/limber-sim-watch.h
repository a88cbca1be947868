/* SimWatch: what is seen on the way. Whenever a store has changed, what its public readers return of it is compared with the
 * ledger: I5, I11, I12, I14, I16 and I18 of SYNC.md. */
#pragma once

#include "limber-sim-ledger.h"

G_BEGIN_DECLS

typedef struct _SimWatch SimWatch;

SimWatch *sim_watch_new    (SimLoop *loop, SimLedger *ledger, GPtrArray *problems);
void      sim_watch_free   (SimWatch *watch);
void      sim_watch_opened (SimWatch *watch, SimPlace *place, guint number);
void      sim_watch_put_back (SimWatch *watch, SimPlace *place);
void      sim_watch_clock  (SimWatch *watch);
void      sim_watch_look   (SimWatch *watch, SimPlace *place);
void      sim_watch_rest   (SimWatch *watch, SimPlace *place);
void      sim_watch_go_on  (SimWatch *watch);

G_END_DECLS
