/* The list is live. One form is for a new room and for one that is changed: `changed` says which. What is refused stays in the form. */
#include "limber-setup-rooms.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "limber-live-query.h"

struct _LimberSetupRooms {
  GtkWidget              parent_instance;
  const LimberSetupWork *work;    /* (unowned) (nullable) */
  LimberLiveQuery       *rooms;   /* (owned) (nullable) */
  LimberRow             *changed; /* (owned) (nullable): the one in the form */
  GtkWidget             *box;
  GtkWidget             *empty;
  GtkListBox            *list;
  GtkLabel              *form_title;
  GtkEntry              *name;
  GtkEntry              *area;
  GtkWidget             *wrong_box;
  GtkLabel              *wrong;
  GtkButton             *save;
  GtkWidget             *cancel;
};

enum {
  CHANGE,
  SAID,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberSetupRooms, limber_setup_rooms, GTK_TYPE_WIDGET)

static void
say_wrong (LimberSetupRooms *self, const char *text)
{
  gtk_label_set_text (self->wrong, text != NULL ? text : "");
  gtk_widget_set_visible (self->wrong_box, text != NULL);
}

/* @room: (nullable): whose the form is from now on; none: of a new one */
static void
fill_form (LimberSetupRooms *self, LimberRow *room)
{
  const char *area = room != NULL ? limber_row_text (room, "waiting_area") : NULL;

  g_set_object (&self->changed, room);
  gtk_label_set_text (self->form_title, room != NULL ? _("Change a room") : _("Add a room"));
  gtk_editable_set_text (GTK_EDITABLE (self->name), room != NULL ? limber_row_text (room, "name") : "");
  gtk_editable_set_text (GTK_EDITABLE (self->area), area != NULL ? area : "");
  gtk_button_set_label (self->save, room != NULL ? _("Save") : _("Add"));
  gtk_widget_set_visible (self->cancel, room != NULL);
  say_wrong (self, NULL);
}

static void
cancel (LimberSetupRooms *self)
{
  fill_form (self, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

static void
send (LimberSetupRooms *self, LimberSetUp *change, const char *form, const char *name)
{
  g_autofree char *words = g_strdup_printf (form, name);

  limber_set_up_say (change, words);
  g_signal_emit (self, signals[CHANGE], 0, change);
}

/* (transfer full): what the form says, trimmed */
static char *
text_in (GtkEntry *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
}

static gboolean
add_fields (LimberSetupRooms *self, LimberSetUp *change, const char *name, const char *area, GError **error)
{
  if (self->changed == NULL)
    return limber_set_up_add (change, "name", name, name, error) && limber_set_up_add (change, "waiting_area", area, area, error);
  return limber_set_up_add (change, "name", name, limber_row_text (self->changed, "name"), error) &&
         limber_set_up_add (change, "waiting_area", area, limber_row_text (self->changed, "waiting_area"), error);
}

static void
save (LimberSetupRooms *self)
{
  g_autofree char *name = text_in (self->name), *area = text_in (self->area);
  g_autoptr (LimberSetUp) change = NULL;
  g_autoptr (GError) error = NULL;

  if (self->work == NULL)
    return;
  if (*name == '\0') {
    say_wrong (self, _("A room needs a name."));
    gtk_widget_grab_focus (GTK_WIDGET (self->name));
    return;
  }
  change = self->changed != NULL ? limber_set_up_new ("place", limber_row_id (self->changed, "id"))
                                 : limber_set_up_new_place (limber_store_env (self->work->store), &limber_store_identity (self->work->store)->site);
  if (!add_fields (self, change, name, area, &error)) {
    say_wrong (self, error->message);
    return;
  }
  /* Translators: %s is a room's name. */
  send (self, change, self->changed != NULL ? _("Saved: %s") : _("%s is added"), name);
  fill_form (self, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

static LimberRow *
room_of (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "room");
}

static void
change_pressed (GtkWidget *button, LimberSetupRooms *self)
{
  fill_form (self, room_of (button));
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

static void
close_pressed (GtkWidget *button, LimberSetupRooms *self)
{
  LimberRow *room = room_of (button);
  gboolean closed = limber_row_integer (room, "closed") != 0;
  g_autoptr (LimberSetUp) change = limber_set_up_new ("place", limber_row_id (room, "id"));

  limber_set_up_add (change, "closed", closed ? "" : "yes", closed ? "yes" : limber_row_has (room, "closed") ? "no" : "", NULL);
  send (self, change, closed ? _("%s is open again") : _("%s is closed"), limber_row_text (room, "name"));
}

static GtkWidget *
make_button (LimberSetupRooms *self, LimberRow *room, const char *label, const char *spoken, GCallback pressed)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  g_autofree char *words = g_strdup_printf (spoken, limber_row_text (room, "name"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_object_set_data_full (G_OBJECT (button), "room", g_object_ref (room), g_object_unref);
  g_signal_connect (button, "clicked", pressed, self);
  return button;
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  LimberSetupRooms *self = data;
  LimberRow *room = item;
  gboolean closed = limber_row_integer (room, "closed") != 0;
  const char *area = limber_row_text (room, "waiting_area");
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_markup_escape_text (limber_row_text (room, "name"), -1), *where = g_markup_escape_text (area != NULL ? area : _("No waiting area said"), -1);
  /* Translators: %s is a waiting area. */
  g_autofree char *waiting = area != NULL ? g_strdup_printf (_("People wait here: %s"), where) : g_strdup (where);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), closed ? _("Closed") : waiting);
  if (!closed)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_button (self, room, _("Change…"), _("Change %s"), G_CALLBACK (change_pressed)));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_button (self, room, closed ? _("Open again") : _("Close"), closed ? _("Open %s again") : _("Close %s"), G_CALLBACK (close_pressed)));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
rooms_changed (LimberSetupRooms *self)
{
  gboolean some = g_list_model_get_n_items (G_LIST_MODEL (self->rooms)) > 0;

  gtk_widget_set_visible (GTK_WIDGET (self->list), some);
  gtk_widget_set_visible (self->empty, !some && limber_live_query_is_loaded (self->rooms));
}

/**
 * limber_setup_rooms_start:
 * @work: whose work it is; stays where it is until the page is stopped
 */
void
limber_setup_rooms_start (LimberSetupRooms *self, const LimberSetupWork *work)
{
  const LimberIdentity *identity = limber_store_identity (work->store);

  self->work = work;
  self->rooms = limber_live_query_new (work->store, "places-at-site", "d", identity->has_site ? &identity->site : NULL);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->rooms), make_row, self, NULL);
  g_signal_connect_object (self->rooms, "items-changed", G_CALLBACK (rooms_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rooms, "notify::loaded", G_CALLBACK (rooms_changed), self, G_CONNECT_SWAPPED);
  gtk_widget_set_sensitive (self->box, identity->has_site);
  rooms_changed (self);
  fill_form (self, NULL);
}

/**
 * limber_setup_rooms_stop:
 *
 * Ends it; what stood in the form is forgotten.
 */
void
limber_setup_rooms_stop (LimberSetupRooms *self)
{
  if (self->work == NULL)
    return;
  g_signal_handlers_disconnect_by_func (self->rooms, rooms_changed, self);
  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->rooms);
  fill_form (self, NULL);
  self->work = NULL;
}

static void
limber_setup_rooms_dispose (GObject *object)
{
  LimberSetupRooms *self = LIMBER_SETUP_ROOMS (object);

  limber_setup_rooms_stop (self);
  g_clear_object (&self->changed);
  for (GtkWidget *child; (child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL;)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (limber_setup_rooms_parent_class)->dispose (object);
}

static void
limber_setup_rooms_class_init (LimberSetupRoomsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_setup_rooms_dispose;
  signals[CHANGE] = g_signal_new ("change", LIMBER_TYPE_SETUP_ROOMS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SAID] = g_signal_new ("said", LIMBER_TYPE_SETUP_ROOMS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/setup/limber-setup-rooms.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberSetupRooms, box);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupRooms, empty);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupRooms, list);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupRooms, form_title);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupRooms, name);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupRooms, area);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupRooms, wrong_box);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupRooms, wrong);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupRooms, save);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupRooms, cancel);
  gtk_widget_class_bind_template_callback (widget_class, save);
  gtk_widget_class_bind_template_callback (widget_class, cancel);
}

static void
limber_setup_rooms_init (LimberSetupRooms *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
