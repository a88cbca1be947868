#include "limber-list-row.h"

#include <string.h>

#include "limber-style.h"

struct _LimberListRow {
  GtkWidget       parent_instance;
  LimberListItem *item; /* (owned) (nullable) */
  gboolean        updating;
  GtkImage       *icon;
  GtkLabel       *title, *text, *note;
  GtkLabel       *head_0, *part_0, *head_1, *part_1;
  GtkWidget      *buttons;
  GtkWidget      *deed_0, *deed_1, *deed_2, *deed_3;
  GtkWidget      *ask;   /* shows the next */
  GtkWidget      *asked;
  GtkEditable    *entry;
};

enum {
  PROP_0,
  PROP_ITEM,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LimberListRow, limber_list_row, GTK_TYPE_WIDGET)

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
show_deeds (LimberListRow *self, const LimberListCard *card)
{
  GtkWidget *buttons[LIMBER_LIST_DEEDS] = { self->deed_0, self->deed_1, self->deed_2, self->deed_3 };

  for (guint i = 0; i < LIMBER_LIST_DEEDS; i++) {
    const LimberListDeed *deed = &card->deeds[i];

    gtk_widget_set_visible (buttons[i], deed->label != NULL);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (buttons[i]), NULL);
    if (deed->label == NULL)
      continue;
    gtk_button_set_label (GTK_BUTTON (buttons[i]), deed->label);
    gtk_actionable_set_action_target (GTK_ACTIONABLE (buttons[i]), "s", deed->target);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (buttons[i]), deed->action); /* after its target, which it needs */
  }
  gtk_widget_set_visible (self->ask, card->ask_label != NULL);
  if (card->ask_label != NULL)
    gtk_button_set_label (GTK_BUTTON (self->ask), card->ask_label);
  gtk_widget_set_visible (self->buttons, card->deeds[0].label != NULL || card->ask_label != NULL);
}

/* What was being typed about it stands there again. */
static void
show_draft (LimberListRow *self)
{
  const char *draft = limber_list_item_get_draft (self->item);

  gtk_widget_set_visible (self->asked, draft != NULL);
  if (draft != NULL && strcmp (draft, gtk_editable_get_text (self->entry)) != 0)
    gtk_editable_set_text (self->entry, draft);
}

static void
update (LimberListRow *self)
{
  const LimberListCard *card = limber_list_item_get_card (self->item);
  g_autofree char *words = limber_list_card_dup_words (card);

  self->updating = TRUE;
  gtk_image_set_from_icon_name (self->icon, card->icon);
  set_text (self->title, card->title);
  set_text (self->text, card->text);
  set_text (self->head_0, card->heads[0]);
  set_text (self->part_0, card->parts[0]);
  set_text (self->head_1, card->heads[1]);
  set_text (self->part_1, card->parts[1]);
  set_text (self->note, card->note);
  limber_style_set_class (self, "waits", card->waits);
  limber_style_set_class (self, "now", card->now);
  show_deeds (self, card);
  show_draft (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  self->updating = FALSE;
}

static void
ask (LimberListRow *self)
{
  const LimberListCard *card = limber_list_item_get_card (self->item);

  if (limber_list_item_get_draft (self->item) == NULL)
    limber_list_item_set_draft (self->item, card->ask_text != NULL ? card->ask_text : "");
  show_draft (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, card->ask_label, -1);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
stop_asking (LimberListRow *self)
{
  gtk_widget_grab_focus (self->ask);
  limber_list_item_set_draft (self->item, NULL);
  show_draft (self);
}

static void
typed (LimberListRow *self)
{
  if (self->item != NULL && !self->updating && limber_list_item_get_draft (self->item) != NULL)
    limber_list_item_set_draft (self->item, gtk_editable_get_text (self->entry));
}

/* What was typed stays until it is known to be saved: the page says when. */
static void
answered (LimberListRow *self)
{
  const LimberListCard *card = limber_list_item_get_card (self->item);
  g_autofree char *id = limber_id_dup_text (&card->id);

  gtk_widget_activate_action (GTK_WIDGET (self), card->ask_action, "(ss)", id, gtk_editable_get_text (self->entry));
}

static gboolean
entry_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, LimberListRow *self)
{
  if (key != GDK_KEY_Escape)
    return FALSE;
  stop_asking (self);
  return TRUE;
}

static void
set_item (LimberListRow *self, LimberListItem *item)
{
  if (self->item == item)
    return;
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, update, self);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  g_signal_connect_object (item, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
limber_list_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  set_item (LIMBER_LIST_ROW (object), g_value_get_object (value));
}

static void
limber_list_row_dispose (GObject *object)
{
  GtkWidget *child;

  set_item (LIMBER_LIST_ROW (object), NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (limber_list_row_parent_class)->dispose (object);
}

static void
limber_list_row_class_init (LimberListRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = limber_list_row_set_property;
  object_class->dispose = limber_list_row_dispose;
  props[PROP_ITEM] = g_param_spec_object ("item", NULL, NULL, LIMBER_TYPE_LIST_ITEM, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-list-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberListRow, icon);
  gtk_widget_class_bind_template_child (widget_class, LimberListRow, title);
  gtk_widget_class_bind_template_child (widget_class, LimberListRow, text);
  gtk_widget_class_bind_template_child (widget_class, LimberListRow, note);
  gtk_widget_class_bind_template_child (widget_class, LimberListRow, head_0);
  gtk_widget_class_bind_template_child (widget_class, LimberListRow, part_0);
  gtk_widget_class_bind_template_child (widget_class, LimberListRow, head_1);
  gtk_widget_class_bind_template_child (widget_class, LimberListRow, part_1);
  gtk_widget_class_bind_template_child (widget_class, LimberListRow, buttons);
  gtk_widget_class_bind_template_child (widget_class, LimberListRow, deed_0);
  gtk_widget_class_bind_template_child (widget_class, LimberListRow, deed_1);
  gtk_widget_class_bind_template_child (widget_class, LimberListRow, deed_2);
  gtk_widget_class_bind_template_child (widget_class, LimberListRow, deed_3);
  gtk_widget_class_bind_template_child (widget_class, LimberListRow, ask);
  gtk_widget_class_bind_template_child (widget_class, LimberListRow, asked);
  gtk_widget_class_bind_template_child (widget_class, LimberListRow, entry);
  gtk_widget_class_bind_template_callback (widget_class, ask);
  gtk_widget_class_bind_template_callback (widget_class, answered);
  gtk_widget_class_bind_template_callback (widget_class, stop_asking);
  gtk_widget_class_bind_template_callback (widget_class, typed);
  gtk_widget_class_bind_template_callback (widget_class, entry_key);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
limber_list_row_init (LimberListRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
