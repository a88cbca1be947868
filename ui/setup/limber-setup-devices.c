/* One question at a time. A code that was made stands on the page until it is left, and nowhere else. */
#include "limber-setup-devices.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-device-item.h"
#include "limber-enrolment.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-managing.h"
#include "limber-qr.h"
#include "limber-class-words.h"

static const LimberClass classes[] = { LIMBER_CLASS_DESK, LIMBER_CLASS_CLINIC, LIMBER_CLASS_KIOSK, LIMBER_CLASS_BOARD, LIMBER_CLASS_OFFICE };
static const int hours[] = { 1, 24, 168 };

struct _LimberSetupDevices {
  GtkWidget              parent_instance;
  const LimberSetupWork *work;        /* (unowned) (nullable) */
  GCancellable          *cancellable; /* (owned) (nullable): of what is asked now */
  json_t                *question;    /* (owned) (nullable): that */
  char                  *about;       /* (owned) (nullable): which device it is about, as one calls it */
  GListStore            *devices;     /* (owned): LimberDeviceItem */
  gboolean               listed;
  GArray                *offered;     /* (owned): LimberClass: what can be added from here */
  GtkStack              *stack;
  GtkListBox            *list;
  GtkSpinner            *spinner;
  AdwStatusPage         *none;
  GtkWidget             *wrong_box;
  GtkLabel              *wrong;
  GtkDropDown           *klass;
  GtkLabel              *what;
  GtkEntry              *name;
  GtkDropDown           *expires;
  GtkWidget             *add;
  GtkWidget             *form;
  GtkWidget             *made_box;
  GtkWidget             *done;
  GtkLabel              *made;
  GtkDrawingArea        *square;
  GtkLabel              *made_what;
};

enum {
  CHANGE,
  SAID,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberSetupDevices, limber_setup_devices, GTK_TYPE_WIDGET)

static void ask (LimberSetupDevices *self, json_t *question, const char *about);

static void
say_wrong (LimberSetupDevices *self, const char *text)
{
  gtk_label_set_text (self->wrong, text != NULL ? text : "");
  gtk_widget_set_visible (self->wrong_box, text != NULL);
}

static void
refresh (LimberSetupDevices *self)
{
  ask (self, json_pack ("{s:s}", "ask", "list"), NULL);
}

static void
show_list (LimberSetupDevices *self, const json_t *answer)
{
  gint64 now = limber_env_now (limber_store_env (self->work->store));
  const json_t *list = json_object_get (answer, "devices");
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  json_t *one;
  gsize i;

  json_array_foreach (list, i, one)
    g_ptr_array_add (items, limber_device_item_new (one, now, limber_json_string (answer, "own")));
  g_list_store_splice (self->devices, 0, g_list_model_get_n_items (G_LIST_MODEL (self->devices)), items->pdata, items->len);
  self->listed = TRUE;
  gtk_stack_set_visible_child_name (self->stack, "list");
}

static void
forget_code (LimberSetupDevices *self)
{
  gtk_label_set_text (self->made, "");
  limber_qr_show (self->square, NULL);
  gtk_widget_set_visible (self->made_box, FALSE);
  gtk_widget_set_visible (self->form, TRUE);
}

static void
done_pressed (LimberSetupDevices *self)
{
  gtk_widget_set_visible (self->form, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
  forget_code (self);
}

/* What to do with a code at the device; (transfer full) */
static char *
what_to_do (LimberClass klass, gint64 expires)
{
  char day[LIMBER_DATE_LENGTH + 1];
  g_autofree char *date = NULL, *time = limber_time_for_staff (expires);

  limber_date_of_time (expires, day);
  date = limber_date_for_staff (day);
  if ((klass & (LIMBER_CLASS_DESK | LIMBER_CLASS_CLINIC | LIMBER_CLASS_OFFICE)) != 0)
    /* Translators: a date and a time. */
    return g_strdup_printf (_("Good once, until %s %s. On the other computer start Limber, choose “Join a site with a code”, and type this there."), date, time);
  return g_strdup_printf (_("Good once, until %s %s. A public screen has no page for it: whoever looks after that computer runs “limberctl --store /var/lib/limber join CODE” there, and then starts Limber Kiosk."), date, time);
}

static void
show_code (LimberSetupDevices *self, const json_t *answer)
{
  LimberClass klass = 0;
  g_autofree char *code = limber_enrolment_locate (limber_json_string (answer, "code"), limber_json_string (answer, "address")), *what = NULL;

  limber_class_parse (limber_json_string (self->question, "class"), &klass);
  what = what_to_do (klass, limber_json_integer (answer, "expires", 0));
  gtk_label_set_text (self->made, code);
  limber_qr_show (self->square, code);
  gtk_label_set_text (self->made_what, what);
  gtk_editable_set_text (GTK_EDITABLE (self->name), "");
  gtk_widget_set_visible (self->made_box, TRUE);
  gtk_widget_grab_focus (self->done);
  gtk_widget_set_visible (self->form, FALSE);
}

static void
say_done (LimberSetupDevices *self, const char *word)
{
  g_autofree char *text = NULL;

  if (g_str_equal (word, "retire")) /* Translators: %s is a computer's name. */
    text = g_strdup_printf (_("%s is told to go"), self->about);
  else if (g_str_equal (word, "keep"))
    text = g_strdup_printf (_("%s stays"), self->about);
  else
    text = g_strdup_printf (_("%s is shut out"), self->about);
  g_signal_emit (self, signals[SAID], 0, text);
}

static void
show_asking (LimberSetupDevices *self, gboolean asking)
{
  gtk_spinner_set_spinning (self->spinner, asking);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), asking);
}

/* There is no list; why, stands there. */
static void
show_none (LimberSetupDevices *self)
{
  g_autofree char *why = g_markup_escape_text (gtk_label_get_text (self->wrong), -1);

  adw_status_page_set_description (self->none, why);
  gtk_stack_set_visible_child_name (self->stack, "none");
}

static void
answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberSetupDevices) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) answer = NULL, question = NULL;
  const char *word;

  if (self->work == NULL || self->work->asker.object != source)
    return;
  answer = self->work->asker.finish (source, result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  word = limber_json_string (self->question, "ask");
  show_asking (self, FALSE);
  if (answer == NULL) {
    say_wrong (self, g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND) ? _("The hub’s Limber is too old for this, or that computer is not known there. Nothing was changed.") : error->message);
    if (!self->listed)
      show_none (self);
  } else if (g_str_equal (word, "list"))
    show_list (self, answer);
  else if (g_str_equal (word, "enrol"))
    show_code (self, answer);
  else
    say_done (self, word);
  question = g_steal_pointer (&self->question);
  g_clear_object (&self->cancellable);
  if (answer != NULL && !g_str_equal (limber_json_string (question, "ask"), "list"))
    refresh (self);
}

/* @question: (transfer full) */
static void
ask (LimberSetupDevices *self, json_t *question, const char *about)
{
  g_autoptr (json_t) asked = question;

  if (self->work == NULL || self->work->asker.object == NULL || self->question != NULL)
    return;
  json_object_set_new (asked, "staff", json_string (self->work->author.author));
  say_wrong (self, NULL);
  g_free (self->about);
  self->about = g_strdup (about);
  self->question = json_incref (asked);
  self->cancellable = g_cancellable_new ();
  show_asking (self, TRUE);
  self->work->asker.ask (self->work->asker.object, asked, self->cancellable, answered, g_object_ref (self));
}

/* Adding */

static void
class_chosen (LimberSetupDevices *self)
{
  guint at = gtk_drop_down_get_selected (self->klass);

  if (at < self->offered->len)
    gtk_label_set_text (self->what, limber_class_what (g_array_index (self->offered, LimberClass, at)));
}

static void
add (LimberSetupDevices *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  guint at = gtk_drop_down_get_selected (self->klass);

  if (self->work == NULL || at >= self->offered->len)
    return;
  if (*name == '\0') {
    say_wrong (self, _("Say what it will be called, so that everybody knows which one is meant: “Front desk”, “Kiosk by the door”."));
    gtk_widget_grab_focus (GTK_WIDGET (self->name));
    return;
  }
  forget_code (self);
  ask (self,
       json_pack ("{s:s, s:s, s:s, s:i}", "ask", "enrol", "class", limber_class_name (g_array_index (self->offered, LimberClass, at)), "name", name, "hours",
                  hours[gtk_drop_down_get_selected (self->expires)]),
       name);
}

static void
fill_classes (LimberSetupDevices *self, LimberClass own)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  g_array_set_size (self->offered, 0);
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (limber_managing_may_add (own, classes[i])) {
      g_array_append_val (self->offered, classes[i]);
      gtk_string_list_append (words, limber_class_words (classes[i]));
    }
  gtk_drop_down_set_model (self->klass, G_LIST_MODEL (words));
  class_chosen (self);
}

/* The list */

static void
deed_pressed (GtkWidget *button, LimberSetupDevices *self)
{
  LimberDeviceItem *item = g_object_get_data (G_OBJECT (button), "device");

  ask (self, json_pack ("{s:s, s:s}", "ask", (const char *) g_object_get_data (G_OBJECT (button), "ask"), "device", limber_device_item_get_id (item)), limber_device_item_get_name (item));
}

/* @ask_: what its node is asked; @spoken: for whoever hears it, with the name's place */
static void
add_deed (LimberSetupDevices *self, AdwActionRow *row, LimberDeviceItem *item, const char *ask_, const char *label, const char *spoken)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  g_autofree char *words = g_strdup_printf (spoken, limber_device_item_get_name (item));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_object_set_data_full (G_OBJECT (button), "device", g_object_ref (item), g_object_unref);
  g_object_set_data (G_OBJECT (button), "ask", (gpointer) ask_);
  g_signal_connect (button, "clicked", G_CALLBACK (deed_pressed), self);
  adw_action_row_add_suffix (row, button);
}

static void
add_deeds (LimberSetupDevices *self, AdwActionRow *row, LimberDeviceItem *item)
{
  switch (limber_device_item_get_state (item)) {
  case LIMBER_DEVICE_IN_USE:
    /* Translators: %s is a computer's name. */
    add_deed (self, row, item, "retire", _("Retire"), _("Retire %s"));
    add_deed (self, row, item, "lost", _("Lost"), _("%s is lost"));
    add_deed (self, row, item, "revoke", _("Shut out"), _("Shut out %s"));
    break;
  case LIMBER_DEVICE_LEAVING:
    add_deed (self, row, item, "keep", _("It stays"), _("%s stays"));
    add_deed (self, row, item, "lost", _("Lost"), _("%s is lost"));
    break;
  case LIMBER_DEVICE_SHUT_OUT:
    add_deed (self, row, item, "keep", _("Let in again"), _("Let %s in again"));
    break;
  default:
    break;
  }
}

static GtkWidget *
make_row (gpointer object, gpointer data)
{
  LimberDeviceItem *item = object;
  GtkWidget *row = adw_action_row_new (), *mark = gtk_image_new_from_icon_name ("limber-attention-symbolic");
  g_autofree char *title = g_markup_escape_text (limber_device_item_get_name (item), -1), *words = limber_device_item_dup_words (item), *subtitle = g_markup_escape_text (words, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_visible (mark, limber_device_item_needs (item));
  gtk_widget_add_css_class (mark, "wrong");
  gtk_accessible_update_property (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Somebody should look at it"), -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), mark);
  if (!limber_device_item_is_fixed (item))
    add_deeds (data, ADW_ACTION_ROW (row), item);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
limber_setup_devices_map (GtkWidget *widget)
{
  LimberSetupDevices *self = LIMBER_SETUP_DEVICES (widget);

  GTK_WIDGET_CLASS (limber_setup_devices_parent_class)->map (widget);
  if (!self->listed)
    refresh (self);
}

/**
 * limber_setup_devices_start:
 * @work: whose work it is; stays where it is until the page is stopped
 */
void
limber_setup_devices_start (LimberSetupDevices *self, const LimberSetupWork *work)
{
  self->work = work;
  fill_classes (self, limber_store_identity (work->store)->klass);
  gtk_stack_set_visible_child_name (self->stack, work->asker.object == NULL ? "alone" : "loading");
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
}

/**
 * limber_setup_devices_stop:
 *
 * Ends it; a code that was shown is forgotten.
 */
void
limber_setup_devices_stop (LimberSetupDevices *self)
{
  if (self->work == NULL)
    return;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->question, json_decref);
  g_clear_pointer (&self->about, g_free);
  g_list_store_remove_all (self->devices);
  self->listed = FALSE;
  say_wrong (self, NULL);
  show_asking (self, FALSE);
  forget_code (self);
  gtk_editable_set_text (GTK_EDITABLE (self->name), "");
  self->work = NULL;
}

static void
limber_setup_devices_dispose (GObject *object)
{
  LimberSetupDevices *self = LIMBER_SETUP_DEVICES (object);

  limber_setup_devices_stop (self);
  for (GtkWidget *child; (child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL;)
    gtk_widget_unparent (child);
  g_clear_object (&self->devices);
  g_clear_pointer (&self->offered, g_array_unref);
  G_OBJECT_CLASS (limber_setup_devices_parent_class)->dispose (object);
}

static void
limber_setup_devices_class_init (LimberSetupDevicesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_setup_devices_dispose;
  widget_class->map = limber_setup_devices_map;
  signals[CHANGE] = g_signal_new ("change", LIMBER_TYPE_SETUP_DEVICES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SAID] = g_signal_new ("said", LIMBER_TYPE_SETUP_DEVICES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/setup/limber-setup-devices.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberSetupDevices, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupDevices, list);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupDevices, spinner);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupDevices, none);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupDevices, wrong_box);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupDevices, wrong);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupDevices, klass);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupDevices, what);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupDevices, name);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupDevices, expires);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupDevices, add);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupDevices, form);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupDevices, made_box);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupDevices, done);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupDevices, made);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupDevices, square);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupDevices, made_what);
  gtk_widget_class_bind_template_callback (widget_class, refresh);
  gtk_widget_class_bind_template_callback (widget_class, class_chosen);
  gtk_widget_class_bind_template_callback (widget_class, add);
  gtk_widget_class_bind_template_callback (widget_class, done_pressed);
}

static void
limber_setup_devices_init (LimberSetupDevices *self)
{
  self->devices = g_list_store_new (LIMBER_TYPE_DEVICE_ITEM);
  self->offered = g_array_new (FALSE, FALSE, sizeof (LimberClass));
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->devices), make_row, self, NULL);
}
