/* Once asked for, an act is carried out even if the page that asked is gone: nothing here is cancelled half way. */
#include "limber-act.h"

#include "limber-act-form.h"
#include "limber-conflicts.h"
#include "limber-desk.h"
#include "limber-field-words.h"
#include "limber-glass.h"
#include "limber-merging.h"
#include "limber-quarantine.h"
#include "limber-referring.h"
#include "limber-registering.h"
#include "limber-reopen.h"
#include "limber-standing.h"
#include "limber-task.h"

typedef struct {
  LimberAct          act;
  LimberId           id;
  gboolean           has_into;
  LimberId           into;
  LimberRecord      *held; /* (owned) (nullable): what it is about, as it was before */
  char              *code; /* (owned) (nullable) */
  char              *why;  /* (owned) (nullable) */
  LimberSetUp       *set_up; /* (owned) (nullable) */
  LimberStaffMember *by;   /* (owned) */
  LimberBooking     *booking; /* (owned) (nullable) */
  LimberBooking     *before;  /* (owned) (nullable): where it was, of what was moved */
  int                weeks, times;
} Doing;

/* Its own words are its own. */
static LimberBooking *
booking_copy (const LimberBooking *booking)
{
  LimberBooking *copy = g_memdup2 (booking, sizeof *booking);

  copy->type = g_strdup (booking->type);
  copy->anyway = g_strdup (booking->anyway);
  return copy;
}

/**
 * limber_act_booking_free:
 * @booking: of limber_act_steal_before()
 */
void
limber_act_booking_free (LimberBooking *booking)
{
  g_free ((char *) booking->type);
  g_free ((char *) booking->anyway);
  g_free (booking);
}

static void
doing_free (Doing *doing)
{
  g_free (doing->code);
  g_free (doing->why);
  g_clear_pointer (&doing->set_up, limber_set_up_unref);
  g_object_unref (doing->by);
  g_clear_pointer (&doing->held, limber_record_free);
  g_clear_pointer (&doing->booking, limber_act_booking_free);
  g_clear_pointer (&doing->before, limber_act_booking_free);
  g_free (doing);
}

/* Keeps what an act is about as it is before it, for the way back; a job may be begun again.
 * @held: (transfer full) (nullable) */
static gboolean
hold (Doing *doing, LimberRecord *held)
{
  g_clear_pointer (&doing->held, limber_record_free);
  doing->held = held;
  return held != NULL;
}

static gboolean
set_call_by (LimberTransaction *transaction, Doing *doing, const LimberAuthor *author, GError **error)
{
  gboolean back = doing->act == LIMBER_ACT_CALL_BY_BACK;
  const char *word = back ? limber_record_text (doing->held, "call_by") : doing->code;
  g_autoptr (LimberEdit) edit = limber_edit_new ("patient", &doing->id);

  if (!limber_standing_check_person (limber_transaction_reader (transaction), author, LIMBER_ACTION_EDIT, &doing->id, error) ||
      (!back && !hold (doing, limber_reader_get (limber_transaction_reader (transaction), "patient", &doing->id, error))))
    return FALSE;
  if (word != NULL)
    limber_edit_set_text (edit, "call_by", word);
  else
    limber_edit_set_none (edit, "call_by");
  return limber_transaction_edit (transaction, edit, author, error);
}

static gboolean
book (LimberTransaction *transaction, Doing *doing, const LimberAuthor *author, GError **error)
{
  g_autoptr (GArray) plan = NULL;

  if (doing->times < 2)
    return limber_booking_book (transaction, doing->booking, &doing->id, author, error);
  plan = limber_booking_plan (limber_transaction_reader (transaction), doing->booking, doing->weeks, doing->times, error);
  return plan != NULL && limber_booking_book_series (transaction, doing->booking, plan, &doing->id, author, error);
}

/* Keeps where it was, for the way back. */
static gboolean
move (LimberTransaction *transaction, Doing *doing, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberRecord) held = limber_reader_get (limber_transaction_reader (transaction), "appointment", &doing->id, error);
  LimberBooking before;

  if (held == NULL)
    return FALSE;
  limber_booking_of (held, &before);
  g_clear_pointer (&doing->before, limber_act_booking_free); /* a job may be begun again */
  doing->before = booking_copy (&before);
  return limber_booking_move (transaction, &doing->id, doing->booking, author, error);
}

/* (transfer full) (nullable): what was typed as a third answer, as the field has it. */
static char *
read_typed (LimberReader *reader, const LimberId *conflict, const char *typed, GError **error)
{
  g_autoptr (LimberRecord) record = limber_reader_get (reader, "conflict", conflict, error);
  const LimberKind *kind = record != NULL ? limber_kind_by_name (limber_record_text (record, "kind")) : NULL;
  int i = kind != NULL ? limber_kind_field (kind, limber_record_text (record, "field")) : -1;

  if (record == NULL)
    return NULL;
  return i >= 0 ? limber_field_words_read (reader, kind, &kind->fields[i], typed, error) : g_strdup (typed); /* what is not known is refused later */
}

static gboolean
may_answer (LimberReader *reader, const LimberId *conflict, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberRecord) record = limber_reader_get (reader, "conflict", conflict, error);

  return record != NULL && limber_standing_check_decision (reader, author, LIMBER_ACTION_CONFLICTS, limber_record_text (record, "kind"), error);
}

static gboolean
answer (LimberTransaction *transaction, const Doing *doing, const LimberAuthor *author, GError **error)
{
  gboolean typed = doing->act == LIMBER_ACT_ANSWER || doing->act == LIMBER_ACT_ANSWER_AGAIN;
  g_autofree char *read = typed ? read_typed (limber_transaction_reader (transaction), &doing->id, doing->code, error) : NULL;
  LimberResolution resolution = { doing->id, LIMBER_RESOLVE_VALUE, typed ? read : doing->code != NULL ? doing->code : "", doing->act == LIMBER_ACT_ANSWER_AGAIN || doing->act == LIMBER_ACT_ANSWER_BACK };

  if ((typed && read == NULL) || !may_answer (limber_transaction_reader (transaction), &doing->id, author, error))
    return FALSE;
  if (doing->act == LIMBER_ACT_KEEP)
    resolution.how = LIMBER_RESOLVE_KEEP;
  else if (doing->act == LIMBER_ACT_USE_OTHER)
    resolution.how = LIMBER_RESOLVE_TAKE;
  return limber_conflicts_resolve (transaction, &resolution, author, error);
}

static gboolean
unmerge (LimberTransaction *transaction, Doing *doing, const LimberAuthor *author, GError **error)
{
  return hold (doing, limber_reader_get (limber_transaction_reader (transaction), "patient", &doing->id, error)) && limber_merging_undo (transaction, &doing->id, author, error);
}

static gboolean
decide (LimberTransaction *transaction, Doing *doing, const LimberAuthor *author, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  gboolean approves = doing->act == LIMBER_ACT_APPROVE;
  g_autofree char *kind = approves ? limber_quarantine_kind (reader, &doing->id) : NULL;

  if (!limber_standing_check_decision (reader, author, LIMBER_ACTION_QUARANTINE, kind, error))
    return FALSE;
  if (doing->act == LIMBER_ACT_ASIDE_BACK)
    return limber_reopen_take_back (transaction, &doing->id, doing->held, author, error);
  hold (doing, limber_reopen_held (reader, &doing->id, NULL)); /* what is not known can be declined, and not taken back */
  return limber_quarantine_decide (transaction, &doing->id, approves ? LIMBER_DECISION_APPROVE : LIMBER_DECISION_DECLINE, author, error);
}

/* What is booked, and what a form says. */
static gboolean
carry_out_form (LimberTransaction *transaction, Doing *doing, const LimberAuthor *author, GError **error)
{
  switch (doing->act) {
  case LIMBER_ACT_BOOK:
    return book (transaction, doing, author, error);
  case LIMBER_ACT_WALK_IN:
    return limber_booking_walk_in (transaction, doing->booking, &doing->id, author, error);
  case LIMBER_ACT_TAKE_BACK:
    return limber_booking_take_back (transaction, &doing->id, author, error);
  case LIMBER_ACT_MOVE:
  case LIMBER_ACT_MOVE_BACK:
    return move (transaction, doing, author, error);
  case LIMBER_ACT_REGISTER:
    return limber_act_form_register (transaction, &doing->id, doing->code, author, error);
  case LIMBER_ACT_REGISTER_BACK:
    return limber_registering_take_back (transaction, &doing->id, author, error);
  case LIMBER_ACT_REFER:
    return limber_act_form_refer (transaction, &doing->id, doing->code, author, error);
  case LIMBER_ACT_WITHDRAW:
    return limber_referring_withdraw (transaction, &doing->id, doing->code, author, error);
  default:
    return limber_act_form_edit (transaction, &doing->id, doing->code, author, error);
  }
}

static gboolean
carry_out_glass (LimberTransaction *transaction, Doing *doing, const LimberAuthor *author, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);

  switch (doing->act) {
  case LIMBER_ACT_GLASS_BREAK:
    return limber_glass_break (transaction, doing->has_into ? &doing->into : NULL, doing->code, author, &doing->id, error);
  case LIMBER_ACT_GLASS_MEND:
    return limber_glass_end_one (transaction, &doing->id, author, error);
  case LIMBER_ACT_GLASS_END:
    return limber_glass_end (transaction, author, error);
  case LIMBER_ACT_GLASS_AGAIN:
    return limber_glass_go_on (transaction, author, error);
  case LIMBER_ACT_GLASS_LOOK:
    return hold (doing, limber_reader_get (reader, "glass", &doing->id, error)) && limber_glass_review (transaction, &doing->id, doing->code, author, error);
  default:
    return limber_glass_take_review_back (transaction, doing->held, author, error);
  }
}

/* What is done to the lists of what waits. */
static gboolean
carry_out_list (LimberTransaction *transaction, Doing *doing, const LimberAuthor *author, GError **error)
{
  switch (doing->act) {
  case LIMBER_ACT_TASK_TAKE:
  case LIMBER_ACT_TASK_TAKE_OVER:
    return limber_task_take (transaction, &doing->id, doing->act == LIMBER_ACT_TASK_TAKE_OVER, author, error);
  case LIMBER_ACT_TASK_LET_GO:
    return limber_task_let_go (transaction, &doing->id, author, error);
  case LIMBER_ACT_TASK_NOTE:
  case LIMBER_ACT_TASK_NOTE_BACK:
    return limber_task_note (transaction, &doing->id, doing->code, author, error);
  case LIMBER_ACT_APPROVE:
  case LIMBER_ACT_DECLINE:
  case LIMBER_ACT_ASIDE_BACK:
    return decide (transaction, doing, author, error);
  case LIMBER_ACT_KEEP:
  case LIMBER_ACT_USE_OTHER:
  case LIMBER_ACT_ANSWER:
  case LIMBER_ACT_ANSWER_AGAIN:
  case LIMBER_ACT_ANSWER_BACK:
    return answer (transaction, doing, author, error);
  case LIMBER_ACT_GLASS_BREAK:
  case LIMBER_ACT_GLASS_MEND:
  case LIMBER_ACT_GLASS_END:
  case LIMBER_ACT_GLASS_AGAIN:
  case LIMBER_ACT_GLASS_LOOK:
  case LIMBER_ACT_GLASS_LOOK_BACK:
    return carry_out_glass (transaction, doing, author, error);
  default:
    return carry_out_form (transaction, doing, author, error);
  }
}

/* In the writer's thread. */
static gboolean
carry_out (LimberTransaction *transaction, gpointer data, GError **error)
{
  Doing *doing = data;
  LimberAuthor author = limber_staff_member_author (doing->by);

  switch (doing->act) {
  case LIMBER_ACT_CHECK_IN:
    return limber_desk_check_in (transaction, &doing->id, 0, &author, error);
  case LIMBER_ACT_CALL:
    return limber_desk_call (transaction, &doing->id, 0, &author, error);
  case LIMBER_ACT_WITH_CLINICIAN:
    return limber_desk_with_clinician (transaction, &doing->id, 0, &author, error);
  case LIMBER_ACT_SEEN:
    return limber_desk_seen (transaction, &doing->id, 0, &author, error);
  case LIMBER_ACT_DID_NOT_ATTEND:
    return limber_desk_did_not_attend (transaction, &doing->id, 0, &author, error);
  case LIMBER_ACT_COULD_NOT_BE_SEEN:
    return limber_desk_could_not_be_seen (transaction, &doing->id, 0, doing->why, &author, error);
  case LIMBER_ACT_CANCEL:
    return limber_desk_cancel (transaction, &doing->id, 0, doing->code, doing->why, &author, error);
  case LIMBER_ACT_UNDO:
    return limber_desk_undo (transaction, &doing->id, 0, &author, error);
  case LIMBER_ACT_ATTENDANCE:
  case LIMBER_ACT_NO_ATTENDANCE:
    return limber_desk_attendance (transaction, &doing->id, doing->act == LIMBER_ACT_ATTENDANCE ? doing->code : NULL, doing->why, &author, error);
  case LIMBER_ACT_TASK_DONE:
  case LIMBER_ACT_TWO_PEOPLE:
    return limber_task_set_status (transaction, &doing->id, "done", &author, error);
  case LIMBER_ACT_MERGE:
  case LIMBER_ACT_MERGE_ANYWAY:
    return limber_merging_merge (transaction, &doing->into, &doing->id, doing->act == LIMBER_ACT_MERGE_ANYWAY, &author, error);
  case LIMBER_ACT_MERGE_BACK:
    return limber_merging_merge (transaction, limber_record_id (doing->held, "merged_into"), &doing->id, TRUE, &author, error);
  case LIMBER_ACT_UNMERGE:
    return unmerge (transaction, doing, &author, error);
  case LIMBER_ACT_SET_UP:
  case LIMBER_ACT_SET_BACK:
    return limber_set_up_write (transaction, doing->set_up, doing->act == LIMBER_ACT_SET_BACK, &author, error);
  case LIMBER_ACT_CALL_BY:
  case LIMBER_ACT_CALL_BY_BACK:
    return set_call_by (transaction, doing, &author, error);
  case LIMBER_ACT_TASK_OPEN:
    return limber_task_set_status (transaction, &doing->id, "open", &author, error);
  default:
    return carry_out_list (transaction, doing, &author, error);
  }
}

/**
 * limber_act_run:
 * @acting: what to do
 * @by: who does it
 * @callback: called in the main thread when it is on the disk, or refused
 *
 * Carries out an act.
 */
void
limber_act_run (LimberStore *store, const LimberActing *acting, LimberStaffMember *by, GAsyncReadyCallback callback, gpointer data)
{
  Doing *doing = g_new0 (Doing, 1);

  doing->act = acting->act;
  doing->id = acting->id;
  doing->has_into = acting->into != NULL;
  doing->held = acting->held != NULL ? limber_record_copy (acting->held) : NULL;
  if (acting->into != NULL)
    doing->into = *acting->into;
  doing->code = g_strdup (acting->code);
  doing->why = g_strdup (acting->why);
  if (acting->set_up != NULL)
    doing->set_up = limber_set_up_ref (acting->set_up);
  doing->by = g_object_ref (by);
  doing->booking = acting->booking != NULL ? booking_copy (acting->booking) : NULL;
  doing->weeks = acting->weeks;
  doing->times = acting->times;
  limber_store_write_async (store, carry_out, doing, (GDestroyNotify) doing_free, NULL, callback, data);
}

/**
 * limber_act_finish:
 * @error: why it was refused, in the reader's words; then nothing was changed
 *
 * Returns: whether it is done and saved
 */
gboolean
limber_act_finish (LimberStore *store, GAsyncResult *result, GError **error)
{
  return limber_store_write_finish (store, result, error);
}

/**
 * limber_act_steal_before:
 * @result: of an act that was done
 *
 * Returns: (transfer full) (nullable): when, with whom and where it was that was moved; to be freed with limber_act_booking_free()
 */
LimberBooking *
limber_act_steal_before (GAsyncResult *result)
{
  return g_steal_pointer (&((Doing *) limber_store_write_data (result))->before);
}

/**
 * limber_act_steal_held:
 * @result: of an act that was done
 *
 * Returns: (transfer full) (nullable): what it was about, as it was before
 */
LimberRecord *
limber_act_steal_held (GAsyncResult *result)
{
  return g_steal_pointer (&((Doing *) limber_store_write_data (result))->held);
}
