#include "limber-expected.h"

#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-error.h"
#include "limber-projection.h"
#include "limber-text.h"

#define LONGEST_MERGE_CHAIN 16

void
limber_expected_free (LimberExpected *expected)
{
  g_free (expected->born);
  g_free (expected->letters);
  g_free (expected->initials);
  g_free (expected->masked_phone);
  g_free (expected->postcode_key);
  g_free (expected);
}

static LimberExpected *
from_row (LimberRow *row, const LimberId *site)
{
  LimberExpected *expected = g_new0 (LimberExpected, 1);

  expected->appointment = *limber_row_id (row, "appointment");
  expected->patient = *limber_row_id (row, "patient");
  expected->site = *site;
  expected->start = limber_row_integer (row, "start");
  expected->status = limber_row_word (row, "appointment", "status");
  expected->born = g_strdup (limber_row_text (row, "born"));
  if (limber_row_text (row, "family") != NULL)
    expected->letters = limber_text_surname_letters (limber_row_text (row, "family"));
  else
    expected->letters = g_strdup (limber_row_text (row, "letters")); /* on a public screen, which holds no name */
  return expected;
}

static int
by_start (gconstpointer a, gconstpointer b)
{
  const LimberExpected *one = *(LimberExpected *const *) a, *other = *(LimberExpected *const *) b;

  if (one->start != other->start)
    return one->start < other->start ? -1 : 1;
  return limber_id_compare (&one->appointment, &other->appointment);
}

/**
 * limber_expected_of_day:
 * @at: a moment of the day, in London, milliseconds UTC
 * @error: LIMBER_ERROR_REFUSED on a store that belongs to no site
 *
 * Returns: (transfer full) (nullable) (element-type LimberExpected): the day's appointments at this store's site, also
 *   those that were cancelled, in order; their people are not read yet
 */
GPtrArray *
limber_expected_of_day (LimberReader *reader, gint64 at, GError **error)
{
  g_autoptr (GPtrArray) day = g_ptr_array_new_with_free_func ((GDestroyNotify) limber_expected_free), rows = NULL;
  char today[LIMBER_DATE_LENGTH + 1];
  gint64 start, end;
  LimberId site;

  if (!limber_reader_site (reader, &site)) {
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("This store belongs to no site, so nobody can be checked in here."));
    return NULL;
  }
  limber_date_of_time (at, today);
  if (!limber_date_bounds (today, &start, &end)) {
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_USAGE, _("That is no time of this calendar."));
    return NULL;
  }
  rows = limber_reader_query (reader, "appointments-at-site", error, "iid", start, end - 1, &site);
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++) {
    LimberRow *row = g_ptr_array_index (rows, i);

    if (limber_row_id (row, "appointment") != NULL && limber_row_id (row, "patient") != NULL)
      g_ptr_array_add (day, from_row (row, &site));
  }
  g_ptr_array_sort (day, by_start);
  return g_steal_pointer (&day);
}

/**
 * limber_expected_project:
 * @site: this store's
 *
 * Makes of a whole record what a kiosk is given of it, so that the same facts are read from either.
 */
void
limber_expected_project (LimberReader *reader, LimberRecord *record, const LimberId *site)
{
  if (!limber_kind_projected_for (record->kind, limber_reader_class (reader)))
    limber_projection_make (reader, record, site);
}

/**
 * limber_expected_has_letter:
 * @letter: folded
 *
 * Returns: whether it may be given as the first of her surname
 */
gboolean
limber_expected_has_letter (const LimberExpected *expected, gunichar letter)
{
  return expected->letters != NULL && g_utf8_strchr (expected->letters, -1, letter) != NULL;
}

/* Where @id's record points, if it points anywhere and is here. */
static gboolean
follow (LimberReader *reader, const LimberId *id, LimberId *next, gboolean *points, GError **error)
{
  g_autoptr (LimberRecord) record = NULL;
  const LimberId *into;

  if (!limber_reader_find (reader, limber_kind_by_name ("patient"), id, &record, error))
    return FALSE;
  into = record != NULL ? limber_record_id (record, "merged_into") : NULL;
  *points = into != NULL;
  if (into != NULL)
    *next = *into;
  return TRUE;
}

/* Follows merged_into to its end: records that were merged have the same end, whichever points at which. Where they
 * point in a circle (merged both ways, on two machines), its smallest id is the end. */
static gboolean
find_person (LimberExpected *expected, LimberReader *reader, GError **error)
{
  LimberId way[LONGEST_MERGE_CHAIN] = { expected->patient };
  gboolean points = TRUE;
  guint n = 1;

  for (; n < LONGEST_MERGE_CHAIN; n++) {
    if (!follow (reader, &way[n - 1], &way[n], &points, error))
      return FALSE;
    if (!points)
      break;
    for (guint i = 0; i < n; i++)
      if (limber_id_equal (&way[i], &way[n])) {
        expected->person = way[n];
        for (; i < n; i++)
          if (limber_id_compare (&way[i], &expected->person) < 0)
            expected->person = way[i];
        return TRUE;
      }
  }
  expected->person = way[n - 1];
  return TRUE;
}

/**
 * limber_expected_load_person:
 *
 * Reads who is expected: her facts, and which person she is.
 */
gboolean
limber_expected_load_person (LimberExpected *expected, LimberReader *reader, GError **error)
{
  g_autoptr (LimberRecord) patient = NULL;

  if (expected->has_person)
    return TRUE;
  patient = limber_reader_get (reader, "patient", &expected->patient, error);
  if (patient == NULL || !find_person (expected, reader, error))
    return FALSE;
  limber_expected_project (reader, patient, &expected->site);
  expected->initials = g_strdup (limber_record_text (patient, "initials"));
  expected->masked_phone = g_strdup (limber_record_text (patient, "masked_phone"));
  expected->postcode_key = g_strdup (limber_record_text (patient, "postcode_key"));
  expected->at_desk = limber_record_integer (patient, "at_desk") != 0;
  expected->has_person = TRUE;
  return TRUE;
}

void
limber_expected_place_clear (LimberExpectedPlace *place)
{
  g_clear_pointer (&place->with, g_free);
  g_clear_pointer (&place->place, g_free);
  g_clear_pointer (&place->waiting_area, g_free);
}

/**
 * limber_expected_load_place:
 * @place: (out): with whom and where, so far as is known
 */
gboolean
limber_expected_load_place (const LimberExpected *expected, LimberReader *reader, LimberExpectedPlace *place, GError **error)
{
  g_autoptr (LimberRecord) appointment = limber_reader_get (reader, "appointment", &expected->appointment, error);

  if (appointment == NULL)
    return FALSE;
  limber_expected_project (reader, appointment, &expected->site);
  place->with = g_strdup (limber_record_text (appointment, "with_name"));
  place->place = g_strdup (limber_record_text (appointment, "place_name"));
  place->waiting_area = g_strdup (limber_record_text (appointment, "waiting_area"));
  return TRUE;
}
