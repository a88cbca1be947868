/* Erasure (SYNC.md rule 19): an erasure names entries, and what those say is nowhere any more, whatever comes in again
 * later and from where. Private to app/store. */
#pragma once

#include "limber-database.h"
#include "limber-entry.h"
#include "limber-extra.h"
#include "limber-transaction.h"

G_BEGIN_DECLS

#define LIMBER_ERASURE_PENDING "scrub" /* in meta: what is left of it outside the records is yet to go (limber-scrub.h) */

gboolean      limber_erasure_covers      (LimberDatabase *database, const LimberEntry *entry);
gboolean      limber_erasure_leaves      (LimberDatabase *database, const LimberEntry *entry);
LimberRecord *limber_erasure_clean       (LimberDatabase *database, const LimberRecord *record);
void          limber_erasure_clean_extra (LimberDatabase *database, LimberExtra *extra);
gboolean      limber_erasure_carry_out   (LimberTransaction *transaction, const LimberRecord *erasure, GError **error);

G_END_DECLS
