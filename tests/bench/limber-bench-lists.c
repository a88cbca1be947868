#include "limber-bench-lists.h"

#define WIDTH 1280
#define HEIGHT 800

/* Each row's item is made when it is asked for, so that the list costs as little as a list of so many can. */
struct _LimberBenchRows {
  GObject         parent_instance;
  GType           type;
  guint           n;
  LimberBenchMake make;
  gpointer        data;
};

#define LIMBER_TYPE_BENCH_ROWS (limber_bench_rows_get_type ())
G_DECLARE_FINAL_TYPE (LimberBenchRows, limber_bench_rows, LIMBER, BENCH_ROWS, GObject)

static GType
get_item_type (GListModel *model)
{
  return LIMBER_BENCH_ROWS (model)->type;
}

static guint
get_n_items (GListModel *model)
{
  return LIMBER_BENCH_ROWS (model)->n;
}

static gpointer
get_item (GListModel *model, guint i)
{
  LimberBenchRows *self = LIMBER_BENCH_ROWS (model);

  return i < self->n ? self->make (i, self->data) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LimberBenchRows, limber_bench_rows, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
limber_bench_rows_class_init (LimberBenchRowsClass *klass)
{
}

static void
limber_bench_rows_init (LimberBenchRows *self)
{
}

/**
 * limber_bench_rows_new:
 * @type: of the items
 * @make: makes one
 *
 * Returns: (transfer full): a list of @n
 */
GListModel *
limber_bench_rows_new (GType type, guint n, LimberBenchMake make, gpointer data)
{
  LimberBenchRows *self = g_object_new (LIMBER_TYPE_BENCH_ROWS, NULL);

  self->type = type;
  self->n = n;
  self->make = make;
  self->data = data;
  return G_LIST_MODEL (self);
}

static void
set_up (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer labels)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  for (guint i = 0; i < GPOINTER_TO_UINT (labels); i++) {
    GtkWidget *label = gtk_label_new (NULL);

    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_widget_set_hexpand (label, TRUE);
    gtk_box_append (GTK_BOX (box), label);
  }
  gtk_list_item_set_child (item, box);
}

/* The item is a text with a tab between what the labels show. */
static void
bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer nothing)
{
  g_auto (GStrv) parts = g_strsplit (gtk_string_object_get_string (gtk_list_item_get_item (item)), "\t", -1);
  GtkWidget *label = gtk_widget_get_first_child (gtk_list_item_get_child (item));

  for (guint i = 0; label != NULL && parts[i] != NULL; i++, label = gtk_widget_get_next_sibling (label))
    gtk_label_set_text (GTK_LABEL (label), parts[i]);
}

/**
 * limber_bench_bare_factory:
 * @labels: how many stand in a row
 *
 * Returns: (transfer full): what makes rows as bare as they can be
 */
GtkListItemFactory *
limber_bench_bare_factory (guint labels)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (set_up), GUINT_TO_POINTER (labels));
  g_signal_connect (factory, "bind", G_CALLBACK (bind), NULL);
  return factory;
}

/**
 * limber_bench_list_window:
 * @factory: (transfer full): makes its rows
 * @rows: (transfer full): its items
 * @scrolled: (out) (transfer none): where it is scrolled to
 *
 * Returns: (transfer none): a window of the desk's size, and nothing but the list in it
 */
GtkWidget *
limber_bench_list_window (GtkListItemFactory *factory, GListModel *rows, GtkAdjustment **scrolled)
{
  GtkWidget *window = gtk_window_new (), *around = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_single_selection_new (rows)), factory);

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (around), list);
  gtk_window_set_child (GTK_WINDOW (window), around);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  *scrolled = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (around));
  return window;
}
