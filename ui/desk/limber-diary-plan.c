#include "limber-diary-plan.h"

#include <glib/gi18n-lib.h>

#include "limber-date.h"

struct _LimberDiaryPlan {
  GObject       parent_instance;
  LimberStore  *store;  /* (owned) */
  GCancellable *planning; /* (owned) (nullable): follow-ups */
  GCancellable *looking;  /* (owned) (nullable): for a free time, or an appointment */
  char         *text;   /* (owned) (nullable) */
  gboolean      whole;
};

enum {
  MADE,
  FREE,
  READ,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberDiaryPlan, limber_diary_plan, G_TYPE_OBJECT)

/* One question, and what a worker found. */
typedef struct {
  LimberBooking first; /* its words are constants */
  int           weeks, times;
  gint64        from;
  gboolean      has_site, has_clinician;
  LimberId      site, clinician, appointment;
  char         *what;   /* (owned) (nullable) */
  GArray       *plan;   /* (owned) (nullable) */
  GPtrArray    *slots;  /* (owned) (nullable) */
  LimberRecord *record; /* (owned) (nullable) */
} Question;

static void
question_free (Question *question)
{
  g_free (question->what);
  g_clear_pointer (&question->plan, g_array_unref);
  g_clear_pointer (&question->slots, g_ptr_array_unref);
  g_clear_pointer (&question->record, limber_record_free);
  g_free (question);
}

static void
give_up (GCancellable **question)
{
  g_cancellable_cancel (*question);
  g_clear_object (question);
}

/* A new question takes the place of the one before. @standing: where it stands until it is answered */
static void
ask (LimberDiaryPlan *self, GCancellable **standing, Question *question, LimberReadFunc read, GAsyncReadyCallback callback)
{
  give_up (standing);
  *standing = g_cancellable_new ();
  limber_store_read_async (self->store, read, question, (GDestroyNotify) question_free, *standing, callback, g_object_ref (self));
}

/* Whether the answer is to a question that still stands. @error: (out) */
static gboolean
is_answer (GObject *source, GAsyncResult *result, GError **error)
{
  gboolean done = limber_store_read_finish (LIMBER_STORE (source), result, error);

  return !g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))) && (done || *error != NULL);
}

static char *
line_of (const LimberPlanned *planned)
{
  char day[LIMBER_DATE_LENGTH + 1];
  g_autofree char *date = NULL, *time = limber_time_for_staff (planned->start != 0 ? planned->start : planned->wanted);

  limber_date_of_time (planned->start != 0 ? planned->start : planned->wanted, day);
  date = limber_date_with_weekday (day);
  if (planned->start == 0) /* Translators: a day */
    return g_strdup_printf (_("%s: no free time in that week"), date);
  if (planned->start != planned->wanted) /* Translators: a day and a time */
    return g_strdup_printf (_("%1$s %2$s (not the same hour or day)"), date, time);
  return g_strdup_printf ("%s %s", date, time);
}

static gboolean
read_plan (LimberReader *reader, gpointer data, GError **error)
{
  Question *question = data;

  question->plan = limber_booking_plan (reader, &question->first, question->weeks, question->times, error);
  return question->plan != NULL;
}

static void
plan_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberDiaryPlan) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  Question *question = limber_store_read_data (result);

  if (!is_answer (source, result, &error))
    return;
  self->whole = error == NULL;
  g_string_append (text, error != NULL ? error->message : "");
  for (guint i = 0; error == NULL && i < question->plan->len; i++) {
    const LimberPlanned *planned = &g_array_index (question->plan, LimberPlanned, i);
    g_autofree char *line = line_of (planned);

    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line);
    self->whole = self->whole && planned->start != 0;
  }
  g_free (self->text);
  self->text = g_string_free (g_steal_pointer (&text), FALSE);
  g_signal_emit (self, signals[MADE], 0);
}

/* Of the clinician, if one is asked for and sees anybody; else of anybody. */
static gboolean
read_free (LimberReader *reader, gpointer data, GError **error)
{
  Question *question = data;
  LimberSlotAsk wanted = { .site = question->has_site ? &question->site : NULL, .clinician = question->has_clinician ? &question->clinician : NULL };

  question->slots = limber_slots_free (reader, &wanted, question->from, LIMBER_SLOTS_AHEAD, 1, error);
  if (question->slots != NULL && question->slots->len == 0 && question->has_clinician) {
    g_ptr_array_unref (question->slots);
    wanted.clinician = NULL;
    question->slots = limber_slots_free (reader, &wanted, question->from, LIMBER_SLOTS_AHEAD, 1, error);
  }
  return question->slots != NULL;
}

static void
free_read (GObject *source, GAsyncResult *result, gpointer data)
{
  static const LimberId nobody;
  g_autoptr (LimberDiaryPlan) self = data;
  g_autoptr (GError) error = NULL;
  Question *question = limber_store_read_data (result);
  const LimberSlot *slot = NULL;

  if (!is_answer (source, result, &error))
    return;
  if (error == NULL && question->slots->len > 0)
    slot = g_ptr_array_index (question->slots, 0);
  g_signal_emit (self, signals[FREE], 0, slot != NULL ? slot->start : (gint64) 0, slot != NULL ? limber_row_id (slot->clinic, "clinician") : &nobody);
}

static gboolean
read_visit (LimberReader *reader, gpointer data, GError **error)
{
  Question *question = data;

  question->record = limber_reader_get (reader, "appointment", &question->appointment, error);
  return question->record != NULL;
}

static void
visit_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberDiaryPlan) self = data;
  g_autoptr (GError) error = NULL;
  Question *question = limber_store_read_data (result);

  if (is_answer (source, result, &error) && error == NULL)
    g_signal_emit (self, signals[READ], 0, question->what, question->record);
}

static void
limber_diary_plan_dispose (GObject *object)
{
  LimberDiaryPlan *self = LIMBER_DIARY_PLAN (object);

  limber_diary_plan_drop (self);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (limber_diary_plan_parent_class)->dispose (object);
}

static void
limber_diary_plan_finalize (GObject *object)
{
  g_free (LIMBER_DIARY_PLAN (object)->text);
  G_OBJECT_CLASS (limber_diary_plan_parent_class)->finalize (object);
}

static void
limber_diary_plan_class_init (LimberDiaryPlanClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limber_diary_plan_dispose;
  G_OBJECT_CLASS (klass)->finalize = limber_diary_plan_finalize;
  signals[MADE] = g_signal_new ("made", LIMBER_TYPE_DIARY_PLAN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FREE] = g_signal_new ("free", LIMBER_TYPE_DIARY_PLAN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_POINTER);
  signals[READ] = g_signal_new ("read", LIMBER_TYPE_DIARY_PLAN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_POINTER);
}

static void
limber_diary_plan_init (LimberDiaryPlan *self)
{
}

/**
 * limber_diary_plan_new:
 *
 * Returns: (transfer full): one that was asked nothing
 */
LimberDiaryPlan *
limber_diary_plan_new (LimberStore *store)
{
  LimberDiaryPlan *self = g_object_new (LIMBER_TYPE_DIARY_PLAN, NULL);

  self->store = g_object_ref (store);
  return self;
}

/**
 * limber_diary_plan_make:
 * @first: the first one; its type is a constant
 * @weeks: from one to the next
 * @times: how many
 *
 * Plans follow-ups.
 */
void
limber_diary_plan_make (LimberDiaryPlan *self, const LimberBooking *first, int weeks, int times)
{
  Question *question = g_new0 (Question, 1);

  question->first = *first;
  question->first.anyway = NULL;
  question->weeks = weeks;
  question->times = times;
  ask (self, &self->planning, question, read_plan, plan_read);
}

/**
 * limber_diary_plan_find_free:
 * @from: milliseconds UTC
 * @clinician: (nullable): whose
 */
void
limber_diary_plan_find_free (LimberDiaryPlan *self, gint64 from, const LimberId *clinician)
{
  const LimberIdentity *identity = limber_store_identity (self->store);
  Question *question = g_new0 (Question, 1);

  question->from = from;
  question->has_site = identity->has_site;
  question->site = identity->site;
  question->has_clinician = clinician != NULL && !limber_id_is_nil (clinician);
  if (question->has_clinician)
    question->clinician = *clinician;
  ask (self, &self->looking, question, read_free, free_read);
}

/**
 * limber_diary_plan_read_visit:
 * @what: what is to be done with it; it comes with the answer
 */
void
limber_diary_plan_read_visit (LimberDiaryPlan *self, const char *what, const LimberId *appointment)
{
  Question *question = g_new0 (Question, 1);

  question->what = g_strdup (what);
  question->appointment = *appointment;
  ask (self, &self->looking, question, read_visit, visit_read);
}

/**
 * limber_diary_plan_stop_planning:
 *
 * No follow-ups are planned any more.
 */
void
limber_diary_plan_stop_planning (LimberDiaryPlan *self)
{
  give_up (&self->planning);
}

/**
 * limber_diary_plan_drop:
 *
 * Nothing that was asked is answered any more.
 */
void
limber_diary_plan_drop (LimberDiaryPlan *self)
{
  give_up (&self->planning);
  give_up (&self->looking);
}

/**
 * limber_diary_plan_get_text:
 *
 * Returns: what was planned, a line each, or why it could not be
 */
const char *
limber_diary_plan_get_text (LimberDiaryPlan *self)
{
  return self->text != NULL ? self->text : "";
}

/**
 * limber_diary_plan_is_whole:
 *
 * Returns: whether each of them found its time
 */
gboolean
limber_diary_plan_is_whole (LimberDiaryPlan *self)
{
  return self->whole;
}
