#include "limber-lists-button.h"

#include <glib/gi18n-lib.h>

#include "limber-lists.h"
#include "limber-style.h"

struct _LimberListsButton {
  GtkWidget    parent_instance;
  LimberLists *lists; /* (owned) (nullable) */
  GtkWidget   *button;
  GtkLabel    *count;
};

G_DEFINE_FINAL_TYPE (LimberListsButton, limber_lists_button, GTK_TYPE_WIDGET)

static void
lists_changed (LimberListsButton *self)
{
  guint n = 0;
  g_autofree char *text = NULL, *words = NULL;

  for (LimberListWhich i = 0; self->lists != NULL && i < LIMBER_N_LISTS; i++)
    n += limber_lists_count (self->lists, i);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
  if (n == 0)
    return;
  text = g_strdup_printf ("%u", n);
  words = g_strdup_printf (ngettext ("%u thing waits for somebody (F6)", "%u things wait for somebody (F6)", n), n);
  gtk_label_set_text (self->count, text);
  gtk_widget_set_tooltip_text (self->button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  limber_style_set_class (self->button, "now", limber_lists_has_now (self->lists));
}

/**
 * limber_lists_button_set_store:
 * @store: (nullable): of which it says what waits
 */
void
limber_lists_button_set_store (LimberListsButton *self, LimberStore *store)
{
  static const LimberId nobody; /* who looks does not change how much there is */

  if (self->lists != NULL) {
    g_signal_handlers_disconnect_by_data (self->lists, self);
    limber_lists_stop (self->lists);
  }
  g_clear_object (&self->lists);
  if (store != NULL)
    self->lists = limber_lists_new (store, &nobody);
  if (self->lists != NULL)
    g_signal_connect_object (self->lists, "changed", G_CALLBACK (lists_changed), self, G_CONNECT_SWAPPED);
  lists_changed (self);
}

static void
limber_lists_button_dispose (GObject *object)
{
  LimberListsButton *self = LIMBER_LISTS_BUTTON (object);

  if (self->lists != NULL)
    limber_lists_stop (self->lists);
  g_clear_object (&self->lists);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (limber_lists_button_parent_class)->dispose (object);
}

static void
limber_lists_button_class_init (LimberListsButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_lists_button_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-lists-button.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberListsButton, button);
  gtk_widget_class_bind_template_child (widget_class, LimberListsButton, count);
}

static void
limber_lists_button_init (LimberListsButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
