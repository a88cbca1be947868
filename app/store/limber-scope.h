/* Scope: who may hold whom (SYNC.md rule 17). A group is a class of device at a site; for each group the node keeps, as
 * events in its order of change, which patients came in and which went out. */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

typedef struct {
  LimberClass klass;
  LimberId    site; /* nil for none */
} LimberGroup;

/* What a group's devices were told last of somebody; the numbers are in the table. */
typedef enum {
  LIMBER_MEMBER_LEFT,
  LIMBER_MEMBER_IN,
  LIMBER_MEMBER_NEVER, /* one of them wrote about her, and was told to forget her */
} LimberMember;

gboolean limber_scope_is_all  (LimberClass klass);
gint64   limber_scope_find    (LimberReader *reader, const LimberGroup *group);
gboolean limber_scope_is_due  (LimberReader *reader);
gboolean limber_scope_open    (LimberTransaction *transaction, const LimberGroup *group, gint64 *n, GError **error);
gboolean limber_scope_roll    (LimberTransaction *transaction, GError **error);
gboolean limber_scope_holds   (LimberReader *reader, gint64 group, const LimberId *patient);
gboolean limber_scope_out     (LimberTransaction *transaction, gint64 group, const LimberId *patient, GError **error);
gboolean limber_scope_expire  (LimberTransaction *transaction, GError **error);
void     limber_scope_note    (LimberTransaction *transaction, const LimberKind *kind, gint64 n);
gboolean limber_scope_refresh (LimberTransaction *transaction, GHashTable *patients, gboolean appointments, GError **error);

G_END_DECLS
