/* Invariant: the store's "tickets" is the day on which numbers were given last, and how many were given on it: also those of
 * people whom the store had to forget since. */
#include "limber-ticket.h"

#include <stdio.h>

#include "limber-date.h"

static char *
give_next (LimberTransaction *transaction, const char *letter, const char *day, GError **error)
{
  g_autofree char *last = limber_reader_meta (limber_transaction_reader (transaction), "tickets"), *now = NULL;
  char last_day[LIMBER_DATE_LENGTH + 1] = "";
  int given = 0;

  if (last == NULL || sscanf (last, "%10s %d", last_day, &given) != 2 || g_strcmp0 (last_day, day) != 0)
    given = 0;
  now = g_strdup_printf ("%s %d", day, given + 1);
  return limber_transaction_set_meta (transaction, "tickets", now, error) ? g_strdup_printf ("%s%d", letter, given + 1) : NULL;
}

/**
 * limber_ticket_give:
 * @patient: who came
 * @at: when, milliseconds UTC
 * @error: (out): set only where the store failed
 *
 * Returns: (transfer full) (nullable): her number for that day; %NULL where this store gives none, as a device that joined
 *   before devices had letters, and for what is written of another day than today
 */
char *
limber_ticket_give (LimberTransaction *transaction, const LimberId *patient, gint64 at, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autofree char *letter = limber_reader_meta (reader, "letter");
  g_autoptr (GPtrArray) rows = NULL;
  char day[LIMBER_DATE_LENGTH + 1];
  gint64 from, until;

  limber_date_of_time (at, day);
  if (letter == NULL || !limber_time_is_same_day (at, limber_transaction_now (transaction)) || !limber_date_bounds (day, &from, &until))
    return NULL;
  rows = limber_reader_query (reader, "ticket-of", error, "dii", patient, from, until - 1);
  if (rows == NULL)
    return NULL;
  if (rows->len > 0)
    return g_strdup (limber_row_text (g_ptr_array_index (rows, 0), "ticket"));
  return give_next (transaction, letter, day, error);
}
