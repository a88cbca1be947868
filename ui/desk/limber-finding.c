#include "limber-finding.h"

#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-error.h"
#include "limber-find.h"
#include "limber-json.h"
#include "limber-live-query.h"

struct _LimberFinding {
  GObject            parent_instance;
  LimberStore       *store;       /* (owned) */
  LimberAsker        asker;       /* its object (owned) (nullable) */
  LimberId           staff;
  GCancellable      *cancellable; /* (owned) (nullable): of what is asked now */
  LimberFindingState state;
  char              *problem;     /* (owned) (nullable) */
  char              *inquiry;     /* (owned) (nullable): the answer's */
  GListStore        *people;      /* (owned): LimberFound */
  LimberId           chosen;
  LimberLiveQuery   *coming;      /* (owned) (nullable): whether she is here */
};

enum {
  CHANGED,
  ARRIVED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberFinding, limber_finding, G_TYPE_OBJECT)

static void
set_state (LimberFinding *self, LimberFindingState state)
{
  self->state = state;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
stop_asking (LimberFinding *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
take_error (LimberFinding *self, const GError *error)
{
  g_free (self->problem);
  self->problem = g_strdup (error->message);
  set_state (self, g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_UNREACHABLE) ? LIMBER_FINDING_OFFLINE : LIMBER_FINDING_REFUSED);
}

/* Returns (transfer full) (nullable): the answer; %NULL when there is none, which has been said, or nobody waits for it any more. */
static json_t *
take_answer (LimberFinding *self, GObject *source, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  json_t *answer = self->asker.finish (source, result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return NULL;
  g_clear_object (&self->cancellable);
  if (answer == NULL)
    take_error (self, error);
  return answer;
}

static void
ask (LimberFinding *self, json_t *question, GAsyncReadyCallback callback)
{
  g_autofree char *staff = limber_id_dup_text (&self->staff);
  g_autoptr (GError) error = NULL;

  stop_asking (self);
  json_object_set_new (question, "staff", json_string (staff));
  if (self->asker.object == NULL) {
    error = g_error_new_literal (LIMBER_ERROR, LIMBER_ERROR_UNREACHABLE, _("This computer has not joined a service."));
    take_error (self, error);
    return;
  }
  self->cancellable = g_cancellable_new ();
  set_state (self, LIMBER_FINDING_ASKING);
  self->asker.ask (self->asker.object, question, self->cancellable, callback, g_object_ref (self));
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberFinding) self = data;
  g_autoptr (json_t) answer = take_answer (self, source, result);
  const json_t *people = json_object_get (answer, "people");
  const char *word = limber_json_string (answer, "result");
  char today[LIMBER_DATE_LENGTH + 1];

  if (answer == NULL)
    return;
  g_free (self->inquiry);
  self->inquiry = g_strdup (limber_json_string (answer, "inquiry"));
  limber_date_of_time (limber_env_now (limber_store_env (self->store)), today);
  for (gsize i = 0; i < json_array_size (people); i++) {
    g_autoptr (LimberFound) found = limber_found_new (json_array_get (people, i), today);

    g_list_store_append (self->people, found);
  }
  set_state (self, json_array_size (people) > 0 ? LIMBER_FINDING_FOUND : g_strcmp0 (word, "too-many") == 0 ? LIMBER_FINDING_TOO_MANY : LIMBER_FINDING_NONE);
}

/**
 * limber_finding_ask:
 * @sought: what is sought and why, as app/care/limber-find.h says; what central would refuse is refused here
 */
void
limber_finding_ask (LimberFinding *self, const json_t *sought)
{
  g_autoptr (json_t) question = json_deep_copy (sought), checked = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL, *staff = limber_id_dup_text (&self->staff);
  LimberId id;

  limber_finding_cancel (self);
  limber_id_init_new (&id, limber_store_env (self->store));
  text = limber_id_dup_text (&id);
  json_object_set_new (question, "id", json_string (text));
  json_object_set_new (question, "staff", json_string (staff));
  json_object_set_new (question, "ask", json_string ("find"));
  checked = limber_find_question_read (question, &error);
  if (checked == NULL)
    take_error (self, error);
  else
    ask (self, question, on_answered);
}

static void
look_for_her (LimberFinding *self)
{
  LimberId chosen = self->chosen;

  if (self->coming == NULL || g_list_model_get_n_items (G_LIST_MODEL (self->coming)) == 0)
    return;
  g_signal_handlers_disconnect_by_data (self->coming, self);
  g_clear_object (&self->coming);
  g_signal_emit (self, signals[ARRIVED], 0, &chosen);
}

static void
on_granted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberFinding) self = data;
  g_autoptr (json_t) answer = take_answer (self, source, result);

  if (answer == NULL)
    return;
  self->coming = limber_live_query_new (self->store, "person", "d", &self->chosen);
  g_signal_connect_object (self->coming, "items-changed", G_CALLBACK (look_for_her), self, G_CONNECT_SWAPPED);
  set_state (self, LIMBER_FINDING_COMING);
  look_for_her (self);
}

/**
 * limber_finding_choose:
 * @found: one of those who were found: she is to come here
 */
void
limber_finding_choose (LimberFinding *self, LimberFound *found)
{
  g_autofree char *patient = limber_id_dup_text (limber_found_get_patient (found));
  g_autoptr (json_t) choice = json_pack ("{s:s, s:s?, s:s}", "ask", "grant", "inquiry", self->inquiry, "patient", patient);

  self->chosen = *limber_found_get_patient (found);
  ask (self, choice, on_granted);
}

/**
 * limber_finding_cancel:
 *
 * Gives up what is asked, and forgets who was found.
 *
 * Returns: whether there was anything to give up
 */
gboolean
limber_finding_cancel (LimberFinding *self)
{
  gboolean was = self->state != LIMBER_FINDING_OPEN;

  stop_asking (self);
  if (self->coming != NULL)
    g_signal_handlers_disconnect_by_data (self->coming, self);
  g_clear_object (&self->coming);
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->inquiry, g_free);
  g_list_store_remove_all (self->people);
  if (was)
    set_state (self, LIMBER_FINDING_OPEN);
  return was;
}

LimberFindingState
limber_finding_get_state (LimberFinding *self)
{
  return self->state;
}

/**
 * limber_finding_get_problem:
 *
 * Returns: (nullable): what went wrong, for a person
 */
const char *
limber_finding_get_problem (LimberFinding *self)
{
  return self->problem;
}

/**
 * limber_finding_get_people:
 *
 * Returns: (transfer none) (element-type LimberFound): who was found
 */
GListModel *
limber_finding_get_people (LimberFinding *self)
{
  return G_LIST_MODEL (self->people);
}

static void
limber_finding_dispose (GObject *object)
{
  LimberFinding *self = LIMBER_FINDING (object);

  stop_asking (self);
  if (self->coming != NULL)
    g_signal_handlers_disconnect_by_data (self->coming, self);
  g_clear_object (&self->coming);
  g_clear_object (&self->people);
  g_clear_object (&self->asker.object);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (limber_finding_parent_class)->dispose (object);
}

static void
limber_finding_finalize (GObject *object)
{
  LimberFinding *self = LIMBER_FINDING (object);

  g_free (self->problem);
  g_free (self->inquiry);
  G_OBJECT_CLASS (limber_finding_parent_class)->finalize (object);
}

static void
limber_finding_class_init (LimberFindingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = limber_finding_dispose;
  object_class->finalize = limber_finding_finalize;
  signals[CHANGED] = g_signal_new ("changed", LIMBER_TYPE_FINDING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ARRIVED] = g_signal_new ("arrived", LIMBER_TYPE_FINDING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
limber_finding_init (LimberFinding *self)
{
  self->people = g_list_store_new (LIMBER_TYPE_FOUND);
}

/**
 * limber_finding_new:
 * @asker: how central is asked
 * @staff: who asks
 *
 * Returns: (transfer full): a look for somebody, before anything was asked
 */
LimberFinding *
limber_finding_new (LimberStore *store, const LimberAsker *asker, const LimberId *staff)
{
  LimberFinding *self = g_object_new (LIMBER_TYPE_FINDING, NULL);

  self->store = g_object_ref (store);
  self->asker = *asker;
  if (self->asker.object != NULL)
    g_object_ref (self->asker.object);
  self->staff = *staff;
  return self;
}
