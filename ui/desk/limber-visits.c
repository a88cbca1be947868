#include "limber-visits.h"

/**
 * limber_visits_follow:
 * @visits: a LimberVisit for each of @rows, as they were
 * @rows: rows of the query "today" or one like it, which have changed
 * @at: where
 * @removed: how many went
 * @added: how many came
 * @now: milliseconds UTC
 *
 * Makes @visits what @rows are.
 */
void
limber_visits_follow (GListStore *visits, GListModel *rows, guint at, guint removed, guint added, gint64 now)
{
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < added; i++) {
    g_autoptr (LimberRow) row = g_list_model_get_item (rows, at + i);

    g_ptr_array_add (made, limber_visit_new (row, now));
  }
  g_list_store_splice (visits, at, removed, made->pdata, made->len);
}

/**
 * limber_visits_set_now:
 * @now: milliseconds UTC
 *
 * Moves the clock of every visit.
 */
void
limber_visits_set_now (GListModel *visits, gint64 now)
{
  guint n = g_list_model_get_n_items (visits);

  for (guint i = 0; i < n; i++) {
    g_autoptr (LimberVisit) visit = g_list_model_get_item (visits, i);

    limber_visit_set_now (visit, now);
  }
}

/**
 * limber_visits_position:
 * @appointment: its id
 *
 * Returns: where its visit is, or %GTK_INVALID_LIST_POSITION
 */
guint
limber_visits_position (GListModel *visits, const LimberId *appointment)
{
  guint n = g_list_model_get_n_items (visits);

  for (guint i = 0; i < n; i++) {
    g_autoptr (LimberVisit) visit = g_list_model_get_item (visits, i);

    if (limber_id_equal (limber_visit_get_id (visit), appointment))
      return i;
  }
  return GTK_INVALID_LIST_POSITION;
}

/**
 * limber_visits_find:
 * @visits: a list that keeps its items
 * @appointment: its id
 *
 * Returns: (transfer none) (nullable): its visit
 */
LimberVisit *
limber_visits_find (GListModel *visits, const LimberId *appointment)
{
  g_autoptr (LimberVisit) visit = g_list_model_get_item (visits, limber_visits_position (visits, appointment));

  return visit; /* the list keeps it */
}
