/* A decision is taken back by an entry that sees, under REOPENED, what had waited and every decision on it that its author took. Where
 * somebody else has decided too, that stands, and nothing waits. Invariant: only central makes it wait again, and tells the others. */
#include "limber-reopen-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-aside.h"
#include "limber-base64.h"
#include "limber-error.h"
#include "limber-journal.h"
#include "limber-transaction-private.h"

#define REOPENED "reopened"

/* Who has decided on one entry, and what they wrote. */
typedef struct {
  char        waiting[LIMBER_BASE64_LENGTH (16) + 1]; /* the entry, as others say that they have seen it */
  const char *author;  /* (nullable): whose decisions alone are wanted; %NULL: everybody's */
  GArray     *ids;     /* (owned): LimberEntryId, of the decisions */
  GArray     *taken_back; /* (owned): LimberEntryId, of those of them that do not count any more */
  GPtrArray  *fields;  /* (owned): char, what they set */
  guint64     time;    /* of the last */
  gboolean    has_patient;
  LimberId    patient;
} Decisions;

static void
decisions_init (Decisions *decisions, const LimberEntryId *waiting, const char *author)
{
  *decisions = (Decisions){ .author = author };
  limber_base64_encode (waiting->bytes, sizeof waiting->bytes, decisions->waiting);
  decisions->ids = g_array_new (FALSE, FALSE, sizeof (LimberEntryId));
  decisions->taken_back = g_array_new (FALSE, FALSE, sizeof (LimberEntryId));
  decisions->fields = g_ptr_array_new_with_free_func (g_free);
}

static void
decisions_clear (Decisions *decisions)
{
  g_array_unref (decisions->ids);
  g_array_unref (decisions->taken_back);
  g_ptr_array_unref (decisions->fields);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Decisions, decisions_clear)

static gboolean
says (LimberSpan span, const char *text)
{
  return g_strstr_len (span.start, (gssize) span.length, text) != NULL;
}

static gboolean
take_decision (const LimberEntry *entry, gint64 key, LimberJournalState state, gpointer data)
{
  Decisions *decisions = data;
  g_autoptr (GArray) changes = NULL, reopened = NULL;

  if (state != LIMBER_JOURNAL_MERGED || !says (entry->seen, decisions->waiting))
    return TRUE;
  reopened = limber_entry_seen (entry, REOPENED);
  g_array_append_vals (decisions->taken_back, reopened->data, reopened->len);
  if (reopened->len > 0 || (decisions->author != NULL && strcmp (entry->author, decisions->author) != 0))
    return TRUE;
  g_array_append_val (decisions->ids, entry->id);
  decisions->time = MAX (decisions->time, entry->time);
  decisions->has_patient = entry->has_patient;
  decisions->patient = entry->patient;
  changes = entry->has_body ? limber_entry_changes (entry, NULL) : NULL;
  for (guint i = 0; changes != NULL && i < changes->len; i++)
    g_ptr_array_add (decisions->fields, g_strdup (g_array_index (changes, LimberChange, i).name));
  return TRUE;
}

static gboolean
has_id (const GArray *ids, const LimberId *id)
{
  for (guint i = 0; i < ids->len; i++)
    if (limber_id_equal (&g_array_index (ids, LimberId, i), id))
      return TRUE;
  return FALSE;
}

/**
 * limber_reopen_held:
 * @entry: the id of one that waits
 *
 * Returns: (transfer full) (nullable): what it is about as it is here now, for limber_reopen_take_back(); empty where there is nothing yet
 */
LimberRecord *
limber_reopen_held (LimberReader *reader, const LimberEntryId *entry, GError **error)
{
  g_autoptr (LimberRecord) aside = NULL;
  const LimberKind *kind;
  LimberRecord *held;
  LimberId id;

  limber_aside_id (entry, &id);
  aside = limber_reader_get (reader, "aside", &id, error);
  if (aside == NULL)
    return NULL;
  kind = limber_kind_by_name (limber_record_text (aside, "kind"));
  if (kind == NULL) {
    limber_error_refuse (error, _("This Limber does not know what that is about. A newer Limber can decide on it."));
    return NULL;
  }
  held = limber_reader_get (reader, kind->name, limber_record_id (aside, "record"), NULL);
  return held != NULL ? held : limber_record_new (kind, limber_record_id (aside, "record"));
}

/* What the decision wrote is as it was, unless somebody has changed it since. */
static gboolean
put_back (LimberTransaction *transaction, const LimberRecord *held, const Decisions *decisions, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberRecord) now = decisions->fields->len > 0 ? limber_reader_get (limber_transaction_reader (transaction), held->kind->name, &held->id, error) : NULL;
  g_autoptr (LimberEdit) edit = limber_edit_new (held->kind->name, &held->id);

  if (decisions->fields->len > 0 && now == NULL)
    return FALSE;
  for (guint i = 0; i < decisions->fields->len; i++) {
    const char *name = g_ptr_array_index (decisions->fields, i);
    int at = limber_kind_field (held->kind, name);
    LimberValue value; /* what it points to is @held's */

    if (at < 0 || limber_value_equal (&now->values[at], &held->values[at]))
      continue;
    if (limber_record_is_empty (held) || held->kind->write_once)
      return limber_error_refuse (error, _("What was put aside was new, so there is nothing to go back to. It stays; change it where it stands."));
    if (!has_id (decisions->ids, &now->stamps[at].entry))
      return limber_error_refuse (error, _("Somebody has changed it again since. It stays; change it where it stands."));
    value = held->values[at];
    if (held->kind->fields[at].type == LIMBER_TYPE_PROGRESS)
      value.integer %= LIMBER_PROGRESS_ROUND;
    limber_edit_set_value (edit, name, &value);
  }
  return limber_edit_n_changes (edit) == 0 || limber_transaction_edit (transaction, edit, author, error);
}

static gboolean
write_reopened (LimberTransaction *transaction, const LimberRecord *held, const Decisions *decisions, const LimberAuthor *author, GError **error)
{
  g_autoptr (GString) body = g_string_new ("{}"), seen = g_string_new (NULL);
  LimberDraft draft = { held->kind->name, &held->id, decisions->has_patient ? &decisions->patient : NULL, LIMBER_RANK_PERSON, author, body, seen, decisions->time };

  g_string_printf (seen, "{\"" REOPENED "\":[\"%s\"", decisions->waiting);
  for (guint i = 0; i < decisions->ids->len; i++) {
    char id[LIMBER_BASE64_LENGTH (16) + 1];

    limber_base64_encode (g_array_index (decisions->ids, LimberEntryId, i).bytes, 16, id);
    g_string_append_printf (seen, ",\"%s\"", id);
  }
  g_string_append (seen, "]}");
  return limber_transaction_write_entry (transaction, &draft, error);
}

/**
 * limber_reopen_is:
 * @entry: any
 *
 * Returns: whether it takes a decision back, and does nothing else
 */
gboolean
limber_reopen_is (const LimberEntry *entry)
{
  g_autoptr (GArray) changes = entry->has_body ? limber_entry_changes (entry, NULL) : NULL, reopened = limber_entry_seen (entry, REOPENED);

  return changes != NULL && changes->len == 0 && reopened->len > 0;
}

/**
 * limber_reopen_take_back:
 * @entry: one on which @author has decided here
 * @held: what it is about, as it was before (limber_reopen_held())
 * @error: LIMBER_ERROR_REFUSED where what was decided cannot be put back; then nothing is changed
 *
 * Takes a decision back, by an entry like any other: what it changed is as it was, and the entry waits again as soon as central has heard.
 */
gboolean
limber_reopen_take_back (LimberTransaction *transaction, const LimberEntryId *entry, const LimberRecord *held, const LimberAuthor *author, GError **error)
{
  g_auto (Decisions) decisions = { 0 };

  decisions_init (&decisions, entry, author->author);
  if (!limber_journal_each (limber_transaction_reader (transaction)->database, &held->id, take_decision, &decisions, error))
    return FALSE;
  if (decisions.ids->len == 0)
    return limber_error_refuse (error, _("You have not decided on this here, so there is nothing to take back."));
  return put_back (transaction, held, &decisions, author, error) && write_reopened (transaction, held, &decisions, author, error);
}

typedef struct {
  const LimberEntryId *wanted;
  gint64               key; /* 0 until it is found */
} Sought;

static gboolean
seek (const LimberEntry *entry, gint64 key, LimberJournalState state, gpointer data)
{
  Sought *sought = data;

  if (state == LIMBER_JOURNAL_KNOWN && entry->has_body && limber_id_equal (&entry->id, sought->wanted))
    sought->key = key;
  return sought->key == 0;
}

static gboolean
wait_again (LimberTransaction *transaction, const LimberEntry *entry, const LimberEntryId *waiting, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  Sought sought = { waiting, 0 };
  g_auto (Decisions) decisions = { 0 };

  decisions_init (&decisions, waiting, NULL);
  if (!limber_journal_each (database, &entry->record, seek, &sought, error) || !limber_journal_each (database, &entry->record, take_decision, &decisions, error))
    return FALSE;
  for (guint i = 0; i < decisions.ids->len; i++)
    if (!has_id (decisions.taken_back, &g_array_index (decisions.ids, LimberEntryId, i)))
      return TRUE; /* somebody else has decided, and that stands */
  if (sought.key == 0)
    return TRUE;
  transaction->changes->journal = TRUE;
  return limber_database_execute (database, error, "UPDATE journal SET state=? WHERE key=?", "ii", (gint64) LIMBER_JOURNAL_QUARANTINED, sought.key) &&
         limber_database_execute (database, error, "INSERT OR IGNORE INTO quarantine(key, reason, at) VALUES(?,?,?)", "iti", sought.key, LIMBER_REOPEN_REASON, limber_transaction_now (transaction)) &&
         limber_aside_renew (transaction, sought.key, error);
}

/**
 * limber_reopen_heed:
 * @entry: one that has just been merged
 *
 * At central, lets wait again what @entry says is not decided.
 */
gboolean
limber_reopen_heed (LimberTransaction *transaction, const LimberEntry *entry, GError **error)
{
  g_autoptr (GArray) seen = transaction->reader.klass == LIMBER_CLASS_CENTRAL ? limber_entry_seen (entry, REOPENED) : NULL;

  return seen == NULL || seen->len == 0 || wait_again (transaction, entry, &g_array_index (seen, LimberEntryId, 0), error);
}
