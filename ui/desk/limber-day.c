/* The visits stand in one store, `all`, which follows the live query's rows one to one; what is shown is that store sorted
 * and filtered. A visit needs somebody when an open task names its appointment. Main thread only. */
#include "limber-day.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-live-query.h"
#include "limber-task-item.h"
#include "limber-visits.h"

struct _LimberDay {
  GObject            parent_instance;
  LimberStore       *store;      /* (owned) */
  char               date[LIMBER_DATE_LENGTH + 1];
  gboolean           has_site;
  LimberId           site;
  LimberLiveQuery   *rows;       /* (owned) */
  LimberLiveQuery   *task_rows;  /* (owned) */
  LimberLiveQuery   *clinicians; /* (owned) */
  LimberLiveQuery   *places;     /* (owned) */
  GListStore        *all;        /* (owned): LimberVisit, as in rows */
  GListStore        *tasks;      /* (owned): LimberTaskItem, as in task_rows */
  GtkCustomFilter   *filter;     /* (owned) */
  GtkCustomSorter   *sorter;     /* (owned) */
  GtkSortListModel  *shown;      /* (owned) */
  LimberDayShow      show;
  gboolean           has_clinician, has_place;
  LimberId           clinician, place;
};

enum {
  CHANGED,
  SETTLED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberDay, limber_day, G_TYPE_OBJECT)

static gint64
now_of (LimberDay *self)
{
  return limber_env_now (limber_store_env (self->store));
}

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  return limber_visit_compare ((LimberVisit *) a, (LimberVisit *) b);
}

/* Whether the id that @item's row has as @name is the one that is asked for. */
static gboolean
is_that (gpointer item, const char *name, gboolean asked, const LimberId *id)
{
  const LimberId *its = limber_row_id (limber_visit_get_row (item), name);

  return !asked || (its != NULL && limber_id_equal (its, id));
}

static gboolean
is_shown (gpointer item, gpointer data)
{
  LimberDay *self = data;
  LimberVisitGroup group = limber_visit_get_group (item);
  LimberVisitStatus status = limber_visit_get_status (item);

  if (!is_that (item, "clinician", self->has_clinician, &self->clinician) || !is_that (item, "place_id", self->has_place, &self->place))
    return FALSE;
  switch (self->show) {
  case LIMBER_DAY_NOT_SEEN:
    return group <= LIMBER_VISIT_HERE || status == LIMBER_VISIT_BOOKED;
  case LIMBER_DAY_HERE:
    return group <= LIMBER_VISIT_HERE;
  case LIMBER_DAY_NEEDS_YOU:
    return group == LIMBER_VISIT_NEEDS_YOU;
  case LIMBER_DAY_LATE:
    return limber_visit_get_late (item) > 0;
  case LIMBER_DAY_LONG_WAIT:
    return limber_visit_is_long_wait (item);
  case LIMBER_DAY_DID_NOT_COME:
    return status == LIMBER_VISIT_DID_NOT_ATTEND;
  case LIMBER_DAY_CANCELLED:
    return status == LIMBER_VISIT_CANCELLED;
  case LIMBER_DAY_SEEN:
    return status == LIMBER_VISIT_SEEN;
  default:
    return TRUE;
  }
}

/* Whom each task is about, told to the task; that there is a task, told to each visit. Returns whether any of them stands elsewhere by that. */
static gboolean
match_tasks (LimberDay *self)
{
  gboolean moved = FALSE;
  g_autoptr (GHashTable) asked = g_hash_table_new (limber_id_hash, limber_id_equal);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->tasks));

  for (guint i = 0; i < n; i++) {
    g_autoptr (LimberTaskItem) task = g_list_model_get_item (G_LIST_MODEL (self->tasks), i);
    GArray *appointments = limber_task_item_get_appointments (task);
    g_autoptr (GPtrArray) names = g_ptr_array_new ();

    for (guint j = 0; j < appointments->len; j++) {
      LimberId *id = &g_array_index (appointments, LimberId, j);
      LimberVisit *visit = limber_day_find (self, id);

      g_hash_table_insert (asked, id, task); /* the tasks outlive the table */
      if (visit != NULL)
        g_ptr_array_add (names, (gpointer) limber_visit_get_name (visit));
    }
    g_ptr_array_add (names, NULL);
    limber_task_item_set_names (task, (const char *const *) names->pdata);
  }
  n = g_list_model_get_n_items (G_LIST_MODEL (self->all));
  for (guint i = 0; i < n; i++) {
    g_autoptr (LimberVisit) visit = g_list_model_get_item (G_LIST_MODEL (self->all), i);
    LimberTaskItem *task = g_hash_table_lookup (asked, limber_visit_get_id (visit));
    gboolean over = limber_visit_get_status (visit) > LIMBER_VISIT_CALLED;
    LimberVisitGroup before = limber_visit_get_group (visit);

    limber_visit_set_attention (visit, task != NULL && !over ? limber_task_item_get_about (task) : NULL, task != NULL ? limber_task_item_get_made (task) : 0);
    moved = limber_visit_get_group (visit) != before || moved;
  }
  return moved;
}

/* Whether the clock alone can bring a visit into what is shown, or take it out. */
static gboolean
goes_by_time (LimberDay *self)
{
  return self->show == LIMBER_DAY_LATE || self->show == LIMBER_DAY_LONG_WAIT || self->show == LIMBER_DAY_NEEDS_YOU;
}

/* The list has its own order for what came and went; what else has changed is only told. */
static void
order_and_filter (LimberDay *self)
{
  gboolean moved = match_tasks (self);

  if (moved)
    gtk_sorter_changed (GTK_SORTER (self->sorter), GTK_SORTER_CHANGE_DIFFERENT);
  if (moved || goes_by_time (self))
    gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* What each clinician's day makes of her people's visits. */
static void
match_turns (LimberDay *self)
{
  g_autoptr (GHashTable) days = g_hash_table_new_full (limber_id_hash, limber_id_equal, NULL, (GDestroyNotify) g_array_unref);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->all));

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < n; i++) {
      g_autoptr (LimberVisit) visit = g_list_model_get_item (G_LIST_MODEL (self->all), i);
      const LimberId *clinician = limber_row_id (limber_visit_get_row (visit), "clinician"); /* the store keeps it */
      GArray *turns = clinician != NULL ? g_hash_table_lookup (days, clinician) : NULL;
      LimberTurn turn = limber_visit_get_turn (visit);

      if (clinician != NULL && turns == NULL)
        g_hash_table_insert (days, (gpointer) clinician, turns = g_array_new (FALSE, FALSE, sizeof (LimberTurn)));
      if (turns != NULL && pass == 0)
        g_array_append_val (turns, turn);
      else if (turns != NULL)
        limber_visit_set_turns (visit, turns);
    }
}

static void
rows_changed (GListModel *rows, guint at, guint removed, guint added, LimberDay *self)
{
  limber_visits_follow (self->all, rows, at, removed, added, now_of (self));
  match_turns (self);
  order_and_filter (self);
}

static void
task_rows_changed (GListModel *rows, guint at, guint removed, guint added, LimberDay *self)
{
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < added; i++) {
    g_autoptr (LimberRow) row = g_list_model_get_item (rows, at + i);

    g_ptr_array_add (made, limber_task_item_new (row));
  }
  g_list_store_splice (self->tasks, at, removed, made->pdata, made->len);
  order_and_filter (self);
}

static void
state_changed (LimberDay *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
rows_settled (LimberDay *self)
{
  g_signal_emit (self, signals[SETTLED], 0);
}

static void
limber_day_dispose (GObject *object)
{
  LimberDay *self = LIMBER_DAY (object);

  g_clear_object (&self->shown);
  g_clear_object (&self->rows);
  g_clear_object (&self->task_rows);
  g_clear_object (&self->clinicians);
  g_clear_object (&self->places);
  g_clear_object (&self->filter);
  g_clear_object (&self->sorter);
  g_clear_object (&self->all);
  g_clear_object (&self->tasks);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (limber_day_parent_class)->dispose (object);
}

static void
limber_day_class_init (LimberDayClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limber_day_dispose;
  signals[CHANGED] = g_signal_new ("changed", LIMBER_TYPE_DAY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SETTLED] = g_signal_new ("settled", LIMBER_TYPE_DAY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
limber_day_init (LimberDay *self)
{
  GtkFilterListModel *filtered;

  self->all = g_list_store_new (LIMBER_TYPE_VISIT);
  self->tasks = g_list_store_new (LIMBER_TYPE_TASK_ITEM);
  self->filter = gtk_custom_filter_new (is_shown, self, NULL);
  self->sorter = gtk_custom_sorter_new (compare, NULL, NULL);
  filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->all)), g_object_ref (GTK_FILTER (self->filter)));
  self->shown = gtk_sort_list_model_new (G_LIST_MODEL (filtered), g_object_ref (GTK_SORTER (self->sorter)));
}

/* The day's bounds, and the site's id or NULL for a device that serves every site. */
static const LimberId *
bounds (LimberDay *self, gint64 *start, gint64 *end)
{
  limber_date_of_time (now_of (self), self->date);
  limber_date_bounds (self->date, start, end);
  return self->has_site ? &self->site : NULL;
}

/**
 * limber_day_new:
 * @store: a desk's, clinic's or office's; the last serves every site
 *
 * Returns: (transfer full): the present day, which loads by and by
 */
LimberDay *
limber_day_new (LimberStore *store)
{
  LimberDay *self = g_object_new (LIMBER_TYPE_DAY, NULL);
  const LimberIdentity *identity = limber_store_identity (store);
  const LimberId *site;
  gint64 start, end;

  self->store = g_object_ref (store);
  self->has_site = identity->has_site;
  self->site = identity->site;
  site = bounds (self, &start, &end);
  self->rows = limber_live_query_new (store, "today", "dii", site, start, end);
  self->task_rows = limber_live_query_new (store, "tasks-open", "d", site);
  self->clinicians = limber_live_query_new (store, "today-clinicians", "dii", site, start, end);
  self->places = limber_live_query_new (store, "today-places", "dii", site, start, end);
  g_signal_connect_object (self->rows, "items-changed", G_CALLBACK (rows_changed), self, 0);
  limber_live_query_set_patient (self->clinicians, TRUE);
  limber_live_query_set_patient (self->places, TRUE);
  g_signal_connect_object (self->rows, "settled", G_CALLBACK (rows_settled), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rows, "notify::loaded", G_CALLBACK (state_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->task_rows, "items-changed", G_CALLBACK (task_rows_changed), self, 0);
  rows_changed (G_LIST_MODEL (self->rows), 0, 0, g_list_model_get_n_items (G_LIST_MODEL (self->rows)), self);
  task_rows_changed (G_LIST_MODEL (self->task_rows), 0, 0, g_list_model_get_n_items (G_LIST_MODEL (self->task_rows)), self);
  return self;
}

/**
 * limber_day_get_visits:
 *
 * Returns: (transfer none): the LimberVisits that are shown, in their order
 */
GListModel *
limber_day_get_visits (LimberDay *self)
{
  return G_LIST_MODEL (self->shown);
}

/**
 * limber_day_get_all:
 *
 * Returns: (transfer none): the LimberVisits of the day, shown or not, in no order
 */
GListModel *
limber_day_get_all (LimberDay *self)
{
  return G_LIST_MODEL (self->all);
}

/**
 * limber_day_get_tasks:
 *
 * Returns: (transfer none): the open LimberTaskItems
 */
GListModel *
limber_day_get_tasks (LimberDay *self)
{
  return G_LIST_MODEL (self->tasks);
}

/**
 * limber_day_get_clinicians:
 *
 * Returns: (transfer none): a LimberRow (id, given, family) for everybody who sees somebody today
 */
GListModel *
limber_day_get_clinicians (LimberDay *self)
{
  return G_LIST_MODEL (self->clinicians);
}

/**
 * limber_day_get_places:
 *
 * Returns: (transfer none): a LimberRow (id, name) for every room in which somebody is seen today
 */
GListModel *
limber_day_get_places (LimberDay *self)
{
  return G_LIST_MODEL (self->places);
}

/**
 * limber_day_find:
 * @appointment: its id
 *
 * Returns: (transfer none) (nullable): the visit, shown or not
 */
LimberVisit *
limber_day_find (LimberDay *self, const LimberId *appointment)
{
  return limber_visits_find (G_LIST_MODEL (self->all), appointment);
}

/**
 * limber_day_find_person:
 * @patient: the id of her record that is shown
 *
 * Returns: (transfer none) (nullable): her first visit that can be checked in, else her first that is not over, else any
 */
LimberVisit *
limber_day_find_person (LimberDay *self, const LimberId *patient)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->all));
  LimberVisit *best = NULL;
  int best_rank = G_MAXINT;

  for (guint i = 0; i < n; i++) {
    g_autoptr (LimberVisit) visit = g_list_model_get_item (G_LIST_MODEL (self->all), i); /* the store keeps it */
    const LimberId *whose = limber_row_id (limber_visit_get_row (visit), "person");
    int rank = limber_visit_get_status (visit) == LIMBER_VISIT_BOOKED ? 0 : limber_visit_get_group (visit) != LIMBER_VISIT_OVER ? 1 : 2;

    if (whose != NULL && limber_id_equal (whose, patient) && rank < best_rank) {
      best = visit;
      best_rank = rank;
    }
  }
  return best;
}

/**
 * limber_day_find_task:
 * @id: its id
 *
 * Returns: (transfer none) (nullable): the open task
 */
LimberTaskItem *
limber_day_find_task (LimberDay *self, const LimberId *id)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->tasks));

  for (guint i = 0; i < n; i++) {
    g_autoptr (LimberTaskItem) task = g_list_model_get_item (G_LIST_MODEL (self->tasks), i);

    if (limber_id_equal (limber_task_item_get_id (task), id))
      return task; /* the store keeps it */
  }
  return NULL;
}

/**
 * limber_day_count:
 *
 * Returns: how many visits the day has, shown or not
 */
guint
limber_day_count (LimberDay *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->all));
}

/**
 * limber_day_get_date:
 *
 * Returns: the day, YYYY-MM-DD
 */
const char *
limber_day_get_date (LimberDay *self)
{
  return self->date;
}

/**
 * limber_day_dup_title:
 *
 * Returns: (transfer full): "Saturday 21-Nov-2026"
 */
char *
limber_day_dup_title (LimberDay *self)
{
  return limber_date_with_weekday (self->date);
}

/**
 * limber_day_dup_summary:
 *
 * Returns: (transfer full): "75 booked, 31 here so far, 2 need you"
 */
char *
limber_day_dup_summary (LimberDay *self)
{
  guint booked = 0, here = 0, need = g_list_model_get_n_items (G_LIST_MODEL (self->tasks)), n = limber_day_count (self);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++) {
    g_autoptr (LimberVisit) visit = g_list_model_get_item (G_LIST_MODEL (self->all), i);
    LimberVisitStatus status = limber_visit_get_status (visit);

    booked += status != LIMBER_VISIT_CANCELLED;
    here += status >= LIMBER_VISIT_ARRIVED;
    need += !limber_visit_has_task (visit) && limber_visit_get_group (visit) == LIMBER_VISIT_NEEDS_YOU;
  }
  g_string_append_printf (text, ngettext ("%u booked", "%u booked", booked), booked);
  g_string_append_printf (text, ngettext (", %u here so far", ", %u here so far", here), here);
  if (need > 0)
    g_string_append_printf (text, ngettext (", %u needs you", ", %u need you", need), need);
  return g_string_free (text, FALSE);
}

gboolean
limber_day_is_loaded (LimberDay *self)
{
  return limber_live_query_is_loaded (self->rows);
}

/**
 * limber_day_is_reading:
 *
 * Returns: whether the list may be behind the store; "settled" says when it no longer is
 */
gboolean
limber_day_is_reading (LimberDay *self)
{
  return limber_live_query_is_reading (self->rows);
}

/**
 * limber_day_get_error:
 *
 * Returns: (nullable): why the list could not be read
 */
const GError *
limber_day_get_error (LimberDay *self)
{
  return limber_live_query_get_error (self->rows);
}

/**
 * limber_day_show:
 * @clinician: (nullable): whose visits, %NULL for everybody's
 * @place: (nullable): in which room, %NULL for any
 *
 * Says which visits are shown.
 */
void
limber_day_show (LimberDay *self, LimberDayShow show, const LimberId *clinician, const LimberId *place)
{
  self->show = show;
  self->has_place = place != NULL;
  if (place != NULL)
    self->place = *place;
  self->has_clinician = clinician != NULL;
  if (clinician != NULL)
    self->clinician = *clinician;
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

/**
 * limber_day_reload:
 *
 * Reads the day anew: after an error, or because it is another.
 */
void
limber_day_reload (LimberDay *self)
{
  gint64 start, end;
  const LimberId *site = bounds (self, &start, &end);

  limber_live_query_set_values (self->rows, "dii", site, start, end);
  limber_live_query_set_values (self->clinicians, "dii", site, start, end);
  limber_live_query_set_values (self->places, "dii", site, start, end);
  limber_live_query_set_values (self->task_rows, "d", site);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * limber_day_tick:
 *
 * To be called now and then: waiting times go on, and after midnight it is another day.
 */
void
limber_day_tick (LimberDay *self)
{
  char date[LIMBER_DATE_LENGTH + 1];

  limber_visits_set_now (G_LIST_MODEL (self->all), now_of (self));
  match_turns (self);
  if (goes_by_time (self))
    gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  limber_date_of_time (now_of (self), date);
  if (!g_str_equal (date, self->date))
    limber_day_reload (self);
}
