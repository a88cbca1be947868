/* Whoever is very like somebody here is registered only when staff press twice: the first time they are told to look. What is typed is kept,
 * as on the page of somebody's details (limber-edit-page.c). */
#include "limber-register-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-find.h"
#include "limber-found-row.h"
#include "limber-found.h"
#include "limber-json.h"
#include "limber-keeping.h"
#include "limber-likely.h"
#include "limber-person-form.h"
#include "limber-person.h"

#define FORM "register"

struct _LimberRegisterPage {
  GtkWidget           parent_instance;
  LimberStore        *store;    /* (owned) (nullable): %NULL while closed */
  LimberDeeds        *deeds;    /* (owned) (nullable) */
  LimberKeeping      *keeping;  /* (owned) (nullable) */
  LimberLikely       *likely;   /* (owned) (nullable) */
  char               *about;    /* (owned) (nullable): what she came with */
  LimberId            id;       /* drawn for whoever is being registered */
  gboolean            saving;
  gboolean            waiting;  /* Register was pressed before it was known who is alike */
  gboolean            looked;   /* staff were told who is alike */
  GtkWidget          *box;
  LimberPersonForm   *form;
  GtkWidget          *kept;
  GtkLabel           *kept_text;
  GtkStack           *stack;
  GtkWidget          *list;
  GtkSingleSelection *selection;
  GtkLabel           *problem;
  GtkWidget          *open;
  GtkWidget          *save;
};

static void limber_register_page_be_page (LimberDeskPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LimberRegisterPage, limber_register_page, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (LIMBER_TYPE_DESK_PAGE, limber_register_page_be_page))

static void
say_problem (LimberRegisterPage *self, const char *text)
{
  gtk_label_set_text (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

/* Those who may be her */

static void save (LimberRegisterPage *self);

static void
look (LimberRegisterPage *self)
{
  g_autofree char *family = limber_person_form_dup_value (self->form, "family"), *given = limber_person_form_dup_value (self->form, "given"), *born = limber_person_form_dup_value (self->form, "born");
  g_autofree char *number = limber_person_form_dup_value (self->form, "nhs_number"), *mobile = limber_person_form_dup_value (self->form, "mobile"), *phone = limber_person_form_dup_value (self->form, "phone");
  g_autofree char *postcode = limber_person_form_dup_value (self->form, "postcode");

  limber_likely_look (self->likely, &(LimberPerson){ family, given, born, number, mobile != NULL ? mobile : phone, postcode });
}

static void
show_likely (LimberRegisterPage *self)
{
  gboolean some = g_list_model_get_n_items (limber_likely_get_people (self->likely)) > 0;

  gtk_stack_set_visible_child_name (self->stack, some ? "some" : "none");
  gtk_widget_set_sensitive (self->open, some);
  if (!self->waiting || limber_likely_is_looking (self->likely))
    return;
  self->waiting = FALSE;
  save (self);
}

static void
open_at (LimberRegisterPage *self, guint position)
{
  g_autoptr (LimberFound) found = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  LimberId patient;

  if (found == NULL)
    return;
  patient = *limber_found_get_patient (found);
  limber_desk_page_go (LIMBER_DESK_PAGE (self), "person", &patient);
}

static void
open_marked (LimberRegisterPage *self)
{
  open_at (self, gtk_single_selection_get_selected (self->selection));
}

/* Typing */

static char *
write_form (LimberRegisterPage *self)
{
  g_autoptr (json_t) json = json_pack ("{s:s, s:o}", "kept", FORM, "details", limber_person_form_dup_details (self->form, FALSE));

  return limber_json_dup (json);
}

static void
typed (LimberRegisterPage *self)
{
  g_autofree char *text = NULL;

  if (self->store == NULL)
    return;
  text = limber_person_form_is_changed (self->form) ? write_form (self) : NULL;
  limber_keeping_note (self->keeping, text);
  self->looked = self->waiting = FALSE;
  say_problem (self, NULL);
  look (self);
}

static void
tell_kept (LimberRegisterPage *self, gint64 at)
{
  g_autofree char *text = limber_keeping_words (at);

  gtk_label_set_text (self->kept_text, text);
  gtk_widget_set_visible (self->kept, TRUE);
}

/* What she came with: a search, or what central was asked. */
static void
take_along (LimberRegisterPage *self)
{
  static const char *const fields[][2] = { { "family", "family" }, { "given", "given" }, { "born", "born" }, { "nhs_number", "nhs_number" }, { "phone", "phone" } };
  const char *about = self->about != NULL ? self->about : "";
  char today[LIMBER_DATE_LENGTH + 1];
  g_autoptr (json_t) known = NULL;

  limber_date_of_time (limber_env_now (limber_store_env (self->store)), today);
  known = *about == '{' ? limber_json_parse (about, strlen (about), NULL) : limber_find_question_guess (about, today);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++) {
    const char *text = limber_json_string (known, fields[i][0]), *digits = text != NULL ? text : "";
    gboolean mobile = g_str_equal (fields[i][0], "phone") && (g_str_has_prefix (digits, "07") || g_str_has_prefix (digits, "+447"));
    g_autofree char *date = NULL;

    if (text == NULL)
      continue;
    if (g_str_equal (fields[i][0], "born") && limber_date_is_valid (text))
      date = limber_date_for_staff (text);
    limber_person_form_type (self->form, mobile ? "mobile" : fields[i][1], date != NULL ? date : text);
  }
}

static void
begin (LimberRegisterPage *self)
{
  gint64 at;
  g_autoptr (json_t) kept = limber_keeping_read (self->keeping, &at);

  limber_id_init_new (&self->id, limber_store_env (self->store));
  limber_person_form_begin (self->form, NULL, kept);
  if (kept != NULL)
    tell_kept (self, at);
  else
    take_along (self);
  look (self);
  limber_person_form_focus (self->form, "family");
}

/* What was typed before is put away, and what she came with now stands there. */
static void
start_afresh (LimberRegisterPage *self)
{
  limber_keeping_note (self->keeping, NULL);
  limber_keeping_flush (self->keeping);
  gtk_widget_set_visible (self->kept, FALSE);
  begin (self);
}

/* Saving */

static gboolean
has_all (LimberRegisterPage *self)
{
  static const char *const needed[] = { "family", "born" };

  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++) {
    g_autofree char *value = limber_person_form_dup_value (self->form, needed[i]);

    if (value != NULL)
      continue;
    say_problem (self, i == 0 ? _("Ask for the surname.") : _("Ask for the date of birth."));
    limber_person_form_focus (self->form, needed[i]);
    return FALSE;
  }
  return TRUE;
}

static void
save (LimberRegisterPage *self)
{
  g_autofree char *problem = NULL, *form = NULL, *name = NULL, *family = NULL, *given = NULL;

  if (self->saving)
    return;
  if (!limber_person_form_check (self->form, &problem)) {
    say_problem (self, problem);
    return;
  }
  if (!has_all (self))
    return;
  self->waiting = limber_likely_is_looking (self->likely);
  if (self->waiting)
    return;
  if (!self->looked && limber_likely_get_best (self->likely) >= LIMBER_LIKENESS_LIKELY) {
    self->looked = TRUE;
    say_problem (self, _("Somebody very much like this is here already: look at the list. If it is somebody else, press Register again."));
    gtk_widget_grab_focus (self->list);
    return;
  }
  form = write_form (self);
  family = limber_person_form_dup_typed (self->form, "family");
  given = limber_person_form_dup_typed (self->form, "given");
  name = limber_person_spoken (given, family);
  limber_keeping_flush (self->keeping);
  self->saving = TRUE;
  gtk_widget_set_sensitive (self->save, FALSE);
  limber_deeds_say (self->deeds, &(LimberActing){ .act = LIMBER_ACT_REGISTER, .id = self->id, .code = form }, name);
}

static void
ended (LimberRegisterPage *self, int act, const LimberId *id, gboolean done)
{
  LimberId patient = *id;

  if (act != LIMBER_ACT_REGISTER || !limber_id_equal (id, &self->id))
    return;
  self->saving = FALSE;
  gtk_widget_set_sensitive (self->save, TRUE);
  if (done)
    limber_desk_page_go (LIMBER_DESK_PAGE (self), "person", &patient);
}

static void
failed (LimberRegisterPage *self, const LimberId *id, const char *text)
{
  if (limber_id_equal (id, &self->id))
    say_problem (self, text);
}

static gboolean
key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, LimberRegisterPage *self)
{
  if (key != GDK_KEY_Escape)
    return FALSE;
  gtk_widget_activate_action (GTK_WIDGET (self), "desk.back", NULL);
  return TRUE;
}

static void
limber_register_page_close (LimberDeskPage *page)
{
  LimberRegisterPage *self = LIMBER_REGISTER_PAGE (page);

  if (self->store == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->deeds, self);
  g_signal_handlers_disconnect_by_data (self->likely, self);
  g_clear_object (&self->deeds);
  g_clear_object (&self->store);
  g_clear_pointer (&self->keeping, limber_keeping_free);
  gtk_single_selection_set_model (self->selection, NULL);
  limber_likely_stop (self->likely);
  g_clear_object (&self->likely);
  g_clear_pointer (&self->about, g_free);
  limber_person_form_close (self->form);
  self->saving = self->looked = self->waiting = FALSE;
  gtk_widget_set_sensitive (self->save, TRUE);
  say_problem (self, NULL);
  gtk_widget_set_visible (self->kept, FALSE);
}

static gboolean
limber_register_page_open (LimberDeskPage *page, const LimberWork *work, const char *about)
{
  LimberRegisterPage *self = LIMBER_REGISTER_PAGE (page);

  if (self->store != NULL)
    return FALSE; /* she is at it */
  self->store = g_object_ref (work->store);
  self->deeds = g_object_ref (work->deeds);
  g_signal_connect_object (self->deeds, "ended", G_CALLBACK (ended), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->deeds, "failed", G_CALLBACK (failed), self, G_CONNECT_SWAPPED);
  self->keeping = limber_keeping_new (work->store, work->member, FORM, NULL);
  self->likely = limber_likely_new (work->store);
  g_signal_connect_object (self->likely, "changed", G_CALLBACK (show_likely), self, G_CONNECT_SWAPPED);
  gtk_single_selection_set_model (self->selection, limber_likely_get_people (self->likely));
  self->about = g_strdup (about);
  limber_person_form_open (self->form, work->store);
  begin (self);
  show_likely (self);
  return TRUE;
}

static void
limber_register_page_be_page (LimberDeskPageInterface *iface)
{
  iface->open = limber_register_page_open;
  iface->close = limber_register_page_close;
}

static void
limber_register_page_dispose (GObject *object)
{
  LimberRegisterPage *self = LIMBER_REGISTER_PAGE (object);

  if (self->box != NULL) {
    limber_register_page_close (LIMBER_DESK_PAGE (self));
    gtk_widget_unparent (g_steal_pointer (&self->box));
  }
  G_OBJECT_CLASS (limber_register_page_parent_class)->dispose (object);
}

static void
limber_register_page_class_init (LimberRegisterPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_register_page_dispose;
  g_type_ensure (LIMBER_TYPE_FOUND_ROW);
  g_type_ensure (LIMBER_TYPE_PERSON_FORM);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-register-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberRegisterPage, box);
  gtk_widget_class_bind_template_child (widget_class, LimberRegisterPage, form);
  gtk_widget_class_bind_template_child (widget_class, LimberRegisterPage, kept);
  gtk_widget_class_bind_template_child (widget_class, LimberRegisterPage, kept_text);
  gtk_widget_class_bind_template_child (widget_class, LimberRegisterPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberRegisterPage, list);
  gtk_widget_class_bind_template_child (widget_class, LimberRegisterPage, selection);
  gtk_widget_class_bind_template_child (widget_class, LimberRegisterPage, problem);
  gtk_widget_class_bind_template_child (widget_class, LimberRegisterPage, open);
  gtk_widget_class_bind_template_child (widget_class, LimberRegisterPage, save);
  gtk_widget_class_bind_template_callback (widget_class, typed);
  gtk_widget_class_bind_template_callback (widget_class, save);
  gtk_widget_class_bind_template_callback (widget_class, open_at);
  gtk_widget_class_bind_template_callback (widget_class, open_marked);
  gtk_widget_class_bind_template_callback (widget_class, start_afresh);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed);
}

static void
limber_register_page_init (LimberRegisterPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
