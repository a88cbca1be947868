/* Invariant: of the entries that offer a value one is quarantined as long as this store's journal lacks the entry that the
 * value came from; the others have nothing more to say, and stand in the journal as known. */
#include "limber-recovered.h"

#include <string.h>

#include "limber-base64.h"
#include "limber-canary.h"
#include "limber-fold.h"
#include "limber-merge.h"
#include "limber-transaction-private.h"

#define AUTHOR "system:recovered"

/**
 * limber_recovered_is:
 *
 * Returns: whether @entry offers values again that somebody else once wrote
 */
gboolean
limber_recovered_is (const LimberEntry *entry)
{
  return g_str_equal (entry->author, AUTHOR);
}

typedef struct {
  const LimberEntryId *id;
  gboolean             found;
  gboolean             body;  /* with what it set */
} Search;

static gboolean
compare (const LimberEntry *entry, gint64 key, LimberJournalState state, gpointer data)
{
  Search *search = data;

  if (!limber_id_equal (&entry->id, search->id))
    return TRUE;
  search->found = entry->has_body || state != LIMBER_JOURNAL_QUARANTINED; /* not what waits for its content itself */
  search->body = entry->has_body;
  return FALSE;
}

static Search
find (LimberDatabase *database, const LimberId *record, const LimberEntryId *id)
{
  Search search = { id };

  limber_journal_each (database, record, compare, &search, NULL);
  return search;
}

/* Whether somebody has offered the value already. */
typedef struct {
  const char          *field;
  const LimberEntryId *id;
  gboolean             found;
} Offered;

static gboolean
compare_offer (const LimberEntry *entry, gint64 key, LimberJournalState state, gpointer data)
{
  Offered *offered = data;

  offered->found = limber_recovered_is (entry) && limber_entry_sees (entry, offered->field, offered->id);
  return !offered->found;
}

static gboolean
was_offered (LimberDatabase *database, const LimberId *record, const char *field, const LimberEntryId *id)
{
  Offered offered = { field, id };

  limber_journal_each (database, record, compare_offer, &offered, NULL);
  return offered.found;
}

/* Whether all that a recovered entry sees is here; @offers: an offer by somebody else is as good. */
static gboolean
is_known (LimberDatabase *database, const LimberEntry *entry, gboolean offers)
{
  g_autoptr (GArray) changes = entry->has_body ? limber_entry_changes (entry, NULL) : NULL;

  for (guint i = 0; changes != NULL && i < changes->len; i++) {
    const char *field = g_array_index (changes, LimberChange, i).name;
    g_autoptr (GArray) seen = limber_entry_seen (entry, field);

    for (guint s = 0; s < seen->len; s++) {
      const LimberEntryId *id = &g_array_index (seen, LimberEntryId, s);

      if (!find (database, &entry->record, id).found && !(offers && was_offered (database, &entry->record, field, id)))
        return FALSE;
    }
  }
  return changes != NULL;
}

/**
 * limber_recovered_is_known:
 * @entry: a recovered entry
 *
 * Returns: whether the entries that its values came from are all here
 */
gboolean
limber_recovered_is_known (LimberDatabase *database, const LimberEntry *entry)
{
  return is_known (database, entry, FALSE);
}

/**
 * limber_recovered_state:
 * @entry: a recovered entry that is about to come into the journal
 *
 * Returns: how it is to stand there
 */
LimberJournalState
limber_recovered_state (LimberDatabase *database, const LimberEntry *entry)
{
  return is_known (database, entry, TRUE) ? LIMBER_JOURNAL_KNOWN : LIMBER_JOURNAL_QUARANTINED;
}

/* An offer on its way. */
typedef struct {
  LimberDatabase *database;
  const LimberId *record;
  GString        *body; /* (owned) */
  GString        *seen; /* (owned) */
  guint64         latest;
} Offer;

static void
offer_init (Offer *offer, LimberTransaction *transaction, const LimberId *record)
{
  *offer = (Offer){ transaction->reader.database, record, g_string_new ("{"), g_string_new ("{"), 0 };
}

static void
offer_clear (Offer *offer)
{
  g_string_free (offer->body, TRUE);
  g_string_free (offer->seen, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Offer, offer_clear)

/* Begins the value of @name, which the caller appends to the body, unless it would not be lost: an entry that holds it is
 * here to be sent, or it was offered before. */
static gboolean
offer_add (Offer *offer, const char *name, LimberMerge merge, const LimberStamp *stamp)
{
  char id[LIMBER_BASE64_LENGTH (16) + 1];

  if (find (offer->database, offer->record, &stamp->entry).body || was_offered (offer->database, offer->record, name, &stamp->entry))
    return FALSE;
  g_string_append (offer->body, offer->body->len > 1 ? "," : "");
  limber_entry_append_name (offer->body, name, merge);
  g_string_append_c (offer->body, ':');
  limber_base64_encode (stamp->entry.bytes, sizeof stamp->entry.bytes, id);
  g_string_append_printf (offer->seen, "%s\"%s\":[\"%s\"]", offer->seen->len > 1 ? "," : "", name, id);
  offer->latest = MAX (offer->latest, stamp->time);
  return TRUE;
}

static gboolean
offer_write (Offer *offer, LimberTransaction *transaction, const char *kind, const LimberId *patient, GError **error)
{
  const LimberAuthor author = { AUTHOR, LIMBER_RECOVERED_REASON };
  LimberDraft draft = { kind, offer->record, patient, LIMBER_RANK_PERSON, &author, offer->body, offer->seen, offer->latest };

  if (offer->body->len == 1 || limber_canary (LIMBER_CANARY_NOT_RECOVERED))
    return TRUE;
  g_string_append_c (offer->body, '}');
  g_string_append_c (offer->seen, '}');
  return limber_transaction_write_entry (transaction, &draft, error);
}

/* Whether the node's row does not account for the value. */
static gboolean
is_replaced (const LimberRecord *held, const LimberRecord *node, guint i)
{
  const LimberField *field = &held->kind->fields[i];

  if (!limber_stamp_is_set (&held->stamps[i]) || (field->flags & (LIMBER_FIELD_SECRET | LIMBER_FIELD_DERIVED)))
    return FALSE;
  return node == NULL || limber_merge_replaces (field->merge, &node->values[i], &node->stamps[i], &held->values[i], &held->stamps[i]);
}

/**
 * limber_recovered_write:
 * @held: a record as it is here
 * @node: (nullable): as it is to be from now on; %NULL when it is to go
 *
 * Offers those values of @held that would be lost.
 */
gboolean
limber_recovered_write (LimberTransaction *transaction, const LimberRecord *held, const LimberRecord *node, GError **error)
{
  g_auto (Offer) offer;

  offer_init (&offer, transaction, &held->id);
  for (guint i = 0; i < held->kind->n_fields && !held->kind->computed; i++) {
    const LimberField *field = &held->kind->fields[i];

    if (is_replaced (held, node, i) && offer_add (&offer, field->name, field->merge, &held->stamps[i]))
      limber_entry_append_value (offer.body, field, &held->values[i]);
  }
  return offer_write (&offer, transaction, held->kind->name, limber_record_patient (held), error);
}

/**
 * limber_recovered_write_extra:
 *
 * As limber_recovered_write(), of what this version does not know.
 */
gboolean
limber_recovered_write_extra (LimberTransaction *transaction, const LimberExtra *held, const LimberExtra *node, GError **error)
{
  g_auto (Offer) offer;

  offer_init (&offer, transaction, &held->id);
  for (guint i = 0; i < held->fields->len; i++) {
    const LimberExtraField *field = &g_array_index (held->fields, LimberExtraField, i);
    g_autofree char *name = limber_extra_field_name (field);

    if ((node == NULL || limber_extra_lacks (node, field)) && offer_add (&offer, name, limber_extra_field_merge (field), &field->stamp))
      g_string_append (offer.body, field->json);
  }
  return offer_write (&offer, transaction, held->kind, held->has_patient ? &held->patient : NULL, error);
}
