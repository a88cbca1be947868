/* What a hub or a device need not keep of its journal (SYNC.md rule 13): bodies that central has in a verified backup.
 * Headers stay for ever, so that chains verify, heads are answered, and another hub can still be given the chain. */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

/* Days for which a body is kept after central has backed it up. */
#define LIMBER_PRUNE_DAYS 90

/* Central keeps an entry in quarantine of which it never saw the content. */
#define LIMBER_PRUNE_REASON "its content is not here"

gboolean limber_prune_sweep     (LimberStore *store, gint64 *bodies, GError **error);
void     limber_prune_when_due  (LimberStore *store);

gboolean limber_prune_call_due  (LimberTransaction *transaction, GError **error);
gboolean limber_prune_again     (LimberTransaction *transaction, gint64 key, GError **error);
gboolean limber_prune_note_mark (LimberTransaction *transaction, gint64 origin, gint64 before, gint64 backed_up, GError **error);

G_END_DECLS
