/* Once asked for, an act is carried out even if the page that asked is gone: nothing here is cancelled half way. */
#include "limber-act.h"

#include "limber-desk.h"
#include "limber-merging.h"

typedef struct {
  LimberAct          act;
  LimberId           id;
  LimberId           into; /* of a merge */
  char              *code; /* (owned) (nullable) */
  char              *why;  /* (owned) (nullable) */
  LimberSetUp       *set_up; /* (owned) (nullable) */
  LimberStaffMember *by;   /* (owned) */
} Doing;

static void
doing_free (Doing *doing)
{
  g_free (doing->code);
  g_free (doing->why);
  g_clear_pointer (&doing->set_up, limber_set_up_unref);
  g_object_unref (doing->by);
  g_free (doing);
}

static gboolean
set_task (LimberTransaction *transaction, const LimberId *id, const char *status, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberEdit) edit = limber_edit_new ("task", id);

  limber_edit_set_word (edit, "status", status);
  return limber_transaction_edit (transaction, edit, author, error);
}

static gboolean
set_call_by (LimberTransaction *transaction, const LimberId *id, const char *word, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberEdit) edit = limber_edit_new ("patient", id);

  if (word != NULL)
    limber_edit_set_text (edit, "call_by", word);
  else
    limber_edit_set_none (edit, "call_by");
  return limber_transaction_edit (transaction, edit, author, error);
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
    return set_task (transaction, &doing->id, "done", &author, error);
  case LIMBER_ACT_MERGE:
  case LIMBER_ACT_MERGE_ANYWAY:
    return limber_merging_merge (transaction, &doing->into, &doing->id, doing->act == LIMBER_ACT_MERGE_ANYWAY, &author, error);
  case LIMBER_ACT_UNMERGE:
    return limber_merging_undo (transaction, &doing->id, &author, error);
  case LIMBER_ACT_SET_UP:
  case LIMBER_ACT_SET_BACK:
    return limber_set_up_write (transaction, doing->set_up, doing->act == LIMBER_ACT_SET_BACK, &author, error);
  case LIMBER_ACT_CALL_BY:
    return set_call_by (transaction, &doing->id, doing->code, &author, error);
  default:
    return set_task (transaction, &doing->id, "open", &author, error);
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
  if (acting->into != NULL)
    doing->into = *acting->into;
  doing->code = g_strdup (acting->code);
  doing->why = g_strdup (acting->why);
  if (acting->set_up != NULL)
    doing->set_up = limber_set_up_ref (acting->set_up);
  doing->by = g_object_ref (by);
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
