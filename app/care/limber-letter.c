#include "limber-letter.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-error.h"
#include "limber-kinds.h"
#include "limber-person.h"

static void
visit_free (LimberLetterVisit *visit)
{
  g_free (visit->when);
  g_free (visit->with);
  g_free (visit->first);
  g_free (visit->where);
  g_free (visit->code);
  g_free (visit);
}

void
limber_letter_free (LimberLetter *letter)
{
  g_free (letter->name);
  g_free (letter->address);
  g_free (letter->date);
  g_free (letter->language);
  g_ptr_array_unref (letter->visits);
  g_free (letter);
}

static char *
day_in_words (const char *date)
{
  const char *const names[] = { _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday") };
  g_autofree char *day = limber_date_for_public (date);
  int weekday = limber_date_weekday (date);

  return weekday > 0 ? g_strdup_printf ("%s %s", names[weekday - 1], day) : g_steal_pointer (&day);
}

static LimberLetterVisit *
visit_new (LimberRow *row)
{
  LimberLetterVisit *visit = g_new0 (LimberLetterVisit, 1);
  gint64 start = limber_row_integer (row, "start");
  g_autofree char *day = NULL, *time = limber_time_for_public (start);
  const char *place = limber_row_text (row, "place"), *site = limber_row_text (row, "site_name");
  char date[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (start, date);
  day = day_in_words (date);
  visit->appointment = *limber_row_id (row, "id");
  /* Translators: a day and a time */
  visit->when = g_strdup_printf (_("%1$s, %2$s"), day, time);
  visit->start = start;
  visit->first = g_strdup (limber_row_text (row, "clinician_given"));
  visit->with = limber_row_has (row, "clinician_family") ? limber_person_spoken (limber_row_text (row, "clinician_given"), limber_row_text (row, "clinician_family")) : NULL;
  visit->where = place != NULL && site != NULL ? g_strdup_printf ("%s, %s", site, place) : g_strdup (site != NULL ? site : "");
  visit->code = limber_kinds_appointment_code (&visit->appointment);
  return visit;
}

static int
earlier_first (gconstpointer a, gconstpointer b)
{
  gint64 one = limber_row_integer (*(LimberRow *const *) a, "start"), other = limber_row_integer (*(LimberRow *const *) b, "start");

  return one < other ? -1 : one > other;
}

static void
add_visits (LimberLetter *letter, GPtrArray *rows, gint64 now)
{
  g_ptr_array_sort (rows, earlier_first);
  for (guint i = 0; i < rows->len && letter->visits->len < LIMBER_LETTER_MOST; i++) {
    LimberRow *row = g_ptr_array_index (rows, i);

    if (g_strcmp0 (limber_row_word (row, "appointment", "status"), "booked") == 0 && limber_row_integer (row, "start") >= now)
      g_ptr_array_add (letter->visits, visit_new (row));
  }
}

static LimberLetter *
letter_new (LimberRow *person, gint64 now)
{
  LimberLetter *letter = g_new0 (LimberLetter, 1);
  const char *needs = limber_row_text (person, "needs");
  g_autofree char *address = limber_person_address (limber_row_text (person, "address"), limber_row_text (person, "postcode"));
  char today[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (now, today);
  letter->name = limber_person_spoken (limber_row_text (person, "given"), limber_row_text (person, "family"));
  letter->address = limber_row_integer (person, "restricted") == 0 && *address != '\0' ? g_steal_pointer (&address) : NULL;
  letter->date = limber_date_for_public (today);
  letter->language = g_strdup (limber_row_text (person, "language"));
  letter->visits = g_ptr_array_new_with_free_func ((GDestroyNotify) visit_free);
  letter->large = needs != NULL && strstr (needs, "\"large-print\"") != NULL;
  return letter;
}

/**
 * limber_letter_read:
 * @patient: any of her records
 * @error: LIMBER_ERROR_REFUSED when she is not expected, or is recorded as having died
 *
 * Returns: (transfer full) (nullable): the letter about all her appointments to come that are known here
 */
LimberLetter *
limber_letter_read (LimberReader *reader, const LimberId *patient, GError **error)
{
  g_autoptr (GPtrArray) people = limber_reader_query (reader, "person", error, "d", patient);
  g_autoptr (GPtrArray) rows = people != NULL ? limber_reader_query (reader, "person-visits", error, "d", patient) : NULL;
  g_autoptr (LimberLetter) letter = NULL;

  if (rows == NULL)
    return NULL;
  if (people->len == 0) {
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND, _("That person is not here."));
    return NULL;
  }
  if (limber_row_has (g_ptr_array_index (people, 0), "died")) {
    limber_error_refuse (error, _("This person is recorded as having died. No letter is written."));
    return NULL;
  }
  letter = letter_new (g_ptr_array_index (people, 0), limber_reader_now (reader));
  add_visits (letter, rows, limber_reader_now (reader));
  if (letter->visits->len > 0)
    return g_steal_pointer (&letter);
  limber_error_refuse (error, _("This person has no appointment to come."));
  return NULL;
}
