#include "limber-undo-bar.h"

/* Long enough to read and to take back without haste; what was done can be taken back afterwards too. */
#define SHOWN_SECONDS 20

struct _LimberUndoBar {
  GtkWidget    parent_instance;
  guint        timer; /* 0 when none runs */
  GtkRevealer *revealer;
  GtkLabel    *text;
  GtkWidget   *undo;
  GtkWidget   *close;
};

G_DEFINE_FINAL_TYPE (LimberUndoBar, limber_undo_bar, GTK_TYPE_WIDGET)

static gboolean
time_is_up (gpointer data)
{
  LimberUndoBar *self = data;

  self->timer = 0;
  limber_undo_bar_hide (self);
  return G_SOURCE_REMOVE;
}

/**
 * limber_undo_bar_say:
 * @text: what was done, or why it was not
 */
void
limber_undo_bar_say (LimberUndoBar *self, LimberUndoBarKind kind, const char *text)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_label_set_text (self->text, text);
  gtk_widget_set_visible (self->undo, kind == LIMBER_UNDO_BAR_UNDOABLE);
  gtk_widget_set_visible (self->close, kind == LIMBER_UNDO_BAR_PROBLEM);
  gtk_widget_set_can_target (GTK_WIDGET (self), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  if (kind != LIMBER_UNDO_BAR_PROBLEM)
    self->timer = g_timeout_add_seconds (SHOWN_SECONDS, time_is_up, self);
}

void
limber_undo_bar_hide (LimberUndoBar *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/**
 * limber_undo_bar_get_text:
 *
 * Returns: (nullable): what the bar says, %NULL while it is hidden
 */
const char *
limber_undo_bar_get_text (LimberUndoBar *self)
{
  return gtk_revealer_get_reveal_child (self->revealer) ? gtk_label_get_text (self->text) : NULL;
}

static void
limber_undo_bar_dispose (GObject *object)
{
  LimberUndoBar *self = LIMBER_UNDO_BAR (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->revealer != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->revealer)));
  G_OBJECT_CLASS (limber_undo_bar_parent_class)->dispose (object);
}

static void
limber_undo_bar_class_init (LimberUndoBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_undo_bar_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-undo-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberUndoBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, LimberUndoBar, text);
  gtk_widget_class_bind_template_child (widget_class, LimberUndoBar, undo);
  gtk_widget_class_bind_template_child (widget_class, LimberUndoBar, close);
  gtk_widget_class_bind_template_callback (widget_class, limber_undo_bar_hide);
}

static void
limber_undo_bar_init (LimberUndoBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}
