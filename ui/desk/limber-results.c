#include "limber-results.h"

#include <glib/gi18n-lib.h>

#include "limber-columns.h"
#include "limber-hit-row.h"

#define NARROWEST 85 /* letters */

struct _LimberResults {
  GtkWidget     parent_instance;
  char         *text;   /* (owned) (nullable): what was searched for */
  GListModel   *hits;   /* (owned) (nullable): LimberHit */
  guint         marked; /* which of them; there may be none */
  GtkWidget    *box;
  GtkWidget    *scrolled;
  GtkBox       *list;
  GPtrArray    *rows;   /* (owned): LimberHitRow (unowned): as many as there ever were, those of no hit hidden */
  GtkLabel     *nobody;
  GtkLabel     *hint;
  GdkRectangle  place;  /* where it stands, or stood when it was open */
};

enum {
  CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberResults, limber_results, GTK_TYPE_WIDGET)

/* The hit at @position, which the list keeps. */
static LimberHit *
hit_at (LimberResults *self, guint position)
{
  g_autoptr (LimberHit) hit = self->hits != NULL ? g_list_model_get_item (self->hits, position) : NULL;

  return hit;
}

static void
mark (LimberResults *self, guint position)
{
  self->marked = position;
  for (guint i = 0; i < self->rows->len; i++)
    limber_hit_row_set_marked (g_ptr_array_index (self->rows, i), i == position);
}

static void
clicked (LimberResults *self, int presses, double x, double y)
{
  GtkWidget *at = gtk_widget_pick (GTK_WIDGET (self->list), x, y, GTK_PICK_DEFAULT);
  GtkWidget *row = at != NULL ? gtk_widget_get_ancestor (at, LIMBER_TYPE_HIT_ROW) : NULL;
  guint position;

  if (row == NULL || !g_ptr_array_find (self->rows, row, &position))
    return;
  mark (self, position);
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

/* Shows @hits in the rows that there are: a list view would make each anew for each key. */
static void
take_hits (LimberResults *self, GListModel *hits)
{
  guint n = g_list_model_get_n_items (hits);

  g_set_object (&self->hits, hits);
  for (guint i = self->rows->len; i < n; i++) {
    GtkWidget *row = limber_hit_row_new ();

    gtk_box_append (self->list, row);
    g_ptr_array_add (self->rows, row);
  }
  for (guint i = 0; i < self->rows->len; i++) {
    if (i < n)
      limber_hit_row_set_hit (g_ptr_array_index (self->rows, i), hit_at (self, i));
    gtk_widget_set_visible (g_ptr_array_index (self->rows, i), i < n);
  }
}

/* Closed, it is neither drawn nor heard nor clicked, but keeps its rows and how they look: finding that out anew would cost the first
 * letter of a name twice what the next costs. */
static void
open_or_close (LimberResults *self, gboolean open)
{
  if (limber_results_is_open (self) == open)
    return;
  gtk_widget_set_child_visible (GTK_WIDGET (self), open);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_HIDDEN, !open, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * limber_results_is_open:
 *
 * Returns: whether there is anything to see, be it that nobody was found
 */
gboolean
limber_results_is_open (LimberResults *self)
{
  return gtk_widget_get_child_visible (GTK_WIDGET (self));
}

/* A label that is told the same again is laid out again. */
static void
say (GtkLabel *label, const char *text)
{
  if (!g_str_equal (gtk_label_get_text (label), text))
    gtk_label_set_text (label, text);
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
  gboolean same = g_strcmp0 (text, self->text) == 0;
  LimberHit *marked = same ? limber_results_get_selected (self) : NULL;
  LimberId patient = marked != NULL ? *limber_hit_get_patient (marked) : (LimberId){ { 0 } };
  g_autofree char *nobody = g_strdup_printf (_("Nobody here matches “%s”. A date of birth, an NHS number or a telephone number works too."), text != NULL ? text : "");

  g_free (self->text);
  self->text = g_strdup (text);
  open_or_close (self, hits != NULL);
  if (hits == NULL)
    return;
  take_hits (self, hits);
  mark (self, position_of (hits, &patient));
  gtk_widget_set_visible (self->scrolled, n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->nobody), n == 0);
  if (n == 0)
    gtk_label_set_text (self->nobody, nobody);
  say (self->hint, more ? _("More people match: type more of the name, or the date of birth.") : _("Enter does what stands on the right · Ctrl Enter opens the person · Ctrl I: here without an appointment · Esc clears"));
  if (!same)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled)), 0);
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
  return limber_results_is_open (self) ? hit_at (self, self->marked) : NULL;
}

/* Scrolls as little as shows all of the marked row. */
static void
show_marked (LimberResults *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled));
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (g_ptr_array_index (self->rows, self->marked), GTK_WIDGET (self->list), &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y, bounds.origin.y + bounds.size.height);
}

/**
 * limber_results_move:
 * @by: rows, down when more than 0
 */
void
limber_results_move (LimberResults *self, int by)
{
  gint64 n = self->hits != NULL ? g_list_model_get_n_items (self->hits) : 0;

  if (n == 0)
    return;
  mark (self, (guint) CLAMP ((gint64) self->marked + by, 0, n - 1));
  show_marked (self);
}

/* How high it should be. What scrolls is asked how high it is without a width, so that rows that wrap would be cut off. */
static int
height_at (LimberResults *self, int width)
{
  int all, scrolled = 0, rows = 0;

  gtk_widget_measure (GTK_WIDGET (self), GTK_ORIENTATION_VERTICAL, width, NULL, &all, NULL, NULL);
  if (!gtk_widget_get_visible (self->scrolled))
    return all;
  gtk_widget_measure (self->scrolled, GTK_ORIENTATION_VERTICAL, width, NULL, &scrolled, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (self->list), GTK_ORIENTATION_VERTICAL, width, NULL, &rows, NULL, NULL);
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

  if (!limber_results_is_open (self) && self->place.width > 0) {
    *place = self->place;
    return TRUE;
  }
  if (!gtk_widget_compute_bounds (search, GTK_WIDGET (overlay), &bounds))
    return FALSE;
  place->width = MIN (MAX ((int) bounds.size.width, NARROWEST * limber_columns_letter (GTK_WIDGET (self))), width);
  place->x = CLAMP ((int) (bounds.origin.x + bounds.size.width / 2) - place->width / 2, 0, width - place->width);
  place->y = 0;
  place->height = MIN (height_at (self, place->width), height);
  self->place = *place;
  return TRUE;
}

static void
limber_results_dispose (GObject *object)
{
  LimberResults *self = LIMBER_RESULTS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->hits);
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
  gtk_widget_class_bind_template_child (widget_class, LimberResults, nobody);
  gtk_widget_class_bind_template_child (widget_class, LimberResults, hint);
  gtk_widget_class_bind_template_callback (widget_class, clicked);
}

static void
limber_results_init (LimberResults *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
  open_or_close (self, FALSE);
}
