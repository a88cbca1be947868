#include "limber-finder.h"

#include "limber-hit.h"
#include "limber-search.h"

#define MOST_HITS 12

struct _LimberFinder {
  GObject       parent_instance;
  LimberSearch *search; /* (owned) */
  LimberDay    *day;    /* (owned) */
};

enum {
  UPDATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberFinder, limber_finder, G_TYPE_OBJECT)

static void
limber_finder_dispose (GObject *object)
{
  LimberFinder *self = LIMBER_FINDER (object);

  g_clear_object (&self->search);
  g_clear_object (&self->day);
  G_OBJECT_CLASS (limber_finder_parent_class)->dispose (object);
}

static void
limber_finder_class_init (LimberFinderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limber_finder_dispose;
  signals[UPDATED] = g_signal_new ("updated", LIMBER_TYPE_FINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
limber_finder_init (LimberFinder *self)
{
}

static void
search_updated (LimberFinder *self)
{
  g_signal_emit (self, signals[UPDATED], 0);
}

/**
 * limber_finder_new:
 * @day: whose visits the hits are joined with
 *
 * Returns: (transfer full): the finder
 */
LimberFinder *
limber_finder_new (LimberStore *store, LimberDay *day)
{
  LimberFinder *self = g_object_new (LIMBER_TYPE_FINDER, NULL);

  self->search = limber_search_new (store);
  self->day = g_object_ref (day);
  g_signal_connect_object (self->search, "updated", G_CALLBACK (search_updated), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "notify::ready", G_CALLBACK (search_updated), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * limber_finder_is_ready:
 *
 * Returns: whether everybody can be found already
 */
gboolean
limber_finder_is_ready (LimberFinder *self)
{
  return limber_search_is_ready (self->search);
}

/**
 * limber_finder_find:
 * @text: what was typed
 * @more: (out): whether there are more than what is returned
 *
 * Returns: (transfer full) (nullable): LimberHits, the best first; %NULL when nothing was typed
 */
GListModel *
limber_finder_find (LimberFinder *self, const char *text, gboolean *more)
{
  GListStore *hits;
  g_autofree char *words = g_strstrip (g_strdup (text));
  g_autoptr (GPtrArray) rows = NULL;

  *more = FALSE;
  if (*words == '\0')
    return NULL;
  hits = g_list_store_new (LIMBER_TYPE_HIT);
  rows = limber_search_find (self->search, words, MOST_HITS + 1);
  for (guint i = 0; rows != NULL && i < MIN (rows->len, MOST_HITS); i++) {
    LimberRow *row = g_ptr_array_index (rows, i);
    const LimberId *appointment = limber_row_id (row, "appointment");
    LimberVisit *visit = appointment != NULL ? limber_day_find (self->day, appointment) : NULL;
    g_autoptr (LimberHit) hit = limber_hit_new (row, visit, limber_day_get_date (self->day));

    g_list_store_append (hits, hit);
  }
  *more = rows != NULL && rows->len > MOST_HITS;
  return G_LIST_MODEL (hits);
}
