/* One form is for a new clinic and for one that is changed: `changed` says which. Ending one is changing its last day. */
#include "limber-setup-clinics.h"

#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-list-form.h"
#include "limber-person.h"
#include "limber-setup-choice.h"

#define MINUTES 30

/* How often, in weeks; 0 for once. */
static const int weeks[] = { 1, 2, 3, 4, 0 };

struct _LimberSetupClinics {
  GtkWidget              parent_instance;
  const LimberSetupWork *work;    /* (unowned) (nullable) */
  LimberLiveQuery       *clinics; /* (owned) (nullable) */
  LimberSetupChoice     *staff;   /* (owned) (nullable) */
  LimberSetupChoice     *rooms;   /* (owned) (nullable) */
  LimberRow             *changed; /* (owned) (nullable): the one in the form */
  LimberListForm        *form;
  GtkEntry              *name;
  GtkDropDown           *clinician;
  GtkDropDown           *place;
  GtkEntry              *first;
  GtkEntry              *begins;
  GtkEntry              *ends;
  GtkSpinButton         *minutes;
  GtkDropDown           *every;
  GtkEntry              *last;
};

enum {
  CHANGE,
  SAID,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberSetupClinics, limber_setup_clinics, GTK_TYPE_WIDGET)

static void
get_today (LimberSetupClinics *self, char today[LIMBER_DATE_LENGTH + 1])
{
  limber_date_of_time (limber_env_now (limber_store_env (self->work->store)), today);
}

static char *
clock_words (gint64 minutes)
{
  return g_strdup_printf ("%02d:%02d", (int) minutes / 60, (int) minutes % 60);
}

static char *
every_words (int n)
{
  if (n == 0)
    return g_strdup (_("Once"));
  return n == 1 ? g_strdup (_("Every week")) : g_strdup_printf (ngettext ("Every %d week", "Every %d weeks", (gulong) n), n);
}

static void
set_every (LimberSetupClinics *self, int n)
{
  for (guint i = 0; i < G_N_ELEMENTS (weeks); i++)
    if (weeks[i] == n)
      gtk_drop_down_set_selected (self->every, i);
}

/* @clinic: (nullable): whose the form is from now on; none: of a new one */
static void
fill_form (LimberSetupClinics *self, LimberRow *clinic)
{
  g_autofree char *begins = clinic != NULL ? clock_words (limber_row_integer (clinic, "begins")) : NULL, *ends = clinic != NULL ? clock_words (limber_row_integer (clinic, "ends")) : NULL;
  g_autofree char *first = clinic != NULL ? limber_date_for_staff (limber_row_text (clinic, "first")) : NULL;
  g_autofree char *last = clinic != NULL && limber_row_has (clinic, "last") ? limber_date_for_staff (limber_row_text (clinic, "last")) : NULL;

  g_set_object (&self->changed, clinic);
  limber_list_form_show (self->form, clinic != NULL ? _("Change a clinic") : _("Add a clinic"), clinic == NULL);
  limber_list_form_set_text (self->name, clinic != NULL ? limber_row_text (clinic, "name") : NULL);
  limber_list_form_set_text (self->first, first);
  limber_list_form_set_text (self->begins, begins);
  limber_list_form_set_text (self->ends, ends);
  limber_list_form_set_text (self->last, last);
  gtk_spin_button_set_value (self->minutes, clinic != NULL ? (double) limber_row_integer (clinic, "minutes") : MINUTES);
  set_every (self, clinic != NULL ? (int) limber_row_integer (clinic, "every") : 1);
  if (self->staff != NULL) {
    limber_setup_choice_set (self->staff, clinic != NULL ? limber_row_id (clinic, "clinician") : NULL);
    limber_setup_choice_set (self->rooms, clinic != NULL ? limber_row_id (clinic, "place") : NULL);
  }
}

static void
change (LimberSetupClinics *self, gpointer what)
{
  g_signal_emit (self, signals[CHANGE], 0, what);
}

static void
cancel (LimberSetupClinics *self)
{
  fill_form (self, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->clinician));
}

static void
saved (LimberSetupClinics *self)
{
  cancel (self); /* the next one */
}

static void
say_wrong (LimberSetupClinics *self, gpointer where, const char *text)
{
  limber_list_form_say_wrong (self->form, text);
  gtk_widget_grab_focus (GTK_WIDGET (where));
}

/* (transfer full): of which appointments, between semicolons; a list in the store */
static char *
types_of (LimberRow *row)
{
  const LimberKind *kind = limber_kind_by_name ("clinic");
  LimberValue value = { .type = LIMBER_VALUE_TEXT, .text = (char *) limber_row_text (row, "types") };

  return value.text != NULL ? limber_field_to_text (&kind->fields[limber_kind_field (kind, "types")], &value) : NULL;
}

/* As it stands in the store; its texts are @row's. */
static LimberClinic
clinic_of (LimberSetupClinics *self, LimberRow *row)
{
  LimberClinic clinic = { .site = limber_store_identity (self->work->store)->site, .name = limber_row_text (row, "name"), .first = limber_row_text (row, "first"), .last = limber_row_text (row, "last"),
                          .every = (int) limber_row_integer (row, "every"), .begins = (int) limber_row_integer (row, "begins"), .ends = (int) limber_row_integer (row, "ends"),
                          .minutes = (int) limber_row_integer (row, "minutes") };

  clinic.clinician = *limber_row_id (row, "clinician");
  if (limber_row_id (row, "place") != NULL)
    clinic.place = *limber_row_id (row, "place");
  return clinic;
}

/* (transfer full) (nullable): the day that an entry says; its own one for a clinic that began long ago. %NULL with @empty set when it says none */
static char *
day_in (LimberSetupClinics *self, GtkEntry *entry, const char *own, gboolean *empty)
{
  g_autofree char *text = limber_list_form_text_in (entry), *held = own != NULL ? limber_date_for_staff (own) : NULL;
  char today[LIMBER_DATE_LENGTH + 1];

  get_today (self, today);
  *empty = *text == '\0';
  if (*empty)
    return NULL;
  return g_strcmp0 (text, held) == 0 ? g_strdup (own) : limber_date_parse_ahead (text, today);
}

/* What the form says; its texts are in @name, @first and @last. Says what cannot be read. */
static gboolean
read_form (LimberSetupClinics *self, LimberClinic *clinic, char **name, char **first, char **last)
{
  g_autofree char *begins = limber_list_form_text_in (self->begins), *ends = limber_list_form_text_in (self->ends);
  gboolean no_first, no_last;

  *name = limber_list_form_text_in (self->name);
  *first = day_in (self, self->first, self->changed != NULL ? limber_row_text (self->changed, "first") : NULL, &no_first);
  *last = day_in (self, self->last, self->changed != NULL ? limber_row_text (self->changed, "last") : NULL, &no_last);
  *clinic = (LimberClinic){ .site = limber_store_identity (self->work->store)->site, .name = **name != '\0' ? *name : NULL, .first = *first, .last = *last, .begins = limber_time_parse_typed (begins),
                            .ends = limber_time_parse_typed (ends), .minutes = gtk_spin_button_get_value_as_int (self->minutes), .every = weeks[gtk_drop_down_get_selected (self->every)] };
  limber_setup_choice_get (self->rooms, &clinic->place);
  if (!limber_setup_choice_get (self->staff, &clinic->clinician))
    say_wrong (self, self->clinician, _("Say who sees people then."));
  else if (*first == NULL)
    say_wrong (self, self->first, no_first ? _("Say its first day.") : _("That is no day to come: say it as 24 Nov, 24/11/26 or +2w."));
  else if (clinic->begins < 0)
    say_wrong (self, self->begins, _("Say when it begins, as 9:00."));
  else if (clinic->ends < 0)
    say_wrong (self, self->ends, _("Say when it ends, as 12:30."));
  else if (*last == NULL && !no_last)
    say_wrong (self, self->last, _("That is no day to come: say it as 24 Nov, 24/11/26 or +2w."));
  else
    return TRUE;
  return FALSE;
}

static LimberSetUp *
plan (LimberSetupClinics *self, const LimberId *id, const LimberClinic *clinic, const LimberClinic *before)
{
  return limber_set_up_new_plan (limber_planning_new_clinic (id, clinic, before), limber_store_env (self->work->store));
}

static char *
title_of (const char *name, const char *first, int begins, int ends)
{
  static const char *const days[] = { N_("Mondays"), N_("Tuesdays"), N_("Wednesdays"), N_("Thursdays"), N_("Fridays"), N_("Saturdays"), N_("Sundays") };
  g_autofree char *from = clock_words (begins), *to = clock_words (ends), *when = g_strdup_printf ("%s %s–%s", _(days[MAX (limber_date_weekday (first), 1) - 1]), from, to);

  return name != NULL ? g_strdup_printf ("%s · %s", when, name) : g_steal_pointer (&when);
}

static void
save (LimberSetupClinics *self)
{
  g_autofree char *name = NULL, *first = NULL, *last = NULL, *title = NULL, *types = self->changed != NULL ? types_of (self->changed) : NULL;
  g_autoptr (LimberSetUp) what = NULL;
  LimberClinic clinic, before;
  LimberId id;

  if (self->work == NULL || !read_form (self, &clinic, &name, &first, &last))
    return;
  if (self->changed != NULL) {
    before = clinic_of (self, self->changed);
    before.types = clinic.types = types;
    id = *limber_row_id (self->changed, "id");
  } else
    limber_id_init_new (&id, limber_store_env (self->work->store));
  what = plan (self, &id, &clinic, self->changed != NULL ? &before : NULL);
  title = title_of (clinic.name, first, clinic.begins, clinic.ends);
  limber_list_form_send (self->form, what, self->changed != NULL ? _("Saved: %s") : _("%s is added"), title);
}

static void
change_pressed (gpointer data, LimberRow *clinic)
{
  LimberSetupClinics *self = data;

  fill_form (self, clinic);
  gtk_widget_grab_focus (GTK_WIDGET (self->first));
}

/* Today is its last day; one that was to begin later is never held. */
static void
end_pressed (gpointer data, LimberRow *row)
{
  LimberSetupClinics *self = data;
  LimberClinic before = clinic_of (self, row), clinic = before;
  char today[LIMBER_DATE_LENGTH + 1];
  g_autofree char *types = types_of (row), *title = title_of (before.name, before.first, before.begins, before.ends), *words = g_strdup_printf (_("%s ends today"), title);
  g_autoptr (LimberSetUp) what = NULL;

  get_today (self, today);
  clinic.last = today;
  clinic.types = before.types = types;
  what = plan (self, limber_row_id (row, "id"), &clinic, &before);
  limber_set_up_say (what, words);
  change (self, what);
}

static char *
state_of (LimberRow *clinic)
{
  g_autofree char *who = limber_person_spoken (limber_row_text (clinic, "given"), limber_row_text (clinic, "family")), *every = every_words ((int) limber_row_integer (clinic, "every"));
  g_autofree char *first = limber_date_for_staff (limber_row_text (clinic, "first")), *last = limber_row_has (clinic, "last") ? limber_date_for_staff (limber_row_text (clinic, "last")) : NULL;
  const char *place = limber_row_text (clinic, "place_name");
  /* Translators: dates. */
  g_autofree char *until = last != NULL ? g_strdup_printf (_("%1$s to %2$s"), first, last) : g_strdup_printf (_("from %s"), first);

  return g_strdup_printf (_("%1$s · %2$s · %3$d minutes each · %4$s, %5$s"), who, place != NULL ? place : _("no room"), (int) limber_row_integer (clinic, "minutes"), every, until);
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  LimberSetupClinics *self = data;
  LimberRow *clinic = item;
  g_autofree char *title = title_of (limber_row_text (clinic, "name"), limber_row_text (clinic, "first"), (int) limber_row_integer (clinic, "begins"), (int) limber_row_integer (clinic, "ends")), *state = state_of (clinic);
  g_autofree char *to_change = g_strdup_printf (_("Change %s"), title), *to_end = g_strdup_printf (_("End %s"), title);
  GtkWidget *row = limber_list_form_make_row (title, state);
  char today[LIMBER_DATE_LENGTH + 1];

  get_today (self, today);
  limber_list_form_add_button (row, clinic, _("Change…"), to_change, change_pressed, self);
  if (g_strcmp0 (limber_row_text (clinic, "last"), today) != 0)
    limber_list_form_add_button (row, clinic, _("End"), to_end, end_pressed, self);
  return row;
}

/**
 * limber_setup_clinics_start:
 * @work: whose work it is; stays where it is until the page is stopped
 */
void
limber_setup_clinics_start (LimberSetupClinics *self, const LimberSetupWork *work)
{
  const LimberIdentity *identity = limber_store_identity (work->store);
  const LimberId *site = identity->has_site ? &identity->site : NULL;
  g_autoptr (LimberLiveQuery) staff = limber_live_query_new (work->store, "staff-at-site", "d", site);
  g_autoptr (LimberLiveQuery) rooms = limber_live_query_new (work->store, "places-at-site", "d", site);
  char today[LIMBER_DATE_LENGTH + 1];

  self->work = work;
  get_today (self, today);
  self->clinics = limber_live_query_new (work->store, "clinics", "dtt", site, today, "9999-12-31");
  self->staff = limber_setup_choice_new (self->clinician, staff, limber_setup_choice_staff, _("Choose…"));
  self->rooms = limber_setup_choice_new (self->place, rooms, limber_setup_choice_place, _("No room"));
  limber_list_form_start (self->form, G_LIST_MODEL (self->clinics), make_row, self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->form), site != NULL);
  fill_form (self, NULL);
}

/**
 * limber_setup_clinics_settle:
 * @about: of a change that was written or refused
 * @wrong: (nullable): why it was refused
 */
void
limber_setup_clinics_settle (LimberSetupClinics *self, const LimberId *about, const char *wrong)
{
  limber_list_form_settle (self->form, about, wrong);
}

/**
 * limber_setup_clinics_stop:
 *
 * Ends it; what stood in the form is forgotten.
 */
void
limber_setup_clinics_stop (LimberSetupClinics *self)
{
  if (self->work == NULL)
    return;
  limber_list_form_stop (self->form);
  g_clear_pointer (&self->staff, limber_setup_choice_free);
  g_clear_pointer (&self->rooms, limber_setup_choice_free);
  g_clear_object (&self->clinics);
  fill_form (self, NULL);
  self->work = NULL;
}

static void
limber_setup_clinics_dispose (GObject *object)
{
  LimberSetupClinics *self = LIMBER_SETUP_CLINICS (object);

  limber_setup_clinics_stop (self);
  g_clear_object (&self->changed);
  for (GtkWidget *child; (child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL;)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (limber_setup_clinics_parent_class)->dispose (object);
}

static void
limber_setup_clinics_class_init (LimberSetupClinicsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_setup_clinics_dispose;
  signals[CHANGE] = g_signal_new ("change", LIMBER_TYPE_SETUP_CLINICS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SAID] = g_signal_new ("said", LIMBER_TYPE_SETUP_CLINICS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (LIMBER_TYPE_LIST_FORM);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/setup/limber-setup-clinics.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberSetupClinics, form);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupClinics, name);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupClinics, clinician);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupClinics, place);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupClinics, first);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupClinics, begins);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupClinics, ends);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupClinics, minutes);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupClinics, every);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupClinics, last);
  gtk_widget_class_bind_template_callback (widget_class, save);
  gtk_widget_class_bind_template_callback (widget_class, cancel);
  gtk_widget_class_bind_template_callback (widget_class, saved);
  gtk_widget_class_bind_template_callback (widget_class, change);
}

static void
limber_setup_clinics_init (LimberSetupClinics *self)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (weeks); i++) {
    g_autofree char *text = every_words (weeks[i]);

    gtk_string_list_append (words, text);
  }
  gtk_drop_down_set_model (self->every, G_LIST_MODEL (words));
}
