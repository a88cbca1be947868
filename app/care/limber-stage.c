/* allow deed: what deeds of the desk and of the public screens, which have asked, write of an appointment's course. */
#include "limber-stage.h"

#include "limber-canary.h"
#include "limber-ticket.h"

#define ARRIVED "arrived"

/* In their order. The first is an arrival, a kind of its own, which says also by what she came. */
static const char *const steps[] = { ARRIVED, "called", "with-clinician", "seen" };

static gboolean
is_arrival (const char *step)
{
  return g_str_equal (step, ARRIVED);
}

static gint64
round_of (const LimberRecord *appointment)
{
  return limber_record_integer (appointment, "status") / LIMBER_PROGRESS_ROUND;
}

static const char *
kind_of (const char *step)
{
  return is_arrival (step) ? "arrival" : "stage";
}

static void
step_id (const LimberId *appointment, gint64 round, const char *step, LimberId *id)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, round);

  limber_id_init_beside (id, appointment, kind_of (step), text, is_arrival (step) ? NULL : step, NULL);
}

/**
 * limber_stage_arrival_id:
 * @round: of the appointment's progress
 * @id: (out): the id that the arrival of this appointment in this round has, whoever records it
 */
void
limber_stage_arrival_id (const LimberId *appointment, gint64 round, LimberId *id)
{
  step_id (appointment, round, ARRIVED, id);
}

/* Finds what says when a step was reached in the appointment's present round, if anything does. */
static gboolean
find_step (LimberReader *reader, const LimberRecord *appointment, const char *step, LimberRecord **record, GError **error)
{
  LimberId id;

  step_id (&appointment->id, round_of (appointment), step, &id);
  return limber_reader_find (reader, limber_kind_by_name (kind_of (step)), &id, record, error);
}

/* What an arrival says besides when: by what she came, and the number that she has. */
static gboolean
describe_arrival (LimberTransaction *transaction, LimberEdit *edit, const LimberId *patient, gint64 at, const char *via, const char *ticket, GError **error)
{
  g_autofree char *given = NULL;
  GError *failed = NULL;

  limber_edit_set_word (edit, "via", via);
  if (ticket == NULL && patient != NULL)
    ticket = given = limber_ticket_give (transaction, patient, at, &failed);
  if (failed != NULL) {
    g_propagate_error (error, failed);
    return FALSE;
  }
  if (ticket != NULL)
    limber_edit_set_text (edit, "ticket", ticket);
  return TRUE;
}

/* @via: of an arrival; @ticket: (nullable): the number that she has already */
static gboolean
write_step (LimberTransaction *transaction, const LimberRecord *appointment, gint64 round, const char *step, gint64 at, const char *via, const char *ticket, const LimberAuthor *author, GError **error)
{
  const LimberId *patient = limber_record_id (appointment, "patient");
  g_autoptr (LimberEdit) edit = NULL;
  gboolean there;
  LimberId id;

  step_id (&appointment->id, round, step, &id);
  if (is_arrival (step) && limber_canary (LIMBER_CANARY_ARRIVAL_OF_ITS_OWN))
    limber_id_init_new (&id, limber_transaction_env (transaction));
  if (!limber_reader_has (limber_transaction_reader (transaction), limber_kind_by_name (kind_of (step)), &id, &there, error))
    return FALSE;
  if (there)
    return TRUE;
  edit = limber_edit_new (kind_of (step), &id);
  limber_edit_set_id (edit, "appointment", &appointment->id);
  limber_edit_set_id (edit, "patient", patient);
  limber_edit_set_integer (edit, "round", round);
  limber_edit_set_integer (edit, "at", at);
  if (!is_arrival (step))
    limber_edit_set_word (edit, "step", step);
  else if (!describe_arrival (transaction, edit, patient, at, via, ticket, error))
    return FALSE;
  return limber_transaction_edit (transaction, edit, author, error);
}

/**
 * limber_stage_arrive:
 * @at: when she came, milliseconds UTC
 * @via: kiosk, letter or desk
 *
 * Records that she came, in the appointment's present round. Where that is recorded already, the first one stands.
 */
gboolean
limber_stage_arrive (LimberTransaction *transaction, const LimberRecord *appointment, gint64 at, const char *via, const LimberAuthor *author, GError **error)
{
  return write_step (transaction, appointment, round_of (appointment), ARRIVED, at, via, NULL, author, error);
}

/**
 * limber_stage_reach:
 * @step: called, with-clinician or seen
 * @at: when, milliseconds UTC
 *
 * Records that the visit came to @step, in the appointment's present round. Where that is recorded already, the first one stands.
 */
gboolean
limber_stage_reach (LimberTransaction *transaction, const LimberRecord *appointment, const char *step, gint64 at, const LimberAuthor *author, GError **error)
{
  return write_step (transaction, appointment, round_of (appointment), step, at, NULL, NULL, author, error);
}

/* @record: what says so of another round */
static gboolean
copy_step (LimberTransaction *transaction, const LimberRecord *appointment, gint64 round, const char *step, const LimberRecord *record, const LimberAuthor *author, GError **error)
{
  gboolean arrival = is_arrival (step);

  return write_step (transaction, appointment, round, step, limber_record_integer (record, "at"), arrival ? limber_record_text (record, "via") : NULL,
                     arrival ? limber_record_text (record, "ticket") : NULL, author, error);
}

/**
 * limber_stage_keep:
 * @round: the round that begins
 * @until: the last step whose time still stands: arrived, called or with-clinician
 *
 * Says of the round that begins what was so in the appointment's present one, up to @until: a later step was taken back, and
 * what came before is still true.
 */
gboolean
limber_stage_keep (LimberTransaction *transaction, const LimberRecord *appointment, gint64 round, const char *until, const LimberAuthor *author, GError **error)
{
  gboolean stands = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (steps) && stands; i++) {
    g_autoptr (LimberRecord) record = NULL;

    if (!find_step (limber_transaction_reader (transaction), appointment, steps[i], &record, error))
      return FALSE;
    if (record != NULL && !copy_step (transaction, appointment, round, steps[i], record, author, error))
      return FALSE;
    stands = !g_str_equal (until, steps[i]);
  }
  return TRUE;
}

/**
 * limber_stage_times:
 * @times: (out): of the appointment's present round
 */
gboolean
limber_stage_times (LimberReader *reader, const LimberRecord *appointment, LimberTimes *times, GError **error)
{
  gint64 *const places[] = { &times->arrived, &times->called, &times->went_in, &times->seen };

  *times = (LimberTimes){ 0 };
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autoptr (LimberRecord) record = NULL;

    if (!find_step (reader, appointment, steps[i], &record, error))
      return FALSE;
    if (record != NULL)
      *places[i] = limber_record_integer (record, "at");
  }
  return TRUE;
}
