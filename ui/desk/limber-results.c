#include "limber-results.h"

#include <glib/gi18n-lib.h>

#include "limber-columns.h"
#include "limber-hit-row.h"

#define NARROWEST 85 /* letters */

struct _LimberResults {
  GtkWidget           parent_instance;
  char               *text; /* (owned) (nullable): what was searched for */
  GtkWidget          *box;
  GtkWidget          *scrolled;
  GtkWidget          *list;
  GtkSingleSelection *selection;
  GtkLabel           *nobody;
  GtkLabel           *hint;
};

enum {
  CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberResults, limber_results, GTK_TYPE_WIDGET)

static void
activated (LimberResults *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  g_signal_emit (self, signals[CHOSEN], 0, position);
}

static guint
position_of (GListModel *hits, const LimberId *patient)
{
  guint n = g_list_model_get_n_items (hits);

  for (guint i = 0; i < n; i++) {
    g_autoptr (LimberHit) hit = g_list_model_get_item (hits, i);

    if (limber_id_equal (limber_hit_get_patient (hit), patient))
      return i;
  }
  return 0;
}

/**
 * limber_results_show_hits:
 * @hits: (nullable): the LimberHits, the best first; %NULL hides the results
 * @text: what was searched for
 * @more: whether there are more than these
 *
 * While @text stays the same, whoever is marked stays marked: Enter must never mean another person than the one in sight.
 */
void
limber_results_show_hits (LimberResults *self, GListModel *hits, const char *text, gboolean more)
{
  guint n = hits != NULL ? g_list_model_get_n_items (hits) : 0;
  LimberHit *marked = g_strcmp0 (text, self->text) == 0 ? gtk_single_selection_get_selected_item (self->selection) : NULL;
  LimberId patient = marked != NULL ? *limber_hit_get_patient (marked) : (LimberId){ { 0 } };
  g_autofree char *nobody = g_strdup_printf (_("Nobody here matches “%s”. A date of birth, an NHS number or a telephone number works too."), text != NULL ? text : "");

  g_free (self->text);
  self->text = g_strdup (text);
  gtk_widget_set_visible (GTK_WIDGET (self), hits != NULL);
  gtk_single_selection_set_model (self->selection, hits);
  gtk_widget_set_visible (self->scrolled, n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->nobody), hits != NULL && n == 0);
  gtk_label_set_text (self->nobody, nobody);
  gtk_label_set_text (self->hint, more ? _("More people match: type more of the name, or the date of birth.") : _("Enter does what stands on the right · Ctrl Enter opens the person · Esc clears"));
  if (n > 0)
    gtk_single_selection_set_selected (self->selection, position_of (hits, &patient));
}

/**
 * limber_results_show_wait:
 *
 * Says that nobody can be found yet: never "nobody" before everybody was looked at.
 */
void
limber_results_show_wait (LimberResults *self)
{
  g_autoptr (GListStore) none = g_list_store_new (LIMBER_TYPE_HIT);

  limber_results_show_hits (self, G_LIST_MODEL (none), NULL, FALSE);
  gtk_label_set_text (self->nobody, _("One moment: the list of people is being read."));
}

/**
 * limber_results_get_selected:
 *
 * Returns: (transfer none) (nullable): the marked result
 */
LimberHit *
limber_results_get_selected (LimberResults *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self)) ? gtk_single_selection_get_selected_item (self->selection) : NULL;
}

/**
 * limber_results_move:
 * @by: rows, down when more than 0
 */
void
limber_results_move (LimberResults *self, int by)
{
  gint64 n = g_list_model_get_n_items (G_LIST_MODEL (self->selection)), at = gtk_single_selection_get_selected (self->selection);

  if (n == 0 || at == GTK_INVALID_LIST_POSITION)
    return;
  at = CLAMP (at + by, 0, n - 1);
  gtk_single_selection_set_selected (self->selection, (guint) at);
  gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", (guint) at);
}

/* How high it should be. A list view asks its rows how high they are without a width, so that rows that wrap would be cut off. */
static int
height_at (LimberResults *self, int width)
{
  int all, scrolled = 0, rows = 0;

  gtk_widget_measure (GTK_WIDGET (self), GTK_ORIENTATION_VERTICAL, width, NULL, &all, NULL, NULL);
  if (!gtk_widget_get_visible (self->scrolled))
    return all;
  gtk_widget_measure (self->scrolled, GTK_ORIENTATION_VERTICAL, width, NULL, &scrolled, NULL, NULL);
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL; row = gtk_widget_get_next_sibling (row)) {
    int height;

    gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
    rows += height;
  }
  return all - scrolled + MAX (scrolled, MIN (rows, gtk_scrolled_window_get_max_content_height (GTK_SCROLLED_WINDOW (self->scrolled))));
}

/**
 * limber_results_place:
 * @overlay: over which the results stand
 * @search: the search box
 * @place: (out): where they stand: under @search, wherever the header bar put it
 *
 * Returns: whether there is such a place yet
 */
gboolean
limber_results_place (LimberResults *self, GtkOverlay *overlay, GtkWidget *search, GdkRectangle *place)
{
  int width = gtk_widget_get_width (GTK_WIDGET (overlay)), height = gtk_widget_get_height (GTK_WIDGET (overlay));
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (search, GTK_WIDGET (overlay), &bounds))
    return FALSE;
  place->width = MIN (MAX ((int) bounds.size.width, NARROWEST * limber_columns_letter (GTK_WIDGET (self))), width);
  place->x = CLAMP ((int) (bounds.origin.x + bounds.size.width / 2) - place->width / 2, 0, width - place->width);
  place->y = 0;
  place->height = MIN (height_at (self, place->width), height);
  return TRUE;
}

static void
limber_results_dispose (GObject *object)
{
  LimberResults *self = LIMBER_RESULTS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->text, g_free);
  G_OBJECT_CLASS (limber_results_parent_class)->dispose (object);
}

static void
limber_results_class_init (LimberResultsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_results_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", LIMBER_TYPE_RESULTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  g_type_ensure (LIMBER_TYPE_HIT_ROW);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-results.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberResults, box);
  gtk_widget_class_bind_template_child (widget_class, LimberResults, scrolled);
  gtk_widget_class_bind_template_child (widget_class, LimberResults, list);
  gtk_widget_class_bind_template_child (widget_class, LimberResults, selection);
  gtk_widget_class_bind_template_child (widget_class, LimberResults, nobody);
  gtk_widget_class_bind_template_child (widget_class, LimberResults, hint);
  gtk_widget_class_bind_template_callback (widget_class, activated);
}

static void
limber_results_init (LimberResults *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
