/* Both lists are live: what changes elsewhere while the page is open changes here. */
#include "limber-person-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "limber-answers-box.h"
#include "limber-appointment-row.h"
#include "limber-calling.h"
#include "limber-date.h"
#include "limber-live-query.h"
#include "limber-namesake.h"
#include "limber-merging.h"
#include "limber-other-record-row.h"
#include "limber-person.h"

struct _LimberPersonPage {
  GtkWidget        parent_instance;
  LimberStore     *store;       /* (owned) (nullable): %NULL while closed */
  LimberDay       *day;         /* (owned) (nullable) */
  LimberId         patient;
  gboolean         revealed;    /* whether a restricted address is shown, until another page */
  LimberLiveQuery *person;      /* (owned) (nullable) */
  LimberLiveQuery *appointments; /* (owned) (nullable) */
  LimberLiveQuery *records;     /* (owned) (nullable): all that are hers */
  LimberLiveQuery *here;        /* (owned) (nullable): a row when she is here for a visit only */
  LimberLiveQuery *besides;     /* (owned) (nullable): who else is expected here today */
  GtkWidget       *box;
  GtkLabel        *name;
  GtkLabel        *facts;
  GtkLabel        *numbers;
  GtkLabel        *warnings;
  GtkWidget       *visiting;
  GtkStack        *stack;
  AdwStatusPage   *gone;
  GtkLabel        *needs;
  GtkLabel        *language;
  GtkWidget       *restricted;
  GtkWidget       *reveal;
  GtkWidget       *contact;
  GtkLabel        *phone;
  GtkLabel        *confirmed;
  LimberAnswersBox *answers;
  GtkLabel        *email;
  GtkLabel        *address;
  GtkLabel        *practice;
  GtkDropDown     *call_by;
  gboolean         updating; /* what is chosen there was not chosen by a person */
  GtkStack        *visits_stack;
  GtkLabel        *age;
  GtkNoSelection  *visits;
  GtkWidget       *others_box;
  GtkNoSelection  *others;
};

static void limber_person_page_be_page (LimberDeskPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LimberPersonPage, limber_person_page, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (LIMBER_TYPE_DESK_PAGE, limber_person_page_be_page))

static void
set_or_say (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL && *text != '\0' ? text : _("Not recorded"));
}

static void
warn (GString *warnings, const char *text)
{
  if (warnings->len > 0)
    g_string_append_c (warnings, '\n');
  g_string_append (warnings, text);
}

/* Somebody else with her name is expected here today. */
static void
warn_of_namesakes (LimberPersonPage *self, LimberRow *row, GString *warnings)
{
  GListModel *besides = G_LIST_MODEL (self->besides);
  g_auto (LimberNamesake) own;

  limber_namesake_init (&own, limber_row_text (row, "family"), limber_row_text (row, "given"), limber_row_text (row, "born"));
  for (guint i = 0; i < g_list_model_get_n_items (besides); i++) {
    g_autoptr (LimberRow) other = g_list_model_get_item (besides, i);
    g_auto (LimberNamesake) namesake;

    limber_namesake_init (&namesake, limber_row_text (other, "family"), limber_row_text (other, "given"), limber_row_text (other, "born"));
    if (limber_namesake_equal (&own, &namesake)) {
      g_autofree char *time = limber_time_for_staff (limber_row_integer (other, "start")), *born = limber_date_for_staff (limber_row_text (other, "born")), *text = NULL;

      /* Translators: a time and a date of birth. */
      text = g_strdup_printf (_("Somebody else with the same name is expected here today at %s, born %s. Check the date of birth."), time, born);
      warn (warnings, text);
    }
  }
}

static void
show_banner (LimberPersonPage *self, LimberRow *row)
{
  char today[LIMBER_DATE_LENGTH + 1];
  g_autofree char *name = limber_person_name (limber_row_text (row, "family"), limber_row_text (row, "given"), limber_row_text (row, "title"));
  g_autofree char *number = limber_person_nhs_words (limber_row_text (row, "nhs_number"), limber_row_text (row, "nhs_status"), limber_row_text (row, "nhs_typed")), *born = NULL, *facts = NULL;
  g_autoptr (GString) warnings = g_string_new (NULL);

  limber_date_of_time (limber_env_now (limber_store_env (self->store)), today);
  born = limber_person_born (limber_row_text (row, "born"), limber_row_text (row, "died"), today);
  facts = g_strjoin ("   ", born, limber_person_sex (limber_row_text (row, "sex")), number, NULL);
  if (limber_row_has (row, "died"))
    warn (warnings, _("This person is recorded as having died."));
  if (limber_row_integer (row, "see_desk"))
    warn (warnings, _("Staff have asked to see this person before anything else."));
  warn_of_namesakes (self, row, warnings);
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->facts, facts);
  gtk_label_set_text (self->warnings, warnings->str);
  gtk_widget_set_visible (GTK_WIDGET (self->warnings), warnings->len > 0);
}

/* "Harrow P0000123 · Acute 00456": what each provider calls her. */
static void
show_numbers (LimberPersonPage *self)
{
  g_autoptr (GString) numbers = g_string_new (NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->records));

  for (guint i = 0; i < n; i++) {
    g_autoptr (LimberRow) row = g_list_model_get_item (G_LIST_MODEL (self->records), i);
    g_autofree char *number = limber_person_number (limber_row_text (row, "provider"), limber_row_text (row, "organisation"), limber_row_text (row, "number"));

    if (number != NULL)
      g_string_append_printf (numbers, "%s%s", numbers->len > 0 ? " · " : "", number);
  }
  gtk_label_set_text (self->numbers, numbers->str);
  gtk_widget_set_visible (GTK_WIDGET (self->numbers), numbers->len > 0);
  gtk_widget_set_visible (self->others_box, n > 1);
}

static void
show_contact (LimberPersonPage *self, LimberRow *row)
{
  g_autofree char *address = limber_person_address (limber_row_text (row, "address"), limber_row_text (row, "postcode"));
  g_autofree char *phones = limber_person_phones (limber_row_text (row, "mobile"), limber_row_text (row, "phone"));
  g_autofree char *confirmed = limber_person_confirmed (limber_row_text (row, "details_confirmed"));
  gboolean restricted = limber_row_integer (row, "restricted") != 0;

  gtk_widget_set_visible (self->restricted, restricted);
  gtk_widget_set_visible (self->reveal, !self->revealed);
  gtk_widget_set_visible (self->contact, !restricted || self->revealed);
  set_or_say (self->phone, phones);
  gtk_label_set_text (self->confirmed, confirmed != NULL ? confirmed : "");
  gtk_widget_set_visible (GTK_WIDGET (self->confirmed), confirmed != NULL);
  set_or_say (self->email, limber_row_text (row, "email"));
  set_or_say (self->address, address);
}

/* In the order in which the list has them. */
static const char *const call_bys[] = { "", "number", "fetch" };

static void
show_call_by (LimberPersonPage *self, LimberRow *row)
{
  LimberCallBy by = (LimberCallBy) CLAMP (limber_row_integer (row, "call_by"), LIMBER_CALL_BY_NAME, LIMBER_CALL_BY_FETCH);

  self->updating = TRUE;
  gtk_drop_down_set_selected (self->call_by, by - LIMBER_CALL_BY_NAME);
  self->updating = FALSE;
}

static void
choose_call_by (LimberPersonPage *self)
{
  guint chosen = gtk_drop_down_get_selected (self->call_by);
  char id[LIMBER_ID_TEXT_LENGTH + 1];

  if (self->updating || self->store == NULL || chosen >= G_N_ELEMENTS (call_bys))
    return;
  limber_id_to_text (&self->patient, id);
  gtk_widget_activate_action (GTK_WIDGET (self), "desk.call-by", "(ss)", id, call_bys[chosen]);
}

static gboolean
is_visiting (LimberPersonPage *self)
{
  return self->here != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->here)) > 0;
}

/* An appointment of the last 90 days makes her this site's, as it does for the node (app/store/limber-scope.c). */
static LimberLiveQuery *
watch_visit (LimberPersonPage *self)
{
  const LimberIdentity *identity = limber_store_identity (self->store);
  char today[LIMBER_DATE_LENGTH + 1];
  g_autofree char *back = NULL;
  gint64 from, end;

  limber_date_of_time (limber_env_now (limber_store_env (self->store)), today);
  back = limber_date_add_days (today, -90);
  limber_date_bounds (back, &from, &end);
  return limber_live_query_new (self->store, "here-until", "ddti", &self->patient, identity->has_site ? &identity->site : NULL, today, from);
}

static LimberLiveQuery *
watch_besides (LimberPersonPage *self)
{
  const LimberIdentity *identity = limber_store_identity (self->store);
  char today[LIMBER_DATE_LENGTH + 1];
  gint64 start, end;

  limber_date_of_time (limber_env_now (limber_store_env (self->store)), today);
  limber_date_bounds (today, &start, &end);
  return limber_live_query_new (self->store, "expected-besides", "ddii", &self->patient, identity->has_site ? &identity->site : NULL, start, end - 1);
}

static void
update (LimberPersonPage *self)
{
  g_autoptr (LimberRow) row = self->person != NULL ? g_list_model_get_item (G_LIST_MODEL (self->person), 0) : NULL;
  g_autofree char *needs = NULL;
  guint n = self->appointments != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->appointments)) : 0;

  gtk_stack_set_visible_child_name (self->visits_stack, n > 0 ? "some" : "none");
  gtk_widget_set_visible (self->visiting, is_visiting (self));
  if (row == NULL) {
    const GError *error = self->person != NULL ? limber_live_query_get_error (self->person) : NULL;

    gtk_label_set_text (self->name, "");
    gtk_label_set_text (self->facts, "");
    gtk_label_set_text (self->warnings, "");
    if (error != NULL)
      adw_status_page_set_description (self->gone, error->message);
    gtk_stack_set_visible_child_name (self->stack, self->person != NULL && limber_live_query_is_loaded (self->person) ? "gone" : "loading");
    return;
  }
  self->patient = *limber_row_id (row, "id");
  show_banner (self, row);
  show_numbers (self);
  show_contact (self, row);
  needs = limber_person_needs (limber_row_text (row, "needs"), limber_row_text (row, "language"));
  gtk_label_set_text (self->needs, needs != NULL ? needs : _("None recorded"));
  set_or_say (self->language, limber_person_language (limber_row_text (row, "language")));
  set_or_say (self->practice, limber_row_text (row, "practice"));
  show_call_by (self, row);
  gtk_stack_set_visible_child_name (self->stack, "person");
}

static void
reveal_contact (LimberPersonPage *self)
{
  self->revealed = TRUE;
  update (self);
}

static void
show_person (LimberPersonPage *self, LimberStore *store, const LimberId *patient)
{
  g_autoptr (GtkSliceListModel) others = NULL;

  self->person = limber_live_query_new (store, "person", "d", patient);
  self->appointments = limber_live_query_new (store, "person-visits", "d", patient);
  self->records = limber_live_query_new (store, "person-records", "d", patient);
  limber_answers_box_show_person (self->answers, store, patient);
  self->here = watch_visit (self);
  self->besides = watch_besides (self);
  g_signal_connect_object (self->person, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->person, "notify::loaded", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->appointments, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->here, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->besides, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->records, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_no_selection_set_model (self->visits, G_LIST_MODEL (self->appointments));
  others = gtk_slice_list_model_new (g_object_ref (G_LIST_MODEL (self->records)), 1, LIMBER_MERGING_MOST); /* the first is the one that is shown */
  gtk_no_selection_set_model (self->others, G_LIST_MODEL (others));
  update (self);
}

/* Forgets whom it showed. */
static void
limber_person_page_close (LimberDeskPage *page)
{
  LimberPersonPage *self = LIMBER_PERSON_PAGE (page);

  if (self->person != NULL)
    g_signal_handlers_disconnect_by_func (self->person, update, self);
  if (self->appointments != NULL)
    g_signal_handlers_disconnect_by_func (self->appointments, update, self);
  if (self->here != NULL)
    g_signal_handlers_disconnect_by_func (self->here, update, self);
  if (self->besides != NULL)
    g_signal_handlers_disconnect_by_func (self->besides, update, self);
  if (self->records != NULL)
    g_signal_handlers_disconnect_by_func (self->records, update, self);
  if (self->visits != NULL) {
    gtk_no_selection_set_model (self->visits, NULL);
    gtk_no_selection_set_model (self->others, NULL);
  }
  limber_answers_box_show_none (self->answers);
  g_clear_object (&self->records);
  g_clear_object (&self->person);
  g_clear_object (&self->appointments);
  g_clear_object (&self->here);
  g_clear_object (&self->besides);
  g_clear_object (&self->day);
  g_clear_object (&self->store);
  self->revealed = FALSE;
}

/* @about: her id. */
static void
limber_person_page_tick (LimberDeskPage *page, const LimberWork *work)
{
  LimberPersonPage *self = LIMBER_PERSON_PAGE (page);

  gtk_label_set_text (self->age, work->age != NULL ? work->age : "");
  gtk_widget_set_visible (GTK_WIDGET (self->age), work->age != NULL);
}

static gboolean
limber_person_page_open (LimberDeskPage *page, const LimberWork *work, const char *about)
{
  LimberPersonPage *self = LIMBER_PERSON_PAGE (page);
  LimberId patient;

  if (about == NULL || !limber_id_parse (&patient, about))
    return FALSE;
  limber_person_page_close (page);
  self->store = g_object_ref (work->store);
  self->day = g_object_ref (work->day);
  self->patient = patient;
  show_person (self, work->store, &patient);
  limber_person_page_tick (page, work);
  return TRUE;
}

/* Hers of today. */
static LimberVisit *
limber_person_page_get_visit (LimberDeskPage *page)
{
  LimberPersonPage *self = LIMBER_PERSON_PAGE (page);

  return self->day != NULL ? limber_day_find_person (self->day, &self->patient) : NULL;
}

static void
limber_person_page_be_page (LimberDeskPageInterface *iface)
{
  iface->open = limber_person_page_open;
  iface->close = limber_person_page_close;
  iface->tick = limber_person_page_tick;
  iface->get_visit = limber_person_page_get_visit;
}

static void
limber_person_page_dispose (GObject *object)
{
  LimberPersonPage *self = LIMBER_PERSON_PAGE (object);

  if (self->box != NULL)
    limber_person_page_close (LIMBER_DESK_PAGE (self));
  g_clear_pointer (&self->box, gtk_widget_unparent);
  self->visits = NULL;
  G_OBJECT_CLASS (limber_person_page_parent_class)->dispose (object);
}

static void
limber_person_page_class_init (LimberPersonPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_person_page_dispose;
  g_type_ensure (LIMBER_TYPE_ANSWERS_BOX);
  g_type_ensure (LIMBER_TYPE_APPOINTMENT_ROW);
  g_type_ensure (LIMBER_TYPE_OTHER_RECORD_ROW);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-person-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, box);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, name);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, facts);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, numbers);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, warnings);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, visiting);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, gone);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, needs);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, language);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, restricted);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, reveal);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, contact);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, phone);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, confirmed);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, answers);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, email);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, address);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, practice);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, call_by);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, visits_stack);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, age);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, visits);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, others_box);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, others);
  gtk_widget_class_bind_template_callback (widget_class, choose_call_by);
  gtk_widget_class_bind_template_callback (widget_class, reveal_contact);
}

static void
limber_person_page_init (LimberPersonPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
