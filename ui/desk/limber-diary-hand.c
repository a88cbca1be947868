#include "limber-diary-hand.h"

#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-live-query.h"
#include "limber-person.h"

struct _LimberHand {
  GObject          parent_instance;
  LimberStore     *store;       /* (owned) */
  LimberLiveQuery *person;      /* (owned) (nullable): whoever it is */
  LimberId         patient;
  gboolean         has_visit, moving;
  LimberId         appointment; /* that is moved, or in whose place another is booked */
  char            *name, *spoken, *facts, *follows; /* (owned) (nullable) */
};

enum {
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberHand, limber_hand, G_TYPE_OBJECT)

static void
clear_words (LimberHand *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->spoken, g_free);
  g_clear_pointer (&self->facts, g_free);
}

static void
person_changed (LimberHand *self)
{
  g_autoptr (LimberRow) row = g_list_model_get_item (G_LIST_MODEL (self->person), 0);

  clear_words (self);
  if (row != NULL) {
    char today[LIMBER_DATE_LENGTH + 1];
    g_autofree char *born = NULL, *number = limber_person_nhs_number (limber_row_text (row, "nhs_number"));

    limber_date_of_time (limber_env_now (limber_store_env (self->store)), today);
    born = limber_person_born (limber_row_text (row, "born"), limber_row_text (row, "died"), today);
    self->name = limber_person_name (limber_row_text (row, "family"), limber_row_text (row, "given"), limber_row_text (row, "title"));
    self->spoken = limber_person_spoken (limber_row_text (row, "given"), limber_row_text (row, "family"));
    self->facts = g_strdup_printf ("%s\n%s", born, number);
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
limber_hand_dispose (GObject *object)
{
  LimberHand *self = LIMBER_HAND (object);

  g_clear_object (&self->person);
  g_clear_object (&self->store);
  clear_words (self);
  g_clear_pointer (&self->follows, g_free);
  G_OBJECT_CLASS (limber_hand_parent_class)->dispose (object);
}

static void
limber_hand_class_init (LimberHandClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limber_hand_dispose;
  signals[CHANGED] = g_signal_new ("changed", LIMBER_TYPE_HAND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
limber_hand_init (LimberHand *self)
{
}

/**
 * limber_hand_new:
 *
 * Returns: (transfer full): one that holds nobody
 */
LimberHand *
limber_hand_new (LimberStore *store)
{
  LimberHand *self = g_object_new (LIMBER_TYPE_HAND, NULL);

  self->store = g_object_ref (store);
  return self;
}

/**
 * limber_hand_take_visit:
 * @patient: whose it is
 * @appointment: (nullable): that is moved or made again
 * @moving: whether it is moved
 * @start: when it is, milliseconds UTC
 */
void
limber_hand_take_visit (LimberHand *self, const LimberId *patient, const LimberId *appointment, gboolean moving, gint64 start)
{
  char day[LIMBER_DATE_LENGTH + 1];
  g_autofree char *date = NULL, *time = limber_time_for_staff (start);

  limber_hand_drop (self);
  self->patient = *patient;
  self->has_visit = appointment != NULL;
  self->moving = moving;
  if (appointment != NULL)
    self->appointment = *appointment;
  limber_date_of_time (start, day);
  date = limber_date_for_staff (day);
  if (appointment != NULL && !moving) /* Translators: a date and a time */
    self->follows = g_strdup_printf (_("Booking in the place of %1$s %2$s"), date, time);
  self->person = limber_live_query_new (self->store, "person", "d", patient);
  g_signal_connect_object (self->person, "items-changed", G_CALLBACK (person_changed), self, G_CONNECT_SWAPPED);
  person_changed (self);
}

/**
 * limber_hand_take_person:
 * @patient: who is to be booked
 */
void
limber_hand_take_person (LimberHand *self, const LimberId *patient)
{
  limber_hand_take_visit (self, patient, NULL, FALSE, 0);
}

/**
 * limber_hand_drop:
 *
 * Holds nobody any more.
 */
void
limber_hand_drop (LimberHand *self)
{
  gboolean held = self->person != NULL;

  if (held)
    g_signal_handlers_disconnect_by_data (self->person, self);
  g_clear_object (&self->person);
  clear_words (self);
  g_clear_pointer (&self->follows, g_free);
  self->has_visit = self->moving = FALSE;
  if (held)
    g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
limber_hand_is_empty (LimberHand *self)
{
  return self->person == NULL;
}

gboolean
limber_hand_is_moving (LimberHand *self)
{
  return self->person != NULL && self->moving;
}

/**
 * limber_hand_get_patient:
 *
 * Returns: (nullable): whose
 */
const LimberId *
limber_hand_get_patient (LimberHand *self)
{
  return self->person != NULL ? &self->patient : NULL;
}

/**
 * limber_hand_get_appointment:
 *
 * Returns: (nullable): which is moved or made again
 */
const LimberId *
limber_hand_get_appointment (LimberHand *self)
{
  return self->person != NULL && self->has_visit ? &self->appointment : NULL;
}

/**
 * limber_hand_get_name:
 *
 * Returns: (nullable): "SMITH, Jane (Mrs)"; %NULL while nobody is held; "…" until it is known
 */
const char *
limber_hand_get_name (LimberHand *self)
{
  return self->person == NULL ? NULL : self->name != NULL ? self->name : "…";
}

/**
 * limber_hand_get_spoken:
 *
 * Returns: her name as one says it; "" until it is known
 */
const char *
limber_hand_get_spoken (LimberHand *self)
{
  return self->spoken != NULL ? self->spoken : "";
}

const char *
limber_hand_get_facts (LimberHand *self)
{
  return self->facts;
}

const char *
limber_hand_get_follows (LimberHand *self)
{
  return self->follows;
}
