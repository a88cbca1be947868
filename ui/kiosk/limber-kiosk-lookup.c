#include "limber-kiosk-lookup.h"

#include <string.h>

#include "limber-guessing.h"

/* Owned by its task; the store's thread has it while the answer is sought. */
typedef struct {
  LimberArriveQuestion question;
  LimberArriveAnswer  *answer; /* (owned) (nullable) */
  GError              *error;  /* (owned) (nullable) */
  LimberKioskLookupAim aim;
  gboolean             throttled; /* too many tries here: nothing was looked up */
  gint64               due;    /* microseconds: no answer before this */
} Job;

static void
wipe (char *text)
{
  if (text != NULL)
    explicit_bzero (text, strlen (text));
}

/**
 * limber_kiosk_lookup_wipe:
 * @text: (transfer full) (nullable): something of a person
 *
 * Overwrites and frees it.
 */
void
limber_kiosk_lookup_wipe (char *text)
{
  wipe (text);
  g_free (text);
}

/**
 * limber_kiosk_lookup_wipe_answer:
 * @answer: (transfer full) (nullable): an answer that nobody needs any more
 *
 * Overwrites what it said of a person, and frees it.
 */
void
limber_kiosk_lookup_wipe_answer (LimberArriveAnswer *answer)
{
  if (answer == NULL)
    return;
  wipe (answer->initials);
  wipe (answer->with);
  wipe (answer->place);
  wipe (answer->waiting_area);
  wipe (answer->next_with);
  wipe (answer->next_place);
  wipe (answer->masked_phone);
  wipe (answer->number);
  limber_arrive_answer_free (answer);
}

/**
 * limber_kiosk_lookup_wipe_question:
 * @question: what a person said of herself
 *
 * Overwrites it, and frees its parts.
 */
void
limber_kiosk_lookup_wipe_question (LimberArriveQuestion *question)
{
  limber_kiosk_lookup_wipe (question->postcode);
  limber_kiosk_lookup_wipe (question->code);
  explicit_bzero (question, sizeof *question);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  limber_kiosk_lookup_wipe_question (&job->question);
  limber_kiosk_lookup_wipe_answer (job->answer);
  g_clear_error (&job->error);
  g_free (job);
}

static gboolean
carry_out (LimberTransaction *transaction, gpointer data, GError **error)
{
  Job *job = data;

  /* The store may run a job again, when one that was to be committed with it failed. */
  g_clear_pointer (&job->answer, limber_kiosk_lookup_wipe_answer);
  if (job->aim == LIMBER_KIOSK_LOOKUP_CHECK_IN)
    job->answer = limber_check_in_arrive (transaction, &job->question, error);
  else if (!(job->throttled = limber_guessing_wait (limber_transaction_reader (transaction)) > 0))
    job->answer = limber_check_in_ask (transaction, &job->question, error);
  return job->throttled || job->answer != NULL;
}

static gboolean
answer_now (gpointer data)
{
  GTask *task = data;
  Job *job = g_task_get_task_data (task);

  if (job->error != NULL)
    g_task_return_error (task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&job->answer), (GDestroyNotify) limber_kiosk_lookup_wipe_answer);
  return G_SOURCE_REMOVE;
}

static void
answer_when_due (GTask *task)
{
  Job *job = g_task_get_task_data (task);
  gint64 wait = job->due - g_get_monotonic_time ();

  g_timeout_add_full (G_PRIORITY_DEFAULT, wait > 0 ? (guint) ((wait + 999) / 1000) : 0, answer_now, g_object_ref (task), g_object_unref);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Job *job = g_task_get_task_data (task);

  limber_store_write_finish (LIMBER_STORE (source), result, &job->error);
  answer_when_due (task);
}

/**
 * limber_kiosk_lookup_async:
 * @store: the kiosk's store
 * @aim: ask or check in
 * @question: what she said; copied
 * @minimum: milliseconds that pass before an answer, whatever it is
 *
 * Asks the list. There is no cancelling: what has been begun to be recorded is told as it ends.
 */
void
limber_kiosk_lookup_async (LimberStore *store, LimberKioskLookupAim aim, const LimberArriveQuestion *question, guint minimum, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (store, NULL, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->question = *question;
  job->question.postcode = g_strdup (question->postcode);
  job->question.code = g_strdup (question->code);
  job->aim = aim;
  job->due = g_get_monotonic_time () + (gint64) minimum * 1000;
  g_task_set_source_tag (task, limber_kiosk_lookup_async);
  g_task_set_task_data (task, job, job_free);
  limber_store_write_async (store, carry_out, job, NULL, NULL, on_written, task);
}

/**
 * limber_kiosk_lookup_finish:
 * @throttled: (out): whether there were too many tries here, so that nothing was looked up; @error is not set then
 * @error: any error of the store
 *
 * Returns: (transfer full) (nullable): the answer; limber_kiosk_lookup_wipe_answer() takes it
 */
LimberArriveAnswer *
limber_kiosk_lookup_finish (GAsyncResult *result, gboolean *throttled, GError **error)
{
  Job *job = g_task_get_task_data (G_TASK (result));

  *throttled = job->throttled;
  return g_task_propagate_pointer (G_TASK (result), error);
}
