/* The visits stand in one store, `all`, which follows the live query's rows one to one; what is shown is that store, filtered by
 * what the clock says. */
#include "limber-open-visits.h"

#include "limber-date.h"
#include "limber-day-end.h"
#include "limber-live-query.h"
#include "limber-visits.h"

struct _LimberOpenVisits {
  GObject             parent_instance;
  LimberStore        *store;  /* (owned) */
  char                date[LIMBER_DATE_LENGTH + 1];
  LimberLiveQuery    *rows;   /* (owned) */
  GListStore         *all;    /* (owned): LimberVisit, as in rows */
  GtkCustomFilter    *filter; /* (owned) */
  GtkFilterListModel *shown;  /* (owned) */
};

enum {
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberOpenVisits, limber_open_visits, G_TYPE_OBJECT)

static gint64
now_of (LimberOpenVisits *self)
{
  return limber_env_now (limber_store_env (self->store));
}

static gboolean
is_open (gpointer item, gpointer data)
{
  return limber_day_end_of (limber_visit_get_row (item), now_of (data)) != LIMBER_DAY_END_NOTHING;
}

static void
rows_changed (GListModel *rows, guint at, guint removed, guint added, LimberOpenVisits *self)
{
  limber_visits_follow (self->all, rows, at, removed, added, now_of (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
state_changed (LimberOpenVisits *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
limber_open_visits_dispose (GObject *object)
{
  LimberOpenVisits *self = LIMBER_OPEN_VISITS (object);

  g_clear_object (&self->shown);
  g_clear_object (&self->rows);
  g_clear_object (&self->filter);
  g_clear_object (&self->all);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (limber_open_visits_parent_class)->dispose (object);
}

static void
limber_open_visits_class_init (LimberOpenVisitsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limber_open_visits_dispose;
  signals[CHANGED] = g_signal_new ("changed", LIMBER_TYPE_OPEN_VISITS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
limber_open_visits_init (LimberOpenVisits *self)
{
  self->all = g_list_store_new (LIMBER_TYPE_VISIT);
  self->filter = gtk_custom_filter_new (is_open, self, NULL);
  self->shown = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->all)), g_object_ref (GTK_FILTER (self->filter)));
}

/* Returns: (nullable): the site whose visits these are */
static const LimberId *
bounds (LimberOpenVisits *self, gint64 *from, gint64 *until)
{
  const LimberIdentity *identity = limber_store_identity (self->store);

  limber_date_of_time (now_of (self), self->date);
  limber_day_end_span (now_of (self), from, until);
  return identity->has_site ? &identity->site : NULL;
}

/**
 * limber_open_visits_new:
 *
 * Returns: (transfer full): what is open now, which loads by and by
 */
LimberOpenVisits *
limber_open_visits_new (LimberStore *store)
{
  LimberOpenVisits *self = g_object_new (LIMBER_TYPE_OPEN_VISITS, NULL);
  const LimberId *site;
  gint64 from, until;

  self->store = g_object_ref (store);
  site = bounds (self, &from, &until);
  self->rows = limber_live_query_new (store, "open-visits", "dii", site, from, until);
  limber_live_query_set_patient (self->rows, TRUE);
  g_signal_connect_object (self->rows, "items-changed", G_CALLBACK (rows_changed), self, 0);
  g_signal_connect_object (self->rows, "notify::loaded", G_CALLBACK (state_changed), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * limber_open_visits_get_list:
 *
 * Returns: (transfer none): the LimberVisits, by day, time and name
 */
GListModel *
limber_open_visits_get_list (LimberOpenVisits *self)
{
  return G_LIST_MODEL (self->shown);
}

/**
 * limber_open_visits_count_earlier:
 *
 * Returns: how many are of a day before today
 */
guint
limber_open_visits_count_earlier (LimberOpenVisits *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->shown)), earlier = 0;
  gint64 today = 0;

  limber_date_bounds (self->date, &today, NULL);
  while (earlier < n) { /* they are in order */
    g_autoptr (LimberVisit) visit = g_list_model_get_item (G_LIST_MODEL (self->shown), earlier);

    if (limber_visit_get_start (visit) >= today)
      break;
    earlier++;
  }
  return earlier;
}

gboolean
limber_open_visits_is_loaded (LimberOpenVisits *self)
{
  return limber_live_query_is_loaded (self->rows);
}

/**
 * limber_open_visits_get_error:
 *
 * Returns: (nullable): why the list could not be read
 */
const GError *
limber_open_visits_get_error (LimberOpenVisits *self)
{
  return limber_live_query_get_error (self->rows);
}

/**
 * limber_open_visits_reload:
 *
 * Reads the list anew: after an error, or because it is another day.
 */
void
limber_open_visits_reload (LimberOpenVisits *self)
{
  gint64 from, until;
  const LimberId *site = bounds (self, &from, &until);

  limber_live_query_set_values (self->rows, "dii", site, from, until);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * limber_open_visits_tick:
 *
 * To be called now and then: what is over becomes open, and after midnight it is another day.
 */
void
limber_open_visits_tick (LimberOpenVisits *self)
{
  guint before = g_list_model_get_n_items (G_LIST_MODEL (self->shown));
  char date[LIMBER_DATE_LENGTH + 1];

  limber_visits_set_now (G_LIST_MODEL (self->all), now_of (self));
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  limber_date_of_time (now_of (self), date);
  if (!g_str_equal (date, self->date))
    limber_open_visits_reload (self);
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->shown)) != before)
    g_signal_emit (self, signals[CHANGED], 0);
}
