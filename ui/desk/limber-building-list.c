/* It is put together anew from two live queries whenever one of them changes, or the minute does. */
#include "limber-building-list.h"

#include "limber-building-item.h"
#include "limber-date.h"
#include "limber-live-query.h"

struct _LimberBuildingList {
  GObject          parent_instance;
  LimberStore     *store;  /* (owned) */
  char             date[LIMBER_DATE_LENGTH + 1];
  LimberLiveQuery *visits; /* (owned) */
  LimberLiveQuery *tasks;  /* (owned) */
  GListStore      *items;  /* (owned): LimberBuildingItem */
  char            *count;  /* (owned): "12 people are in the building." */
};

enum {
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberBuildingList, limber_building_list, G_TYPE_OBJECT)

static GPtrArray *
rows_of (LimberLiveQuery *query)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (query));
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (rows, g_list_model_get_item (G_LIST_MODEL (query), i));
  return rows;
}

/* Whether the list says the same as @people: then it is left alone, so that it stays where the reader has it. */
static gboolean
says_the_same (LimberBuildingList *self, GPtrArray *people)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->items)) != people->len)
    return FALSE;
  for (guint i = 0; i < people->len; i++) {
    g_autoptr (LimberBuildingItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

    if (!limber_building_person_equal (limber_building_item_get_person (item), g_ptr_array_index (people, i)))
      return FALSE;
  }
  return TRUE;
}

static void
put_together (LimberBuildingList *self)
{
  g_autoptr (GPtrArray) visits = rows_of (self->visits), tasks = rows_of (self->tasks), items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) people = limber_building_find (&(LimberBuildingFacts){ visits, tasks }, limber_env_now (limber_store_env (self->store)));

  g_free (self->count);
  self->count = limber_building_dup_count_text (people);
  if (!says_the_same (self, people)) {
    g_ptr_array_set_free_func (people, NULL); /* the items have them */
    for (guint i = 0; i < people->len; i++)
      g_ptr_array_add (items, limber_building_item_new (g_ptr_array_index (people, i)));
    g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)), items->pdata, items->len);
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
limber_building_list_dispose (GObject *object)
{
  LimberBuildingList *self = LIMBER_BUILDING_LIST (object);

  g_clear_object (&self->visits);
  g_clear_object (&self->tasks);
  g_clear_object (&self->items);
  g_clear_object (&self->store);
  g_clear_pointer (&self->count, g_free);
  G_OBJECT_CLASS (limber_building_list_parent_class)->dispose (object);
}

static void
limber_building_list_class_init (LimberBuildingListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limber_building_list_dispose;
  signals[CHANGED] = g_signal_new ("changed", LIMBER_TYPE_BUILDING_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
limber_building_list_init (LimberBuildingList *self)
{
  self->items = g_list_store_new (LIMBER_TYPE_BUILDING_ITEM);
}

/* Returns: the site, whose the store must be */
static const LimberId *
bounds (LimberBuildingList *self, gint64 *start, gint64 *end)
{
  limber_date_of_time (limber_env_now (limber_store_env (self->store)), self->date);
  limber_date_bounds (self->date, start, end);
  return &limber_store_identity (self->store)->site;
}

static void
watch (LimberBuildingList *self, LimberLiveQuery *query)
{
  g_signal_connect_object (query, "items-changed", G_CALLBACK (put_together), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (query, "notify::loaded", G_CALLBACK (put_together), self, G_CONNECT_SWAPPED);
}

/**
 * limber_building_list_new:
 * @store: of a device that belongs to a site
 *
 * Returns: (transfer full): who is in that site's building, which loads by and by
 */
LimberBuildingList *
limber_building_list_new (LimberStore *store)
{
  LimberBuildingList *self = g_object_new (LIMBER_TYPE_BUILDING_LIST, NULL);
  const LimberId *site;
  gint64 start, end;

  self->store = g_object_ref (store);
  site = bounds (self, &start, &end);
  self->visits = limber_live_query_new (store, "today", "dii", site, start, end);
  self->tasks = limber_live_query_new (store, "tasks-open", "d", site);
  watch (self, self->visits);
  watch (self, self->tasks);
  put_together (self);
  return self;
}

/**
 * limber_building_list_get_items:
 *
 * Returns: (transfer none): the LimberBuildingItems, by name
 */
GListModel *
limber_building_list_get_items (LimberBuildingList *self)
{
  return G_LIST_MODEL (self->items);
}

/**
 * limber_building_list_dup_count:
 *
 * Returns: (transfer full): how many there are, in a sentence
 */
char *
limber_building_list_dup_count (LimberBuildingList *self)
{
  return g_strdup (self->count);
}

gboolean
limber_building_list_is_loaded (LimberBuildingList *self)
{
  return limber_live_query_is_loaded (self->visits) && limber_live_query_is_loaded (self->tasks);
}

/**
 * limber_building_list_get_error:
 *
 * Returns: (nullable): why the list could not be read
 */
const GError *
limber_building_list_get_error (LimberBuildingList *self)
{
  const GError *visits = limber_live_query_get_error (self->visits);

  return visits != NULL ? visits : limber_live_query_get_error (self->tasks);
}

/**
 * limber_building_list_reload:
 *
 * Reads it anew: after an error, or because it is another day.
 */
void
limber_building_list_reload (LimberBuildingList *self)
{
  gint64 start, end;
  const LimberId *site = bounds (self, &start, &end);

  limber_live_query_set_values (self->visits, "dii", site, start, end);
  limber_live_query_set_values (self->tasks, "d", site);
}

/**
 * limber_building_list_tick:
 *
 * To be called now and then: who was seen goes, and after midnight it is another day.
 */
void
limber_building_list_tick (LimberBuildingList *self)
{
  char date[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (limber_env_now (limber_store_env (self->store)), date);
  if (g_str_equal (date, self->date))
    put_together (self);
  else
    limber_building_list_reload (self);
}
