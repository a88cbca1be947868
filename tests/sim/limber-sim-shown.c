#include "limber-sim-shown.h"

#include "limber-sim-ledger.h"

struct _SimShown {
  GHashTable  *rows; /* (owned): "KIND ID" → Row */
  guint        round;
  SimShownFunc func;
  gpointer     data;
};

typedef struct {
  guint          round; /* in which it was there last */
  guint          n;     /* fields: another version has others */
  SimShownValue *values; /* (owned): one for each of them */
} Row;

static void
row_free (Row *row)
{
  g_free (row->values);
  g_free (row);
}

SimShown *
sim_shown_new (SimShownFunc func, gpointer data)
{
  SimShown *shown = g_new0 (SimShown, 1);

  shown->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) row_free);
  shown->func = func;
  shown->data = data;
  return shown;
}

void
sim_shown_free (SimShown *shown)
{
  g_hash_table_unref (shown->rows);
  g_free (shown);
}

void
sim_shown_clear (SimShown *shown)
{
  g_hash_table_remove_all (shown->rows);
}

/* Whether @a comes before @b. */
static gboolean
is_before (const LimberField *field, const SimShownValue *a, const SimShownValue *b)
{
  int order;

  if (!limber_stamp_is_set (&a->stamp) || !limber_stamp_is_set (&b->stamp))
    return limber_stamp_is_set (&b->stamp);
  if (field->merge == LIMBER_MERGE_ORDERED && a->word != b->word)
    return a->word < b->word;
  order = limber_stamp_compare (&a->stamp, &b->stamp);
  return field->merge == LIMBER_MERGE_ONCE ? order > 0 : order < 0;
}

/**
 * sim_shown_begin:
 *
 * All that is there is taken from now until sim_shown_end().
 */
void
sim_shown_begin (SimShown *shown)
{
  shown->round++;
}

static gboolean
is_of_before (gpointer name, gpointer row, gpointer shown)
{
  return ((Row *) row)->round != ((SimShown *) shown)->round;
}

/**
 * sim_shown_end:
 *
 * What was not taken is not there any more.
 */
void
sim_shown_end (SimShown *shown)
{
  g_hash_table_foreach_remove (shown->rows, is_of_before, shown);
}

/**
 * sim_shown_take:
 * @now: microseconds of the loop
 *
 * Takes @record as it is shown, and says of each field whether it has gone back.
 */
void
sim_shown_take (SimShown *shown, const LimberRecord *record, gint64 now)
{
  g_autofree char *name = sim_name_of (record->kind->name, &record->id, NULL);
  Row *row = g_hash_table_lookup (shown->rows, name);

  if (row == NULL || row->n != record->kind->n_fields) {
    row = g_new0 (Row, 1);
    row->n = record->kind->n_fields;
    row->values = g_new0 (SimShownValue, record->kind->n_fields);
    g_hash_table_replace (shown->rows, g_steal_pointer (&name), row);
  }
  row->round = shown->round;
  for (guint i = 0; i < record->kind->n_fields; i++) {
    SimShownValue value = { record->stamps[i], record->values[i].type == LIMBER_VALUE_INTEGER ? record->values[i].integer : -1, now }, before = row->values[i];

    if (limber_stamp_compare (&value.stamp, &before.stamp) == 0)
      continue;
    row->values[i] = value;
    if (is_before (&record->kind->fields[i], &value, &before))
      shown->func (record, i, &before, shown->data);
  }
}

/**
 * sim_shown_gone:
 *
 * That record is not there any more. If it comes again, nothing goes back.
 */
void
sim_shown_gone (SimShown *shown, const char *kind, const LimberId *id)
{
  g_autofree char *name = sim_name_of (kind, id, NULL);

  g_hash_table_remove (shown->rows, name);
}

/**
 * sim_shown_has:
 * @value: what another store has shown of @record's field @i
 * @since: microseconds of the loop
 *
 * Returns: whether this one shows that, or what comes after it, and has since then
 */
gboolean
sim_shown_has (SimShown *shown, const LimberRecord *record, guint i, const SimShownValue *value, gint64 since)
{
  g_autofree char *name = sim_name_of (record->kind->name, &record->id, NULL);
  const Row *row = g_hash_table_lookup (shown->rows, name);

  return row != NULL && row->n == record->kind->n_fields && row->values[i].since <= since && !is_before (&record->kind->fields[i], &row->values[i], value);
}
