#include "limber-setup-closed.h"

#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-list-form.h"
#include "limber-person.h"
#include "limber-setup-choice.h"

struct _LimberSetupClosed {
  GtkWidget              parent_instance;
  const LimberSetupWork *work;  /* (unowned) (nullable) */
  LimberLiveQuery       *days;  /* (owned) (nullable) */
  LimberSetupChoice     *staff; /* (owned) (nullable) */
  LimberListForm        *form;
  GtkEntry              *name;
  GtkDropDown           *clinician;
  GtkEntry              *first;
  GtkEntry              *last;
};

enum {
  CHANGE,
  SAID,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberSetupClosed, limber_setup_closed, GTK_TYPE_WIDGET)

static void
empty_form (LimberSetupClosed *self)
{
  limber_list_form_show (self->form, _("Add closed days"), TRUE);
  limber_list_form_set_text (self->name, NULL);
  limber_list_form_set_text (self->first, NULL);
  limber_list_form_set_text (self->last, NULL);
  if (self->staff != NULL)
    limber_setup_choice_set (self->staff, NULL);
}

static void
change (LimberSetupClosed *self, gpointer what)
{
  g_signal_emit (self, signals[CHANGE], 0, what);
}

static void
cancel (LimberSetupClosed *self)
{
  empty_form (self);
}

static void
saved (LimberSetupClosed *self)
{
  empty_form (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

static void
say_wrong (LimberSetupClosed *self, GtkEntry *where, const char *text)
{
  limber_list_form_say_wrong (self->form, text);
  gtk_widget_grab_focus (GTK_WIDGET (where));
}

/* "25-Dec-2026", or "24-Dec-2026 to 31-Dec-2026" */
static char *
days_words (const char *first, const char *last)
{
  g_autofree char *from = limber_date_with_weekday (first), *to = limber_date_with_weekday (last);

  /* Translators: dates. */
  return g_str_equal (first, last) ? g_steal_pointer (&from) : g_strdup_printf (_("%1$s to %2$s"), from, to);
}

static LimberSetUp *
plan (LimberSetupClosed *self, const LimberClosure *closure, gboolean off)
{
  return limber_set_up_new_plan (limber_planning_new_closure (closure, off), limber_store_env (self->work->store));
}

static void
save (LimberSetupClosed *self)
{
  g_autofree char *name = limber_list_form_text_in (self->name), *from = limber_list_form_text_in (self->first), *to = limber_list_form_text_in (self->last), *first = NULL, *last = NULL, *days = NULL;
  LimberClosure closure = { 0 };
  g_autoptr (LimberSetUp) what = NULL;
  char today[LIMBER_DATE_LENGTH + 1];

  if (self->work == NULL)
    return;
  limber_date_of_time (limber_env_now (limber_store_env (self->work->store)), today);
  first = limber_date_parse_ahead (from, today);
  last = limber_date_parse_ahead (*to != '\0' ? to : from, today);
  if (*name == '\0') {
    say_wrong (self, self->name, _("Say why, so that whoever asks can be told."));
    return;
  }
  if (first == NULL || last == NULL) {
    say_wrong (self, first == NULL ? self->first : self->last, _("That is no day to come: say it as 25 Dec, 25/12/26 or +2w."));
    return;
  }
  closure = (LimberClosure){ .site = limber_store_identity (self->work->store)->site, .first = first, .last = last, .name = name };
  limber_setup_choice_get (self->staff, &closure.clinician);
  what = plan (self, &closure, FALSE);
  days = days_words (first, last);
  /* Translators: %s is a day, or several. */
  limber_list_form_send (self->form, what, _("Closed: %s"), days);
}

static void
open_pressed (gpointer data, LimberRow *row)
{
  LimberSetupClosed *self = data;
  LimberClosure closure = { .first = limber_row_text (row, "first"), .last = limber_row_text (row, "last"), .name = limber_row_text (row, "name") };
  g_autofree char *days = days_words (closure.first, closure.last), *words = g_strdup_printf (_("Not closed after all: %s"), days);
  g_autoptr (LimberSetUp) what = NULL;

  if (limber_row_id (row, "site") != NULL)
    closure.site = *limber_row_id (row, "site");
  if (limber_row_id (row, "clinician") != NULL)
    closure.clinician = *limber_row_id (row, "clinician");
  what = plan (self, &closure, TRUE);
  limber_set_up_say (what, words);
  change (self, what);
}

static char *
whose (LimberRow *row)
{
  const char *site = limber_row_text (row, "site_name");
  g_autofree char *who = limber_row_id (row, "clinician") != NULL ? limber_person_spoken (limber_row_text (row, "given"), limber_row_text (row, "family")) : NULL;

  return g_strdup_printf ("%s · %s", who != NULL ? who : _("Everybody"), site != NULL ? site : _("all sites"));
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  g_autofree char *days = days_words (limber_row_text (item, "first"), limber_row_text (item, "last")), *title = g_strdup_printf ("%s · %s", days, limber_row_text (item, "name")), *subtitle = whose (item);
  g_autofree char *spoken = g_strdup_printf (_("See people after all: %s"), title);
  GtkWidget *row = limber_list_form_make_row (title, subtitle);

  limber_list_form_add_button (row, item, _("Take back"), spoken, open_pressed, data);
  return row;
}

/**
 * limber_setup_closed_start:
 * @work: whose work it is; stays where it is until the page is stopped
 */
void
limber_setup_closed_start (LimberSetupClosed *self, const LimberSetupWork *work)
{
  const LimberIdentity *identity = limber_store_identity (work->store);
  g_autoptr (LimberLiveQuery) staff = limber_live_query_new (work->store, "staff-at-site", "d", identity->has_site ? &identity->site : NULL);
  char today[LIMBER_DATE_LENGTH + 1];

  self->work = work;
  limber_date_of_time (limber_env_now (limber_store_env (work->store)), today);
  self->days = limber_live_query_new (work->store, "closures", "tt", today, "9999-12-31");
  self->staff = limber_setup_choice_new (self->clinician, staff, limber_setup_choice_staff, _("Everybody"));
  limber_list_form_start (self->form, G_LIST_MODEL (self->days), make_row, self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->form), identity->has_site);
  empty_form (self);
}

/**
 * limber_setup_closed_settle:
 * @about: of a change that was written or refused
 * @wrong: (nullable): why it was refused
 */
void
limber_setup_closed_settle (LimberSetupClosed *self, const LimberId *about, const char *wrong)
{
  limber_list_form_settle (self->form, about, wrong);
}

/**
 * limber_setup_closed_stop:
 *
 * Ends it; what stood in the form is forgotten.
 */
void
limber_setup_closed_stop (LimberSetupClosed *self)
{
  if (self->work == NULL)
    return;
  limber_list_form_stop (self->form);
  g_clear_pointer (&self->staff, limber_setup_choice_free);
  g_clear_object (&self->days);
  empty_form (self);
  self->work = NULL;
}

static void
limber_setup_closed_dispose (GObject *object)
{
  limber_setup_closed_stop (LIMBER_SETUP_CLOSED (object));
  for (GtkWidget *child; (child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL;)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (limber_setup_closed_parent_class)->dispose (object);
}

static void
limber_setup_closed_class_init (LimberSetupClosedClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_setup_closed_dispose;
  signals[CHANGE] = g_signal_new ("change", LIMBER_TYPE_SETUP_CLOSED, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SAID] = g_signal_new ("said", LIMBER_TYPE_SETUP_CLOSED, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (LIMBER_TYPE_LIST_FORM);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/setup/limber-setup-closed.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberSetupClosed, form);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupClosed, name);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupClosed, clinician);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupClosed, first);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupClosed, last);
  gtk_widget_class_bind_template_callback (widget_class, save);
  gtk_widget_class_bind_template_callback (widget_class, cancel);
  gtk_widget_class_bind_template_callback (widget_class, saved);
  gtk_widget_class_bind_template_callback (widget_class, change);
}

static void
limber_setup_closed_init (LimberSetupClosed *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
