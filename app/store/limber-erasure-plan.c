/* An entry goes whole or not at all. Where only fields are to go, what else such an entry says and still stands is first
 * written again, byte for byte and with the same rank, by whoever erases; so that afterwards the other fields are as they
 * were, and an import still gives way to people. */
#include "limber-erasure-plan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-base64.h"
#include "limber-error.h"
#include "limber-extras.h"
#include "limber-journal.h"
#include "limber-reader-private.h"
#include "limber-rows.h"
#include "limber-transaction-private.h"

#define ENTRIES_AN_ERASURE 32 /* as many as a list may hold */

/* What is to be written again of one entry. */
typedef struct {
  gboolean has_patient;
  LimberId patient;
  guint8   rank;
  guint64  time;
  GString *body; /* (owned): without its last bracket */
  GString *seen; /* (owned): likewise */
} Again;

/* One record. */
typedef struct {
  LimberId   id;
  GArray    *entries; /* (owned): LimberEntryId */
  GPtrArray *again;   /* (owned): Again */
} Part;

struct _LimberErasurePlan {
  LimberReader      *reader; /* while it is made */
  const LimberKind  *kind;
  const char *const *fields; /* (nullable): while it is made */
  LimberRecord      *held;   /* (owned) (nullable): the record, where only fields of it are to go */
  Part              *part;   /* that is being gathered */
  GPtrArray         *parts;  /* (owned): Part */
  GPtrArray         *erasures; /* (owned): ids as texts, once it is carried out */
  GPtrArray         *same;   /* (owned): ids as texts: other records of the same person */
  guint              n_entries, n_quarantined, n_conflicts, n_again;
};

static void
again_free (Again *again)
{
  g_string_free (again->body, TRUE);
  g_string_free (again->seen, TRUE);
  g_free (again);
}

static void
part_free (Part *part)
{
  g_array_unref (part->entries);
  g_ptr_array_unref (part->again);
  g_free (part);
}

void
limber_erasure_plan_free (LimberErasurePlan *plan)
{
  g_clear_pointer (&plan->held, limber_record_free);
  g_ptr_array_unref (plan->parts);
  g_ptr_array_unref (plan->erasures);
  g_ptr_array_unref (plan->same);
  g_free (plan);
}

static gboolean
is_to_go (const LimberErasurePlan *plan, const char *field)
{
  return plan->fields == NULL || g_strv_contains (plan->fields, field);
}

/* What cannot be read says perhaps just that. */
static gboolean
says_it (const LimberErasurePlan *plan, GArray *changes)
{
  gboolean says = changes == NULL || plan->fields == NULL;

  for (guint i = 0; !says && i < changes->len; i++)
    says = is_to_go (plan, g_array_index (changes, LimberChange, i).name);
  return says;
}

static gboolean
stands (const LimberErasurePlan *plan, const LimberEntry *entry, const char *field)
{
  int at = limber_kind_field (plan->kind, field);

  if (at < 0)
    return limber_extras_stands (plan->reader, limber_database_thing (plan->reader->database, &entry->record, FALSE, NULL), entry->kind, field, &entry->id);
  return plan->held != NULL && limber_id_equal (&plan->held->stamps[at].entry, &entry->id);
}

static void
add_again (LimberErasurePlan *plan, const LimberEntry *entry, GArray *changes)
{
  Again *again = NULL;
  char id[LIMBER_BASE64_LENGTH (16) + 1];

  limber_base64_encode (entry->id.bytes, sizeof entry->id.bytes, id);
  for (guint i = 0; i < changes->len; i++) {
    const LimberChange *change = &g_array_index (changes, LimberChange, i);

    if (is_to_go (plan, change->name) || !stands (plan, entry, change->name))
      continue;
    if (again == NULL) {
      again = g_new0 (Again, 1);
      *again = (Again){ entry->has_patient, entry->patient, entry->rank, entry->time, g_string_new ("{"), g_string_new ("{") };
      g_ptr_array_add (plan->part->again, again);
    }
    g_string_append (again->body, again->body->len > 1 ? "," : "");
    limber_entry_append_name (again->body, change->name, change->merge);
    g_string_append_c (again->body, ':');
    g_string_append_len (again->body, change->value.start, (gssize) change->value.length);
    g_string_append_printf (again->seen, "%s\"%s\":[\"%s\"]", again->seen->len > 1 ? "," : "", change->name, id);
    plan->n_again++;
  }
}

static gboolean
gather (const LimberEntry *entry, gint64 key, LimberJournalState state, gpointer data)
{
  LimberErasurePlan *plan = data;
  g_autoptr (GArray) changes = entry->has_body ? limber_entry_changes (entry, NULL) : NULL;

  if (!entry->has_body || !says_it (plan, changes))
    return TRUE;
  g_array_append_val (plan->part->entries, entry->id);
  plan->n_entries++;
  plan->n_quarantined += state == LIMBER_JOURNAL_QUARANTINED;
  if (plan->fields != NULL && changes != NULL && state == LIMBER_JOURNAL_MERGED && g_str_equal (entry->kind, plan->kind->name))
    add_again (plan, entry, changes);
  return TRUE;
}

static gboolean
has_entry (const Part *part, const LimberEntryId *id)
{
  for (guint i = 0; i < part->entries->len; i++)
    if (limber_id_equal (&g_array_index (part->entries, LimberEntryId, i), id))
      return TRUE;
  return FALSE;
}

/* A value that lost and that nobody has decided on would go without anybody having looked at it. */
static gboolean
check_conflicts (LimberErasurePlan *plan, GError **error)
{
  LimberDatabase *database = plan->reader->database;
  g_autoptr (LimberStatement) statement =
      limber_database_bound (database, error, "SELECT field, state, e.id FROM conflict JOIN thing e ON e.n=entry WHERE record=?", "i", limber_database_thing (database, &plan->part->id, FALSE, NULL));
  int step = -1;

  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1) {
    const char *field = (const char *) sqlite3_column_text (statement->stmt, 0);
    LimberEntryId entry;

    if (!limber_statement_blob_into (statement, 2, &entry, sizeof entry) || !has_entry (plan->part, &entry))
      continue;
    plan->n_conflicts++;
    if (is_to_go (plan, field) || sqlite3_column_int (statement->stmt, 1) != 0)
      continue;
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("%s: it has a conflict that nobody has decided on, with a value that would go too. Decide it first."), field);
    return FALSE;
  }
  return step == 0;
}

static gboolean
add_part (LimberErasurePlan *plan, const LimberId *id, GError **error)
{
  Part *part = g_new0 (Part, 1);

  part->id = *id;
  part->entries = g_array_new (FALSE, FALSE, sizeof (LimberEntryId));
  part->again = g_ptr_array_new_with_free_func ((GDestroyNotify) again_free);
  plan->part = part;
  g_ptr_array_add (plan->parts, part);
  if (!limber_journal_each (plan->reader->database, id, gather, plan, error) || !check_conflicts (plan, error))
    return FALSE;
  if (part->entries->len == 0)
    g_ptr_array_set_size (plan->parts, (int) plan->parts->len - 1);
  return TRUE;
}

static gboolean
add_person (LimberErasurePlan *plan, const LimberId *id, GError **error)
{
  LimberDatabase *database = plan->reader->database;
  gint64 n = limber_database_thing (database, id, FALSE, NULL);
  g_autoptr (LimberStatement) statement =
      limber_database_bound (database, error, "SELECT t.id FROM (SELECT DISTINCT record FROM journal WHERE patient=?1 OR record=?1) JOIN thing t ON t.n=record ORDER BY t.n", "i", n);
  g_autoptr (GPtrArray) same = limber_reader_query (plan->reader, "same-others", error, "d", id);
  LimberId record;
  int step = -1;

  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1)
    if (limber_statement_blob_into (statement, 0, &record, sizeof record) && !add_part (plan, &record, error))
      return FALSE;
  for (guint i = 0; same != NULL && i < same->len; i++)
    g_ptr_array_add (plan->same, limber_id_dup_text (limber_row_id (g_ptr_array_index (same, i), "id")));
  return step == 0 && same != NULL;
}

static gboolean
check (LimberReader *reader, const LimberKind *kind, const char *const *fields, gboolean whole, GError **error)
{
  if (reader->klass != LIMBER_CLASS_CENTRAL)
    return limber_error_refuse (error, _("Only central erases. Ask there; every device follows."));
  if (g_str_equal (kind->name, "device"))
    return limber_error_refuse (error, _("A device is revoked, not erased: what it has written must stay verifiable."));
  if (kind->computed || kind->authors != 0)
    return limber_error_refuse (error, _("It follows from other records: erase those."));
  if (whole && (fields != NULL || !g_str_equal (kind->name, "patient")))
    return limber_error_refuse (error, _("Only a patient is erased whole, with all that is known about her."));
  for (guint i = 0; fields != NULL && fields[i] != NULL; i++) {
    int at = limber_kind_field (kind, fields[i]);

    if (at < 0 || !limber_field_is_written (&kind->fields[at])) {
      g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_USAGE, _("%s has no field “%s”"), kind->name, fields[i]);
      return FALSE;
    }
    if (g_strcmp0 (kind->patient, fields[i]) == 0) {
      g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("%s says whose record it is: erase the whole record."), fields[i]);
      return FALSE;
    }
  }
  return TRUE;
}

/**
 * limber_erasure_plan_new:
 * @reader: central's store
 * @id: a record of @kind, which need have no row any more
 * @fields: (nullable): %NULL-ended: only what was ever said in these fields; %NULL for everything
 * @whole: everything about this patient, in all records
 * @error: LIMBER_ERROR_NOT_FOUND when nothing is known of it, LIMBER_ERROR_USAGE, LIMBER_ERROR_REFUSED
 *
 * Finds what must be erased. Nothing is changed.
 *
 * Returns: (transfer full) (nullable): the plan, to be carried out in the same view of the store that it was made in
 */
LimberErasurePlan *
limber_erasure_plan_new (LimberReader *reader, const LimberKind *kind, const LimberId *id, const char *const *fields, gboolean whole, GError **error)
{
  g_autoptr (LimberErasurePlan) plan = g_new0 (LimberErasurePlan, 1);

  plan->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
  plan->erasures = g_ptr_array_new_with_free_func (g_free);
  plan->same = g_ptr_array_new_with_free_func (g_free);
  if (!check (reader, kind, fields, whole, error))
    return NULL;
  plan->reader = reader;
  plan->kind = kind;
  plan->fields = fields;
  if (fields != NULL)
    plan->held = limber_rows_load (reader->database, kind, limber_database_thing (reader->database, id, FALSE, NULL), NULL);
  if (!(whole ? add_person (plan, id, error) : add_part (plan, id, error)))
    return NULL;
  plan->fields = NULL;
  if (plan->parts->len > 0)
    return g_steal_pointer (&plan);
  g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND, _("There is nothing of it that could be erased."));
  return NULL;
}

static gboolean
write_again (LimberTransaction *transaction, const LimberErasurePlan *plan, const Part *part, const Again *again, const LimberAuthor *author, GError **error)
{
  LimberDraft draft = { plan->kind->name, &part->id, again->has_patient ? &again->patient : NULL, again->rank, author, again->body, again->seen, again->time };

  g_string_append_c (again->body, '}');
  g_string_append_c (again->seen, '}');
  return limber_transaction_write_entry (transaction, &draft, error);
}

static gboolean
write_erasure (LimberTransaction *transaction, LimberErasurePlan *plan, const Part *part, guint first, const char *reason, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberEdit) edit = NULL;
  g_autoptr (GString) list = g_string_new ("[");
  LimberId id;

  for (guint i = first; i < MIN (first + ENTRIES_AN_ERASURE, part->entries->len); i++) {
    g_autofree char *text = limber_id_dup_text (&g_array_index (part->entries, LimberEntryId, i));

    g_string_append_printf (list, "%s\"%s\"", i > first ? "," : "", text);
  }
  g_string_append_c (list, ']');
  limber_id_init_new (&id, limber_transaction_env (transaction));
  edit = limber_edit_new ("erasure", &id);
  limber_edit_set_id (edit, "record", &part->id);
  limber_edit_set_text (edit, "entries", list->str);
  limber_edit_set_text (edit, "reason", reason);
  limber_edit_set_integer (edit, "made", limber_transaction_now (transaction));
  g_ptr_array_add (plan->erasures, limber_id_dup_text (&id));
  return limber_transaction_edit (transaction, edit, author, error);
}

/**
 * limber_erasure_plan_carry_out:
 * @plan: made in this transaction
 * @reason: why, for those who look later; it must say nothing about a person
 *
 * Erases. The files follow once this is on the disk; see limber_scrub_wait().
 */
gboolean
limber_erasure_plan_carry_out (LimberTransaction *transaction, LimberErasurePlan *plan, const char *reason, const LimberAuthor *author, GError **error)
{
  for (guint i = 0; i < plan->parts->len; i++) {
    const Part *part = g_ptr_array_index (plan->parts, i);

    for (guint j = 0; j < part->again->len; j++)
      if (!write_again (transaction, plan, part, g_ptr_array_index (part->again, j), author, error))
        return FALSE;
    for (guint j = 0; j < part->entries->len; j += ENTRIES_AN_ERASURE)
      if (!write_erasure (transaction, plan, part, j, reason, author, error))
        return FALSE;
  }
  return TRUE;
}

static json_t *
texts_to_json (const GPtrArray *texts)
{
  json_t *list = json_array ();

  for (guint i = 0; i < texts->len; i++)
    json_array_append_new (list, json_string (g_ptr_array_index (texts, i)));
  return list;
}

/**
 * limber_erasure_plan_to_json:
 *
 * Returns: (transfer full): how many `records`, `entries` (of them `quarantined`) and `conflicts` go, how many values are
 *   `written_again`, which `erasures` were made, and who else is the `same_person`
 */
json_t *
limber_erasure_plan_to_json (const LimberErasurePlan *plan)
{
  return json_pack ("{s:i, s:i, s:i, s:i, s:i, s:o, s:o}", "records", (int) plan->parts->len, "entries", (int) plan->n_entries, "quarantined", (int) plan->n_quarantined, "conflicts",
                    (int) plan->n_conflicts, "written_again", (int) plan->n_again, "erasures", texts_to_json (plan->erasures), "same_person", texts_to_json (plan->same));
}
