#include "limber-trouble-page.h"

#include <adwaita.h>

struct _LimberTroublePage {
  GtkWidget  parent_instance;
  GtkWidget *box;
  GtkLabel  *title;
  GtkLabel  *happened;
  GtkLabel  *kept;
  GtkLabel  *advice;
  GtkLabel  *command;
  GtkWidget *again;
};

G_DEFINE_FINAL_TYPE (LimberTroublePage, limber_trouble_page, GTK_TYPE_WIDGET)

/**
 * limber_trouble_page_tell:
 * @trouble: what to tell
 */
void
limber_trouble_page_tell (LimberTroublePage *self, const LimberTrouble *trouble)
{
  gtk_label_set_text (self->title, trouble->title);
  gtk_label_set_text (self->happened, trouble->happened);
  gtk_label_set_text (self->kept, trouble->kept);
  gtk_label_set_text (self->advice, trouble->advice);
  gtk_label_set_text (self->command, trouble->command != NULL ? trouble->command : "");
  gtk_widget_set_visible (GTK_WIDGET (self->command), trouble->command != NULL);
  gtk_widget_set_visible (self->again, trouble->again);
}

/* The way on has the focus, so that nothing that can be copied stands marked. */
static gboolean
limber_trouble_page_grab_focus (GtkWidget *widget)
{
  LimberTroublePage *self = LIMBER_TROUBLE_PAGE (widget);

  return gtk_widget_get_visible (self->again) && gtk_widget_grab_focus (self->again);
}

static void
limber_trouble_page_dispose (GObject *object)
{
  LimberTroublePage *self = LIMBER_TROUBLE_PAGE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (limber_trouble_page_parent_class)->dispose (object);
}

static void
limber_trouble_page_class_init (LimberTroublePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_trouble_page_dispose;
  widget_class->grab_focus = limber_trouble_page_grab_focus;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-trouble-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberTroublePage, box);
  gtk_widget_class_bind_template_child (widget_class, LimberTroublePage, title);
  gtk_widget_class_bind_template_child (widget_class, LimberTroublePage, happened);
  gtk_widget_class_bind_template_child (widget_class, LimberTroublePage, kept);
  gtk_widget_class_bind_template_child (widget_class, LimberTroublePage, advice);
  gtk_widget_class_bind_template_child (widget_class, LimberTroublePage, command);
  gtk_widget_class_bind_template_child (widget_class, LimberTroublePage, again);
}

static void
limber_trouble_page_init (LimberTroublePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
