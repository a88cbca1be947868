/* When what was begun stands on the screen. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef gboolean (*LimberBenchShown) (gpointer data);

gint64 limber_bench_until_shown (GtkWidget *window, gint64 began, LimberBenchShown shown, gpointer data);
gint64 limber_bench_until_drawn (GtkWidget *window, gint64 began);
void   limber_bench_rest        (guint milliseconds);

G_END_DECLS
