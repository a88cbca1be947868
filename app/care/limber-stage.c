#include "limber-stage.h"

#include "limber-canary.h"

static const char *const steps[] = { "called", "with-clinician", "seen" };

static gint64
round_of (const LimberRecord *appointment)
{
  return limber_record_integer (appointment, "status") / LIMBER_PROGRESS_ROUND;
}

/**
 * limber_stage_arrival_id:
 * @round: of the appointment's progress
 * @id: (out): the id that the arrival of this appointment in this round has, whoever records it
 */
void
limber_stage_arrival_id (const LimberId *appointment, gint64 round, LimberId *id)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, round);

  limber_id_init_from_key (id, appointment, "arrival", text, NULL);
}

static void
stage_id (const LimberId *appointment, gint64 round, const char *step, LimberId *id)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, round);

  limber_id_init_from_key (id, appointment, "stage", text, step, NULL);
}

static gboolean
write_arrival (LimberTransaction *transaction, const LimberRecord *appointment, gint64 round, gint64 at, const char *via, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberRecord) held = NULL;
  g_autoptr (LimberEdit) edit = NULL;
  LimberId id;

  limber_stage_arrival_id (&appointment->id, round, &id);
  if (limber_canary (LIMBER_CANARY_ARRIVAL_OF_ITS_OWN))
    limber_id_init_new (&id, limber_transaction_env (transaction));
  if (!limber_reader_find (limber_transaction_reader (transaction), limber_kind_by_name ("arrival"), &id, &held, error))
    return FALSE;
  if (held != NULL)
    return TRUE;
  edit = limber_edit_new ("arrival", &id);
  limber_edit_set_id (edit, "appointment", &appointment->id);
  limber_edit_set_id (edit, "patient", limber_record_id (appointment, "patient"));
  limber_edit_set_integer (edit, "round", round);
  limber_edit_set_integer (edit, "at", at);
  limber_edit_set_word (edit, "via", via);
  return limber_transaction_edit (transaction, edit, author, error);
}

static gboolean
write_stage (LimberTransaction *transaction, const LimberRecord *appointment, gint64 round, const char *step, gint64 at, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberRecord) held = NULL;
  g_autoptr (LimberEdit) edit = NULL;
  LimberId id;

  stage_id (&appointment->id, round, step, &id);
  if (!limber_reader_find (limber_transaction_reader (transaction), limber_kind_by_name ("stage"), &id, &held, error))
    return FALSE;
  if (held != NULL)
    return TRUE;
  edit = limber_edit_new ("stage", &id);
  limber_edit_set_id (edit, "appointment", &appointment->id);
  limber_edit_set_id (edit, "patient", limber_record_id (appointment, "patient"));
  limber_edit_set_integer (edit, "round", round);
  limber_edit_set_word (edit, "step", step);
  limber_edit_set_integer (edit, "at", at);
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
  return write_arrival (transaction, appointment, round_of (appointment), at, via, author, error);
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
  return write_stage (transaction, appointment, round_of (appointment), step, at, author, error);
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
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autoptr (LimberRecord) arrival = NULL;
  gboolean stands = !g_str_equal (until, "arrived");
  LimberId id;

  limber_stage_arrival_id (&appointment->id, round_of (appointment), &id);
  if (!limber_reader_find (reader, limber_kind_by_name ("arrival"), &id, &arrival, error))
    return FALSE;
  if (arrival != NULL && !write_arrival (transaction, appointment, round, limber_record_integer (arrival, "at"), limber_record_text (arrival, "via"), author, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (steps) && stands; i++) {
    g_autoptr (LimberRecord) stage = NULL;

    stage_id (&appointment->id, round_of (appointment), steps[i], &id);
    if (!limber_reader_find (reader, limber_kind_by_name ("stage"), &id, &stage, error))
      return FALSE;
    if (stage != NULL && !write_stage (transaction, appointment, round, steps[i], limber_record_integer (stage, "at"), author, error))
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
  gint64 *const places[] = { &times->called, &times->went_in, &times->seen };
  g_autoptr (LimberRecord) arrival = NULL;
  LimberId id;

  *times = (LimberTimes){ 0 };
  limber_stage_arrival_id (&appointment->id, round_of (appointment), &id);
  if (!limber_reader_find (reader, limber_kind_by_name ("arrival"), &id, &arrival, error))
    return FALSE;
  times->arrived = arrival != NULL ? limber_record_integer (arrival, "at") : 0;
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autoptr (LimberRecord) stage = NULL;

    stage_id (&appointment->id, round_of (appointment), steps[i], &id);
    if (!limber_reader_find (reader, limber_kind_by_name ("stage"), &id, &stage, error))
      return FALSE;
    *places[i] = stage != NULL ? limber_record_integer (stage, "at") : 0;
  }
  return TRUE;
}
