#include "limber-diary-heads.h"

#include <glib/gi18n-lib.h>

static void
show_head (GtkLabel *label, const LimberDiaryColumn *column)
{
  g_autofree char *n_free = g_strdup_printf (ngettext ("%u free", "%u free", column->n_free), column->n_free);
  g_autofree char *text = g_strdup_printf ("%s\n%s%s%s", column->name, column->rooms, *column->rooms != '\0' ? " · " : "", n_free);

  gtk_label_set_text (label, text);
}

/* What scrolls across is asked for its height as if it had all the width that it likes; names may need more lines than that. */
static void
ask_for_height (GtkBox *heads, guint n)
{
  int height;

  gtk_widget_set_size_request (GTK_WIDGET (heads), -1, -1);
  gtk_widget_measure (GTK_WIDGET (heads), GTK_ORIENTATION_VERTICAL, MAX ((int) n, 1) * LIMBER_DIARY_COLUMN_WIDTH, NULL, &height, NULL, NULL);
  gtk_widget_set_size_request (GTK_WIDGET (heads), -1, height);
}

/**
 * limber_diary_heads_show:
 * @heads: a homogeneous box
 * @columns: (element-type LimberDiaryColumn): of the day
 *
 * Says whose each column is. Labels that are there are used again.
 */
void
limber_diary_heads_show (GtkBox *heads, GPtrArray *columns)
{
  GtkWidget *label = gtk_widget_get_first_child (GTK_WIDGET (heads)), *next;

  for (guint i = 0; i < columns->len; i++) {
    if (label == NULL) {
      label = gtk_label_new (NULL);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_yalign (GTK_LABEL (label), 0);
      gtk_widget_set_margin_start (label, 6);
      gtk_widget_set_size_request (label, LIMBER_DIARY_COLUMN_WIDTH - 6, -1);
      gtk_box_append (heads, label);
    }
    show_head (GTK_LABEL (label), g_ptr_array_index (columns, i));
    label = gtk_widget_get_next_sibling (label);
  }
  for (; label != NULL; label = next) {
    next = gtk_widget_get_next_sibling (label);
    gtk_box_remove (heads, label);
  }
  ask_for_height (heads, columns->len);
}
