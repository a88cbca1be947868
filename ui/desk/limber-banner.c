#include "limber-banner.h"

#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-live-query.h"
#include "limber-namesake.h"
#include "limber-person.h"

struct _LimberBanner {
  GtkWidget        parent_instance;
  LimberStore     *store;    /* (owned) (nullable): %NULL while closed */
  LimberId         patient;
  gboolean         revealed; /* whether what is restricted is shown, until another page */
  gboolean         to_person;
  gboolean         with_contact;
  LimberLiveQuery *person;   /* (owned) (nullable) */
  LimberLiveQuery *records;  /* (owned) (nullable): all that are hers */
  LimberLiveQuery *here;     /* (owned) (nullable): a row when she is here for a visit only */
  LimberLiveQuery *besides;  /* (owned) (nullable): who else is expected here today */
  LimberRow       *row;      /* (owned) (nullable): of the person, while somebody is there */
  GtkWidget       *box;
  GtkWidget       *back;
  GtkLabel        *name;
  GtkLabel        *preferred;
  GtkLabel        *born;
  GtkLabel        *sex;
  GtkLabel        *number;
  GtkLabel        *numbers;
  GtkWidget       *withdrawn;
  GtkWidget       *died;
  GtkWidget       *see_desk;
  GtkWidget       *restricted;
  GtkWidget       *needs_box;
  GtkLabel        *needs;
  GtkWidget       *visiting;
  GtkWidget       *namesakes_box;
  GtkLabel        *namesakes;
  GtkWidget       *contact_line;
  GtkToggleButton *open_contact;
  GtkLabel        *contact_short;
  GtkWidget       *contact;
  GtkWidget       *reveal_box;
  GtkLabel        *contact_text;
};

enum {
  PROP_0,
  PROP_TO_PERSON,
  PROP_WITH_CONTACT,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

enum {
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberBanner, limber_banner, GTK_TYPE_WIDGET)

static void
today_of (LimberBanner *self, char today[LIMBER_DATE_LENGTH + 1])
{
  limber_date_of_time (limber_env_now (limber_store_env (self->store)), today);
}

/* Who she is */

static void
show_optional (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
show_identity (LimberBanner *self)
{
  char today[LIMBER_DATE_LENGTH + 1];
  const char *likes = limber_row_text (self->row, "preferred");
  g_autofree char *name = limber_person_name (limber_row_text (self->row, "family"), limber_row_text (self->row, "given"), limber_row_text (self->row, "title"));
  g_autofree char *number = limber_person_nhs_words (limber_row_text (self->row, "nhs_number"), limber_row_text (self->row, "nhs_status"), limber_row_text (self->row, "nhs_typed"));
  /* Translators: %s is the name that somebody likes to be called by. */
  g_autofree char *preferred = likes != NULL && *likes != '\0' ? g_strdup_printf (_("Likes to be called %s"), likes) : NULL, *born = NULL;

  today_of (self, today);
  born = limber_person_born (limber_row_text (self->row, "born"), limber_row_text (self->row, "died"), today);
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->born, born);
  gtk_label_set_text (self->sex, limber_person_sex (limber_row_text (self->row, "sex")));
  gtk_label_set_text (self->number, number);
  show_optional (self->preferred, preferred);
}

/* "Harrow P0000123 · Acute 00456": what each provider calls her. */
static void
show_numbers (LimberBanner *self)
{
  g_autoptr (GString) numbers = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->records)); i++) {
    g_autoptr (LimberRow) row = g_list_model_get_item (G_LIST_MODEL (self->records), i);
    g_autofree char *number = limber_person_number (limber_row_text (row, "provider"), limber_row_text (row, "organisation"), limber_row_text (row, "number"));

    if (number != NULL)
      g_string_append_printf (numbers, "%s%s", numbers->len > 0 ? " · " : "", number);
  }
  show_optional (self->numbers, numbers->str);
}

/* What must be known first */

static char *
words_of_namesakes (LimberBanner *self)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_auto (LimberNamesake) own;

  limber_namesake_init (&own, limber_row_text (self->row, "family"), limber_row_text (self->row, "given"), limber_row_text (self->row, "born"));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->besides)); i++) {
    g_autoptr (LimberRow) other = g_list_model_get_item (G_LIST_MODEL (self->besides), i);
    g_auto (LimberNamesake) namesake;
    g_autofree char *time = limber_time_for_staff (limber_row_integer (other, "start")), *born = limber_date_for_staff (limber_row_text (other, "born"));

    limber_namesake_init (&namesake, limber_row_text (other, "family"), limber_row_text (other, "given"), limber_row_text (other, "born"));
    if (!limber_namesake_equal (&own, &namesake))
      continue;
    if (words->len > 0)
      g_string_append_c (words, '\n');
    /* Translators: a time and a date of birth. */
    g_string_append_printf (words, _("Somebody else with the same name is expected here today at %s, born %s. Check the date of birth."), time, born);
  }
  return g_strdup (words->str);
}

static void
show_alerts (LimberBanner *self)
{
  g_autofree char *needs = limber_person_needs (limber_row_text (self->row, "needs"), limber_row_text (self->row, "language")), *namesakes = words_of_namesakes (self);

  gtk_widget_set_visible (self->withdrawn, limber_row_integer (self->row, "withdrawn") != 0);
  gtk_widget_set_visible (self->died, limber_row_has (self->row, "died"));
  gtk_widget_set_visible (self->see_desk, limber_row_integer (self->row, "see_desk") != 0);
  gtk_widget_set_visible (self->restricted, limber_row_integer (self->row, "restricted") != 0);
  gtk_widget_set_visible (self->needs_box, needs != NULL);
  gtk_label_set_text (self->needs, needs != NULL ? needs : "");
  gtk_widget_set_visible (self->namesakes_box, *namesakes != '\0');
  gtk_label_set_text (self->namesakes, namesakes);
  gtk_widget_set_visible (self->visiting, g_list_model_get_n_items (G_LIST_MODEL (self->here)) > 0);
}

/* How she is reached */

static void
show_contact (LimberBanner *self)
{
  gboolean hidden = limber_row_integer (self->row, "restricted") != 0 && !self->revealed;
  const char *mobile = limber_row_text (self->row, "mobile"), *phone = limber_row_text (self->row, "phone"), *postcode = limber_row_text (self->row, "postcode"), *email = limber_row_text (self->row, "email");
  g_autofree char *first = limber_person_phone (mobile != NULL ? mobile : phone), *phones = limber_person_phones (mobile, phone), *address = limber_person_address (limber_row_text (self->row, "address"), postcode);
  g_autoptr (GString) brief = g_string_new (hidden ? _("Address and telephone are restricted") : first), whole = g_string_new (phones);

  if (!hidden && postcode != NULL)
    g_string_append_printf (brief, "%s%s", brief->len > 0 ? "  ·  " : "", postcode);
  if (brief->len == 0)
    g_string_append (brief, _("Neither address nor telephone recorded"));
  if (email != NULL)
    g_string_append_printf (whole, "%s%s", whole->len > 0 ? "\n" : "", email);
  if (*address != '\0')
    g_string_append_printf (whole, "%s%s", whole->len > 0 ? "\n" : "", address);
  gtk_label_set_text (self->contact_short, brief->str);
  gtk_label_set_text (self->contact_text, hidden ? "" : whole->len > 0 ? whole->str : _("Not recorded"));
  gtk_widget_set_visible (self->reveal_box, hidden);
  gtk_widget_set_visible (GTK_WIDGET (self->contact_text), !hidden);
  gtk_widget_set_visible (self->contact, gtk_toggle_button_get_active (self->open_contact));
}

static void
update (LimberBanner *self)
{
  g_clear_object (&self->row);
  if (self->person != NULL)
    self->row = g_list_model_get_item (G_LIST_MODEL (self->person), 0);
  gtk_widget_set_visible (self->contact_line, self->row != NULL && self->with_contact);
  if (self->row != NULL) {
    self->patient = *limber_row_id (self->row, "id");
    show_identity (self);
    show_numbers (self);
    show_alerts (self);
    show_contact (self);
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
toggle_contact (LimberBanner *self)
{
  if (self->row != NULL)
    show_contact (self);
}

static void
reveal (LimberBanner *self)
{
  self->revealed = TRUE;
  update (self);
}

static void
go_back (LimberBanner *self)
{
  g_autofree char *id = limber_id_dup_text (&self->patient), *target = g_strconcat ("person:", id, NULL);

  if (self->to_person && self->row != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "desk.go", "s", target);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "desk.back", NULL);
}

/* An appointment of the last 90 days makes her this site's, as it does for the node (app/store/limber-scope.c). */
static LimberLiveQuery *
watch_visit (LimberBanner *self)
{
  const LimberIdentity *identity = limber_store_identity (self->store);
  char today[LIMBER_DATE_LENGTH + 1];
  g_autofree char *back = NULL;
  gint64 from, end;

  today_of (self, today);
  back = limber_date_add_days (today, -90);
  limber_date_bounds (back, &from, &end);
  return limber_live_query_new (self->store, "here-until", "ddti", &self->patient, identity->has_site ? &identity->site : NULL, today, from);
}

static LimberLiveQuery *
watch_besides (LimberBanner *self)
{
  const LimberIdentity *identity = limber_store_identity (self->store);
  char today[LIMBER_DATE_LENGTH + 1];
  gint64 start, end;

  today_of (self, today);
  limber_date_bounds (today, &start, &end);
  return limber_live_query_new (self->store, "expected-besides", "ddii", &self->patient, identity->has_site ? &identity->site : NULL, start, end - 1);
}

/**
 * limber_banner_open:
 * @patient: any of her records
 */
void
limber_banner_open (LimberBanner *banner, LimberStore *store, const LimberId *patient)
{
  LimberLiveQuery **queries[] = { &banner->person, &banner->records, &banner->here, &banner->besides };

  limber_banner_close (banner);
  banner->store = g_object_ref (store);
  banner->patient = *patient;
  banner->person = limber_live_query_new (store, "person", "d", patient);
  banner->records = limber_live_query_new (store, "person-records", "d", patient);
  banner->here = watch_visit (banner);
  banner->besides = watch_besides (banner);
  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    g_signal_connect_object (*queries[i], "items-changed", G_CALLBACK (update), banner, G_CONNECT_SWAPPED);
  g_signal_connect_object (banner->person, "notify::loaded", G_CALLBACK (update), banner, G_CONNECT_SWAPPED);
  update (banner);
}

/**
 * limber_banner_close:
 *
 * Forgets whom it showed.
 */
void
limber_banner_close (LimberBanner *banner)
{
  LimberLiveQuery **queries[] = { &banner->person, &banner->records, &banner->here, &banner->besides };
  GtkLabel *labels[] = { banner->name, banner->born, banner->sex, banner->number, banner->numbers, banner->preferred, banner->needs, banner->namesakes, banner->contact_short, banner->contact_text };
  GtkWidget *alerts[] = { banner->withdrawn, banner->died, banner->see_desk, banner->restricted, banner->needs_box, banner->namesakes_box, banner->visiting, banner->contact_line, banner->contact };

  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++) {
    if (*queries[i] != NULL)
      g_signal_handlers_disconnect_by_func (*queries[i], update, banner);
    g_clear_object (queries[i]);
  }
  g_clear_object (&banner->row);
  g_clear_object (&banner->store);
  banner->revealed = FALSE;
  if (banner->box == NULL)
    return;
  gtk_toggle_button_set_active (banner->open_contact, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    gtk_label_set_text (labels[i], "");
  for (gsize i = 0; i < G_N_ELEMENTS (alerts); i++)
    gtk_widget_set_visible (alerts[i], FALSE);
}

/**
 * limber_banner_get_person:
 *
 * Returns: (transfer none) (nullable): a row of the query "person"; %NULL while nobody is there
 */
LimberRow *
limber_banner_get_person (LimberBanner *banner)
{
  return banner->row;
}

/**
 * limber_banner_get_records:
 *
 * Returns: (transfer none) (nullable): rows of the query "person-records"
 */
GListModel *
limber_banner_get_records (LimberBanner *banner)
{
  return G_LIST_MODEL (banner->records);
}

/**
 * limber_banner_is_loaded:
 *
 * Returns: whether it has been looked whether she is here
 */
gboolean
limber_banner_is_loaded (LimberBanner *banner)
{
  return banner->person != NULL && limber_live_query_is_loaded (banner->person);
}

/**
 * limber_banner_get_error:
 *
 * Returns: (transfer none) (nullable): why it could not be looked
 */
const GError *
limber_banner_get_error (LimberBanner *banner)
{
  return banner->person != NULL ? limber_live_query_get_error (banner->person) : NULL;
}

/**
 * limber_banner_get_patient:
 *
 * Returns: (transfer none) (nullable): whose it is: the record that is shown; %NULL while closed
 */
const LimberId *
limber_banner_get_patient (LimberBanner *banner)
{
  return banner->store != NULL ? &banner->patient : NULL;
}

/**
 * limber_banner_dup_spoken:
 *
 * Returns: (transfer full): her name, as one says it; "" while nobody is there
 */
char *
limber_banner_dup_spoken (LimberBanner *banner)
{
  return banner->row != NULL ? limber_person_spoken (limber_row_text (banner->row, "given"), limber_row_text (banner->row, "family")) : g_strdup ("");
}

/**
 * limber_banner_is_revealed:
 *
 * Returns: whether what is restricted may be shown on this page
 */
gboolean
limber_banner_is_revealed (LimberBanner *banner)
{
  return banner->revealed || banner->row == NULL || limber_row_integer (banner->row, "restricted") == 0;
}

static void
limber_banner_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LimberBanner *self = LIMBER_BANNER (object);

  if (id == PROP_WITH_CONTACT) {
    self->with_contact = g_value_get_boolean (value);
    return;
  }
  self->to_person = g_value_get_boolean (value);
  gtk_widget_set_tooltip_text (self->back, self->to_person ? _("Back to the person (Esc)") : _("Back to today’s list (Esc)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->back), GTK_ACCESSIBLE_PROPERTY_LABEL, self->to_person ? _("Back to the person") : _("Back to today"), -1);
}

static void
limber_banner_dispose (GObject *object)
{
  LimberBanner *self = LIMBER_BANNER (object);

  if (self->box != NULL) {
    limber_banner_close (self);
    gtk_widget_unparent (g_steal_pointer (&self->box));
  }
  G_OBJECT_CLASS (limber_banner_parent_class)->dispose (object);
}

static void
limber_banner_class_init (LimberBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_banner_dispose;
  G_OBJECT_CLASS (klass)->set_property = limber_banner_set_property;
  props[PROP_TO_PERSON] = g_param_spec_boolean ("to-person", NULL, NULL, FALSE, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_WITH_CONTACT] = g_param_spec_boolean ("with-contact", NULL, NULL, TRUE, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  signals[CHANGED] = g_signal_new ("changed", LIMBER_TYPE_BANNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberBanner, box);
  gtk_widget_class_bind_template_child (widget_class, LimberBanner, back);
  gtk_widget_class_bind_template_child (widget_class, LimberBanner, name);
  gtk_widget_class_bind_template_child (widget_class, LimberBanner, preferred);
  gtk_widget_class_bind_template_child (widget_class, LimberBanner, born);
  gtk_widget_class_bind_template_child (widget_class, LimberBanner, sex);
  gtk_widget_class_bind_template_child (widget_class, LimberBanner, number);
  gtk_widget_class_bind_template_child (widget_class, LimberBanner, numbers);
  gtk_widget_class_bind_template_child (widget_class, LimberBanner, withdrawn);
  gtk_widget_class_bind_template_child (widget_class, LimberBanner, died);
  gtk_widget_class_bind_template_child (widget_class, LimberBanner, see_desk);
  gtk_widget_class_bind_template_child (widget_class, LimberBanner, restricted);
  gtk_widget_class_bind_template_child (widget_class, LimberBanner, needs_box);
  gtk_widget_class_bind_template_child (widget_class, LimberBanner, needs);
  gtk_widget_class_bind_template_child (widget_class, LimberBanner, visiting);
  gtk_widget_class_bind_template_child (widget_class, LimberBanner, namesakes_box);
  gtk_widget_class_bind_template_child (widget_class, LimberBanner, namesakes);
  gtk_widget_class_bind_template_child (widget_class, LimberBanner, contact_line);
  gtk_widget_class_bind_template_child (widget_class, LimberBanner, open_contact);
  gtk_widget_class_bind_template_child (widget_class, LimberBanner, contact_short);
  gtk_widget_class_bind_template_child (widget_class, LimberBanner, contact);
  gtk_widget_class_bind_template_child (widget_class, LimberBanner, reveal_box);
  gtk_widget_class_bind_template_child (widget_class, LimberBanner, contact_text);
  gtk_widget_class_bind_template_callback (widget_class, go_back);
  gtk_widget_class_bind_template_callback (widget_class, toggle_contact);
  gtk_widget_class_bind_template_callback (widget_class, reveal);
}

static void
limber_banner_init (LimberBanner *self)
{
  self->with_contact = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}
