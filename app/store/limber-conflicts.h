/* Conflicts: edits that lost and that nobody saw (SYNC.md rule 8). Central alone makes their records, from the set of
 * entries, whatever the order in which they came; they come down by pull. */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

typedef enum {
  LIMBER_RESOLVE_KEEP, /* what is there stays */
  LIMBER_RESOLVE_TAKE, /* the edit that lost is taken after all */
  LIMBER_RESOLVE_VALUE, /* neither: another value */
} LimberResolve;

/**
 * LimberResolution:
 * @conflict: its id
 * @text: (nullable): the value, for LIMBER_RESOLVE_VALUE
 * @again: whoever decides knows that it has been decided already: so a decision is undone
 *
 * A person's decision.
 */
typedef struct {
  LimberId      conflict;
  LimberResolve how;
  const char   *text;
  gboolean      again;
} LimberResolution;

gboolean limber_conflicts_update  (LimberTransaction *transaction, const LimberRecord *record, const LimberStamp *before, const LimberEntry *entry, GError **error);
gboolean limber_conflicts_renew   (LimberTransaction *transaction, const LimberId *record, GError **error);
gboolean limber_conflicts_settle  (LimberTransaction *transaction, const LimberEntry *entry, GArray *changes, GError **error);
gboolean limber_conflicts_resolve (LimberTransaction *transaction, const LimberResolution *resolution, const LimberAuthor *author, GError **error);

G_END_DECLS
