/* Invariant: afterwards no row of `extra` holds a field that this version declares, and what stands in the records is as
 * if this version had taken every entry itself: one that it would have kept apart is kept apart. */
#include "limber-adopt.h"

#include <sodium.h>
#include <string.h>

#include "limber-base64.h"
#include "limber-conflicts.h"
#include "limber-extras.h"
#include "limber-fold.h"
#include "limber-journal.h"
#include "limber-merge.h"
#include "limber-quarantine.h"
#include "limber-transaction-private.h"

#define DECLARED "kinds" /* in meta: what the program declared that opened the store last */

static void
hash_text (crypto_generichash_state *state, const char *text)
{
  crypto_generichash_update (state, (const guint8 *) (text != NULL ? text : ""), text != NULL ? strlen (text) + 1 : 1);
}

static void
hash_numbers (crypto_generichash_state *state, const gint64 *numbers, gsize n)
{
  crypto_generichash_update (state, (const guint8 *) numbers, n * sizeof *numbers);
}

static void
hash_field (crypto_generichash_state *state, const LimberField *field)
{
  const gint64 numbers[] = { field->type, field->flags, field->holders, field->minimum, field->maximum, field->merge };

  hash_text (state, field->name);
  hash_text (state, field->target);
  hash_numbers (state, numbers, G_N_ELEMENTS (numbers));
  for (guint i = 0; field->choices != NULL && field->choices[i] != NULL; i++)
    hash_text (state, field->choices[i]);
}

/* Differs whenever anything is declared differently. It never leaves this machine. */
static char *
declared (void)
{
  crypto_generichash_state state;
  guint8 hash[16];
  guint n;
  const LimberKind *const *kinds = limber_kinds (&n);

  crypto_generichash_init (&state, NULL, 0, sizeof hash);
  for (guint i = 0; i < n; i++) {
    const gint64 numbers[] = { kinds[i]->number, kinds[i]->holders, kinds[i]->writers, kinds[i]->authors, kinds[i]->write_once, kinds[i]->computed, kinds[i]->n_fields };

    hash_text (&state, kinds[i]->name);
    hash_text (&state, kinds[i]->patient);
    hash_text (&state, kinds[i]->site);
    hash_numbers (&state, numbers, G_N_ELEMENTS (numbers));
    for (guint j = 0; j < kinds[i]->n_fields; j++)
      hash_field (&state, &kinds[i]->fields[j]);
  }
  crypto_generichash_final (&state, hash, sizeof hash);
  return limber_base64_dup (hash, sizeof hash);
}

/* One record on its way. */
typedef struct {
  LimberTransaction *transaction;
  const LimberKind  *kind;
  gint64             n;
  const LimberExtra *before; /* what was kept of it */
  GHashTable        *apart; /* (owned): LimberEntryId set: entries that should never have been merged */
  GArray            *keys;  /* (owned): gint64, and */
  GPtrArray         *whys;  /* (owned): where those stand in the journal, and what speaks against them */
} Adopting;

static void
adopting_clear (Adopting *adopting)
{
  g_hash_table_unref (adopting->apart);
  g_array_unref (adopting->keys);
  g_ptr_array_unref (adopting->whys);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Adopting, adopting_clear)

/* What may speak against @entry; of a device that is not known here nobody can say what it may write. */
static char *
judge (LimberReader *reader, const LimberEntry *entry)
{
  LimberId id;
  LimberClass klass;
  g_autoptr (LimberRecord) device = NULL;
  g_autoptr (GError) wrong = NULL;
  const char *why = NULL;

  memcpy (id.bytes, entry->origin.bytes, sizeof id.bytes);
  device = limber_reader_get (reader, "device", &id, NULL);
  if (device != NULL && limber_class_parse (limber_record_text (device, "class"), &klass))
    why = limber_entry_judge (entry, klass);
  if (why == NULL && !limber_fold_check (entry, &wrong))
    why = wrong->message;
  return g_strdup (why);
}

/* Whether @entry sets anything that nobody could judge when it came. */
static gboolean
was_unknown (const Adopting *adopting, const LimberEntry *entry)
{
  g_autoptr (GArray) changes = entry->has_body ? limber_entry_changes (entry, NULL) : NULL;

  for (guint i = 0; changes != NULL && i < changes->len; i++)
    if (limber_extra_has (adopting->before, g_array_index (changes, LimberChange, i).name))
      return TRUE;
  return FALSE;
}

static gboolean
note_wrong (const LimberEntry *entry, gint64 key, LimberJournalState state, gpointer data)
{
  Adopting *adopting = data;
  gboolean ours = state == LIMBER_JOURNAL_MERGED && g_str_equal (entry->kind, adopting->kind->name) && was_unknown (adopting, entry);
  char *why = ours ? judge (&adopting->transaction->reader, entry) : NULL;

  if (why != NULL) {
    g_hash_table_add (adopting->apart, limber_id_copy (&entry->id));
    g_array_append_val (adopting->keys, key);
    g_ptr_array_add (adopting->whys, why);
  }
  return TRUE;
}

/* What this version would not have merged is kept apart now. */
static gboolean
keep_apart (Adopting *adopting, GError **error)
{
  LimberTransaction *transaction = adopting->transaction;

  if (!limber_journal_each (transaction->reader.database, &adopting->before->id, note_wrong, adopting, error))
    return FALSE;
  for (guint i = 0; i < adopting->keys->len; i++) {
    gint64 key = g_array_index (adopting->keys, gint64, i);

    if (!limber_quarantine_told (transaction, LIMBER_JOURNAL_ORIGIN (key), LIMBER_JOURNAL_SEQ (key), g_ptr_array_index (adopting->whys, i), error))
      return FALSE;
  }
  return adopting->keys->len == 0 || limber_extras_erase (transaction, adopting->n, adopting->apart, error);
}

/* Makes the row anew of what was held, what was not known, and the journal. @taken: (nullable) */
static gboolean
make_row (Adopting *adopting, const LimberRecord *taken, GError **error)
{
  LimberTransaction *transaction = adopting->transaction;
  LimberReader *reader = &transaction->reader;
  const LimberId *id = &adopting->before->id;
  g_autoptr (LimberRecord) record = limber_reader_get (reader, adopting->kind->name, id, NULL);

  if (record == NULL)
    record = limber_record_new (adopting->kind, id);
  for (guint i = 0; i < adopting->kind->n_fields; i++)
    if (g_hash_table_contains (adopting->apart, &record->stamps[i].entry))
      limber_record_unset (record, i);
  if (taken != NULL)
    limber_merge_records (record, taken);
  if (!limber_fold_journal (reader->database, record, reader->klass, error))
    return FALSE;
  if (!(limber_record_is_empty (record) ? limber_transaction_drop (transaction, adopting->kind, id, error) : limber_transaction_save_row (transaction, record, adopting->n, error)))
    return FALSE;
  return reader->klass != LIMBER_CLASS_CENTRAL || limber_conflicts_renew (transaction, id, error);
}

static gboolean
adopt (Adopting *adopting, GError **error)
{
  LimberTransaction *transaction = adopting->transaction;
  g_autoptr (LimberExtra) before = NULL, extra = NULL;
  g_autoptr (LimberRecord) taken = NULL;

  if (!limber_extras_find (&transaction->reader, adopting->n, adopting->kind->name, &before, error))
    return FALSE;
  if (before == NULL || !limber_extra_has_known (before)) /* an erasure that was taken over may have emptied it */
    return TRUE;
  adopting->before = before;
  if (!keep_apart (adopting, error) || !limber_extras_find (&transaction->reader, adopting->n, adopting->kind->name, &extra, error))
    return FALSE;
  taken = extra != NULL ? limber_extra_take_known (extra, transaction->reader.klass) : NULL;
  if (taken != NULL && !limber_extras_save (transaction, extra, adopting->n, error))
    return FALSE;
  return !limber_kind_held_by (adopting->kind, transaction->reader.klass) || make_row (adopting, taken, error);
}

typedef struct {
  gint64            n;
  const LimberKind *kind;
} Known;

static gboolean
adopt_all (LimberTransaction *transaction, GError **error)
{
  g_autoptr (LimberStatement) statement = limber_database_statement (transaction->reader.database, "SELECT n, kind FROM extra", error);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Known));
  int step = -1;

  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1) {
    Known known = { sqlite3_column_int64 (statement->stmt, 0), limber_kind_by_name ((const char *) sqlite3_column_text (statement->stmt, 1)) };

    if (known.kind != NULL)
      g_array_append_val (all, known);
  }
  for (guint i = 0; step == 0 && i < all->len; i++) {
    const Known *known = &g_array_index (all, Known, i);
    g_auto (Adopting) adopting = { transaction, known->kind, known->n, NULL, g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, NULL), g_array_new (FALSE, FALSE, sizeof (gint64)),
                                   g_ptr_array_new_with_free_func (g_free) };

    if (!adopt (&adopting, error))
      return FALSE;
  }
  return step == 0;
}

/**
 * limber_adopt:
 * @data: unused
 *
 * When this program declares other kinds or fields than the one that had the store open before: what that one kept without
 * knowing it goes into the records, and everything is read from the nodes again, since it may have passed over some.
 */
gboolean
limber_adopt (LimberTransaction *transaction, gpointer data, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  g_autofree char *now = declared (), *before = limber_database_meta (database, DECLARED);

  if (g_strcmp0 (now, before) == 0)
    return TRUE;
  return adopt_all (transaction, error) && limber_database_run (database, "DELETE FROM peer", error) && limber_transaction_set_meta (transaction, DECLARED, now, error);
}
