/* One form is for a new room and for one that is changed: `changed` says which. */
#include "limber-setup-rooms.h"

#include <glib/gi18n-lib.h>

#include "limber-list-form.h"
#include "limber-live-query.h"

struct _LimberSetupRooms {
  GtkWidget              parent_instance;
  const LimberSetupWork *work;    /* (unowned) (nullable) */
  LimberLiveQuery       *rooms;   /* (owned) (nullable) */
  LimberRow             *changed; /* (owned) (nullable): the one in the form */
  LimberListForm        *form;
  GtkEntry              *name;
  GtkEntry              *area;
};

enum {
  CHANGE,
  SAID,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberSetupRooms, limber_setup_rooms, GTK_TYPE_WIDGET)

/* @room: (nullable): whose the form is from now on; none: of a new one */
static void
fill_form (LimberSetupRooms *self, LimberRow *room)
{
  g_set_object (&self->changed, room);
  limber_list_form_show (self->form, room != NULL ? _("Change a room") : _("Add a room"), room == NULL);
  limber_list_form_set_text (self->name, room != NULL ? limber_row_text (room, "name") : NULL);
  limber_list_form_set_text (self->area, room != NULL ? limber_row_text (room, "waiting_area") : NULL);
}

static void
change (LimberSetupRooms *self, gpointer what)
{
  g_signal_emit (self, signals[CHANGE], 0, what);
}

static void
cancel (LimberSetupRooms *self)
{
  fill_form (self, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

static void
saved (LimberSetupRooms *self)
{
  cancel (self); /* the next one */
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
  g_autofree char *name = limber_list_form_text_in (self->name), *area = limber_list_form_text_in (self->area);
  g_autoptr (LimberSetUp) what = NULL;
  g_autoptr (GError) error = NULL;

  if (self->work == NULL)
    return;
  if (*name == '\0') {
    limber_list_form_say_wrong (self->form, _("A room needs a name."));
    gtk_widget_grab_focus (GTK_WIDGET (self->name));
    return;
  }
  what = self->changed != NULL ? limber_set_up_new ("place", limber_row_id (self->changed, "id"))
                                 : limber_set_up_new_place (limber_store_env (self->work->store), &limber_store_identity (self->work->store)->site);
  if (!add_fields (self, what, name, area, &error)) {
    limber_list_form_say_wrong (self->form, error->message);
    return;
  }
  /* Translators: %s is a room's name. */
  limber_list_form_send (self->form, what, self->changed != NULL ? _("Saved: %s") : _("%s is added"), name);
}

static void
change_pressed (gpointer data, LimberRow *room)
{
  LimberSetupRooms *self = data;

  fill_form (self, room);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

static void
close_pressed (gpointer data, LimberRow *room)
{
  gboolean closed = limber_row_integer (room, "closed") != 0;
  g_autoptr (LimberSetUp) what = limber_set_up_new ("place", limber_row_id (room, "id"));
  g_autofree char *words = g_strdup_printf (closed ? _("%s is open again") : _("%s is closed"), limber_row_text (room, "name"));

  limber_set_up_add (what, "closed", closed ? "" : "yes", closed ? "yes" : limber_row_has (room, "closed") ? "no" : "", NULL);
  limber_set_up_say (what, words);
  change (data, what);
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  LimberRow *room = item;
  gboolean closed = limber_row_integer (room, "closed") != 0;
  const char *name = limber_row_text (room, "name"), *area = limber_row_text (room, "waiting_area");
  /* Translators: %s is a waiting area. */
  g_autofree char *waiting = area != NULL ? g_strdup_printf (_("People wait here: %s"), area) : g_strdup (_("No waiting area said"));
  g_autofree char *to_change = g_strdup_printf (_("Change %s"), name), *to_close = g_strdup_printf (closed ? _("Open %s again") : _("Close %s"), name);
  GtkWidget *row = limber_list_form_make_row (name, closed ? _("Closed") : waiting);

  if (!closed)
    limber_list_form_add_button (row, room, _("Change…"), to_change, change_pressed, data);
  limber_list_form_add_button (row, room, closed ? _("Open again") : _("Close"), to_close, close_pressed, data);
  return row;
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
  limber_list_form_start (self->form, G_LIST_MODEL (self->rooms), make_row, self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->form), identity->has_site);
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
  limber_list_form_stop (self->form);
  g_clear_object (&self->rooms);
  fill_form (self, NULL);
  self->work = NULL;
}

/**
 * limber_setup_rooms_settle:
 * @about: of a change that was written or refused
 * @wrong: (nullable): why it was refused
 */
void
limber_setup_rooms_settle (LimberSetupRooms *self, const LimberId *about, const char *wrong)
{
  limber_list_form_settle (self->form, about, wrong);
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
  g_type_ensure (LIMBER_TYPE_LIST_FORM);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/setup/limber-setup-rooms.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberSetupRooms, form);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupRooms, name);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupRooms, area);
  gtk_widget_class_bind_template_callback (widget_class, save);
  gtk_widget_class_bind_template_callback (widget_class, cancel);
  gtk_widget_class_bind_template_callback (widget_class, saved);
  gtk_widget_class_bind_template_callback (widget_class, change);
}

static void
limber_setup_rooms_init (LimberSetupRooms *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
