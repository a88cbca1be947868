/* Everybody is at rest before, between and after, so that whatever differs is the merge's doing. */
#include "limber-sim-undo.h"

#include "limber-date.h"
#include "limber-json.h"
#include "limber-sim-truth.h"
#include "limber-sim-work.h"
#include "limber-test.h"

#define CHANCE 0.3 /* it takes about as long as a fifth of a run */

/* One view of one place: "KIND ID" → what the record says, but for who she is the same as. One that says nothing else is not
 * counted: a public screen has it for that alone. */
static gboolean
take_record (const LimberRecord *record, gpointer data)
{
  json_t *json = limber_record_to_json (record, LIMBER_CLASS_CENTRAL), *value;
  g_autofree char *id = limber_id_dup_text (&record->id);
  gboolean says = FALSE;
  const char *name;

  json_object_del (json, "merged_into");
  json_object_foreach (json, name, value)
    says |= !g_str_equal (name, "id") && !json_is_null (value);
  if (says)
    g_hash_table_insert (data, g_strdup_printf ("%s %s", record->kind->name, id), limber_json_dup (json));
  json_decref (json);
  return TRUE;
}

static gboolean
take_place (LimberReader *reader, gpointer data, GError **error)
{
  static const char *const none[] = { NULL };
  guint n;
  const LimberKind *const *kinds = limber_kinds (&n);

  for (guint i = 0; i < n; i++)
    if (limber_kind_held_by (kinds[i], limber_reader_class (reader)) && !limber_reader_list (reader, kinds[i]->name, none, NULL, take_record, data, error))
      return FALSE;
  return TRUE;
}

static GPtrArray *
take_all (SimWorld *world)
{
  GPtrArray *views = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);

  for (guint i = 0; i < world->places->len; i++) {
    GHashTable *view = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr (GError) error = NULL;

    if (!sim_world_place (world, i)->gone)
      limber_store_read (sim_world_place (world, i)->store, take_place, view, &error);
    g_assert_no_error (error);
    g_ptr_array_add (views, view);
  }
  return views;
}

/* What of @one is not the same in @other. */
static void
compare (SimWorld *world, SimPlace *place, GHashTable *one, GHashTable *other, const char *how)
{
  GHashTableIter iter;
  gpointer name, text;

  g_hash_table_iter_init (&iter, one);
  while (g_hash_table_iter_next (&iter, &name, &text))
    if (g_strcmp0 (text, g_hash_table_lookup (other, name)) != 0)
      sim_problem (world->problems, "I17 at %s %s: %s %s", place->name, how, (char *) name, (char *) text);
}

typedef struct {
  SimRandom random;
  LimberId  one;
  gboolean  found;
} Merge;

/* Two people who are nobody else yet. */
static gboolean
merge (LimberTransaction *transaction, gpointer data, GError **error)
{
  Merge *what = data;
  g_autoptr (LimberRecord) one = sim_work_pick_record (transaction, &what->random, "patient"), other = sim_work_pick_record (transaction, &what->random, "patient");
  g_autoptr (LimberEdit) edit = NULL;

  if (one == NULL || limber_id_equal (&one->id, &other->id) || limber_record_id (one, "merged_into") != NULL)
    return TRUE;
  what->found = TRUE;
  what->one = one->id;
  edit = limber_edit_new ("patient", &one->id);
  limber_edit_set_id (edit, "merged_into", &other->id);
  return limber_transaction_edit (transaction, edit, test_author_of (transaction), error);
}

static gboolean
undo (LimberTransaction *transaction, gpointer data, GError **error)
{
  g_autoptr (LimberEdit) edit = limber_edit_new ("patient", &((Merge *) data)->one);

  limber_edit_set_none (edit, "merged_into");
  return limber_transaction_edit (transaction, edit, test_author_of (transaction), error);
}

static void
day_of (SimWorld *world, char day[LIMBER_DATE_LENGTH + 1])
{
  limber_date_of_time (limber_env_now (world->central->env), day);
}

/**
 * sim_undo_check:
 *
 * In some of the runs, once everybody is at rest and all has been checked: merges two people, undoes it, and looks at all
 * places in all three states.
 */
void
sim_undo_check (SimWorld *world)
{
  Merge what = { 0 };
  g_autoptr (GPtrArray) before = NULL, after = NULL;
  char first[LIMBER_DATE_LENGTH + 1], last[LIMBER_DATE_LENGTH + 1];
  SimPlace *place;

  sim_random_init (&what.random, world->seed, "undo", 0);
  place = sim_work_pick_place (world, &what.random, LIMBER_CLASS_DESK | LIMBER_CLASS_CLINIC | LIMBER_CLASS_OFFICE);
  if (world->problems->len > 0 || !sim_random_chance (&what.random, CHANCE) || place->revoked)
    return;
  day_of (world, first);
  before = take_all (world);
  if (!sim_world_write (world, place, "says who is the same person", merge, &what) || !what.found)
    return;
  sim_world_heal (world);
  sim_world_check (world);
  sim_world_write (world, place, "says that they are not", undo, &what);
  sim_world_heal (world);
  sim_world_check (world);
  day_of (world, last);
  after = take_all (world);
  for (guint i = 0; g_str_equal (first, last) && i < world->places->len; i++) { /* at midnight other people come into scope */
    compare (world, sim_world_place (world, i), before->pdata[i], after->pdata[i], "gone or changed after it was undone");
    if (world->family != SIM_NO_DIGEST) /* who roamed passes over a forgetting at a node that is behind: only a digest makes up for it */
      compare (world, sim_world_place (world, i), after->pdata[i], before->pdata[i], "new or changed after it was undone");
  }
}
