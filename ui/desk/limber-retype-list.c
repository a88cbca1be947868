/* `lines` follows the live query by the appointments' ids: a line whose appointment changes is told, and stays the same line. */
#include "limber-retype-list.h"

#include "limber-date.h"
#include "limber-live-query.h"

struct _LimberRetypeList {
  GObject          parent_instance;
  char            *date;  /* (owned) */
  LimberLiveQuery *rows;  /* (owned) */
  GListStore      *lines; /* (owned): LimberRetypeLine */
};

enum {
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberRetypeList, limber_retype_list, G_TYPE_OBJECT)

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  return limber_day_line_compare (limber_retype_line_get_print ((LimberRetypeLine *) a), limber_retype_line_get_print ((LimberRetypeLine *) b));
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  return compare (*(LimberRetypeLine *const *) a, *(LimberRetypeLine *const *) b, NULL);
}

/* Returns: its place, or the number of lines when there is none */
static guint
find (LimberRetypeList *self, const LimberId *appointment)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->lines));

  for (guint i = 0; i < n; i++) {
    g_autoptr (LimberRetypeLine) line = g_list_model_get_item (G_LIST_MODEL (self->lines), i);

    if (limber_id_equal (limber_retype_line_get_id (line), appointment))
      return i;
  }
  return n;
}

static void
take_row (LimberRetypeList *self, LimberRow *row)
{
  guint at = find (self, limber_row_id (row, "id"));
  g_autoptr (LimberRetypeLine) line = g_list_model_get_item (G_LIST_MODEL (self->lines), at);

  if (line != NULL)
    limber_retype_line_set_row (line, row, self->date);
  else {
    line = limber_retype_line_new (row, self->date);
    g_list_store_insert_sorted (self->lines, line, compare, NULL);
  }
}

static gboolean
has_row (GListModel *rows, const LimberId *appointment)
{
  guint n = g_list_model_get_n_items (rows);

  for (guint i = 0; i < n; i++) {
    g_autoptr (LimberRow) row = g_list_model_get_item (rows, i);

    if (limber_id_equal (limber_row_id (row, "id"), appointment))
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_typed (LimberRetypeLine *line)
{
  return *limber_retype_line_get_came (line) != '\0' || *limber_retype_line_get_seen (line) != '\0';
}

/* All of them at once, so that the first line of the paper is the first that is there. */
static void
take_all (LimberRetypeList *self, GListModel *rows)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (rows);

  for (guint i = 0; i < n; i++) {
    g_autoptr (LimberRow) row = g_list_model_get_item (rows, i);

    g_ptr_array_add (lines, limber_retype_line_new (row, self->date));
  }
  g_ptr_array_sort (lines, compare_places);
  g_list_store_splice (self->lines, 0, 0, lines->pdata, lines->len);
}

/* A row that changed comes as one that went and one that came, and a row that moved so too, one after the other: a line into
 * which something was typed stays. */
static void
rows_changed (GListModel *rows, guint at, guint removed, guint added, LimberRetypeList *self)
{
  gboolean first = g_list_model_get_n_items (G_LIST_MODEL (self->lines)) == 0;

  if (first)
    take_all (self, rows);
  for (guint i = 0; i < added && !first; i++) {
    g_autoptr (LimberRow) row = g_list_model_get_item (rows, at + i);

    take_row (self, row);
  }
  for (guint i = removed > added ? g_list_model_get_n_items (G_LIST_MODEL (self->lines)) : 0; i > 0; i--) {
    g_autoptr (LimberRetypeLine) line = g_list_model_get_item (G_LIST_MODEL (self->lines), i - 1);

    if (!has_typed (line) && !has_row (rows, limber_retype_line_get_id (line)))
      g_list_store_remove (self->lines, i - 1);
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
state_changed (LimberRetypeList *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
limber_retype_list_dispose (GObject *object)
{
  LimberRetypeList *self = LIMBER_RETYPE_LIST (object);

  g_clear_object (&self->rows);
  g_clear_object (&self->lines);
  g_clear_pointer (&self->date, g_free);
  G_OBJECT_CLASS (limber_retype_list_parent_class)->dispose (object);
}

static void
limber_retype_list_class_init (LimberRetypeListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limber_retype_list_dispose;
  signals[CHANGED] = g_signal_new ("changed", LIMBER_TYPE_RETYPE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
limber_retype_list_init (LimberRetypeList *self)
{
  self->lines = g_list_store_new (LIMBER_TYPE_RETYPE_LINE);
}

/**
 * limber_retype_list_new:
 * @date: of the paper, YYYY-MM-DD
 *
 * Returns: (transfer full): its lines, which load by and by
 */
LimberRetypeList *
limber_retype_list_new (LimberStore *store, const char *date)
{
  LimberRetypeList *self = g_object_new (LIMBER_TYPE_RETYPE_LIST, NULL);
  const LimberIdentity *identity = limber_store_identity (store);
  gint64 start = 0, end = 0;

  self->date = g_strdup (date);
  limber_date_bounds (date, &start, &end);
  self->rows = limber_live_query_new (store, "today", "dii", identity->has_site ? &identity->site : NULL, start, end);
  g_signal_connect_object (self->rows, "items-changed", G_CALLBACK (rows_changed), self, 0);
  g_signal_connect_object (self->rows, "notify::loaded", G_CALLBACK (state_changed), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * limber_retype_list_get_lines:
 *
 * Returns: (transfer none): the LimberRetypeLines
 */
GListModel *
limber_retype_list_get_lines (LimberRetypeList *self)
{
  return G_LIST_MODEL (self->lines);
}

const char *
limber_retype_list_get_date (LimberRetypeList *self)
{
  return self->date;
}

gboolean
limber_retype_list_is_loaded (LimberRetypeList *self)
{
  return limber_live_query_is_loaded (self->rows);
}

/**
 * limber_retype_list_get_error:
 *
 * Returns: (nullable): why the list could not be read
 */
const GError *
limber_retype_list_get_error (LimberRetypeList *self)
{
  return limber_live_query_get_error (self->rows);
}

/**
 * limber_retype_list_count_unsaved:
 *
 * Returns: how many lines have something typed that is not saved
 */
guint
limber_retype_list_count_unsaved (LimberRetypeList *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->lines)), unsaved = 0;

  for (guint i = 0; i < n; i++) {
    g_autoptr (LimberRetypeLine) line = g_list_model_get_item (G_LIST_MODEL (self->lines), i);

    unsaved += has_typed (line);
  }
  return unsaved;
}
