/* Whatever was typed or found is gone from here as soon as the page is closed. */
#include "limber-find-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-find.h"
#include "limber-found-row.h"
#include "limber-json.h"
#include "limber-person.h"

struct _LimberFindPage {
  GtkWidget           parent_instance;
  LimberStore        *store;   /* (owned) (nullable) */
  LimberFinding      *finding; /* (owned) (nullable) */
  GtkWidget          *box;
  GtkWidget          *number;
  GtkWidget          *family;
  GtkWidget          *given;
  GtkWidget          *born;
  GtkWidget          *phone;
  GtkDropDown        *reason;
  GtkWidget          *note;
  GtkStack           *stack;
  GtkWidget          *list;
  GtkSingleSelection *selection;
  GtkLabel           *found_title;
  AdwStatusPage      *refused;
};

static void limber_find_page_be_page (LimberDeskPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LimberFindPage, limber_find_page, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (LIMBER_TYPE_DESK_PAGE, limber_find_page_be_page))

/* In the order in which the page offers them. */
static const char *const reasons[] = { "walk-in", "telephone", "referral", "other" };

static void
set_text (GtkWidget *entry, const json_t *sought, const char *name)
{
  const char *text = limber_json_string (sought, name);

  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
}

static void
put (json_t *sought, const char *name, GtkWidget *entry)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  if (*text != '\0')
    json_object_set_new (sought, name, json_string (text));
}

/* A date as people type it; one that is none goes as it is, and is refused in words. */
static void
put_born (LimberFindPage *self, json_t *sought)
{
  char today[LIMBER_DATE_LENGTH + 1];
  g_autofree char *date = NULL;

  put (sought, "born", self->born);
  limber_date_of_time (limber_env_now (limber_store_env (self->store)), today);
  date = limber_date_parse_typed (gtk_editable_get_text (GTK_EDITABLE (self->born)), today);
  if (date != NULL)
    json_object_set_new (sought, "born", json_string (date));
}

static void
ask (LimberFindPage *self)
{
  g_autoptr (json_t) sought = json_object ();
  guint reason = gtk_drop_down_get_selected (self->reason);

  if (self->finding == NULL)
    return;
  put (sought, "nhs_number", self->number);
  put (sought, "family", self->family);
  put (sought, "given", self->given);
  put (sought, "phone", self->phone);
  put (sought, "note", self->note);
  put_born (self, sought);
  json_object_set_new (sought, "reason", json_string (reasons[MIN (reason, G_N_ELEMENTS (reasons) - 1)]));
  limber_finding_ask (self->finding, sought);
}

static const char *
page_of (LimberFindingState state)
{
  static const char *const pages[] = { "open", "asking", "found", "none", "too-many", "offline", "refused", "coming" };

  return pages[state];
}

static void
show_state (LimberFindPage *self)
{
  LimberFindingState state = limber_finding_get_state (self->finding);
  guint n = g_list_model_get_n_items (limber_finding_get_people (self->finding));
  g_autofree char *title = g_strdup_printf (ngettext ("One person matches. Make sure that it is she or he, then choose.", "%u people match. Make sure which it is, then choose.", n), n);
  const char *problem = limber_finding_get_problem (self->finding);
  g_autofree char *escaped = g_markup_escape_text (problem != NULL ? problem : "", -1);

  gtk_label_set_text (self->found_title, title);
  adw_status_page_set_description (self->refused, escaped);
  gtk_stack_set_visible_child_name (self->stack, page_of (state));
  if (state == LIMBER_FINDING_FOUND)
    gtk_widget_grab_focus (self->list);
  if (state == LIMBER_FINDING_COMING)
    gtk_widget_activate_action (GTK_WIDGET (self), "app.sync-now", NULL);
}

static void
arrived (LimberFindPage *self, const LimberId *patient)
{
  LimberId id = *patient;

  limber_desk_page_go (LIMBER_DESK_PAGE (self), "person", &id);
}

static void
chosen (LimberFindPage *self, guint position)
{
  g_autoptr (LimberFound) found = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (found != NULL && self->finding != NULL && limber_finding_get_state (self->finding) == LIMBER_FINDING_FOUND)
    limber_finding_choose (self->finding, found);
}

/* Nobody knows her, or nobody can be asked: what was typed is not typed again. */
static void
register_them (LimberFindPage *self)
{
  g_autoptr (json_t) sought = json_object ();
  g_autofree char *text = NULL, *target = NULL;

  if (self->finding == NULL)
    return;
  put (sought, "nhs_number", self->number);
  put (sought, "family", self->family);
  put (sought, "given", self->given);
  put (sought, "phone", self->phone);
  put_born (self, sought);
  text = limber_json_dup (sought);
  target = g_strconcat ("register:", text, NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), "desk.go", "s", target);
}

/* The first thing that is still to be said. */
static void
focus_first (LimberFindPage *self)
{
  GtkWidget *entries[] = { self->number, self->family, self->born };
  gboolean named = *gtk_editable_get_text (GTK_EDITABLE (self->family)) != '\0', numbered = *gtk_editable_get_text (GTK_EDITABLE (self->number)) != '\0';

  gtk_widget_grab_focus (numbered ? entries[0] : named ? entries[2] : entries[1]);
}

/* What is under way is given up first, or what was found put away; then the page. */
static gboolean
key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, LimberFindPage *self)
{
  if (key != GDK_KEY_Escape)
    return FALSE;
  if (self->finding == NULL || !limber_finding_cancel (self->finding))
    gtk_widget_activate_action (GTK_WIDGET (self), "desk.back", NULL);
  else
    focus_first (self);
  return TRUE;
}

static void
clear_entries (LimberFindPage *self)
{
  GtkWidget *entries[] = { self->number, self->family, self->given, self->born, self->phone, self->note };

  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    gtk_editable_set_text (GTK_EDITABLE (entries[i]), "");
  gtk_drop_down_set_selected (self->reason, 0);
}

/* Gives up what is asked, and forgets all of it. */
static void
limber_find_page_close (LimberDeskPage *page)
{
  LimberFindPage *self = LIMBER_FIND_PAGE (page);

  if (self->finding == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->finding, self);
  limber_finding_cancel (self->finding);
  gtk_single_selection_set_model (self->selection, NULL);
  clear_entries (self);
  g_clear_object (&self->finding);
  g_clear_object (&self->store);
}

/* @about: what was typed into the search, which is not typed again. */
static gboolean
limber_find_page_open (LimberDeskPage *page, const LimberWork *work, const char *about)
{
  LimberFindPage *self = LIMBER_FIND_PAGE (page);
  char today[LIMBER_DATE_LENGTH + 1];
  g_autoptr (json_t) sought = NULL;
  g_autofree char *born = NULL;

  if (self->finding != NULL)
    return FALSE;
  self->store = g_object_ref (work->store);
  self->finding = limber_finding_new (work->store, &work->asker, limber_staff_member_get_id (work->member));
  gtk_single_selection_set_model (self->selection, limber_finding_get_people (self->finding));
  g_signal_connect_object (self->finding, "changed", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->finding, "arrived", G_CALLBACK (arrived), self, G_CONNECT_SWAPPED);
  limber_date_of_time (limber_env_now (limber_store_env (work->store)), today);
  sought = limber_find_question_guess (about != NULL ? about : "", today);
  set_text (self->number, sought, "nhs_number");
  set_text (self->family, sought, "family");
  set_text (self->given, sought, "given");
  set_text (self->phone, sought, "phone");
  if (limber_json_string (sought, "born") != NULL)
    born = limber_date_for_staff (limber_json_string (sought, "born"));
  gtk_editable_set_text (GTK_EDITABLE (self->born), born != NULL ? born : "");
  show_state (self);
  focus_first (self);
  return TRUE;
}

static void
limber_find_page_be_page (LimberDeskPageInterface *iface)
{
  iface->open = limber_find_page_open;
  iface->close = limber_find_page_close;
}

static void
limber_find_page_dispose (GObject *object)
{
  LimberFindPage *self = LIMBER_FIND_PAGE (object);

  if (self->box != NULL)
    limber_find_page_close (LIMBER_DESK_PAGE (self));
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (limber_find_page_parent_class)->dispose (object);
}

static void
limber_find_page_class_init (LimberFindPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_find_page_dispose;
  g_type_ensure (LIMBER_TYPE_FOUND_ROW);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-find-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberFindPage, box);
  gtk_widget_class_bind_template_child (widget_class, LimberFindPage, number);
  gtk_widget_class_bind_template_child (widget_class, LimberFindPage, family);
  gtk_widget_class_bind_template_child (widget_class, LimberFindPage, given);
  gtk_widget_class_bind_template_child (widget_class, LimberFindPage, born);
  gtk_widget_class_bind_template_child (widget_class, LimberFindPage, phone);
  gtk_widget_class_bind_template_child (widget_class, LimberFindPage, reason);
  gtk_widget_class_bind_template_child (widget_class, LimberFindPage, note);
  gtk_widget_class_bind_template_child (widget_class, LimberFindPage, refused);
  gtk_widget_class_bind_template_child (widget_class, LimberFindPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberFindPage, list);
  gtk_widget_class_bind_template_child (widget_class, LimberFindPage, selection);
  gtk_widget_class_bind_template_child (widget_class, LimberFindPage, found_title);
  gtk_widget_class_bind_template_callback (widget_class, ask);
  gtk_widget_class_bind_template_callback (widget_class, chosen);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, register_them);
}

static void
limber_find_page_init (LimberFindPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
