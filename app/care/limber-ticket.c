/* Invariant: the store's "tickets" is the day on which numbers were given last, and how many were given on it: also those of
 * people whom the store had to forget since. */
#include "limber-ticket.h"

#include <stdio.h>

#include "limber-calling.h"
#include "limber-date.h"
#include "limber-stage.h"

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

static char *
ticket_of (LimberReader *reader, const LimberRecord *appointment)
{
  g_autoptr (LimberRecord) arrival = NULL;
  LimberId id;

  limber_stage_arrival_id (&appointment->id, limber_record_integer (appointment, "status") / LIMBER_PROGRESS_ROUND, &id);
  arrival = limber_reader_get (reader, "arrival", &id, NULL);
  return arrival != NULL ? g_strdup (limber_record_text (arrival, "ticket")) : NULL;
}

/* A kiosk does not know what she chose, only what follows from it. */
static LimberCallBy
at_kiosk (LimberReader *reader, const LimberRecord *appointment)
{
  const LimberId *site_id = limber_record_id (appointment, "site"), *patient_id = limber_record_id (appointment, "patient");
  g_autoptr (LimberRecord) site = site_id != NULL ? limber_reader_get (reader, "site", site_id, NULL) : NULL;
  g_autoptr (LimberRecord) patient = patient_id != NULL ? limber_reader_get (reader, "patient", patient_id, NULL) : NULL;
  LimberCallBy by = site != NULL ? limber_call_by_parse (limber_record_text (site, "call_by")) : LIMBER_CALL_BY_NOTHING;

  return by == LIMBER_CALL_BY_NOTHING || patient == NULL ? by : MAX (by, limber_call_by_parse (limber_record_text (patient, "called")));
}

/**
 * limber_ticket_told:
 * @appointment: hers who is checked in
 *
 * Returns: (transfer full) (nullable): the number that she is called by, for her to know; %NULL where she is not called by one
 */
char *
limber_ticket_told (LimberReader *reader, const LimberRecord *appointment)
{
  g_auto (LimberCalling) calling = { 0 };

  if (limber_reader_class (reader) == LIMBER_CLASS_KIOSK)
    return at_kiosk (reader, appointment) == LIMBER_CALL_BY_NUMBER ? ticket_of (reader, appointment) : NULL;
  return limber_calling_read (reader, appointment, &calling, NULL) && calling.by == LIMBER_CALL_BY_NUMBER ? g_steal_pointer (&calling.shown) : NULL;
}
