/* A row a setting. Each is saved by itself as soon as it is chosen; a number, when nobody has changed it for a moment. */
#include "limber-setup-site.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "limber-languages.h"
#include "limber-settings.h"

#define PAUSE_MS 700 /* after the last step of a number */

typedef struct {
  LimberSetupSite     *page;    /* (unowned) */
  const LimberSetting *setting;
  GtkWidget           *control; /* (unowned) */
  char                *shown;   /* (owned): what the site says, "" for nothing */
  guint                timer;
} Row;

struct _LimberSetupSite {
  GtkWidget              parent_instance;
  const LimberSetupWork *work;        /* (unowned) (nullable) */
  GCancellable          *cancellable; /* (owned) (nullable) */
  LimberId               site;
  GPtrArray             *rows;        /* (owned): Row */
  gboolean               filling;
  GtkWidget             *scroller;
  GtkWidget             *box;
  GtkWidget             *none;
};

enum {
  CHANGE,
  SAID,
  REFUSED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberSetupSite, limber_setup_site, GTK_TYPE_WIDGET)

static void
row_free (Row *row)
{
  g_clear_handle_id (&row->timer, g_source_remove);
  g_free (row->shown);
  g_free (row);
}

/* From a control to a field's text, and back. */

static char *
clock_to_text (const char *typed)
{
  int hour = 0, minute = 0, length = 0;

  if (*typed == '\0')
    return g_strdup ("");
  if (sscanf (typed, "%2d%*1[:.]%2d%n", &hour, &minute, &length) != 2 || typed[length] != '\0' || hour < 0 || hour > 24 || minute < 0 || minute > 59)
    return NULL;
  return g_strdup_printf ("%d", hour * 60 + minute);
}

static char *
choice_of (const Row *row)
{
  const char *value = row->setting->choices[gtk_drop_down_get_selected (GTK_DROP_DOWN (row->control))].value;

  return g_strdup (value != NULL ? value : "");
}

/* (transfer full) (nullable): what the control says; %NULL for what can be none */
static char *
read_row (const Row *row)
{
  switch (row->setting->type) {
  case LIMBER_SETTING_NUMBER:
    return g_strdup_printf ("%d", gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (row->control)));
  case LIMBER_SETTING_CHOICE:
    return choice_of (row);
  case LIMBER_SETTING_SWITCH:
    return g_strdup (gtk_switch_get_active (GTK_SWITCH (row->control)) ? "yes" : "");
  case LIMBER_SETTING_CLOCK:
    return clock_to_text (gtk_editable_get_text (GTK_EDITABLE (row->control)));
  case LIMBER_SETTING_LANGUAGES:
    return limber_languages_dup_text (LIMBER_LANGUAGES (row->control));
  default:
    return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row->control))));
  }
}

static guint
index_of_choice (const LimberSetting *setting, const char *text)
{
  for (guint i = 0; setting->choices[i].words != NULL; i++)
    if (g_strcmp0 (setting->choices[i].value, text) == 0)
      return i;
  return 0; /* nothing */
}

static void
fill_row (Row *row, const char *text)
{
  gint64 number = g_ascii_strtoll (text, NULL, 10);

  g_free (row->shown);
  row->shown = g_strdup (text);
  switch (row->setting->type) {
  case LIMBER_SETTING_NUMBER:
    gtk_spin_button_set_value (GTK_SPIN_BUTTON (row->control), *text != '\0' ? (double) number : row->setting->usual);
    break;
  case LIMBER_SETTING_CHOICE:
    gtk_drop_down_set_selected (GTK_DROP_DOWN (row->control), index_of_choice (row->setting, text));
    break;
  case LIMBER_SETTING_SWITCH:
    gtk_switch_set_active (GTK_SWITCH (row->control), g_str_equal (text, "yes") || g_str_equal (text, "1"));
    break;
  case LIMBER_SETTING_CLOCK: {
    g_autofree char *clock = *text != '\0' ? g_strdup_printf ("%02d:%02d", (int) number / 60, (int) number % 60) : g_strdup ("");

    gtk_editable_set_text (GTK_EDITABLE (row->control), clock);
    break;
  }
  case LIMBER_SETTING_LANGUAGES:
    limber_languages_set_text (LIMBER_LANGUAGES (row->control), text);
    break;
  default:
    gtk_editable_set_text (GTK_EDITABLE (row->control), text);
  }
}

/* Saving */

static void
refuse (Row *row, const char *why)
{
  g_autofree char *before = g_strdup (row->shown);

  row->page->filling = TRUE;
  fill_row (row, before);
  row->page->filling = FALSE;
  g_signal_emit (row->page, signals[REFUSED], 0, why);
}

/* Nothing is changed where what is shown is only the usual. */
static gboolean
says_the_same (const Row *row, const char *text)
{
  g_autofree char *usual = g_strdup_printf ("%d", row->setting->usual);

  return g_str_equal (text, row->shown) || (row->setting->type == LIMBER_SETTING_NUMBER && *row->shown == '\0' && g_str_equal (text, usual));
}

static void
save (Row *row)
{
  LimberSetupSite *self = row->page;
  g_autofree char *text = NULL, *words = NULL;
  g_autoptr (LimberSetUp) change = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_handle_id (&row->timer, g_source_remove);
  if (self->filling || self->work == NULL)
    return;
  text = read_row (row);
  if (text != NULL && says_the_same (row, text))
    return;
  if (text == NULL) {
    refuse (row, _("That is no time of day: type it as 17:30. Nothing was changed."));
    return;
  }
  change = limber_set_up_new ("site", &self->site);
  if (!limber_set_up_add (change, row->setting->field, text, row->shown, &error)) {
    refuse (row, error->message);
    return;
  }
  /* Translators: %s is what was set, as "Closes at". */
  words = g_strdup_printf (_("Saved: %s"), _(row->setting->title));
  limber_set_up_say (change, words);
  g_free (row->shown);
  row->shown = g_steal_pointer (&text);
  g_signal_emit (self, signals[CHANGE], 0, change);
}

static gboolean
save_later (gpointer data)
{
  Row *row = data;

  row->timer = 0;
  save (row);
  return G_SOURCE_REMOVE;
}

static void
number_changed (Row *row)
{
  if (row->page->filling)
    return;
  g_clear_handle_id (&row->timer, g_source_remove);
  row->timer = g_timeout_add (PAUSE_MS, save_later, row);
}

/* Making */

static void
left (GtkEventController *controller, Row *row)
{
  save (row);
}

static GtkWidget *
make_entry (Row *row)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  gboolean clock = row->setting->type == LIMBER_SETTING_CLOCK;

  gtk_editable_set_width_chars (GTK_EDITABLE (entry), clock ? 6 : 28);
  gtk_entry_set_max_length (GTK_ENTRY (entry), clock ? 5 : 200);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (save), row);
  g_signal_connect (focus, "leave", G_CALLBACK (left), row);
  gtk_widget_add_controller (entry, focus);
  return entry;
}

static GtkWidget *
make_choice (Row *row)
{
  GtkStringList *words = gtk_string_list_new (NULL);
  GtkWidget *choice = gtk_drop_down_new (G_LIST_MODEL (words), NULL);

  for (guint i = 0; row->setting->choices[i].words != NULL; i++)
    gtk_string_list_append (words, _(row->setting->choices[i].words));
  g_signal_connect_swapped (choice, "notify::selected", G_CALLBACK (save), row);
  return choice;
}

static GtkWidget *
make_control (Row *row)
{
  GtkWidget *control;

  switch (row->setting->type) {
  case LIMBER_SETTING_NUMBER:
    control = gtk_spin_button_new_with_range (row->setting->low, row->setting->high, 1);
    g_signal_connect_swapped (control, "value-changed", G_CALLBACK (number_changed), row);
    return control;
  case LIMBER_SETTING_CHOICE:
    return make_choice (row);
  case LIMBER_SETTING_SWITCH:
    control = gtk_switch_new ();
    g_signal_connect_swapped (control, "notify::active", G_CALLBACK (save), row);
    return control;
  case LIMBER_SETTING_LANGUAGES:
    control = limber_languages_new ();
    g_signal_connect_swapped (control, "changed", G_CALLBACK (save), row);
    return control;
  default:
    return make_entry (row);
  }
}

static void
add_row (LimberSetupSite *self, AdwPreferencesGroup *group, const LimberSetting *setting)
{
  GtkWidget *line = adw_action_row_new ();
  Row *row = g_new0 (Row, 1);

  row->page = self;
  row->setting = setting;
  row->shown = g_strdup ("");
  row->control = make_control (row);
  g_ptr_array_add (self->rows, row);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), _(setting->title));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), _(setting->what));
  gtk_widget_set_valign (row->control, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->control), GTK_ACCESSIBLE_PROPERTY_LABEL, _(setting->title), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _(setting->what), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line), row->control);
  if (setting->type != LIMBER_SETTING_LANGUAGES)
    adw_action_row_set_activatable_widget (ADW_ACTION_ROW (line), row->control);
  adw_preferences_group_add (group, line);
}

static void
make_rows (LimberSetupSite *self)
{
  AdwPreferencesGroup *group = NULL;
  const LimberSetting *setting;
  const char *heading = NULL;

  for (guint i = 0; (setting = limber_settings_at (i)) != NULL; i++) {
    if (g_strcmp0 (heading, setting->group) != 0) {
      group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
      heading = setting->group;
      adw_preferences_group_set_title (group, _(heading));
      gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (group));
    }
    add_row (self, group, setting);
  }
}

/* Filling */

typedef struct {
  LimberId      site;
  LimberRecord *record; /* (owned) (nullable) */
} Reading;

static void
reading_free (Reading *reading)
{
  g_clear_pointer (&reading->record, limber_record_free);
  g_free (reading);
}

static gboolean
read_site (LimberReader *reader, gpointer data, GError **error)
{
  Reading *reading = data;

  return limber_reader_find (reader, limber_kind_by_name ("site"), &reading->site, &reading->record, error);
}

static void
fill (LimberSetupSite *self, const LimberRecord *record)
{
  self->filling = TRUE;
  for (guint i = 0; i < self->rows->len; i++) {
    Row *row = self->rows->pdata[i];
    int field = limber_kind_field (record->kind, row->setting->field);
    g_autofree char *text = limber_field_to_text (&record->kind->fields[field], &record->values[field]);

    if (row->timer == 0) /* somebody is at it */
      fill_row (row, text != NULL ? text : "");
  }
  self->filling = FALSE;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberSetupSite) self = data;
  const Reading *reading = limber_store_read_data (result);

  if (!limber_store_read_finish (LIMBER_STORE (source), result, NULL) || self->work == NULL || self->work->store != LIMBER_STORE (source))
    return;
  gtk_widget_set_visible (self->none, reading->record == NULL);
  gtk_widget_set_visible (self->scroller, reading->record != NULL);
  if (reading->record != NULL)
    fill (self, reading->record);
}

/**
 * limber_setup_site_refresh:
 *
 * Shows what the site says now.
 */
void
limber_setup_site_refresh (LimberSetupSite *self)
{
  Reading *reading;

  if (self->work == NULL || !limber_store_identity (self->work->store)->has_site)
    return;
  reading = g_new0 (Reading, 1);
  reading->site = self->site;
  limber_store_read_async (self->work->store, read_site, reading, (GDestroyNotify) reading_free, self->cancellable, on_read, g_object_ref (self));
}

static void
store_changed (LimberStore *store, LimberChanges *changes, LimberSetupSite *self)
{
  if (limber_changes_has_kind (changes, "site"))
    limber_setup_site_refresh (self);
}

/**
 * limber_setup_site_start:
 * @work: whose work it is; stays where it is until the page is stopped
 */
void
limber_setup_site_start (LimberSetupSite *self, const LimberSetupWork *work)
{
  const LimberIdentity *identity = limber_store_identity (work->store);

  self->work = work;
  self->cancellable = g_cancellable_new ();
  self->site = identity->site;
  gtk_widget_set_visible (self->none, !identity->has_site);
  gtk_widget_set_visible (self->scroller, FALSE);
  g_signal_connect_object (work->store, "changed", G_CALLBACK (store_changed), self, 0);
  limber_setup_site_refresh (self);
}

/**
 * limber_setup_site_stop:
 *
 * Ends it; what somebody has just set is still saved.
 */
void
limber_setup_site_stop (LimberSetupSite *self)
{
  if (self->work == NULL)
    return;
  for (guint i = 0; i < self->rows->len; i++)
    if (((Row *) self->rows->pdata[i])->timer != 0)
      save (self->rows->pdata[i]);
  g_signal_handlers_disconnect_by_func (self->work->store, store_changed, self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->work = NULL;
}

static void
limber_setup_site_dispose (GObject *object)
{
  LimberSetupSite *self = LIMBER_SETUP_SITE (object);

  self->filling = TRUE;
  limber_setup_site_stop (self);
  for (GtkWidget *child; (child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL;)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (limber_setup_site_parent_class)->dispose (object);
}

static void
limber_setup_site_class_init (LimberSetupSiteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_setup_site_dispose;
  signals[CHANGE] = g_signal_new ("change", LIMBER_TYPE_SETUP_SITE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SAID] = g_signal_new ("said", LIMBER_TYPE_SETUP_SITE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[REFUSED] = g_signal_new ("refused", LIMBER_TYPE_SETUP_SITE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/setup/limber-setup-site.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberSetupSite, scroller);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupSite, box);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupSite, none);
}

static void
limber_setup_site_init (LimberSetupSite *self)
{
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  make_rows (self);
}
