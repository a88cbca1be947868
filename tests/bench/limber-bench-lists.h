/* A list of as many rows as a county has people, ours or as bare as GTK's own can be. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Returns: (transfer full): the item of row @i */
typedef GObject *(*LimberBenchMake) (guint i, gpointer data);

GListModel         *limber_bench_rows_new     (GType type, guint n, LimberBenchMake make, gpointer data);
GtkListItemFactory *limber_bench_bare_factory (guint labels);
GtkWidget          *limber_bench_list_window  (GtkListItemFactory *factory, GListModel *rows, GtkAdjustment **scrolled);

G_END_DECLS
