#include "limber-help-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "limber-desk-page.h"
#include "limber-help-topic.h"

struct _LimberHelpPage {
  GtkWidget           parent_instance;
  GtkFilter          *filter; /* (owned) */
  GtkWidget          *box;
  GtkEditable        *search;
  GtkWidget          *list;
  GtkSingleSelection *selection;
  GtkScrolledWindow  *scrolled;
  GtkLabel           *title;
  GtkLabel           *text;
};

enum {
  LEFT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void limber_help_page_be_page (LimberDeskPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LimberHelpPage, limber_help_page, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (LIMBER_TYPE_DESK_PAGE, limber_help_page_be_page))

static gboolean
fits (gpointer topic, gpointer self)
{
  return limber_help_topic_fits (topic, gtk_editable_get_text (LIMBER_HELP_PAGE (self)->search));
}

static void
typed (LimberHelpPage *self)
{
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static void
selected (LimberHelpPage *self)
{
  LimberHelpTopic *topic = gtk_single_selection_get_selected_item (self->selection);
  g_autofree char *title = NULL;

  if (topic != NULL)
    g_object_get (topic, "title", &title, NULL);
  gtk_label_set_text (self->title, title != NULL ? title : _("Nothing in help has these words"));
  gtk_label_set_text (self->text, topic != NULL ? limber_help_topic_get_text (topic) : _("Try another word, such as “paper”, “line” or “PIN”. Ctrl+? lists all keys."));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
}

static void
go_back (LimberHelpPage *self)
{
  g_signal_emit (self, signals[LEFT], 0);
  gtk_widget_activate_action (GTK_WIDGET (self), "desk.back", NULL);
}

static void
move (LimberHelpPage *self, int by)
{
  int n = (int) g_list_model_get_n_items (G_LIST_MODEL (self->selection)), at = (int) gtk_single_selection_get_selected (self->selection) + by;

  if (n > 0) {
    gtk_single_selection_set_selected (self->selection, (guint) CLAMP (at, 0, n - 1));
    gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", (guint) CLAMP (at, 0, n - 1));
  }
}

/* Up and Down go through the topics while one types. */
static gboolean
key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, LimberHelpPage *self)
{
  gboolean typing = gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (self->search)));

  if (key == GDK_KEY_Escape && *gtk_editable_get_text (self->search) != '\0')
    gtk_editable_set_text (self->search, "");
  else if (key == GDK_KEY_Escape)
    go_back (self);
  else if (typing && key == GDK_KEY_Down)
    move (self, 1);
  else if (typing && key == GDK_KEY_Up)
    move (self, -1);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static void
limber_help_page_close (LimberDeskPage *page)
{
  gtk_editable_set_text (LIMBER_HELP_PAGE (page)->search, "");
}

static gboolean
limber_help_page_open (LimberDeskPage *page, const LimberWork *work, const char *about)
{
  limber_help_page_show (LIMBER_HELP_PAGE (page), about);
  return TRUE;
}

static void
limber_help_page_be_page (LimberDeskPageInterface *iface)
{
  iface->open = limber_help_page_open;
  iface->close = limber_help_page_close;
}

static void
limber_help_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (limber_help_page_parent_class)->map (widget);
  gtk_widget_grab_focus (GTK_WIDGET (LIMBER_HELP_PAGE (widget)->search));
}

static void
limber_help_page_dispose (GObject *object)
{
  LimberHelpPage *self = LIMBER_HELP_PAGE (object);

  if (self->box != NULL)
    gtk_single_selection_set_model (self->selection, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->filter);
  G_OBJECT_CLASS (limber_help_page_parent_class)->dispose (object);
}

static void
limber_help_page_class_init (LimberHelpPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_help_page_dispose;
  widget_class->map = limber_help_page_map;
  signals[LEFT] = g_signal_new ("left", LIMBER_TYPE_HELP_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (LIMBER_TYPE_HELP_TOPIC);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-help-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberHelpPage, box);
  gtk_widget_class_bind_template_child (widget_class, LimberHelpPage, search);
  gtk_widget_class_bind_template_child (widget_class, LimberHelpPage, list);
  gtk_widget_class_bind_template_child (widget_class, LimberHelpPage, selection);
  gtk_widget_class_bind_template_child (widget_class, LimberHelpPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, LimberHelpPage, title);
  gtk_widget_class_bind_template_child (widget_class, LimberHelpPage, text);
  gtk_widget_class_bind_template_callback (widget_class, typed);
  gtk_widget_class_bind_template_callback (widget_class, selected);
  gtk_widget_class_bind_template_callback (widget_class, go_back);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed);
}

static void
limber_help_page_init (LimberHelpPage *self)
{
  g_autoptr (GListModel) topics = limber_help_topics ();
  g_autoptr (GtkFilterListModel) found = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->filter = GTK_FILTER (gtk_custom_filter_new (fits, self, NULL));
  found = gtk_filter_list_model_new (g_object_ref (topics), g_object_ref (self->filter));
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (found));
}

/**
 * limber_help_page_show:
 * @topic: (nullable): its id; the first without, and where there is none of that name
 *
 * Shows a topic.
 */
void
limber_help_page_show (LimberHelpPage *self, const char *topic)
{
  guint n, at = 0;

  gtk_editable_set_text (self->search, "");
  n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  for (guint i = 0; i < n; i++) {
    g_autoptr (LimberHelpTopic) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

    if (g_strcmp0 (limber_help_topic_get_id (item), topic) == 0)
      at = i;
  }
  gtk_single_selection_set_selected (self->selection, at);
}
