/* - A call stands while its person is called, or has gone in since: her appointment is at least "called", and the present round says
 *   that she was called no later than then. What was said on another day is not said any more.
 * - What is shown of her is what the site calls people by and what she wants, whichever shows less: what any of her records says
 *   counts. By name is one first name and one initial; who has not both, and who is restricted, is called by her number. Of whom two
 *   would have the same number, or who has none, nothing is shown.
 * - Besides calls it says which classes begin soon, and where, and who runs late: rooms and clinicians' first names, of today. */
#include "limber-sim-board.h"

#include <stdio.h>
#include <string.h>

#include "limber-date.h"
#include "limber-json.h"

#define ROUND 16
#define CALLED 4 /* the rank of that word of an appointment's progress */
#define MINUTE_MS G_GINT64_CONSTANT (60000)
#define AHEAD (60 * MINUTE_MS)
#define AFTER (15 * MINUTE_MS)
#define SLACK (5 * MINUTE_MS) /* a class comes into view, or goes out of it, while everybody comes to rest */

/* The more it is, the less is shown. */
enum {
  NOBODY,
  BY_NAME,
  BY_NUMBER,
  FETCHED,
};

static const LimberRecord *
find (SimTruth *truth, const char *kind, const LimberId *id)
{
  g_autofree char *name = id != NULL ? sim_name_of (kind, id, NULL) : NULL;

  return name != NULL ? g_hash_table_lookup (sim_truth_rows (truth), name) : NULL;
}

/* The next of the rows of @kind whose @field is @id. */
static const LimberRecord *
next_of (GHashTableIter *iter, const char *kind, const char *field, const LimberId *id)
{
  gpointer row;

  while (g_hash_table_iter_next (iter, NULL, &row)) {
    const LimberId *its = g_str_equal (((LimberRecord *) row)->kind->name, kind) ? limber_record_id (row, field) : NULL;

    if (its != NULL && limber_id_equal (its, id))
      return row;
  }
  return NULL;
}

static gint64
round_of (const LimberRecord *appointment)
{
  return limber_record_integer (appointment, "status") / ROUND;
}

static gboolean
stands (SimTruth *truth, const LimberRecord *call, const LimberRecord *appointment)
{
  const LimberRecord *stage;
  GHashTableIter iter;

  if (limber_record_integer (appointment, "status") % ROUND < CALLED)
    return FALSE;
  g_hash_table_iter_init (&iter, sim_truth_rows (truth));
  while ((stage = next_of (&iter, "stage", "appointment", &appointment->id)) != NULL)
    if (limber_record_integer (stage, "round") == round_of (appointment) && g_strcmp0 (limber_record_text (stage, "step"), "called") == 0)
      return limber_record_integer (call, "at") >= limber_record_integer (stage, "at");
  return FALSE;
}

static int
read_by (const LimberRecord *record)
{
  const char *word = limber_record_text (record, "call_by");

  return g_strcmp0 (word, "fetch") == 0 ? FETCHED : g_strcmp0 (word, "number") == 0 ? BY_NUMBER : g_strcmp0 (word, "name") == 0 ? BY_NAME : NOBODY;
}

/* @shown: (out) (nullable): the record whose name is hers: the one that is no other, or the smallest */
static int
read_wish (SimTruth *truth, const LimberId *patient, const LimberRecord **shown)
{
  const LimberId *person = sim_truth_person (truth, patient);
  int by = BY_NAME;
  GHashTableIter iter;
  gpointer row;

  *shown = NULL;
  g_hash_table_iter_init (&iter, sim_truth_rows (truth));
  while (g_hash_table_iter_next (&iter, NULL, &row)) {
    LimberRecord *record = row;
    gboolean other;

    if (!g_str_equal (record->kind->name, "patient") || !limber_id_equal (sim_truth_person (truth, &record->id), person))
      continue;
    by = MAX (by, MAX (read_by (record), limber_record_integer (record, "restricted") ? BY_NUMBER : BY_NAME));
    other = limber_record_id (record, "merged_into") != NULL;
    if (*shown == NULL || other < (limber_record_id (*shown, "merged_into") != NULL) ||
        (other == (limber_record_id (*shown, "merged_into") != NULL) && memcmp (&record->id, &(*shown)->id, sizeof record->id) < 0))
      *shown = record;
  }
  return by;
}

static char *
name_of (const LimberRecord *patient)
{
  const char *given = patient != NULL ? limber_record_text (patient, "given") : NULL, *family = patient != NULL ? limber_record_text (patient, "family") : NULL;

  return given != NULL && family != NULL ? g_strdup_printf ("%.*s %c.", (int) strcspn (given, " "), given, g_ascii_toupper (*family)) : NULL;
}

static gboolean
came_before (const LimberRecord *a, const LimberRecord *b)
{
  gint64 at = limber_record_integer (a, "at"), other = limber_record_integer (b, "at");

  return at != other ? at < other : memcmp (&a->id, &b->id, sizeof a->id) < 0;
}

/* Whether somebody else was given the same number there on that day, before her. */
static gboolean
is_taken (SimTruth *truth, const LimberRecord *appointment, const LimberRecord *arrival)
{
  const char *ticket = limber_record_text (arrival, "ticket");
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, sim_truth_rows (truth));
  while (g_hash_table_iter_next (&iter, NULL, &row)) {
    LimberRecord *other = row;
    const LimberRecord *visit = g_str_equal (other->kind->name, "arrival") && g_strcmp0 (limber_record_text (other, "ticket"), ticket) == 0
                                    ? find (truth, "appointment", limber_record_id (other, "appointment"))
                                    : NULL;

    if (visit != NULL && limber_record_id (visit, "site") != NULL && limber_id_equal (limber_record_id (visit, "site"), limber_record_id (appointment, "site")) &&
        !limber_id_equal (limber_record_id (other, "patient"), limber_record_id (arrival, "patient")) &&
        limber_time_is_same_day (limber_record_integer (other, "at"), limber_record_integer (appointment, "start")) && came_before (other, arrival))
      return TRUE;
  }
  return FALSE;
}

static char *
number_of (SimTruth *truth, const LimberRecord *appointment)
{
  const LimberRecord *arrival;
  GHashTableIter iter;

  g_hash_table_iter_init (&iter, sim_truth_rows (truth));
  while ((arrival = next_of (&iter, "arrival", "appointment", &appointment->id)) != NULL)
    if (limber_record_integer (arrival, "round") == round_of (appointment) && limber_record_text (arrival, "ticket") != NULL)
      return is_taken (truth, appointment, arrival) ? NULL : g_strdup (limber_record_text (arrival, "ticket"));
  return NULL;
}

/* Returns (transfer full) (nullable): what is shown of her whose @appointment it is. */
static char *
find_shown (SimTruth *truth, const LimberRecord *appointment, gboolean *numbered)
{
  const LimberRecord *site = find (truth, "site", limber_record_id (appointment, "site")), *person = NULL;
  const LimberId *patient = limber_record_id (appointment, "patient");
  int by = site != NULL && patient != NULL ? read_by (site) : NOBODY;
  char *shown = NULL;

  *numbered = FALSE;
  if (by == NOBODY)
    return NULL;
  by = MAX (by, read_wish (truth, patient, &person));
  if (by == BY_NAME)
    shown = name_of (person);
  if (by == FETCHED || shown != NULL)
    return shown;
  *numbered = TRUE;
  return number_of (truth, appointment);
}

/**
 * sim_board_may_hold:
 * @call: of somebody who is expected at a site these days
 * @now: milliseconds UTC
 *
 * Returns: whether the waiting-room screens of that site show it
 */
gboolean
sim_board_may_hold (SimTruth *truth, const LimberRecord *call, gint64 now)
{
  const LimberRecord *appointment = find (truth, "appointment", limber_record_id (call, "appointment"));
  g_autofree char *shown = NULL;
  gboolean numbered;

  if (appointment == NULL || !limber_time_is_same_day (limber_record_integer (call, "at"), now) || !stands (truth, call, appointment))
    return FALSE;
  shown = find_shown (truth, appointment, &numbered);
  return shown != NULL;
}

static void
check_call (SimTruth *truth, const LimberRecord *call, SimPlace *place, GPtrArray *problems)
{
  const LimberRecord *appointment = find (truth, "appointment", limber_record_id (call, "appointment"));
  const LimberRecord *room = appointment != NULL ? find (truth, "place", limber_record_id (appointment, "place")) : NULL;
  gboolean numbered = FALSE;
  g_autofree char *shown = appointment != NULL ? find_shown (truth, appointment, &numbered) : NULL, *name = sim_name_of ("call", &call->id, NULL);

  if (appointment == NULL)
    return;
  if (g_strcmp0 (limber_record_text (call, "shown"), shown) != 0 || (limber_record_integer (call, "numbered") != 0) != numbered)
    sim_problem (problems, "B1 %s shows %s for %s, where it should show %s", place->name, limber_record_text (call, "shown"), name, shown);
  if (g_strcmp0 (limber_record_text (call, "place_name"), room != NULL ? limber_record_text (room, "name") : NULL) != 0)
    sim_problem (problems, "B1 %s sends %s to %s", place->name, name, limber_record_text (call, "place_name"));
  if ((limber_record_integer (call, "gone_in") != 0) != (limber_record_integer (appointment, "status") % ROUND > CALLED))
    sim_problem (problems, "B1 %s is wrong about whether %s has gone in", place->name, name);
}

/* What it says besides. */

static gboolean
is_here (const LimberRecord *record, SimPlace *place)
{
  const LimberId *site = g_str_equal (record->kind->name, "appointment") ? limber_record_id (record, "site") : NULL;

  return site != NULL && limber_id_equal (site, &place->site);
}

static gboolean
is_class (const LimberRecord *appointment)
{
  return g_strcmp0 (limber_record_text (appointment, "type"), "class") == 0 && g_strcmp0 (limber_record_word (appointment, "status"), "cancelled") != 0;
}

/* Whether something there gives reason to say @line: a class, or of today a clinician. */
static gboolean
is_true (SimTruth *truth, SimPlace *place, const char *line, gint64 now)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, sim_truth_rows (truth));
  while (g_hash_table_iter_next (&iter, NULL, &row)) {
    const LimberRecord *room, *clinician;
    const char *in, *with;
    g_autofree char *class = NULL;

    if (!is_here (row, place))
      continue;
    room = find (truth, "place", limber_record_id (row, "place"));
    clinician = find (truth, "staff", limber_record_id (row, "clinician"));
    in = room != NULL ? limber_record_text (room, "name") : NULL;
    with = clinician != NULL ? limber_record_text (clinician, "given") : NULL;
    class = in != NULL && is_class (row) ? g_strdup_printf ("class %" G_GINT64_FORMAT " %s", limber_record_integer (row, "start"), in) : NULL;
    if (g_strcmp0 (line, class) == 0)
      return TRUE;
    if (clinician != NULL && limber_time_is_same_day (limber_record_integer (row, "start"), now) &&
        ((g_str_has_prefix (line, "with ") && with != NULL && g_str_has_suffix (line, with)) || (g_str_has_prefix (line, "in ") && in != NULL && g_str_has_suffix (line, in))))
      return TRUE;
  }
  return FALSE;
}

/* Of many classes it says two. */
static void
check_classes (SimTruth *truth, SimPlace *place, const char *notices, gint64 now, GPtrArray *problems)
{
  const char *said = strstr (notices, "\"class "), *second = said != NULL ? strstr (said + 1, "\"class ") : NULL;
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, sim_truth_rows (truth));
  while (second == NULL && g_hash_table_iter_next (&iter, NULL, &row)) {
    const LimberRecord *room = is_here (row, place) && is_class (row) ? find (truth, "place", limber_record_id (row, "place")) : NULL;
    gint64 start = room != NULL ? limber_record_integer (row, "start") : 0;
    g_autofree char *line = room != NULL ? g_strdup_printf ("\"class %" G_GINT64_FORMAT " %s\"", start, limber_record_text (room, "name")) : NULL;

    if (line != NULL && start > now - AFTER + SLACK && start < now + AHEAD - SLACK && strstr (notices, line) == NULL)
      sim_problem (problems, "B2 %s does not say %s, but %s", place->name, line, notices);
  }
}

static void
check_notices (SimTruth *truth, const LimberRecord *site, SimPlace *place, gint64 now, gboolean roamed, GPtrArray *problems)
{
  const char *notices = limber_record_text (site, "notices");
  g_autoptr (json_t) list = notices != NULL ? json_loads (notices, 0, NULL) : NULL;
  char today[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (now, today);
  if (list == NULL && roamed)
    return;
  if (list == NULL || g_strcmp0 (json_string_value (json_array_get (list, 0)), today) != 0)
    sim_problem (problems, "B2 %s says what is not of today: %s", place->name, notices);
  for (gsize i = 1; i < json_array_size (list); i++)
    if (!is_true (truth, place, json_string_value (json_array_get (list, i)), now))
      sim_problem (problems, "B2 %s says without a reason %s", place->name, json_string_value (json_array_get (list, i)));
  if (notices != NULL)
    check_classes (truth, place, notices, now, problems);
}

/**
 * sim_board_check:
 * @roamed: whether it may have less than it should: what its own clock, when it was wrong, took for another day's only a digest brings
 *   back
 *
 * Checks what a waiting-room screen says, once everybody is at rest.
 */
void
sim_board_check (SimTruth *truth, SimPlace *central, SimPlace *place, gboolean roamed, GPtrArray *problems)
{
  g_autoptr (GHashTable) held = sim_truth_rows_at (place);
  gint64 now = limber_env_now (central->env);
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, held);
  while (g_hash_table_iter_next (&iter, NULL, &row)) {
    const LimberRecord *record = row;

    if (g_str_equal (record->kind->name, "call"))
      check_call (truth, record, place, problems);
    else if (g_str_equal (record->kind->name, "site") && limber_id_equal (&record->id, &place->site))
      check_notices (truth, record, place, now, roamed, problems);
  }
}
