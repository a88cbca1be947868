/* What the desk does to an appointment or a task, carried out in the store's writer and told back. */
#pragma once

#include "limber-booking.h"
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
  LIMBER_ACT_MERGE_BACK,    /* they are one person after all, as before */
  LIMBER_ACT_CALL_BY,       /* how somebody is to be called in the waiting room */
  LIMBER_ACT_CALL_BY_BACK,  /* that, taken back */
  LIMBER_ACT_BOOK,          /* an appointment, or several follow-ups */
  LIMBER_ACT_WALK_IN,       /* somebody who is here without one */
  LIMBER_ACT_TAKE_BACK,     /* one of those two */
  LIMBER_ACT_MOVE,          /* an appointment, to another time, clinician or room */
  LIMBER_ACT_MOVE_BACK,
  LIMBER_ACT_REGISTER,      /* somebody new; the id is drawn for her */
  LIMBER_ACT_REGISTER_BACK, /* that, taken back */
  LIMBER_ACT_EDIT,          /* of a person's details */
  LIMBER_ACT_EDIT_BACK,     /* that, taken back */
  LIMBER_ACT_REFER,         /* a call is taken down; the id is drawn for the referral */
  LIMBER_ACT_WITHDRAW,      /* that, taken back */
  LIMBER_ACT_TASK_TAKE,     /* "I am on it" */
  LIMBER_ACT_TASK_TAKE_OVER, /* from who is */
  LIMBER_ACT_TASK_LET_GO,
  LIMBER_ACT_TASK_NOTE,
  LIMBER_ACT_TASK_NOTE_BACK, /* the note as it was before */
  LIMBER_ACT_KEEP,          /* of two answers, what stands */
  LIMBER_ACT_USE_OTHER,     /* the other */
  LIMBER_ACT_ANSWER,        /* neither, but what was typed */
  LIMBER_ACT_ANSWER_AGAIN,  /* the same, of what was decided already */
  LIMBER_ACT_ANSWER_BACK,   /* what stood there before */
  LIMBER_ACT_APPROVE,       /* what was put aside is to be so */
  LIMBER_ACT_DECLINE,       /* it is not */
  LIMBER_ACT_ASIDE_BACK,    /* one of those two, taken back: it waits again */
  LIMBER_ACT_GLASS_BREAK,   /* the id is drawn for it */
  LIMBER_ACT_GLASS_MEND,    /* that, taken back, and only that */
  LIMBER_ACT_GLASS_END,     /* of all that she has broken; the id is her own */
  LIMBER_ACT_GLASS_AGAIN,   /* that, taken back */
  LIMBER_ACT_GLASS_LOOK,    /* a manager has looked at one */
  LIMBER_ACT_GLASS_LOOK_BACK,
  LIMBER_ACT_SET_UP,        /* of the site, a room, or somebody of the staff */
  LIMBER_ACT_SET_BACK,      /* that, taken back */
} LimberAct;

/**
 * LimberActing:
 * @id: the appointment's, the task's, or the record's that is to be the same person as another
 * @into: (nullable): of a merge: that other one, which is kept; of a glass: about whom it is broken
 * @held: (nullable): of a way back: the record as it was before (limber_act_steal_held())
 * @before: (nullable): of a form, a note or an answer: what was there before, for the way back
 * @set_up: (nullable): what is set up, or set back; its limber_set_up_about() is @id
 * @code: (nullable): of a form, what it says (limber-act-form.h); of a note or an answer, what is to be there; of an attendance; of a glass: why, or what came of it; how to call somebody: number or fetch, %NULL as the site does; by whom, of a cancellation: patient or provider
 * @why: (nullable): of an attendance or a cancellation, in a person's words
 * @booking: (nullable): of what is booked or moved: when, with whom and where; @id is the appointment's, new when it is booked
 * @weeks: of follow-ups: from one to the next
 * @times: of follow-ups: how many; 0 or 1 for one appointment
 */
typedef struct {
  LimberAct       act;
  LimberId        id;
  const LimberId *into;
  const LimberRecord *held;
  const char     *code;
  const char     *why;
  const LimberBooking *booking;
  int             weeks, times;
  const char     *before;
  LimberSetUp    *set_up;
} LimberActing;

void     limber_act_run    (LimberStore *store, const LimberActing *acting, LimberStaffMember *by, GAsyncReadyCallback callback, gpointer data);
gboolean limber_act_finish (LimberStore *store, GAsyncResult *result, GError **error);
LimberBooking *limber_act_steal_before (GAsyncResult *result);
LimberRecord  *limber_act_steal_held   (GAsyncResult *result);
void     limber_act_booking_free (LimberBooking *booking);

G_END_DECLS
