#include "limber-list-form.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "limber-live-query.h"

struct _LimberListForm {
  GtkWidget   parent_instance;
  GListModel *rows;    /* (owned) (nullable): while it is started */
  LimberId    sent;    /* what stands in the form and is being written; nil for nothing */
  GtkWidget  *box;     /* (nullable): until it is disposed */
  GtkListBox *list;
  AdwStatusPage *empty;
  GtkLabel   *title;
  GtkBox     *fields;
  GtkWidget  *wrong_box;
  GtkLabel   *wrong;
  GtkButton  *save;
  GtkButton  *cancel;
  GtkBox     *after;
};

enum {
  PROP_EMPTY_TITLE = 1,
  PROP_EMPTY_TEXT,
  PROP_CANCEL_LABEL,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

enum {
  SAVE,
  CANCEL,
  CHANGE,
  SAVED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static GtkBuildableIface *parent_buildable;

static void limber_list_form_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LimberListForm, limber_list_form, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, limber_list_form_buildable_init))

static void
save (LimberListForm *self)
{
  if (self->rows != NULL && limber_id_is_nil (&self->sent))
    g_signal_emit (self, signals[SAVE], 0);
}

static void
cancel (LimberListForm *self)
{
  g_signal_emit (self, signals[CANCEL], 0);
}

static void
set_sent (LimberListForm *self, const LimberId *about)
{
  self->sent = about != NULL ? *about : (LimberId){ { 0 } };
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), about == NULL);
}

static void
rows_changed (LimberListForm *self)
{
  gboolean some = g_list_model_get_n_items (self->rows) > 0, loaded = !LIMBER_IS_LIVE_QUERY (self->rows) || limber_live_query_is_loaded (LIMBER_LIVE_QUERY (self->rows));

  gtk_widget_set_visible (GTK_WIDGET (self->list), some);
  gtk_widget_set_visible (GTK_WIDGET (self->empty), !some && loaded);
}

static void
limber_list_form_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  LimberListForm *self = LIMBER_LIST_FORM (buildable);

  if (self->box == NULL || self->fields == NULL) /* its own, by its template */
    parent_buildable->add_child (buildable, builder, child, type);
  else
    gtk_box_append (g_strcmp0 (type, "after") == 0 ? self->after : self->fields, GTK_WIDGET (child));
}

static void
limber_list_form_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = limber_list_form_add_child;
}

static void
limber_list_form_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LimberListForm *self = LIMBER_LIST_FORM (object);

  if (id == PROP_EMPTY_TITLE)
    adw_status_page_set_title (self->empty, g_value_get_string (value));
  else if (id == PROP_EMPTY_TEXT)
    adw_status_page_set_description (self->empty, g_value_get_string (value));
  else if (id == PROP_CANCEL_LABEL)
    gtk_button_set_label (self->cancel, g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
limber_list_form_dispose (GObject *object)
{
  LimberListForm *self = LIMBER_LIST_FORM (object);

  if (self->box != NULL)
    limber_list_form_stop (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (limber_list_form_parent_class)->dispose (object);
}

static void
limber_list_form_class_init (LimberListFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = limber_list_form_dispose;
  object_class->set_property = limber_list_form_set_property;
  properties[PROP_EMPTY_TITLE] = g_param_spec_string ("empty-title", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_EMPTY_TEXT] = g_param_spec_string ("empty-text", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CANCEL_LABEL] = g_param_spec_string ("cancel-label", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SAVE] = g_signal_new ("save", LIMBER_TYPE_LIST_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CANCEL] = g_signal_new ("cancel", LIMBER_TYPE_LIST_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGE] = g_signal_new ("change", LIMBER_TYPE_LIST_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SAVED] = g_signal_new ("saved", LIMBER_TYPE_LIST_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/setup/limber-list-form.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberListForm, box);
  gtk_widget_class_bind_template_child (widget_class, LimberListForm, list);
  gtk_widget_class_bind_template_child (widget_class, LimberListForm, empty);
  gtk_widget_class_bind_template_child (widget_class, LimberListForm, title);
  gtk_widget_class_bind_template_child (widget_class, LimberListForm, fields);
  gtk_widget_class_bind_template_child (widget_class, LimberListForm, wrong_box);
  gtk_widget_class_bind_template_child (widget_class, LimberListForm, wrong);
  gtk_widget_class_bind_template_child (widget_class, LimberListForm, save);
  gtk_widget_class_bind_template_child (widget_class, LimberListForm, cancel);
  gtk_widget_class_bind_template_child (widget_class, LimberListForm, after);
  gtk_widget_class_bind_template_callback (widget_class, save);
  gtk_widget_class_bind_template_callback (widget_class, cancel);
}

static void
limber_list_form_init (LimberListForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * limber_list_form_start:
 * @rows: what is listed, LimberRow each
 * @make_row: makes a row of the list from one, by limber_list_form_make_row()
 * @data: for @make_row
 */
void
limber_list_form_start (LimberListForm *self, GListModel *rows, GtkListBoxCreateWidgetFunc make_row, gpointer data)
{
  limber_list_form_stop (self);
  self->rows = g_object_ref (rows);
  gtk_list_box_bind_model (self->list, rows, make_row, data, NULL);
  g_signal_connect_object (rows, "items-changed", G_CALLBACK (rows_changed), self, G_CONNECT_SWAPPED);
  if (LIMBER_IS_LIVE_QUERY (rows))
    g_signal_connect_object (rows, "notify::loaded", G_CALLBACK (rows_changed), self, G_CONNECT_SWAPPED);
  rows_changed (self);
}

/**
 * limber_list_form_stop:
 *
 * Lets the rows go.
 */
void
limber_list_form_stop (LimberListForm *self)
{
  if (self->rows == NULL)
    return;
  g_signal_handlers_disconnect_by_func (self->rows, rows_changed, self);
  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->rows);
  set_sent (self, NULL);
  limber_list_form_say_wrong (self, NULL);
}

/**
 * limber_list_form_show:
 * @title: what the form is for
 * @is_new: whether that is something new
 *
 * The form is filled anew.
 */
void
limber_list_form_show (LimberListForm *self, const char *title, gboolean is_new)
{
  gtk_label_set_text (self->title, title);
  gtk_button_set_label (self->save, is_new ? _("Add") : _("Save"));
  gtk_widget_set_visible (GTK_WIDGET (self->cancel), !is_new);
  set_sent (self, NULL);
  limber_list_form_say_wrong (self, NULL);
}

/**
 * limber_list_form_say_wrong:
 * @text: (nullable): what is wrong with what stands in the form
 */
void
limber_list_form_say_wrong (LimberListForm *self, const char *text)
{
  gtk_label_set_text (self->wrong, text != NULL ? text : "");
  gtk_widget_set_visible (self->wrong_box, text != NULL);
}

/**
 * limber_list_form_send:
 * @form: what a person is told when it is done, with %s for @name
 *
 * Has a change written. Nothing else is saved from the form until limber_list_form_settle() says how it went.
 */
void
limber_list_form_send (LimberListForm *self, LimberSetUp *change, const char *form, const char *name)
{
  g_autofree char *words = g_strdup_printf (form, name);

  if (!limber_id_is_nil (&self->sent))
    return;
  limber_set_up_say (change, words);
  limber_list_form_say_wrong (self, NULL);
  set_sent (self, limber_set_up_about (change));
  g_signal_emit (self, signals[CHANGE], 0, change);
}

/**
 * limber_list_form_settle:
 * @about: of a change that was written or refused
 * @wrong: (nullable): why it was refused
 *
 * When it was what stands in the form, that is left, or stays with @wrong beside it.
 */
void
limber_list_form_settle (LimberListForm *self, const LimberId *about, const char *wrong)
{
  if (limber_id_is_nil (&self->sent) || !limber_id_equal (&self->sent, about))
    return;
  set_sent (self, NULL);
  if (wrong != NULL)
    limber_list_form_say_wrong (self, wrong);
  else
    g_signal_emit (self, signals[SAVED], 0);
}

/**
 * limber_list_form_make_row:
 *
 * Returns: (transfer none): a row of the list, without buttons yet
 */
GtkWidget *
limber_list_form_make_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped_title = g_markup_escape_text (title, -1), *escaped = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

/* What a button of a row does. */
typedef struct {
  LimberRow            *row; /* (owned) */
  LimberListFormPressed pressed;
  gpointer              data;
} Press;

static void
press_free (gpointer data, GClosure *closure)
{
  g_object_unref (((Press *) data)->row);
  g_free (data);
}

static void
press (GtkWidget *button, Press *press)
{
  g_autoptr (LimberRow) row = g_object_ref (press->row);

  press->pressed (press->data, row);
}

/**
 * limber_list_form_add_button:
 * @spoken: what the button is called where its row is not seen: Change Room 2
 *
 * Gives a row of the list a button that does something with @what.
 */
void
limber_list_form_add_button (GtkWidget *row, LimberRow *what, const char *label, const char *spoken, LimberListFormPressed pressed, gpointer data)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  Press *press_data = g_new0 (Press, 1);

  *press_data = (Press){ g_object_ref (what), pressed, data };
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_signal_connect_data (button, "clicked", G_CALLBACK (press), press_data, press_free, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

/**
 * limber_list_form_text_in:
 *
 * Returns: (transfer full): what an entry says, trimmed
 */
char *
limber_list_form_text_in (GtkEntry *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
}

/**
 * limber_list_form_set_text:
 * @text: (nullable)
 */
void
limber_list_form_set_text (GtkEntry *entry, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
}
