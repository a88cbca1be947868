/* LimberChanges: what a commit changed, for those who show it. */
#pragma once

#include <glib-object.h>

#include "limber-kind.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_CHANGES (limber_changes_get_type ())
#define LIMBER_CHANGES_KEPT 2000
#define LIMBER_CHANGES_ORIGINS 64

typedef struct {
  const LimberKind *kind;
  LimberId          id;
} LimberChanged;

/**
 * LimberChanges:
 * @kinds: a bit for each kind that changed, 1 << its number
 * @records: (element-type LimberChanged): which records; when there were more than LIMBER_CHANGES_KEPT it is empty and @many set
 * @many: whether @records was left out
 * @origins: (element-type gint64): the numbers of the chains that grew, or of which central has more; when there were more
 *   than LIMBER_CHANGES_ORIGINS it is empty and @many_origins set
 * @many_origins: whether @origins was left out
 * @journal: whether the journal, the marks or the state of sync changed
 */
typedef struct {
  gatomicrefcount refs;
  guint64         kinds;
  GArray         *records;
  gboolean        many;
  GArray         *origins;
  gboolean        many_origins;
  gboolean        journal;
} LimberChanges;

GType          limber_changes_get_type (void);
LimberChanges *limber_changes_new      (void);
LimberChanges *limber_changes_ref      (LimberChanges *changes);
void           limber_changes_unref    (LimberChanges *changes);
void           limber_changes_add      (LimberChanges *changes, const LimberKind *kind, const LimberId *id);
void           limber_changes_add_origin (LimberChanges *changes, gint64 origin);
void           limber_changes_merge    (LimberChanges *changes, const LimberChanges *other);
gboolean       limber_changes_has_kind (const LimberChanges *changes, const char *kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberChanges, limber_changes_unref)

G_END_DECLS
