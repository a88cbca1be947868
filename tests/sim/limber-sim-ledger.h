/* SimLedger: the truth, kept outside the system: every change that was said to be saved, and which disks have held it.
 * Stores that agree can agree on a loss; the ledger does not. */
#pragma once

#include "limber-sim-place.h"

G_BEGIN_DECLS

typedef struct {
  LimberEntryId id;
  guint         author; /* which place, by its number */
  guint64       held;   /* the places whose disks have held what it says, a bit each */
  guint64       gone;   /* of those, the ones whose disks were put back to a time before it, or lost */
  json_t       *header; /* (owned) */
  json_t       *body;   /* (owned) (nullable) */
  gboolean      apart;  /* of a device that central had revoked before it came there, or not to be read: nobody merges it */
  gint64        backed; /* since when it has been in a backup of central, as sim_loop_now(); 0 for not yet */
  gboolean      erased; /* nothing of what it said may be anywhere */
} SimEntry;

typedef struct _SimLedger SimLedger;

SimLedger  *sim_ledger_new     (void);
void        sim_ledger_free    (SimLedger *ledger);
guint       sim_ledger_take    (SimLedger *ledger, SimPlace *place, guint number);
void        sim_ledger_look    (SimLedger *ledger, SimPlace *place, guint number);
void        sim_ledger_rolled_back (SimLedger *ledger, SimPlace *place, guint number);
void        sim_ledger_back_up (SimLedger *ledger, GHashTable *bodies, gint64 now);
void        sim_ledger_erase   (SimLedger *ledger, const json_t *list);
void        sim_ledger_revoke  (SimLedger *ledger, SimPlace *central, const LimberId *device);
gboolean    sim_ledger_has_revoked (SimLedger *ledger);
guint       sim_ledger_length  (SimLedger *ledger);
SimEntry   *sim_ledger_entry   (SimLedger *ledger, guint i);
SimEntry   *sim_ledger_find    (SimLedger *ledger, const LimberEntryId *id);
GHashTable *sim_ledger_held_by (SimPlace *place);
GHashTable *sim_ledger_bodies_at (SimPlace *place);
const char *sim_entry_kind     (const SimEntry *entry);
gboolean    sim_entry_is_offer (const SimEntry *entry);
gboolean    sim_entry_is_of    (const SimEntry *entry, SimPlace *place);
void        sim_entry_record   (const SimEntry *entry, LimberId *record);
GArray     *sim_header_seen    (const json_t *header, const char *field);
char       *sim_name_of        (const char *kind, const LimberId *id, const char *field);
void        sim_read_bytes     (const json_t *text, guint8 *bytes, gsize length);

G_END_DECLS
