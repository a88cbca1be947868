#include "limber-clinic.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-error.h"
#include "limber-person.h"
#include "limber-standing.h"

static gboolean
check_days (const char *first, const char *last, const char *today, GError **error)
{
  if (!limber_date_is_valid (first) || (last != NULL && !limber_date_is_valid (last)))
    return limber_error_refuse (error, _("That is no day of the calendar."));
  if (last != NULL && strcmp (last, first) < 0)
    return limber_error_refuse (error, _("The last day is before the first."));
  if (limber_date_days (today, first) > LIMBER_CLINIC_LONGEST)
    return limber_error_refuse (error, _("That is more than three years away."));
  return TRUE;
}

static gboolean
check_hours (const LimberClinic *clinic, GError **error)
{
  if (clinic->begins < 0 || clinic->ends > 24 * 60 || clinic->begins >= clinic->ends)
    return limber_error_refuse (error, _("A clinic ends after it begins, on the same day."));
  if (clinic->minutes < 5 || clinic->minutes > 240 || clinic->begins + clinic->minutes > clinic->ends)
    return limber_error_refuse (error, _("An appointment takes 5 minutes to 4 hours, and at least one must fit into the clinic."));
  if (clinic->every < 0 || clinic->every > 52)
    return limber_error_refuse (error, _("A clinic is held once, or every 1 to 52 weeks."));
  return TRUE;
}

/* Those who are named must be there, and the room must be one of the site's. */
static gboolean
check_who_and_where (LimberReader *reader, const LimberClinic *clinic, GError **error)
{
  g_autoptr (LimberRecord) site = limber_reader_get (reader, "site", &clinic->site, error);
  g_autoptr (LimberRecord) clinician = site != NULL ? limber_reader_get (reader, "staff", &clinic->clinician, error) : NULL;
  g_autoptr (LimberRecord) place = NULL;
  const LimberId *its;

  if (clinician == NULL)
    return FALSE;
  if (limber_record_integer (clinician, "left") != 0)
    return limber_error_refuse (error, _("This member of staff has left the service."));
  if (limber_id_is_nil (&clinic->place))
    return TRUE;
  place = limber_reader_get (reader, "place", &clinic->place, error);
  if (place == NULL)
    return FALSE;
  its = limber_record_id (place, "site");
  return (its != NULL && limber_id_equal (its, &clinic->site)) || limber_error_refuse (error, _("That room is at another site."));
}

/* The first of the days that both are held on, looking a year ahead from when both have begun. */
static char *
day_of_both (const LimberClinic *clinic, LimberRow *other)
{
  const char *first = strcmp (clinic->first, limber_row_text (other, "first")) > 0 ? clinic->first : limber_row_text (other, "first");
  int days = clinic->every == 0 ? 0 : 366;

  for (int i = 0; i <= days; i++) {
    g_autofree char *date = limber_date_add_days (first, i);
    int since = limber_date_days (clinic->first, date);
    gboolean held = since == 0 || (clinic->every > 0 && since % (7 * clinic->every) == 0);

    if (clinic->last != NULL && strcmp (date, clinic->last) > 0)
      return NULL;
    if (held && limber_clinic_is_on (other, date))
      return g_steal_pointer (&date);
  }
  return NULL;
}

static gboolean
refuse_both (LimberRow *other, gboolean same_clinician, const char *date, GError **error)
{
  g_autofree char *who = limber_person_spoken (limber_row_text (other, "given"), limber_row_text (other, "family")), *day = limber_date_with_weekday (date);
  int begins = (int) limber_row_integer (other, "begins"), ends = (int) limber_row_integer (other, "ends");
  const char *site = limber_row_text (other, "site_name");

  if (same_clinician) /* Translators: a name, a day, two times as hours and minutes, and a site */
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("%1$s has another clinic on %2$s, %3$02d:%4$02d to %5$02d:%6$02d at %7$s."), who, day, begins / 60, begins % 60, ends / 60, ends % 60, site != NULL ? site : "–");
  else /* Translators: a room, a name, a day, two times as hours and minutes */
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("%1$s is taken by a clinic of %2$s on %3$s, %4$02d:%5$02d to %6$02d:%7$02d."), limber_row_text (other, "place_name"), who, day, begins / 60, begins % 60, ends / 60, ends % 60);
  return FALSE;
}

/* No clinician and no room is in two clinics at once. @but: itself */
static gboolean
check_alone (LimberReader *reader, const LimberClinic *clinic, const LimberId *but, GError **error)
{
  g_autoptr (GPtrArray) others = limber_clinics_read (reader, NULL, clinic->first, clinic->last != NULL ? clinic->last : "9999-12-31", error);

  for (guint i = 0; others != NULL && i < others->len; i++) {
    LimberRow *other = g_ptr_array_index (others, i);
    const LimberId *clinician = limber_row_id (other, "clinician"), *place = limber_row_id (other, "place");
    gboolean same_clinician = clinician != NULL && limber_id_equal (clinician, &clinic->clinician), same_place = place != NULL && limber_id_equal (place, &clinic->place);
    g_autofree char *date = NULL;

    if (limber_id_equal (limber_row_id (other, "id"), but) || (!same_clinician && !same_place) || limber_row_integer (other, "begins") >= clinic->ends || limber_row_integer (other, "ends") <= clinic->begins)
      continue;
    date = day_of_both (clinic, other);
    if (date != NULL)
      return refuse_both (other, same_clinician, date, error);
  }
  return others != NULL;
}

static gboolean
check (LimberTransaction *transaction, const LimberClinic *clinic, const LimberId *but, const LimberAuthor *author, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  char today[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (limber_transaction_now (transaction), today);
  return limber_standing_check (reader, author, LIMBER_ACTION_PLAN, &clinic->site, error) && check_days (clinic->first, clinic->last, today, error) && check_hours (clinic, error) &&
         check_who_and_where (reader, clinic, error) && check_alone (reader, clinic, but, error);
}

static gboolean
set_words (LimberEdit *edit, const char *field, const char *words, GError **error)
{
  if (words != NULL && *words != '\0')
    return limber_edit_parse (edit, field, words, error);
  limber_edit_set_none (edit, field);
  return TRUE;
}

/* All that a clinic is: what it has not is none. */
static gboolean
write_clinic (LimberTransaction *transaction, const LimberClinic *clinic, const LimberId *id, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberEdit) edit = limber_edit_new ("clinic", id);

  limber_edit_set_id (edit, "site", &clinic->site);
  limber_edit_set_id (edit, "clinician", &clinic->clinician);
  if (!limber_id_is_nil (&clinic->place))
    limber_edit_set_id (edit, "place", &clinic->place);
  else
    limber_edit_set_none (edit, "place");
  if (!set_words (edit, "name", clinic->name, error) || !set_words (edit, "types", clinic->types, error))
    return FALSE;
  limber_edit_set_text (edit, "first", clinic->first);
  if (clinic->last != NULL)
    limber_edit_set_text (edit, "last", clinic->last);
  else
    limber_edit_set_none (edit, "last");
  limber_edit_set_integer (edit, "every", clinic->every);
  limber_edit_set_integer (edit, "begins", clinic->begins);
  limber_edit_set_integer (edit, "ends", clinic->ends);
  limber_edit_set_integer (edit, "minutes", clinic->minutes);
  return limber_transaction_edit (transaction, edit, author, error);
}

/**
 * limber_clinic_add:
 * @id: (inout): the id that it is to have; the nil id for a new one
 * @error: LIMBER_ERROR_REFUSED when it cannot be, or the clinician or the room has another clinic then
 *
 * Begins a clinic.
 */
gboolean
limber_clinic_add (LimberTransaction *transaction, const LimberClinic *clinic, LimberId *id, const LimberAuthor *author, GError **error)
{
  if (!check (transaction, clinic, id, author, error))
    return FALSE;
  if (limber_id_is_nil (id))
    limber_id_init_new (id, limber_transaction_env (transaction));
  return write_clinic (transaction, clinic, id, author, error);
}

/**
 * limber_clinic_change:
 * @clinic: all that it is to be from now on; its site stays
 * @error: as limber_clinic_add()
 *
 * Says anew when and where a clinic is held. Whoever is booked stays booked, at the time that was agreed.
 */
gboolean
limber_clinic_change (LimberTransaction *transaction, const LimberId *id, const LimberClinic *clinic, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberRecord) held = limber_reader_get (limber_transaction_reader (transaction), "clinic", id, error);
  const LimberId *site = held != NULL ? limber_record_id (held, "site") : NULL;

  if (held == NULL)
    return FALSE;
  if (site == NULL || !limber_id_equal (site, &clinic->site))
    return limber_error_refuse (error, _("A clinic stays at its site: end it, and begin another there."));
  return check (transaction, clinic, id, author, error) && write_clinic (transaction, clinic, id, author, error);
}

/**
 * limber_clinic_end:
 * @last: (nullable): its last day, YYYY-MM-DD; before its first day it is never held; %NULL until further notice
 *
 * Says until when a clinic is held. Whoever is booked after that stays booked.
 */
gboolean
limber_clinic_end (LimberTransaction *transaction, const LimberId *id, const char *last, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberRecord) held = limber_reader_get (limber_transaction_reader (transaction), "clinic", id, error);
  g_autoptr (LimberEdit) edit = NULL;

  if (held == NULL || !limber_standing_check (limber_transaction_reader (transaction), author, LIMBER_ACTION_PLAN, limber_record_id (held, "site"), error))
    return FALSE;
  if (last != NULL && !limber_date_is_valid (last))
    return limber_error_refuse (error, _("That is no day of the calendar."));
  edit = limber_edit_new ("clinic", id);
  if (last != NULL)
    limber_edit_set_text (edit, "last", last);
  else
    limber_edit_set_none (edit, "last");
  return limber_transaction_edit (transaction, edit, author, error);
}

/**
 * limber_clinics_read:
 * @site: (nullable): %NULL for every site
 * @first: YYYY-MM-DD
 * @last: YYYY-MM-DD
 *
 * Returns: (transfer full) (nullable) (element-type LimberRow): the clinics that may be held in those days, those of one clinician together
 */
GPtrArray *
limber_clinics_read (LimberReader *reader, const LimberId *site, const char *first, const char *last, GError **error)
{
  return limber_reader_query (reader, "clinics", error, "dtt", site, first, last);
}

/**
 * limber_clinic_is_on:
 * @clinic: of the query "clinics"
 * @date: YYYY-MM-DD
 *
 * Returns: whether it is held on that day, unless the site or the clinician is away
 */
gboolean
limber_clinic_is_on (LimberRow *clinic, const char *date)
{
  const char *first = limber_row_text (clinic, "first"), *last = limber_row_text (clinic, "last");
  int every = (int) limber_row_integer (clinic, "every"), since = limber_date_days (first, date);

  if (since < 0 || (last != NULL && strcmp (date, last) > 0))
    return FALSE;
  return since == 0 || (every > 0 && since % (7 * every) == 0);
}

/**
 * limber_clinic_takes:
 * @type: (nullable): a word of an appointment's type; %NULL for any
 *
 * Returns: whether the clinic is for such appointments
 */
gboolean
limber_clinic_takes (LimberRow *clinic, const char *type)
{
  const char *types = limber_row_text (clinic, "types");
  g_autofree char *quoted = type != NULL ? g_strdup_printf ("\"%s\"", type) : NULL;

  return type == NULL || types == NULL || strstr (types, quoted) != NULL;
}

/* Closed days. */

/**
 * limber_closure_id:
 * @id: (out): what it is known by: the same for the same site, clinician and first day
 */
void
limber_closure_id (const LimberClosure *closure, LimberId *id)
{
  g_autofree char *clinician = limber_id_dup_text (&closure->clinician);

  limber_id_init_beside (id, &closure->site, "closure", clinician, closure->first, NULL);
}

/* What holds at all sites is nobody's own. */
static gboolean
may_close (LimberReader *reader, const LimberAuthor *author, const LimberId *site, GError **error)
{
  static const LimberId everywhere;

  return limber_standing_check (reader, author, LIMBER_ACTION_PLAN, site != NULL ? site : &everywhere, error);
}

/**
 * limber_closure_add:
 * @id: (out): what it is known by: the same for the same site, clinician and first day
 *
 * Says that nobody is seen on those days. Whoever is booked then stays booked, and has to be moved or told.
 */
gboolean
limber_closure_add (LimberTransaction *transaction, const LimberClosure *closure, LimberId *id, const LimberAuthor *author, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autoptr (LimberRecord) site = limber_id_is_nil (&closure->site) ? NULL : limber_reader_get (reader, "site", &closure->site, error);
  g_autoptr (LimberRecord) clinician = limber_id_is_nil (&closure->clinician) ? NULL : limber_reader_get (reader, "staff", &closure->clinician, error);
  g_autoptr (LimberEdit) edit = NULL;
  char today[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (limber_transaction_now (transaction), today);
  if (!may_close (reader, author, &closure->site, error))
    return FALSE;
  if ((site == NULL && !limber_id_is_nil (&closure->site)) || (clinician == NULL && !limber_id_is_nil (&closure->clinician)) || !check_days (closure->first, closure->last, today, error))
    return FALSE;
  if (limber_date_days (closure->first, closure->last) > 366)
    return limber_error_refuse (error, _("That is more than a year."));
  limber_closure_id (closure, id);
  edit = limber_edit_new ("closure", id);
  if (site != NULL)
    limber_edit_set_id (edit, "site", &closure->site);
  if (clinician != NULL)
    limber_edit_set_id (edit, "clinician", &closure->clinician);
  limber_edit_set_text (edit, "first", closure->first);
  limber_edit_set_text (edit, "last", closure->last);
  limber_edit_set_integer (edit, "off", 0);
  return limber_edit_parse (edit, "name", closure->name, error) && limber_transaction_edit (transaction, edit, author, error);
}

/**
 * limber_closure_take_back:
 *
 * Says that people are seen on those days after all.
 */
gboolean
limber_closure_take_back (LimberTransaction *transaction, const LimberId *id, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberRecord) held = limber_reader_get (limber_transaction_reader (transaction), "closure", id, error);
  g_autoptr (LimberEdit) edit = limber_edit_new ("closure", id);

  limber_edit_set_integer (edit, "off", 1);
  return held != NULL && may_close (limber_transaction_reader (transaction), author, limber_record_id (held, "site"), error) && limber_transaction_edit (transaction, edit, author, error);
}

/**
 * limber_closure_of:
 * @closures: of the query "closures"
 * @clinician: (nullable): %NULL for nobody in particular
 *
 * Returns: (transfer none) (nullable): what says that nobody, or not @clinician, is seen at @site on that day
 */
LimberRow *
limber_closure_of (GPtrArray *closures, const LimberId *site, const LimberId *clinician, const char *date)
{
  for (guint i = 0; i < closures->len; i++) {
    LimberRow *row = g_ptr_array_index (closures, i);
    const LimberId *where = limber_row_id (row, "site"), *who = limber_row_id (row, "clinician");

    if (strcmp (limber_row_text (row, "first"), date) <= 0 && strcmp (limber_row_text (row, "last"), date) >= 0 && (where == NULL || limber_id_equal (where, site)) &&
        (who == NULL || (clinician != NULL && limber_id_equal (who, clinician))))
      return row;
  }
  return NULL;
}

/**
 * limber_closure_count_booked:
 *
 * Returns: how many people are booked on those days there, or with that clinician
 */
gint64
limber_closure_count_booked (LimberReader *reader, const LimberClosure *closure)
{
  gint64 from, to;

  if (!limber_date_bounds (closure->first, &from, NULL) || !limber_date_bounds (closure->last, NULL, &to))
    return 0;
  return limber_reader_count (reader, "count-booked", "iidd", from, to, limber_id_is_nil (&closure->site) ? NULL : &closure->site, limber_id_is_nil (&closure->clinician) ? NULL : &closure->clinician);
}
