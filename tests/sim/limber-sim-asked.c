/* - A form is asked while it is published, of the latest version that is, at its sites, of its kinds of visit, and of whom none of her
 *   records says that she has answered it to the end, or rather wanted a person to ask her, so few days ago as it stands for.
 * - Whether a telephone number is right is asked of nobody whose number may not be shown, nor of whom any record was confirmed lately.
 * - What was said at a kiosk it keeps no longer than till it is safe at central, once it does not hold that person any more. */
#include "limber-sim-asked.h"

#include <string.h>

#include "limber-asking.h"
#include "limber-date.h"
#include "limber-reader-private.h"

#define ROUND 16
#define DETAILS_DAYS 182

static gboolean
is_of_kind (gconstpointer row, const char *kind)
{
  return g_str_equal (((const LimberRecord *) row)->kind->name, kind);
}

/* Whether @list, of a form, is empty or has @word. */
static gboolean
admits (const char *list, const char *word)
{
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", word != NULL ? word : "");

  return list == NULL || g_str_equal (list, "[]") || strstr (list, quoted) != NULL;
}

/* Whether @days have gone since @day, or it is yet to come. */
static gboolean
is_past (const char *day, gint64 days, const char *today)
{
  g_autofree char *until = limber_date_add_days (day, (int) days);

  return strcmp (until, today) <= 0 || strcmp (day, today) > 0;
}

static gboolean
is_asked (const LimberRecord *form)
{
  return is_of_kind (form, "questionnaire") && limber_record_integer (form, "status") % ROUND == 1;
}

static guint64
version_of (const LimberRecord *form)
{
  return g_ascii_strtoull (limber_record_text (form, "version"), NULL, 10);
}

static gboolean
is_latest (SimTruth *truth, const LimberRecord *form)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, sim_truth_rows (truth));
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (is_asked (row) && g_strcmp0 (limber_record_text (row, "url"), limber_record_text (form, "url")) == 0 && version_of (row) > version_of (form))
      return FALSE;
  return TRUE;
}

/* When somebody answered @form last; 0 for never. */
static gint64
answered_at (SimTruth *truth, const LimberRecord *form, const LimberId *person)
{
  gint64 last = 0;
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, sim_truth_rows (truth));
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (is_of_kind (row, "answers") && limber_record_id (row, "patient") != NULL && limber_id_equal (sim_truth_person (truth, limber_record_id (row, "patient")), person) &&
        g_strcmp0 (limber_record_text (row, "url"), limber_record_text (form, "url")) == 0 &&
        (g_strcmp0 (limber_record_text (row, "status"), "completed") == 0 || limber_record_integer (row, "in_person") != 0))
      last = MAX (last, limber_record_integer (row, "at"));
  return last;
}

typedef struct {
  SimTruth           *truth;
  SimPlace           *place;
  const LimberRecord *appointment;
  const LimberId     *person;
  char                today[LIMBER_DATE_LENGTH + 1];
} Visit;

static gboolean
is_due (const Visit *visit, const LimberRecord *form)
{
  g_autofree char *name = sim_name_of ("site", &visit->place->site, NULL);
  const LimberRecord *site = g_hash_table_lookup (sim_truth_rows (visit->truth), name);
  gint64 at;
  char day[LIMBER_DATE_LENGTH + 1];

  if (!is_asked (form) || !is_latest (visit->truth, form) || !admits (limber_record_text (form, "sites"), limber_record_text (site, "code")) ||
      !admits (limber_record_text (form, "types"), limber_record_text (visit->appointment, "type")))
    return FALSE;
  at = answered_at (visit->truth, form, visit->person);
  if (at == 0)
    return TRUE;
  limber_date_of_time (at, day);
  return is_past (day, limber_record_integer (form, "due_days"), visit->today);
}

static char *
name_of (const char *url, const char *version)
{
  return g_strjoin (" ", url, version, NULL);
}

static void
check_forms (const Visit *visit, const LimberAsking *asking, GPtrArray *problems)
{
  g_autoptr (GHashTable) asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *whose = sim_name_of ("appointment", &visit->appointment->id, NULL);
  GHashTableIter iter;
  gpointer row, name;

  for (guint i = 0; i < asking->forms->len; i++) {
    const LimberAskedForm *form = g_ptr_array_index (asking->forms, i);

    g_hash_table_add (asked, name_of (form->form->url, form->form->version));
  }
  g_hash_table_iter_init (&iter, sim_truth_rows (visit->truth));
  while (g_hash_table_iter_next (&iter, NULL, &row)) {
    g_autofree char *form = is_of_kind (row, "questionnaire") && is_due (visit, row) ? name_of (limber_record_text (row, "url"), limber_record_text (row, "version")) : NULL;

    if (form != NULL && !g_hash_table_remove (asked, form))
      sim_problem (problems, "Q1 %s does not ask %s for %s", visit->place->name, form, whose);
  }
  g_hash_table_iter_init (&iter, asked);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    sim_problem (problems, "Q1 %s asks %s for %s, which is not due", visit->place->name, (char *) name, whose);
}

static gboolean
may_ask_number (const Visit *visit)
{
  g_autofree char *name = sim_name_of ("patient", limber_record_id (visit->appointment, "patient"), NULL), *site_name = sim_name_of ("site", &visit->place->site, NULL);
  const LimberRecord *own = g_hash_table_lookup (sim_truth_rows (visit->truth), name), *site = g_hash_table_lookup (sim_truth_rows (visit->truth), site_name);
  const LimberValue *days = limber_record_value (site, "details_days");
  GHashTableIter iter;
  gpointer row;

  if (own == NULL || (limber_record_text (own, "mobile") == NULL && limber_record_text (own, "phone") == NULL))
    return FALSE;
  g_hash_table_iter_init (&iter, sim_truth_rows (visit->truth));
  while (g_hash_table_iter_next (&iter, NULL, &row)) {
    const char *day;

    if (!is_of_kind (row, "patient") || !limber_id_equal (sim_truth_person (visit->truth, &((LimberRecord *) row)->id), visit->person))
      continue;
    day = limber_record_text (row, "details_confirmed");
    if (limber_record_integer (row, "restricted") != 0)
      return FALSE;
    if (day != NULL && strcmp (day, visit->today) <= 0 && !is_past (day, days->type == LIMBER_VALUE_INTEGER ? days->integer : DETAILS_DAYS, visit->today))
      return FALSE;
  }
  return TRUE;
}

typedef struct {
  SimTruth  *truth;
  SimPlace  *central, *place;
  GPtrArray *problems;
} Check;

static gboolean
add_visit (const LimberRecord *appointment, gpointer data)
{
  g_ptr_array_add (data, limber_record_copy (appointment));
  return TRUE;
}

static gboolean
check_all (LimberReader *reader, gpointer data, GError **error)
{
  Check *check = data;
  g_autoptr (GPtrArray) appointments = g_ptr_array_new_with_free_func ((GDestroyNotify) limber_record_free);
  Visit visit = { check->truth, check->place, NULL, NULL, "" };

  limber_date_of_time (limber_env_now (check->central->env), visit.today);
  if (!limber_reader_list (reader, "appointment", NULL, NULL, add_visit, appointments, error))
    return FALSE;
  for (guint i = 0; i < appointments->len; i++) {
    const LimberId *patient = limber_record_id (g_ptr_array_index (appointments, i), "patient");
    g_autoptr (LimberAsking) asking = NULL;

    visit.appointment = g_ptr_array_index (appointments, i);
    asking = limber_asking_find (reader, &visit.appointment->id, NULL);
    if (patient == NULL || asking == NULL)
      continue;
    visit.person = sim_truth_person (check->truth, patient);
    check_forms (&visit, asking, check->problems);
    if (asking->masked_phone != NULL && !may_ask_number (&visit))
      sim_problem (check->problems, "Q2 %s asks whether a number is right that it should not ask about", check->place->name);
  }
  return TRUE;
}

/* What it still has of what was answered there. */
typedef struct {
  SimLedger *ledger;
  SimPlace  *place;
  GPtrArray *problems;
} Keeping;

static gboolean
check_kept (LimberReader *reader, gpointer data, GError **error)
{
  Keeping *keeping = data;
  g_autoptr (LimberStatement) statement = limber_database_bound (
      reader->database, error, "SELECT j.hash FROM journal j JOIN mark m ON m.origin=j.key>>40 WHERE j.body IS NOT NULL AND (j.key & 0xffffffffff)<=m.backed_up", "");

  while (statement != NULL && limber_statement_step (statement, error) == 1) {
    const SimEntry *entry;
    g_autoptr (LimberRecord) patient = NULL;
    LimberEntryId id;
    LimberId whose;

    memcpy (&id, sqlite3_column_blob (statement->stmt, 0), sizeof id);
    entry = sim_ledger_find (keeping->ledger, &id);
    if (entry == NULL || !limber_id_parse (&whose, json_string_value (json_array_get (entry->header, 10))))
      continue;
    patient = limber_reader_get (reader, "patient", &whose, NULL);
    if (patient == NULL)
      sim_problem (keeping->problems, "R13 %s keeps what was said of somebody who is not expected any more, though it is safe at central", keeping->place->name);
  }
  return statement != NULL;
}

/**
 * sim_asked_check:
 *
 * Checks what a kiosk asks and keeps, once everybody is at rest.
 */
void
sim_asked_check (SimTruth *truth, SimLedger *ledger, SimPlace *central, SimPlace *place, GPtrArray *problems)
{
  Check check = { truth, central, place, problems };
  Keeping keeping = { ledger, place, problems };

  sim_place_enter (place);
  limber_store_read (place->store, check_all, &check, NULL);
  limber_store_read (place->store, check_kept, &keeping, NULL);
  sim_place_enter (central);
}
