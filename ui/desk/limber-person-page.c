/* Both lists are live: what changes elsewhere while the page is open changes here. */
#include "limber-person-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "limber-answers-box.h"
#include "limber-appointment-row.h"
#include "limber-banner.h"
#include "limber-calling.h"
#include "limber-date.h"
#include "limber-detail.h"
#include "limber-json.h"
#include "limber-keeping.h"
#include "limber-live-query.h"
#include "limber-merging.h"
#include "limber-other-record-row.h"
#include "limber-person.h"
#include "limber-referral-row.h"

struct _LimberPersonPage {
  GtkWidget        parent_instance;
  LimberStore     *store;       /* (owned) (nullable): %NULL while closed */
  LimberDay       *day;         /* (owned) (nullable) */
  LimberId         patient;
  gboolean         revealed;    /* whether a restricted address is shown, until another page */
  LimberLiveQuery *appointments; /* (owned) (nullable) */
  LimberLiveQuery *referred;    /* (owned) (nullable) */
  LimberLiveQuery *conflicts;   /* (owned) (nullable): edits of her details that lost */
  gboolean         has_edit, has_refer; /* whether whoever is at work has typed something there and not saved it */
  GtkWidget       *box;
  LimberBanner    *banner;
  GtkWidget       *tools;
  GtkWidget       *unsaved_edit;
  GtkWidget       *unsaved_refer;
  GtkWidget       *conflicts_box;
  GtkLabel        *conflicts_text;
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
  GtkWidget       *referrals_box;
  GtkNoSelection  *referrals;
  GtkLabel        *kin;
  GtkLabel        *texts;
};

static void limber_person_page_be_page (LimberDeskPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LimberPersonPage, limber_person_page, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (LIMBER_TYPE_DESK_PAGE, limber_person_page_be_page))

static void
set_or_say (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL && *text != '\0' ? text : _("Not recorded"));
}

/* "Bob Baker (son)" and how he is reached. */
static char *
words_of_kin (LimberRow *row)
{
  const char *kin = limber_row_text (row, "kin"), *relation = limber_row_text (row, "kin_relation");
  g_autofree char *phone = limber_person_phone (limber_row_text (row, "kin_phone"));
  GString *text = g_string_new (kin);

  if (relation != NULL)
    g_string_append_printf (text, text->len > 0 ? " (%s)" : "%s", relation);
  if (*phone != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", phone);
  return g_string_free (text, FALSE);
}

static void
show_contact (LimberPersonPage *self, LimberRow *row)
{
  g_autofree char *address = limber_person_address (limber_row_text (row, "address"), limber_row_text (row, "postcode"));
  g_autofree char *phones = limber_person_phones (limber_row_text (row, "mobile"), limber_row_text (row, "phone"));
  g_autofree char *confirmed = limber_person_confirmed (limber_row_text (row, "details_confirmed"));
  g_autofree char *kin = words_of_kin (row);
  const char *texts = limber_row_text (row, "texts");
  gboolean restricted = limber_row_integer (row, "restricted") != 0;

  gtk_widget_set_visible (self->restricted, restricted);
  gtk_widget_set_visible (self->reveal, !self->revealed);
  gtk_widget_set_visible (self->contact, !restricted || self->revealed);
  set_or_say (self->phone, phones);
  gtk_label_set_text (self->confirmed, confirmed != NULL ? confirmed : "");
  gtk_widget_set_visible (GTK_WIDGET (self->confirmed), confirmed != NULL);
  set_or_say (self->email, limber_row_text (row, "email"));
  set_or_say (self->address, address);
  set_or_say (self->kin, kin);
  set_or_say (self->texts, texts == NULL ? NULL : g_str_equal (texts, "yes") ? _("Yes") : _("No"));
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

/* What she asked for */

static void
show_referrals (LimberPersonPage *self)
{
  gtk_widget_set_visible (self->referrals_box, g_list_model_get_n_items (G_LIST_MODEL (self->referred)) > 0);
}

/* What two people wrote apart stands once; the other value is named, not forgotten. */
static void
show_conflicts (LimberPersonPage *self)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *text = NULL;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->conflicts));

  for (guint i = 0; i < n; i++) {
    g_autoptr (LimberRow) row = g_list_model_get_item (G_LIST_MODEL (self->conflicts), i);
    const LimberDetail *detail = limber_detail_find (limber_row_text (row, "field"));

    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", detail != NULL ? limber_detail_label (detail) : limber_row_text (row, "field"));
  }
  /* Translators: %s is what some details are called. */
  text = g_strdup_printf (_("Changed by two people at the same time: %s. One value of each stands here; somebody has to decide."), names->str);
  gtk_label_set_text (self->conflicts_text, text);
  gtk_widget_set_visible (GTK_WIDGET (self->conflicts_box), n > 0);
}

static void
show_unsaved (LimberPersonPage *self)
{
  gtk_widget_set_visible (self->unsaved_edit, self->has_edit);
  gtk_widget_set_visible (self->unsaved_refer, self->has_refer);
}

static void
update (LimberPersonPage *self)
{
  LimberRow *row = limber_banner_get_person (self->banner);
  const GError *error = limber_banner_get_error (self->banner);
  g_autofree char *needs = NULL;

  if (self->store == NULL)
    return;
  gtk_stack_set_visible_child_name (self->visits_stack, g_list_model_get_n_items (G_LIST_MODEL (self->appointments)) > 0 ? "some" : "none");
  gtk_widget_set_visible (self->tools, row != NULL);
  if (row == NULL) {
    if (error != NULL)
      adw_status_page_set_description (self->gone, error->message);
    gtk_stack_set_visible_child_name (self->stack, limber_banner_is_loaded (self->banner) ? "gone" : "loading");
    return;
  }
  gtk_widget_set_visible (self->others_box, g_list_model_get_n_items (limber_banner_get_records (self->banner)) > 1);
  show_contact (self, row);
  show_referrals (self);
  show_conflicts (self);
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

/* Both forms keep what was typed there under their names. */
static gboolean
has_unsaved (const LimberWork *work, const char *form, const LimberId *patient)
{
  g_autoptr (LimberKeeping) keeping = limber_keeping_new (work->store, work->member, form, patient);
  gint64 at;
  g_autoptr (json_t) kept = limber_keeping_read (keeping, &at);

  return kept != NULL;
}

static void
show_person (LimberPersonPage *self, LimberStore *store, const LimberId *patient)
{
  g_autoptr (GtkSliceListModel) others = NULL;
  char today[LIMBER_DATE_LENGTH + 1];

  self->appointments = limber_live_query_new (store, "person-visits", "d", patient);
  limber_date_of_time (limber_env_now (limber_store_env (store)), today);
  self->referred = limber_live_query_new (store, "person-referrals", "dt", patient, today);
  self->conflicts = limber_live_query_new (store, "person-conflicts", "d", patient);
  limber_answers_box_show_person (self->answers, store, patient);
  g_signal_connect_object (self->appointments, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->referred, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->conflicts, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_no_selection_set_model (self->visits, G_LIST_MODEL (self->appointments));
  gtk_no_selection_set_model (self->referrals, G_LIST_MODEL (self->referred));
  show_unsaved (self);
  limber_banner_open (self->banner, store, patient);
  others = gtk_slice_list_model_new (g_object_ref (limber_banner_get_records (self->banner)), 1, LIMBER_MERGING_MOST); /* the first is the one that is shown */
  gtk_no_selection_set_model (self->others, G_LIST_MODEL (others));
}

/* Forgets whom it showed. */
static void
limber_person_page_close (LimberDeskPage *page)
{
  LimberPersonPage *self = LIMBER_PERSON_PAGE (page);
  LimberLiveQuery **queries[] = { &self->appointments, &self->referred, &self->conflicts };

  if (self->store == NULL)
    return;
  gtk_no_selection_set_model (self->visits, NULL);
  gtk_no_selection_set_model (self->others, NULL);
  gtk_no_selection_set_model (self->referrals, NULL);
  limber_answers_box_show_none (self->answers);
  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++) {
    g_signal_handlers_disconnect_by_func (*queries[i], update, self);
    g_clear_object (queries[i]);
  }
  g_clear_object (&self->day);
  g_clear_object (&self->store);
  limber_banner_close (self->banner);
  gtk_stack_set_visible_child_name (self->stack, "loading");
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
  self->has_edit = has_unsaved (work, "edit", &patient);
  self->has_refer = has_unsaved (work, "refer", &patient);
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

/* The record that is shown for her. */
static const LimberId *
limber_person_page_get_person (LimberDeskPage *page)
{
  return limber_banner_get_patient (LIMBER_PERSON_PAGE (page)->banner);
}

/* To another page that is about her. */
static void
go (LimberPersonPage *self, const char *page)
{
  LimberId patient;

  if (limber_banner_get_person (self->banner) == NULL)
    return;
  patient = *limber_banner_get_patient (self->banner);
  limber_desk_page_go (LIMBER_DESK_PAGE (self), page, &patient);
}

static void
edit (LimberPersonPage *self)
{
  go (self, "edit");
}

static void
refer (LimberPersonPage *self)
{
  go (self, "refer");
}

static void
show_history (LimberPersonPage *self)
{
  go (self, "history");
}

static void
limber_person_page_be_page (LimberDeskPageInterface *iface)
{
  iface->get_person = limber_person_page_get_person;
  iface->open = limber_person_page_open;
  iface->close = limber_person_page_close;
  iface->tick = limber_person_page_tick;
  iface->get_visit = limber_person_page_get_visit;
  iface->get_person = limber_person_page_get_person;
}

static void
limber_person_page_dispose (GObject *object)
{
  LimberPersonPage *self = LIMBER_PERSON_PAGE (object);

  if (self->box != NULL)
    limber_person_page_close (LIMBER_DESK_PAGE (self));
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (limber_person_page_parent_class)->dispose (object);
}

static void
limber_person_page_class_init (LimberPersonPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_person_page_dispose;
  g_type_ensure (LIMBER_TYPE_ANSWERS_BOX);
  g_type_ensure (LIMBER_TYPE_APPOINTMENT_ROW);
  g_type_ensure (LIMBER_TYPE_BANNER);
  g_type_ensure (LIMBER_TYPE_REFERRAL_ROW);
  g_type_ensure (LIMBER_TYPE_OTHER_RECORD_ROW);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-person-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, box);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, banner);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, tools);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, unsaved_edit);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, unsaved_refer);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, conflicts_box);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, conflicts_text);
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
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, referrals_box);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, referrals);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, kin);
  gtk_widget_class_bind_template_child (widget_class, LimberPersonPage, texts);
  gtk_widget_class_bind_template_callback (widget_class, choose_call_by);
  gtk_widget_class_bind_template_callback (widget_class, reveal_contact);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, edit);
  gtk_widget_class_bind_template_callback (widget_class, refer);
  gtk_widget_class_bind_template_callback (widget_class, show_history);
}

static void
limber_person_page_init (LimberPersonPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
