#include "limber-projection.h"

#include <sodium.h>
#include <string.h>

#include "limber-base64.h"
#include "limber-calling.h"
#include "limber-canary.h"
#include "limber-date.h"
#include "limber-json.h"
#include "limber-queries.h"
#include "limber-rows.h"
#include "limber-text.h"
#include "limber-transaction-private.h"

#define MOST_FORMS 32

static void
set (LimberRecord *record, const char *field, char *text)
{
  LimberValue *value = &record->values[limber_kind_field (record->kind, field)];

  if (text != NULL && *text != '\0')
    limber_value_take_text (value, text);
  else {
    limber_value_set_none (value);
    g_free (text);
  }
}

/**
 * limber_projection_postcode_key:
 * @site: the site, whose screens alone can compare it
 * @postcode: as it was typed
 *
 * Returns: (transfer full) (nullable): what a public screen compares a typed postcode with
 */
char *
limber_projection_postcode_key (const LimberId *site, const char *postcode)
{
  g_autofree char *plain = limber_text_postcode (postcode);
  guint8 hash[crypto_generichash_BYTES_MIN];

  if (plain == NULL || *plain == '\0')
    return NULL;
  crypto_generichash (hash, sizeof hash, (const guint8 *) plain, strlen (plain), site->bytes, sizeof site->bytes);
  return limber_base64_dup (hash, sizeof hash);
}

/* What counts from whichever of her records says it. */
typedef struct {
  gboolean restricted, at_desk;
  char    *details_on; /* (owned) (nullable) */
  LimberCallBy by;
} Strictest;

/* A record of which nothing is left gets nothing from others.
 * @reader: (nullable): %NULL where nobody is more than one record */
static void
find_strictest (LimberReader *reader, const LimberRecord *record, Strictest *strictest)
{
  gint64 n = reader != NULL ? limber_database_thing (reader->database, &record->id, FALSE, NULL) : 0;
  g_autoptr (LimberStatement) statement = NULL;

  strictest->restricted = limber_record_integer (record, "restricted") != 0;
  strictest->at_desk = limber_record_text (record, "died") != NULL || limber_record_integer (record, "see_desk") != 0;
  strictest->details_on = g_strdup (limber_record_text (record, "details_confirmed"));
  strictest->by = MAX (limber_call_by_parse (limber_record_text (record, "call_by")), strictest->restricted ? LIMBER_CALL_BY_NUMBER : LIMBER_CALL_BY_NAME);
  if (n == 0 || !limber_record_has_any (record, record->kind->n_fields, LIMBER_CLASS_KIOSK) ||
      (limber_record_id (record, "merged_into") == NULL && limber_database_integer (reader->database, 0, "SELECT 1 FROM patient WHERE merged_into=? LIMIT 1", "i", n) == 0))
    return;
  statement = limber_database_bound (reader->database, NULL, limber_query_find ("strictest")->sql, "i", n);
  if (statement == NULL || limber_statement_step (statement, NULL) != 1)
    return;
  strictest->restricted |= sqlite3_column_int (statement->stmt, 0) != 0;
  strictest->at_desk |= sqlite3_column_int (statement->stmt, 1) != 0;
  g_free (strictest->details_on);
  strictest->details_on = limber_statement_dup_text (statement, 2);
  strictest->by = MAX (strictest->by, (LimberCallBy) sqlite3_column_int (statement->stmt, 3));
}

/* ["URL 2026-11-23"]: when she last answered which form, so that a screen does not ask her again too soon. */
static char *
find_answered (LimberReader *reader, const LimberRecord *record)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GString) list = g_string_new ("[");

  if (reader == NULL || !limber_record_has_any (record, record->kind->n_fields, LIMBER_CLASS_KIOSK))
    return NULL;
  rows = limber_reader_query (reader, "answered", NULL, "di", &record->id, (gint64) MOST_FORMS);
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    char day[LIMBER_DATE_LENGTH + 1];
    g_autofree char *text = NULL;

    limber_date_of_time (limber_row_integer (g_ptr_array_index (rows, i), "at"), day);
    text = g_strdup_printf ("%s %s", limber_row_text (g_ptr_array_index (rows, i), "url"), day);
    g_string_append (list, i > 0 ? "," : "");
    limber_json_quote (list, text);
  }
  return list->len > 1 ? g_strdup (g_string_append_c (list, ']')->str) : NULL;
}

static void
project_patient (LimberReader *reader, LimberRecord *record, const LimberId *site)
{
  const char *family = limber_record_text (record, "family"), *given = limber_record_text (record, "given"), *postcode = limber_record_text (record, "postcode");
  const char *phone = limber_record_text (record, "mobile");
  Strictest strictest = { 0 };

  find_strictest (reader, record, &strictest);
  set (record, "answered", find_answered (reader, record));
  set (record, "details_on", strictest.details_on);
  if (phone == NULL)
    phone = limber_record_text (record, "phone");
  set (record, "initials", limber_text_initials (given != NULL ? given : "", family != NULL ? family : ""));
  set (record, "letters", family != NULL ? limber_text_surname_letters (family) : NULL);
  set (record, "postcode_key", postcode != NULL && !strictest.restricted ? limber_projection_postcode_key (site, postcode) : NULL);
  set (record, "masked_phone", phone != NULL && !strictest.restricted ? limber_text_mask_phone (phone) : NULL);
  if (strictest.at_desk)
    limber_value_set_integer (&record->values[limber_kind_field (record->kind, "at_desk")], 1);
  if (strictest.by > LIMBER_CALL_BY_NAME)
    set (record, "called", g_strdup (strictest.by == LIMBER_CALL_BY_FETCH ? "fetch" : "number"));
}

static void
project_appointment (LimberReader *reader, LimberRecord *record)
{
  const LimberId *place_id = limber_record_id (record, "place"), *clinician_id = limber_record_id (record, "clinician");
  g_autoptr (LimberRecord) place = place_id != NULL ? limber_reader_get (reader, "place", place_id, NULL) : NULL;
  g_autoptr (LimberRecord) clinician = clinician_id != NULL ? limber_reader_get (reader, "staff", clinician_id, NULL) : NULL;

  set (record, "place_name", place != NULL ? g_strdup (limber_record_text (place, "name")) : NULL);
  set (record, "waiting_area", place != NULL ? g_strdup (limber_record_text (place, "waiting_area")) : NULL);
  set (record, "with_name", clinician != NULL ? g_strdup (limber_record_text (clinician, "given")) : NULL);
}

/* The meta under which the notices of a site's waiting-room screens are kept. */
static char *
notices_meta (const LimberId *site)
{
  char id[LIMBER_ID_TEXT_LENGTH + 1];

  limber_id_to_text (site, id);
  return g_strconcat ("notices ", id, NULL);
}

/**
 * limber_projection_notices:
 *
 * Returns: (transfer full) (nullable): what the waiting-room screens of @site say besides calls, as limber_projection_set_notices() had it
 */
char *
limber_projection_notices (LimberReader *reader, const LimberId *site)
{
  g_autofree char *name = notices_meta (site);

  return limber_reader_meta (reader, name);
}

/**
 * limber_projection_set_notices:
 * @site: a site that has waiting-room screens
 * @notices: what they say besides calls: a list of texts, as JSON
 *
 * Where that is not what they said until now, they hear of it.
 */
gboolean
limber_projection_set_notices (LimberTransaction *transaction, const LimberId *site, const char *notices, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  g_autofree char *name = notices_meta (site), *before = limber_projection_notices (&transaction->reader, site);
  g_autoptr (LimberRecord) record = NULL;
  gint64 n = limber_database_thing (database, site, FALSE, NULL);

  if (g_strcmp0 (before, notices) == 0)
    return TRUE;
  if (!limber_transaction_set_meta (transaction, name, notices, error) || (n != 0 && !limber_rows_find (database, limber_kind_by_name ("site"), n, &record, error)))
    return FALSE;
  return record == NULL || limber_transaction_save_row (transaction, record, n, error);
}

/**
 * limber_projection_make:
 * @record: a record as a node holds it; gets the fields that only a projection has
 * @site: the screen's
 *
 * The other fields stay; whoever writes the record out leaves out what the screen may not hold.
 */
void
limber_projection_make (LimberReader *reader, LimberRecord *record, const LimberId *site)
{
  if (g_str_equal (record->kind->name, "patient"))
    project_patient (reader, record, site);
  else if (g_str_equal (record->kind->name, "appointment"))
    project_appointment (reader, record);
  else if (g_str_equal (record->kind->name, "call"))
    limber_calling_project (reader, record);
  else if (g_str_equal (record->kind->name, "site") && limber_id_equal (&record->id, site)) /* what its own screens say, and no other's */
    set (record, "notices", limber_projection_notices (reader, &record->id));
}

/* Moves the rows of @kind that @statement finds to the end of the order of change.
 * @statement: (nullable): %NULL where @error is set */
static gboolean
renew_found (LimberTransaction *transaction, const LimberKind *kind, LimberStatement *statement, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  int step = -1;

  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1) {
    gint64 n = sqlite3_column_int64 (statement->stmt, 0);

    g_array_append_val (numbers, n);
  }
  for (guint i = 0; step == 0 && i < numbers->len; i++) {
    gint64 n = g_array_index (numbers, gint64, i);
    g_autoptr (LimberRecord) record = limber_rows_load (database, kind, n, error);

    if (record == NULL || !limber_transaction_save_row (transaction, record, n, error))
      return FALSE;
  }
  return step == 0;
}

static gboolean
save_again (LimberTransaction *transaction, const LimberId *patient, GError **error)
{
  const LimberKind *kind = limber_kind_by_name ("patient");
  gint64 n = limber_database_thing (transaction->reader.database, patient, FALSE, NULL);
  g_autoptr (LimberRecord) record = NULL;

  if (n != 0 && !limber_rows_find (transaction->reader.database, kind, n, &record, error))
    return FALSE;
  return record == NULL || limber_transaction_save_row (transaction, record, n, error);
}

/* Adds who is the same person as @patient. */
static gboolean
add_others (LimberReader *reader, const LimberId *patient, GHashTable *others, GError **error)
{
  g_autoptr (GPtrArray) rows = limber_reader_query (reader, "same-others", error, "d", patient);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    g_hash_table_add (others, limber_id_copy (limber_row_id (g_ptr_array_index (rows, i), "id")));
  return rows != NULL;
}

static gboolean
add_parted (LimberTransaction *transaction, GHashTable *others, GError **error)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, transaction->parted);
  while (g_hash_table_iter_next (&iter, &id, NULL)) {
    g_hash_table_add (others, limber_id_copy (id));
    if (!add_others (&transaction->reader, id, others, error))
      return FALSE;
  }
  return TRUE;
}

/* Those who are, or were until now, the same person as somebody who was changed. Each is written again: what is shown of each
 * depends on all of them. */
static gboolean
renew_same (LimberTransaction *transaction, GError **error)
{
  g_autoptr (GHashTable) others = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, transaction->patients);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!add_others (&transaction->reader, id, others, error))
      return FALSE;
  if (!add_parted (transaction, others, error))
    return FALSE;
  g_hash_table_iter_init (&iter, others);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!save_again (transaction, id, error))
      return FALSE;
  return TRUE;
}

/* Whether answers were taken in by which it is longer until she is asked again, or were taken out. */
static gboolean
has_answered (LimberTransaction *transaction)
{
  GArray *records = transaction->changes->records; /* none of them when there were many */

  for (guint i = 0; i < records->len; i++) {
    const LimberChanged *changed = &g_array_index (records, LimberChanged, i);
    g_autoptr (LimberRecord) record = NULL;

    if (!g_str_equal (changed->kind->name, "answers"))
      continue;
    if (!limber_reader_find (&transaction->reader, changed->kind, &changed->id, &record, NULL) || record == NULL || limber_record_integer (record, "in_person") != 0 ||
        g_strcmp0 (limber_record_text (record, "status"), "completed") == 0)
      return TRUE;
  }
  return transaction->changes->many;
}

/* Those whose answers were taken in or out. Whom one of them is the same as is looked at too once she is written (limber-scope.h), and
 * comes to the others meanwhile. */
static gboolean
renew_answered (LimberTransaction *transaction, GError **error)
{
  g_autoptr (GArray) answered = g_array_new (FALSE, FALSE, sizeof (LimberId));
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, transaction->patients);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_array_append_val (answered, *(LimberId *) id);
  for (guint i = 0; i < answered->len; i++)
    if (!save_again (transaction, &g_array_index (answered, LimberId, i), error))
      return FALSE;
  return TRUE;
}

/* When today begins. */
static gint64
today_from (LimberTransaction *transaction)
{
  char today[LIMBER_DATE_LENGTH + 1];
  gint64 from, until;

  limber_date_of_time (limber_transaction_now (transaction), today);
  limber_date_bounds (today, &from, &until);
  return from;
}

/* The records of the kind ?3 that this transaction has changed; ?2 is where the order of change ended before it. */
#define CHANGED "(SELECT record FROM change WHERE seq>?2 AND kind=?3)"

/* What of today, and of later, says something else on a public screen once a record @by has changed. */
static const struct {
  const char *shown, *by, *sql;
} shown_by[] = {
  { "appointment", "place", "SELECT n FROM appointment WHERE start>=?1 AND place IN " CHANGED },
  { "appointment", "staff", "SELECT n FROM appointment WHERE start>=?1 AND clinician IN " CHANGED },
  { "call", "patient", "SELECT n FROM call WHERE at>=?1 AND patient IN " CHANGED },
  { "call", "arrival", "SELECT n FROM call WHERE at>=?1 AND appointment IN (SELECT appointment FROM arrival WHERE n IN " CHANGED ")" },
  { "call", "place", "SELECT c.n FROM call c JOIN appointment a ON a.n=c.appointment WHERE c.at>=?1 AND a.place IN " CHANGED },
  { "call", "site", "SELECT c.n FROM call c JOIN appointment a ON a.n=c.appointment WHERE c.at>=?1 AND a.site IN " CHANGED },
};

static gboolean
renew_shown (LimberTransaction *transaction, const char *shown, GError **error)
{
  gint64 from = today_from (transaction);

  for (guint i = 0; i < G_N_ELEMENTS (shown_by); i++) {
    gint64 number = limber_kind_by_name (shown_by[i].by)->number;
    g_autoptr (LimberStatement) statement = NULL;

    if (!g_str_equal (shown_by[i].shown, shown) || !limber_changes_has_kind (transaction->changes, shown_by[i].by))
      continue;
    statement = limber_database_bound (transaction->reader.database, error, shown_by[i].sql, "iii", from, transaction->before, number);
    if (!renew_found (transaction, limber_kind_by_name (shown), statement, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
has_board (LimberTransaction *transaction)
{
  return limber_database_integer (transaction->reader.database, 0, "SELECT 1 FROM grp WHERE class='board'", "") == 1 && !limber_canary (LIMBER_CANARY_CALL_AS_IT_WAS);
}

/**
 * limber_projection_renew:
 *
 * Moves to the end of the order of change what is as it was, but not what a public screen holds of it: the appointments from
 * today on whose place or clinician this transaction has changed, the other records of the people whom it has changed, all records
 * of those of whom it has answers, and the calls of today that now say something else.
 */
gboolean
limber_projection_renew (LimberTransaction *transaction, GError **error)
{
  const LimberChanges *changes = transaction->changes;
  gboolean visits = limber_changes_has_kind (changes, "staff") || limber_changes_has_kind (changes, "place");
  gboolean people = limber_changes_has_kind (changes, "patient"), answers = limber_changes_has_kind (changes, "answers");
  gboolean calls = limber_changes_has_kind (changes, "arrival") || limber_changes_has_kind (changes, "site"), answered;

  if (!(visits || people || answers || calls) || limber_database_integer (transaction->reader.database, 0, "SELECT 1 FROM grp WHERE class IN ('kiosk', 'board')", "") != 1)
    return TRUE;
  answered = answers && !limber_canary (LIMBER_CANARY_ANSWERED_UNTOLD) && has_answered (transaction);
  return (!visits || renew_shown (transaction, "appointment", error)) && (!(people || answered) || renew_same (transaction, error)) && (!answered || renew_answered (transaction, error)) &&
         (!has_board (transaction) || renew_shown (transaction, "call", error));
}
