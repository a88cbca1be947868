/* A visit's row never changes: when its appointment does, a new visit takes its place. What changes in a visit is the time,
 * and whether a kiosk asked for somebody because of it. */
#include "limber-visit-private.h"

#include "limber-attendance.h"
#include "limber-date.h"
#include "limber-delay.h"
#include "limber-kind.h"
#include "limber-person.h"

#define LATE_MINUTES 5      /* an expected person is called late on the screen from here */
#define LONG_WAIT_MINUTES 15 /* past the appointment's time, and waiting at least as long */

enum {
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberVisit, limber_visit, G_TYPE_OBJECT)

static void
limber_visit_finalize (GObject *object)
{
  LimberVisit *self = LIMBER_VISIT (object);

  g_clear_object (&self->row);
  g_free (self->name);
  g_free (self->about);
  G_OBJECT_CLASS (limber_visit_parent_class)->finalize (object);
}

static void
limber_visit_class_init (LimberVisitClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = limber_visit_finalize;
  signals[CHANGED] = g_signal_new ("changed", LIMBER_TYPE_VISIT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
limber_visit_init (LimberVisit *self)
{
}

/**
 * limber_visit_new:
 * @row: a row of the query "today"
 * @now: milliseconds UTC
 *
 * Returns: (transfer full): the visit
 */
LimberVisit *
limber_visit_new (LimberRow *row, gint64 now)
{
  LimberVisit *self = g_object_new (LIMBER_TYPE_VISIT, NULL);

  self->row = g_object_ref (row);
  self->name = limber_person_name (limber_row_text (row, "family"), limber_row_text (row, "given"), limber_row_text (row, "title"));
  self->now = now / LIMBER_VISIT_MINUTE * LIMBER_VISIT_MINUTE;
  return self;
}

LimberRow *
limber_visit_get_row (LimberVisit *self)
{
  return self->row;
}

/**
 * limber_visit_get_id:
 *
 * Returns: the appointment's id
 */
const LimberId *
limber_visit_get_id (LimberVisit *self)
{
  return limber_row_id (self->row, "id");
}

/**
 * limber_visit_get_name:
 *
 * Returns: "SMITH, Jane (Mrs)"
 */
const char *
limber_visit_get_name (LimberVisit *self)
{
  return self->name;
}

LimberVisitStatus
limber_visit_get_status (LimberVisit *self)
{
  return (LimberVisitStatus) (limber_row_integer (self->row, "status") % LIMBER_PROGRESS_ROUND);
}

gboolean
limber_visit_has_task (LimberVisit *self)
{
  return self->about != NULL;
}

/**
 * limber_visit_get_status_word:
 *
 * Returns: the word of the appointment's progress, as the rules know it
 */
const char *
limber_visit_get_status_word (LimberVisit *self)
{
  return limber_row_word (self->row, "appointment", "status");
}

/**
 * limber_visit_get_start:
 *
 * Returns: the appointment's time, milliseconds UTC
 */
gint64
limber_visit_get_start (LimberVisit *self)
{
  return limber_row_integer (self->row, "start");
}

/**
 * limber_visit_get_arrived:
 *
 * Returns: when the person arrived, milliseconds UTC; 0 when that is not known or taken back
 */
gint64
limber_visit_get_arrived (LimberVisit *self)
{
  return limber_row_integer (self->row, "arrived");
}

/**
 * limber_visit_came_cancelled:
 *
 * Returns: whether the person came although the appointment had been cancelled
 */
gboolean
limber_visit_came_cancelled (LimberVisit *self)
{
  LimberVisitStatus status = limber_visit_get_status (self);

  return limber_row_has (self->row, "cancelled_by") && (status == LIMBER_VISIT_ARRIVED || status == LIMBER_VISIT_CALLED);
}

/**
 * limber_visit_get_came:
 *
 * Returns: when a person came who is not checked in, milliseconds UTC; 0 when she did not, is checked in or could not be seen
 */
gint64
limber_visit_get_came (LimberVisit *self)
{
  LimberVisitStatus status = limber_visit_get_status (self);

  if (status != LIMBER_VISIT_BOOKED && (status != LIMBER_VISIT_DID_NOT_ATTEND || g_strcmp0 (limber_visit_get_attendance (self), "7") == 0))
    return 0;
  return limber_visit_get_arrived (self);
}

/**
 * limber_visit_get_turn:
 *
 * Returns: the visit as one of its clinician's day
 */
LimberTurn
limber_visit_get_turn (LimberVisit *self)
{
  LimberVisitStatus status = limber_visit_get_status (self);

  return (LimberTurn){ .appointment = *limber_visit_get_id (self),
                       .start = limber_visit_get_start (self),
                       .waits = status == LIMBER_VISIT_ARRIVED || status == LIMBER_VISIT_CALLED,
                       .booked = status == LIMBER_VISIT_BOOKED,
                       .times = { limber_row_integer (self->row, "arrived"), limber_row_integer (self->row, "called"), limber_row_integer (self->row, "went_in"),
                                  limber_row_integer (self->row, "seen") } };
}

/**
 * limber_visit_get_attendance:
 *
 * Returns: (nullable): the code that staff have confirmed
 */
const char *
limber_visit_get_attendance (LimberVisit *self)
{
  return limber_row_text (self->row, "attendance");
}

/**
 * limber_visit_get_suggestion:
 *
 * Returns: (nullable): the code that the times suggest
 */
const char *
limber_visit_get_suggestion (LimberVisit *self)
{
  LimberAttended attended = { .cancelled_by = limber_row_text (self->row, "cancelled_by"),
                              .died = limber_row_has (self->row, "died"),
                              .start = limber_visit_get_start (self),
                              .times = limber_visit_get_turn (self).times,
                              .ready = self->ready };

  attended.status = limber_visit_get_status_word (self);
  return limber_attendance_suggest (&attended);
}

LimberVisitGroup
limber_visit_get_group (LimberVisit *self)
{
  if (self->about != NULL || limber_visit_came_cancelled (self) || limber_visit_get_came (self) != 0)
    return LIMBER_VISIT_NEEDS_YOU;
  switch (limber_visit_get_status (self)) {
  case LIMBER_VISIT_ARRIVED:
  case LIMBER_VISIT_CALLED:
    return LIMBER_VISIT_HERE;
  case LIMBER_VISIT_BOOKED:
  case LIMBER_VISIT_WITH_CLINICIAN:
    return LIMBER_VISIT_EXPECTED;
  default:
    return LIMBER_VISIT_OVER;
  }
}

/**
 * limber_visit_get_waiting:
 *
 * Returns: whole minutes that the person has been waiting, -1 when not waiting
 */
int
limber_visit_get_waiting (LimberVisit *self)
{
  LimberVisitStatus status = limber_visit_get_status (self);
  gint64 arrived = limber_visit_get_arrived (self);

  if (arrived == 0 || (status != LIMBER_VISIT_ARRIVED && status != LIMBER_VISIT_CALLED))
    return -1;
  return (int) (MAX (0, self->now - arrived / LIMBER_VISIT_MINUTE * LIMBER_VISIT_MINUTE) / LIMBER_VISIT_MINUTE);
}

/**
 * limber_visit_get_late:
 *
 * Returns: whole minutes since an expected person's appointment began, 0 when not late
 */
int
limber_visit_get_late (LimberVisit *self)
{
  gint64 late = (self->now - limber_visit_get_start (self)) / LIMBER_VISIT_MINUTE;

  return limber_visit_get_status (self) == LIMBER_VISIT_BOOKED && late >= LATE_MINUTES ? (int) late : 0;
}

gboolean
limber_visit_is_long_wait (LimberVisit *self)
{
  return limber_visit_get_waiting (self) >= LONG_WAIT_MINUTES && self->now > limber_visit_get_start (self);
}

gboolean
limber_visit_can_check_in (LimberVisit *self)
{
  LimberVisitStatus status = limber_visit_get_status (self);

  return status == LIMBER_VISIT_BOOKED || status == LIMBER_VISIT_DID_NOT_ATTEND;
}

/**
 * limber_visit_can_undo:
 *
 * Returns: whether the desk's last step with this appointment can be taken back here
 */
gboolean
limber_visit_can_undo (LimberVisit *self)
{
  LimberVisitStatus status = limber_visit_get_status (self);

  return (status > LIMBER_VISIT_BOOKED && status <= LIMBER_VISIT_SEEN) || limber_visit_get_came (self) != 0;
}

gboolean
limber_visit_can_be_absent (LimberVisit *self)
{
  return limber_visit_get_status (self) == LIMBER_VISIT_BOOKED && self->now >= limber_visit_get_start (self) && limber_visit_get_came (self) == 0;
}

/**
 * limber_visit_can_be_too_late:
 *
 * Returns: whether the person came after the appointment had begun, and has not gone in; of whom it was said that she did
 *   not come, it is said with the attendance
 */
gboolean
limber_visit_can_be_too_late (LimberVisit *self)
{
  LimberVisitStatus status = limber_visit_get_status (self);
  gboolean here = (status == LIMBER_VISIT_BOOKED && limber_visit_get_came (self) != 0) || status == LIMBER_VISIT_ARRIVED || status == LIMBER_VISIT_CALLED;

  return here && limber_visit_get_arrived (self) > limber_visit_get_start (self);
}

/**
 * limber_visit_set_now:
 * @now: milliseconds UTC
 *
 * Moves the clock; the words change with the minute.
 */
void
limber_visit_set_now (LimberVisit *self, gint64 now)
{
  now = now / LIMBER_VISIT_MINUTE * LIMBER_VISIT_MINUTE;
  if (now == self->now)
    return;
  self->now = now;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * limber_visit_set_turns:
 * @turns: (element-type LimberTurn): the clinician's day, with this visit
 *
 * Says what its day makes of it: how late the clinician runs, and when she was ready.
 */
void
limber_visit_set_turns (LimberVisit *self, const GArray *turns)
{
  gint64 ready = limber_attendance_ready (turns, limber_visit_get_id (self));
  int delay = limber_delay_minutes (turns, limber_visit_get_id (self), self->now);

  if (ready == self->ready && delay == self->delay)
    return;
  self->ready = ready;
  self->delay = delay;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * limber_visit_set_attention:
 * @about: (nullable): what an open task says about this visit, a word of the field "about"; %NULL when there is none
 * @made: when that task was made, milliseconds UTC
 */
void
limber_visit_set_attention (LimberVisit *self, const char *about, gint64 made)
{
  if (g_strcmp0 (about, self->about) == 0 && made == self->made)
    return;
  g_free (self->about);
  self->about = g_strdup (about);
  self->made = made;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * limber_visit_compare:
 *
 * The order of the list: who needs somebody, then who waits longest, then the rest by time, at last who is done with.
 *
 * Returns: less than, equal to or more than 0
 */
int
limber_visit_compare (LimberVisit *a, LimberVisit *b)
{
  int group = (int) limber_visit_get_group (a) - (int) limber_visit_get_group (b);
  gboolean here = limber_visit_get_group (a) == LIMBER_VISIT_HERE;
  gint64 x = here ? limber_visit_get_arrived (a) : limber_visit_get_start (a), y = here ? limber_visit_get_arrived (b) : limber_visit_get_start (b);

  if (group != 0)
    return group;
  if (x != y)
    return x < y ? -1 : 1;
  group = g_utf8_collate (a->name, b->name);
  return group != 0 ? group : limber_id_compare (limber_visit_get_id (a), limber_visit_get_id (b));
}
