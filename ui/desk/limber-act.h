/* What the desk does to an appointment or a task, carried out in the store's writer and told back. */
#pragma once

#include "limber-staff-member.h"
#include "limber-store.h"

G_BEGIN_DECLS

typedef enum {
  LIMBER_ACT_CHECK_IN,
  LIMBER_ACT_DID_NOT_ATTEND,
  LIMBER_ACT_UNDO,      /* of one of the two above */
  LIMBER_ACT_TASK_DONE,
  LIMBER_ACT_TASK_OPEN, /* Done, taken back */
  LIMBER_ACT_TWO_PEOPLE, /* the answer to a task that asks whether two records are one person */
  LIMBER_ACT_MERGE,      /* of a record, into the other one */
  LIMBER_ACT_MERGE_ANYWAY,
  LIMBER_ACT_UNMERGE,
} LimberAct;

void     limber_act_run    (LimberStore *store, LimberAct act, const LimberId *id, const LimberId *into, LimberStaffMember *by, GAsyncReadyCallback callback, gpointer data);
gboolean limber_act_finish (LimberStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
