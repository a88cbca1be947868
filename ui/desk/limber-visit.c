/* A visit's row never changes: when its appointment does, a new visit takes its place. What changes in a visit is the time,
 * and whether a kiosk asked for somebody because of it. */
#include "limber-visit.h"

#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-kind.h"
#include "limber-person.h"

#define MINUTE (60 * G_GINT64_CONSTANT (1000))
#define LATE_MINUTES 5      /* an expected person is called late on the screen from here */
#define LONG_WAIT_MINUTES 15 /* past the appointment's time, and waiting at least as long */
#define NOW_MINUTES 5       /* a kiosk's call is "now" for so long; then its time is shown */

struct _LimberVisit {
  GObject    parent_instance;
  LimberRow *row;   /* (owned) */
  char      *name;  /* (owned) */
  gint64     now;   /* to the minute */
  char      *about; /* (owned) (nullable): what the open task about this visit says */
  gint64     made;  /* when that task was made */
};

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
  self->now = now / MINUTE * MINUTE;
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

LimberVisitGroup
limber_visit_get_group (LimberVisit *self)
{
  if (self->about != NULL || limber_visit_came_cancelled (self))
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
  return (int) (MAX (0, self->now - arrived / MINUTE * MINUTE) / MINUTE);
}

/**
 * limber_visit_get_late:
 *
 * Returns: whole minutes since an expected person's appointment began, 0 when not late
 */
int
limber_visit_get_late (LimberVisit *self)
{
  gint64 late = (self->now - limber_visit_get_start (self)) / MINUTE;

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

  return status == LIMBER_VISIT_ARRIVED || status == LIMBER_VISIT_DID_NOT_ATTEND || status == LIMBER_VISIT_CANCELLED;
}

gboolean
limber_visit_can_be_absent (LimberVisit *self)
{
  return limber_visit_get_status (self) == LIMBER_VISIT_BOOKED && self->now >= limber_visit_get_start (self);
}

/**
 * limber_visit_dup_spoken_name:
 *
 * Returns: (transfer full): "Jane Smith"
 */
char *
limber_visit_dup_spoken_name (LimberVisit *self)
{
  return limber_person_spoken (limber_row_text (self->row, "given"), limber_row_text (self->row, "family"));
}

/**
 * limber_visit_dup_with:
 *
 * Returns: (transfer full): whom the person sees, "Priya Shah"; a dash when nobody is named
 */
char *
limber_visit_dup_with (LimberVisit *self)
{
  if (!limber_row_has (self->row, "clinician_family"))
    return g_strdup ("–");
  return limber_person_spoken (limber_row_text (self->row, "clinician_given"), limber_row_text (self->row, "clinician_family"));
}

/**
 * limber_visit_dup_status_text:
 *
 * Returns: (transfer full): the status in a word or two, with the time of an arrival: "Here 09:22"
 */
char *
limber_visit_dup_status_text (LimberVisit *self)
{
  g_autofree char *time = NULL;

  if (limber_visit_get_group (self) == LIMBER_VISIT_NEEDS_YOU)
    return g_strdup (_("Needs you"));
  switch (limber_visit_get_status (self)) {
  case LIMBER_VISIT_CANCELLED:
    return g_strdup (_("Cancelled"));
  case LIMBER_VISIT_DID_NOT_ATTEND:
    return g_strdup (_("Did not come"));
  case LIMBER_VISIT_ARRIVED:
    if (limber_visit_get_arrived (self) == 0)
      return g_strdup (_("Here"));
    time = limber_time_for_staff (limber_visit_get_arrived (self));
    /* Translators: arrived and waiting; %s is the time of arrival, "09:22". */
    return g_strdup_printf (_("Here %s"), time);
  case LIMBER_VISIT_CALLED:
    return g_strdup (_("Called"));
  case LIMBER_VISIT_WITH_CLINICIAN:
    return g_strdup (_("With clinician"));
  case LIMBER_VISIT_SEEN:
    return g_strdup (_("Seen"));
  case LIMBER_VISIT_BOOKED:
    return g_strdup (_("Booked"));
  default:
    return g_strdup (_("Newer step"));
  }
}

/**
 * limber_visit_dup_waiting_text:
 *
 * Returns: (transfer full): "19 min"; "12 min late" for somebody expected; "" when neither
 */
char *
limber_visit_dup_waiting_text (LimberVisit *self)
{
  int waiting = limber_visit_get_waiting (self), late = limber_visit_get_late (self);

  if (waiting >= 60)
    return g_strdup_printf (_("%d h %02d"), waiting / 60, waiting % 60);
  if (waiting >= 0)
    /* Translators: minutes that somebody has been waiting, short. */
    return g_strdup_printf (_("%d min"), waiting);
  if (late >= 60)
    /* Translators: hours, short. */
    return g_strdup_printf (_("%d h late"), late / 60);
  if (late > 0)
    return g_strdup_printf (_("%d min late"), late);
  return g_strdup ("");
}

/**
 * limber_visit_dup_needs:
 *
 * Returns: (transfer full) (nullable): what the person needs, in words
 */
char *
limber_visit_dup_needs (LimberVisit *self)
{
  return limber_person_needs (limber_row_text (self->row, "needs"), limber_row_text (self->row, "language"));
}

static char *
at_the_kiosk (LimberVisit *self)
{
  g_autofree char *time = NULL;

  if (self->now - self->made < NOW_MINUTES * MINUTE)
    return g_strdup (_("at the kiosk now"));
  time = limber_time_for_staff (self->made);
  return g_strdup_printf (_("at the kiosk at %s"), time);
}

/**
 * limber_visit_dup_mark:
 *
 * Returns: (transfer full) (nullable): why this visit needs somebody, %NULL when it does not
 */
char *
limber_visit_dup_mark (LimberVisit *self)
{
  g_autofree char *where = NULL;
  const char *why;

  if (self->about == NULL)
    return limber_visit_came_cancelled (self) ? g_strdup (_("was cancelled, but is here")) : NULL;
  if (g_str_equal (self->about, "details-changed"))
    return g_strdup (_("details may have changed"));
  if (g_str_equal (self->about, "cannot-tell-apart"))
    why = _("two people match");
  else if (g_str_equal (self->about, "must-be-seen"))
    why = _("to be seen here first");
  else if (g_str_equal (self->about, "came-late"))
    why = _("came late");
  else if (g_str_equal (self->about, "came-cancelled"))
    why = _("cancelled, but came");
  else
    return g_strdup (_("there is something to do"));
  where = at_the_kiosk (self);
  return g_strdup_printf ("%s · %s", why, where);
}

/**
 * limber_visit_dup_description:
 *
 * Returns: (transfer full): the whole row as a screen reader says it
 */
char *
limber_visit_dup_description (LimberVisit *self)
{
  g_autofree char *time = limber_time_for_staff (limber_visit_get_start (self)), *with = limber_visit_dup_with (self), *status = limber_visit_dup_status_text (self);
  g_autofree char *waiting = limber_visit_dup_waiting_text (self), *needs = limber_visit_dup_needs (self), *mark = limber_visit_dup_mark (self);
  const char *place = limber_row_text (self->row, "place");
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  g_ptr_array_add (parts, time);
  g_ptr_array_add (parts, self->name);
  g_ptr_array_add (parts, status);
  if (mark != NULL)
    g_ptr_array_add (parts, mark);
  if (*waiting != '\0')
    g_ptr_array_add (parts, waiting);
  g_ptr_array_add (parts, with);
  if (place != NULL)
    g_ptr_array_add (parts, (gpointer) place);
  if (needs != NULL)
    g_ptr_array_add (parts, needs);
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
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
  now = now / MINUTE * MINUTE;
  if (now == self->now)
    return;
  self->now = now;
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
