/* What the desk does to an appointment or a task, carried out in the store's writer and told back. */
#pragma once

#include "limber-set-up.h"
#include "limber-staff-member.h"
#include "limber-store.h"

G_BEGIN_DECLS

typedef enum {
  LIMBER_ACT_CHECK_IN,
  LIMBER_ACT_CALL,
  LIMBER_ACT_WITH_CLINICIAN,
  LIMBER_ACT_SEEN,
  LIMBER_ACT_DID_NOT_ATTEND,
  LIMBER_ACT_COULD_NOT_BE_SEEN,
  LIMBER_ACT_CANCEL,
  LIMBER_ACT_UNDO,          /* of one of those above */
  LIMBER_ACT_ATTENDANCE,    /* what staff say of it */
  LIMBER_ACT_NO_ATTENDANCE, /* that, taken back */
  LIMBER_ACT_TASK_DONE,
  LIMBER_ACT_TASK_OPEN,     /* Done, taken back */
  LIMBER_ACT_TWO_PEOPLE,    /* the answer to a task that asks whether two records are one person */
  LIMBER_ACT_MERGE,         /* of a record, into the other one */
  LIMBER_ACT_MERGE_ANYWAY,
  LIMBER_ACT_UNMERGE,
  LIMBER_ACT_CALL_BY,       /* how somebody is to be called in the waiting room */
  LIMBER_ACT_SET_UP,        /* of the site, a room, or somebody of the staff */
  LIMBER_ACT_SET_BACK,      /* that, taken back */
} LimberAct;

/**
 * LimberActing:
 * @id: the appointment's, the task's, or the record's that is to be the same person as another
 * @into: (nullable): of a merge: that other one, which is kept
 * @code: (nullable): of an attendance; how to call somebody: number or fetch, %NULL as the site does; by whom, of a cancellation: patient or provider
 * @set_up: (nullable): what is set up, or set back; its limber_set_up_about() is @id
 * @why: (nullable): of an attendance or a cancellation, in a person's words
 */
typedef struct {
  LimberAct       act;
  LimberId        id;
  const LimberId *into;
  const char     *code;
  const char     *why;
  LimberSetUp    *set_up;
} LimberActing;

void     limber_act_run    (LimberStore *store, const LimberActing *acting, LimberStaffMember *by, GAsyncReadyCallback callback, gpointer data);
gboolean limber_act_finish (LimberStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
