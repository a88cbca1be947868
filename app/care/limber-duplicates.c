/* Central looks by and by: at whoever is new or was changed since it looked last, in the order of change, a few at a time; and
 * at everybody when it has never looked, or so much has come that this is quicker. Where it stands is kept with the tasks that
 * it made, in one transaction. A pair is asked about once: its task's id is made of the two ids, and a task that is done stays. */
#include "limber-duplicates.h"

#include <stdio.h>

#include "limber-date.h"
#include "limber-feed.h"
#include "limber-merging.h"
#include "limber-nhs-number.h"
#include "limber-tell.h"

#define META "duplicates"
#define A_STEP 200
#define QUICKER_FROM 50000 /* changes; from there on it is quicker to look at everybody */

static const LimberAuthor author = { "system:limber-node", "node" };

static LimberFacts *
facts_of (LimberRow *row)
{
  const LimberPerson person = { limber_row_text (row, "family"),     limber_row_text (row, "given"), limber_row_text (row, "born"),
                                limber_row_text (row, "nhs_number"), limber_row_text (row, "phone"), limber_row_text (row, "postcode") };

  return limber_facts_new (&person, limber_row_text (row, "mobile"));
}

static int
more_alike (gconstpointer a, gconstpointer b)
{
  const LimberDuplicate *one = a, *other = b;

  if (one->likeness != other->likeness)
    return one->likeness > other->likeness ? -1 : 1;
  return limber_id_compare (&one->id, &other->id);
}

static gboolean
has (const GArray *found, const LimberId *id)
{
  for (guint i = 0; i < found->len; i++)
    if (limber_id_equal (&g_array_index (found, LimberDuplicate, i).id, id))
      return TRUE;
  return FALSE;
}

/* Compares somebody with those who may be alike, record by record. @number: (nullable): a valid one */
static GArray *
compare (LimberReader *reader, const LimberFacts *facts, const char *number, const char *born, const char *family, const LimberId *self, LimberLikeness least, GError **error)
{
  char letter[] = { family != NULL && g_ascii_isalpha (*family) ? *family : '\0', '\0' };
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (LimberDuplicate));
  g_autofree char *dates = limber_date_is_valid (born) ? limber_likeness_dates (born) : g_strdup ("[]");
  g_autoptr (GPtrArray) rows = limber_reader_query (reader, "people-alike", error, "tttt", number, born, dates, *letter != '\0' ? letter : NULL);

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    LimberRow *row = g_ptr_array_index (rows, i);
    g_autoptr (LimberFacts) theirs = facts_of (row);
    LimberDuplicate one = { *limber_row_id (row, "id"), LIMBER_LIKENESS_NONE, LIMBER_ALIKE_NOT };

    one.likeness = limber_likeness_compare (facts, theirs, &one.why);
    if (one.likeness >= least && (self == NULL || !limber_id_equal (self, &one.id)) && !has (found, &one.id))
      g_array_append_val (found, one);
  }
  g_array_sort (found, more_alike);
  return rows != NULL ? g_steal_pointer (&found) : NULL;
}

/* Of somebody with several records one is offered: the one that is shown. */
static gboolean
offer (LimberReader *reader, const GArray *found, GArray *offered, GError **error)
{
  for (guint i = 0; i < found->len && offered->len < LIMBER_DUPLICATES_MOST; i++) {
    LimberDuplicate one = g_array_index (found, LimberDuplicate, i);
    g_autoptr (GPtrArray) rows = limber_reader_query (reader, "person-records", error, "d", &one.id);

    if (rows == NULL)
      return FALSE;
    if (rows->len > 0)
      one.id = *limber_row_id (g_ptr_array_index (rows, 0), "id");
    if (!has (offered, &one.id))
      g_array_append_val (offered, one);
  }
  return TRUE;
}

/**
 * limber_duplicates_find:
 * @person: somebody who is about to be registered, as typed
 * @self: (nullable): her own record, if she has one
 *
 * Looks among those whom this store holds, with the cable out too.
 *
 * Returns: (transfer full) (nullable) (element-type LimberDuplicate): at most LIMBER_DUPLICATES_MOST who may be her, the
 *   likeliest first
 */
GArray *
limber_duplicates_find (LimberReader *reader, const LimberPerson *person, const LimberId *self, GError **error)
{
  g_autoptr (LimberFacts) facts = limber_facts_new (person, NULL);
  g_autofree char *number = person->nhs_number != NULL ? limber_nhs_number_parse (person->nhs_number, NULL) : NULL;
  g_autoptr (GArray) found = compare (reader, facts, number, person->born, person->family, self, LIMBER_LIKENESS_POSSIBLE, error);
  g_autoptr (GArray) offered = g_array_new (FALSE, FALSE, sizeof (LimberDuplicate));

  return found != NULL && offer (reader, found, offered, error) ? g_steal_pointer (&offered) : NULL;
}

/* The sweep. */

/**
 * limber_duplicates_sweep_new:
 * @all: whether to look at everybody anew
 *
 * Returns: (transfer full): a sweep that goes on where the last one ended
 */
LimberDuplicatesSweep *
limber_duplicates_sweep_new (LimberReader *reader, gboolean all)
{
  LimberDuplicatesSweep *sweep = g_new0 (LimberDuplicatesSweep, 1);
  g_autofree char *meta = limber_reader_meta (reader, META);
  gint64 now = limber_feed_position (reader);

  sweep->pairs = g_array_new (FALSE, FALSE, sizeof (LimberDuplicatePair));
  if (meta != NULL && sscanf (meta, "%" G_GINT64_FORMAT " %d %" G_GINT64_FORMAT, &sweep->seen, &sweep->walking, &sweep->walked) != 3)
    sweep->seen = sweep->walking = 0;
  if (all || meta == NULL || now < sweep->seen || now - sweep->seen > QUICKER_FROM) {
    sweep->seen = now;
    sweep->walking = TRUE;
    sweep->walked = 0;
  }
  return sweep;
}

void
limber_duplicates_sweep_free (LimberDuplicatesSweep *sweep)
{
  g_array_unref (sweep->pairs);
  g_free (sweep);
}

static gboolean
look_at (LimberDuplicatesSweep *sweep, LimberReader *reader, LimberRow *row, GError **error)
{
  const LimberId *self = limber_row_id (row, "id");
  g_autoptr (LimberFacts) facts = facts_of (row);
  g_autoptr (GArray) found = compare (reader, facts, limber_row_text (row, "nhs_number"), limber_row_text (row, "born"), limber_row_text (row, "family"), self, LIMBER_LIKENESS_LIKELY, error);

  for (guint i = 0; found != NULL && i < MIN (found->len, LIMBER_DUPLICATES_MOST); i++) {
    const LimberDuplicate *one = &g_array_index (found, LimberDuplicate, i);
    LimberDuplicatePair pair = { *self, one->id, one->likeness, one->why };

    g_array_append_val (sweep->pairs, pair);
  }
  return found != NULL;
}

static GPtrArray *
read_step (const LimberDuplicatesSweep *sweep, LimberReader *reader, GError **error)
{
  if (sweep->walking)
    return limber_reader_query (reader, "people-unsure", error, "ii", sweep->walked, (gint64) A_STEP);
  return limber_reader_query (reader, "people-changed", error, "iii", sweep->seen, (gint64) limber_kind_by_name ("patient")->number, (gint64) A_STEP);
}

/**
 * limber_duplicates_look:
 *
 * Looks at a few people more. What was found is then told by limber_duplicates_tell(), which also keeps how far this is.
 */
gboolean
limber_duplicates_look (LimberDuplicatesSweep *sweep, LimberReader *reader, GError **error)
{
  gint64 position = limber_feed_position (reader);
  g_autoptr (GPtrArray) rows = read_step (sweep, reader, error);
  gint64 last = 0;

  g_array_set_size (sweep->pairs, 0);
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    if (!look_at (sweep, reader, g_ptr_array_index (rows, i), error))
      return FALSE;
    last = limber_row_integer (g_ptr_array_index (rows, i), "seq");
  }
  if (rows == NULL)
    return FALSE;
  sweep->looked = rows->len;
  sweep->done = !sweep->walking && rows->len < A_STEP;
  if (sweep->walking && rows->len < A_STEP)
    sweep->walking = FALSE; /* whatever changed meanwhile comes next */
  else if (sweep->walking)
    sweep->walked = last;
  else
    sweep->seen = rows->len < A_STEP ? position : last;
  return TRUE;
}

static gboolean
site_of (LimberReader *reader, const LimberId *patient, LimberId *site)
{
  g_autoptr (GPtrArray) rows = limber_reader_query (reader, "site-of-person", NULL, "d", patient);
  const LimberId *found = rows != NULL && rows->len > 0 ? limber_row_id (g_ptr_array_index (rows, 0), "site") : NULL;

  if (found != NULL)
    *site = *found;
  return found != NULL;
}

/* The site of one of the two is asked, hers whose task it then is; the office where they have none. */
static gboolean
write_task (LimberTransaction *transaction, const LimberDuplicatePair *pair, const LimberId *id, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  gboolean in_order = limber_id_compare (&pair->one, &pair->other) < 0;
  const LimberId *one = in_order ? &pair->one : &pair->other, *other = in_order ? &pair->other : &pair->one;
  LimberId site;
  gboolean has_site = site_of (reader, one, &site), others = !has_site && site_of (reader, other, &site);
  const LimberId both[] = { others ? *other : *one, others ? *one : *other };
  g_autoptr (LimberEdit) edit = limber_edit_new ("task", id);

  if (has_site || others)
    limber_edit_set_id (edit, "site", &site);
  limber_edit_set_word (edit, "about", "duplicate");
  limber_edit_set_id (edit, "patient", &both[0]);
  limber_edit_set_text (edit, "text", limber_alike_name (pair->why));
  limber_edit_set_integer (edit, "made", limber_transaction_now (transaction));
  limber_edit_set_word (edit, "status", "open");
  return limber_tell_set_candidates (edit, both, G_N_ELEMENTS (both), error) && limber_transaction_edit (transaction, edit, &author, error);
}

/* Asks staff whether two records are one person. @made: (out): whether there is a new task; a pair that was asked about before
 * is not asked about again */
static gboolean
make_task (LimberTransaction *transaction, const LimberDuplicatePair *pair, gboolean *made, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  LimberId id;

  limber_merging_pair_id (&pair->one, &pair->other, &id);
  *made = !limber_tell_is_told (reader, &id) && !limber_merging_is_same (reader, &pair->one, &pair->other);
  return !*made || write_task (transaction, pair, &id, error);
}

/**
 * limber_duplicates_tell:
 * @told: (inout): counts the tasks made
 *
 * Makes a task of each pair that the last step found, and keeps how far the sweep is.
 */
gboolean
limber_duplicates_tell (LimberDuplicatesSweep *sweep, LimberTransaction *transaction, guint *told, GError **error)
{
  g_autofree char *meta = g_strdup_printf ("%" G_GINT64_FORMAT " %d %" G_GINT64_FORMAT, sweep->seen, sweep->walking, sweep->walked);

  for (guint i = 0; i < sweep->pairs->len; i++) {
    gboolean made;

    if (!make_task (transaction, &g_array_index (sweep->pairs, LimberDuplicatePair, i), &made, error))
      return FALSE;
    *told += made ? 1 : 0;
  }
  return limber_transaction_set_meta (transaction, META, meta, error);
}
