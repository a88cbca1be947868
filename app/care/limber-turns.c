#include "limber-turns.h"

#include "limber-date.h"

static gboolean
is_waiting (LimberRow *row)
{
  const char *word = limber_row_word (row, "appointment", "status");

  return g_strcmp0 (word, "arrived") == 0 || g_strcmp0 (word, "called") == 0;
}

/**
 * limber_turns_of:
 * @appointment: whose clinician is meant
 *
 * The day of whoever sees the person of @appointment. A public screen knows of a clinician only the first name and the
 * room; two of one name in one room are one to it.
 *
 * Returns: (transfer full) (nullable) (element-type LimberTurn): the appointments of that day with the same clinician, also
 *   @appointment itself, in order of start; none when nobody is named
 */
GArray *
limber_turns_of (LimberReader *reader, const LimberRecord *appointment, GError **error)
{
  g_autoptr (GArray) turns = g_array_new (FALSE, TRUE, sizeof (LimberTurn));
  g_autoptr (GPtrArray) rows = NULL;
  char day[LIMBER_DATE_LENGTH + 1];
  gint64 from, to;

  limber_date_of_time (limber_record_integer (appointment, "start"), day);
  if (!limber_date_bounds (day, &from, &to))
    return g_steal_pointer (&turns);
  rows = limber_reader_query (reader, "turns", error, "iid", from, to - 1, &appointment->id);
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++) {
    LimberRow *row = g_ptr_array_index (rows, i);
    LimberTurn turn = { .start = limber_row_integer (row, "start"), .waits = is_waiting (row) };

    if (limber_row_id (row, "appointment") == NULL)
      continue;
    turn.booked = g_strcmp0 (limber_row_word (row, "appointment", "status"), "booked") == 0;
    turn.appointment = *limber_row_id (row, "appointment");
    turn.times = (LimberTimes){ limber_row_integer (row, "arrived"), limber_row_integer (row, "called"), limber_row_integer (row, "went_in"), limber_row_integer (row, "seen") };
    g_array_append_val (turns, turn);
  }
  return g_steal_pointer (&turns);
}
