#include "limber-clash.h"

#include <glib/gi18n-lib.h>

#include "limber-clinic.h"
#include "limber-date.h"
#include "limber-person.h"

#define MINUTE 60000

/* An id, or nothing where there is none. */
static const LimberId *
or_none (const LimberId *id)
{
  return limber_id_is_nil (id) ? NULL : id;
}

void
limber_clash_clear (LimberClash *clash)
{
  g_clear_pointer (&clash->words, g_free);
  clash->kind = LIMBER_CLASH_NONE;
}

/**
 * limber_clash_may_anyway:
 *
 * Returns: whether somebody may decide that it is to be anyway: never that a person is in two places, or in a closed building
 */
gboolean
limber_clash_may_anyway (LimberClashKind kind)
{
  return kind == LIMBER_CLASH_AWAY || kind == LIMBER_CLASH_CLINICIAN || kind == LIMBER_CLASH_ROOM;
}

static void
say_closed (LimberClash *clash, LimberRow *closure, const char *date)
{
  g_autofree char *day = limber_date_for_staff (date), *who = limber_person_spoken (limber_row_text (closure, "given"), limber_row_text (closure, "family"));
  const char *site = limber_row_text (closure, "site_name"), *why = limber_row_text (closure, "name");

  if (limber_row_id (closure, "clinician") != NULL) {
    clash->kind = LIMBER_CLASH_AWAY; /* Translators: a name, a date, and why */
    clash->words = g_strdup_printf (_("%1$s sees nobody on %2$s: %3$s."), who, day, why);
  } else {
    clash->kind = LIMBER_CLASH_CLOSED;
    if (site != NULL) /* Translators: a site, a date, and why */
      clash->words = g_strdup_printf (_("%1$s is closed on %2$s: %3$s."), site, day, why);
    else /* Translators: a date, and why */
      clash->words = g_strdup_printf (_("Nobody is seen on %1$s: %2$s."), day, why);
  }
}

static gboolean
find_closure (LimberReader *reader, const LimberBooking *booking, LimberClash *clash, GError **error)
{
  g_autoptr (GPtrArray) closures = NULL;
  char date[LIMBER_DATE_LENGTH + 1];
  LimberRow *closure;

  limber_date_of_time (booking->start, date);
  closures = limber_reader_query (reader, "closures", error, "tt", date, date);
  if (closures == NULL)
    return FALSE;
  closure = limber_closure_of (closures, &booking->site, NULL, date);
  if (closure == NULL)
    closure = limber_closure_of (closures, &booking->site, or_none (&booking->clinician), date);
  if (closure != NULL)
    say_closed (clash, closure, date);
  return TRUE;
}

/* The other appointment is the person's own, else the clinician's, else the room's. */
static void
say_other (LimberClash *clash, LimberRow *other)
{
  gint64 start = limber_row_integer (other, "start");
  g_autofree char *from = limber_time_for_staff (start), *to = limber_time_for_staff (start + limber_row_integer (other, "minutes") * MINUTE);
  g_autofree char *whose = limber_person_name (limber_row_text (other, "family"), limber_row_text (other, "given"), limber_row_text (other, "title"));
  g_autofree char *who = limber_row_has (other, "clinician_family") ? limber_person_spoken (limber_row_text (other, "clinician_given"), limber_row_text (other, "clinician_family")) : NULL;
  const char *place = limber_row_text (other, "place_name"), *site = limber_row_text (other, "site_name");

  if (limber_row_integer (other, "hers") != 0) {
    clash->kind = LIMBER_CLASH_PERSON; /* Translators: two times, a name, a room or a dash, and a site */
    clash->words = g_strdup_printf (_("This person has another appointment then: %1$s to %2$s, %3$s, %4$s, %5$s."), from, to, who != NULL ? who : "–", place != NULL ? place : "–", site != NULL ? site : "–");
  } else if (limber_row_integer (other, "same_clinician") != 0) {
    clash->kind = LIMBER_CLASH_CLINICIAN; /* Translators: a clinician, two times, a person's name, and a site */
    clash->words = g_strdup_printf (_("%1$s is booked then: %2$s to %3$s, %4$s, at %5$s."), who, from, to, whose, site != NULL ? site : "–");
  } else {
    clash->kind = LIMBER_CLASH_ROOM; /* Translators: a room, two times, and a clinician or a dash */
    clash->words = g_strdup_printf (_("%1$s is taken then: %2$s to %3$s, %4$s."), place != NULL ? place : "–", from, to, who != NULL ? who : "–");
  }
}

/**
 * limber_clash_find:
 * @self: (nullable): an appointment that does not count: the one that is to be moved
 * @clash: (out): the worst that is in the way; LIMBER_CLASH_NONE when nothing is
 *
 * Looks among all that this store holds: of the person everything, of clinicians and rooms what her site knows. Who comes
 * when there is time (a walk-in) takes nobody's time.
 */
gboolean
limber_clash_find (LimberReader *reader, const LimberBooking *booking, const LimberId *self, LimberClash *clash, GError **error)
{
  gint64 end = booking->start + booking->minutes * MINUTE;
  g_autoptr (GPtrArray) others = NULL;

  *clash = (LimberClash){ LIMBER_CLASH_NONE, NULL };
  if (!find_closure (reader, booking, clash, error))
    return FALSE;
  if (clash->kind == LIMBER_CLASH_CLOSED)
    return TRUE;
  others = limber_reader_query (reader, "clashes", error, "iidddd", booking->start, end, &booking->patient, or_none (&booking->clinician), or_none (&booking->place), self);
  if (others == NULL)
    return FALSE;
  if (others->len == 0 || (clash->kind == LIMBER_CLASH_AWAY && limber_row_integer (g_ptr_array_index (others, 0), "hers") == 0))
    return TRUE;
  limber_clash_clear (clash);
  say_other (clash, g_ptr_array_index (others, 0));
  return TRUE;
}
