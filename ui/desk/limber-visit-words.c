/* A visit in words. */
#include "limber-visit-private.h"

#include <glib/gi18n-lib.h>

#include "limber-calling.h"
#include "limber-date.h"
#include "limber-person.h"

#define NOW_MINUTES 5 /* a kiosk's call is "now" for so long; then its time is shown */

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
    return g_strdup (g_strcmp0 (limber_visit_get_attendance (self), "7") == 0 ? _("Came too late") : _("Did not come"));
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

  if (self->now - self->made < NOW_MINUTES * LIMBER_VISIT_MINUTE)
    return g_strdup (_("at the kiosk now"));
  time = limber_time_for_staff (self->made);
  return g_strdup_printf (_("at the kiosk at %s"), time);
}

static char *
came_words (LimberVisit *self)
{
  g_autofree char *time = limber_time_for_staff (limber_visit_get_came (self));

  /* Translators: a time, 09:22 */
  return g_strdup_printf (_("came at %s, not checked in"), time);
}

static void
add_time (GPtrArray *parts, const char *words, gint64 at)
{
  g_autofree char *time = at != 0 ? limber_time_for_staff (at) : NULL;

  if (time != NULL)
    g_ptr_array_add (parts, g_strdup_printf (words, time));
}

/**
 * limber_visit_dup_times_text:
 *
 * Returns: (transfer full): when what happened, "Came 09:22 · called 09:40 · went in 09:41 · seen by 10:05"; "" for nothing
 *   that the status or the mark do not say already
 */
char *
limber_visit_dup_times_text (LimberVisit *self)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  LimberTimes times = limber_visit_get_turn (self).times;
  gboolean said = limber_visit_get_status (self) == LIMBER_VISIT_ARRIVED || (limber_visit_get_came (self) != 0 && self->about == NULL);

  if (said && times.called == 0 && times.went_in == 0 && times.seen == 0)
    return g_strdup ("");
  /* Translators: here and in the three below, of one visit; %s is a time, 09:22 */
  add_time (parts, limber_visit_get_came (self) != 0 ? _("Came %s, not checked in") : _("Came %s"), times.arrived);
  add_time (parts, _("called %s"), times.called);
  add_time (parts, _("went in %s"), times.went_in);
  add_time (parts, _("seen by %s"), times.seen);
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

/**
 * limber_visit_dup_delay_text:
 *
 * Returns: (transfer full) (nullable): how late it runs for somebody who is expected or waits; %NULL when there is nothing to say
 */
char *
limber_visit_dup_delay_text (LimberVisit *self)
{
  LimberVisitStatus status = limber_visit_get_status (self);
  g_autofree char *with = limber_visit_dup_with (self);

  if (self->delay == 0 || (status != LIMBER_VISIT_BOOKED && status != LIMBER_VISIT_ARRIVED && status != LIMBER_VISIT_CALLED))
    return NULL;
  /* Translators: the name of a member of staff, then minutes. */
  return g_strdup_printf (ngettext ("%1$s runs about %2$d minute late", "%1$s runs about %2$d minutes late", (gulong) self->delay), with, self->delay);
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

  if (self->about == NULL && limber_visit_get_came (self) != 0)
    return came_words (self);
  if (self->about == NULL)
    return limber_visit_came_cancelled (self) ? g_strdup (_("was cancelled, but is here")) : NULL;
  if (g_str_equal (self->about, "details-changed"))
    return g_strdup (_("details may have changed"));
  if (g_str_equal (self->about, "booked-twice"))
    return g_strdup (_("booked twice at one time"));
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
  g_autofree char *delay = limber_visit_dup_delay_text (self);
  const char *place = limber_row_text (self->row, "place");
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  g_ptr_array_add (parts, time);
  g_ptr_array_add (parts, self->name);
  g_ptr_array_add (parts, status);
  if (mark != NULL)
    g_ptr_array_add (parts, mark);
  if (*waiting != '\0')
    g_ptr_array_add (parts, waiting);
  if (delay != NULL)
    g_ptr_array_add (parts, delay);
  g_ptr_array_add (parts, with);
  if (place != NULL)
    g_ptr_array_add (parts, (gpointer) place);
  if (needs != NULL)
    g_ptr_array_add (parts, needs);
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

/**
 * limber_visit_dup_calling_text:
 *
 * Returns: (transfer full) (nullable): how the waiting-room screen calls her, while she waits; %NULL where there is no such screen
 */
char *
limber_visit_dup_calling_text (LimberVisit *self)
{
  g_auto (LimberCalling) calling = { 0 };
  LimberVisitStatus status = limber_visit_get_status (self);

  if (status != LIMBER_VISIT_ARRIVED && status != LIMBER_VISIT_CALLED)
    return NULL;
  limber_calling_of_row (self->row, &calling);
  switch (calling.by) {
  case LIMBER_CALL_BY_NAME:
    /* Translators: how the waiting-room screen calls somebody, "Declan O." */
    return g_strdup_printf (_("On the screen: %s"), calling.shown);
  case LIMBER_CALL_BY_NUMBER:
    /* Translators: how the waiting-room screen calls somebody, "A17" */
    return g_strdup_printf (_("On the screen: number %s"), calling.shown);
  case LIMBER_CALL_BY_FETCH:
    return g_strdup (_("Not on the screen: please fetch this person"));
  default:
    return NULL;
  }
}
