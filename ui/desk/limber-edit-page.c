/* What is typed is kept at each pause and comes back when the page is opened again by who typed it, whatever was between: another page, a
 * lock, another user, a crash. It goes with what saves it, or when she gives it up. */
#include "limber-edit-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "limber-banner.h"
#include "limber-json.h"
#include "limber-keeping.h"
#include "limber-person-form.h"

#define FORM "edit"

struct _LimberEditPage {
  GtkWidget         parent_instance;
  LimberDeeds      *deeds;    /* (owned) (nullable): %NULL while closed */
  LimberKeeping    *keeping;  /* (owned) (nullable) */
  gboolean          begun;    /* what is held stands in the form */
  gboolean          saving;
  GtkWidget        *box;
  LimberBanner     *banner;
  GtkStack         *stack;
  AdwStatusPage    *gone;
  LimberPersonForm *form;
  GtkWidget        *kept;
  GtkLabel         *kept_text;
  GtkLabel         *problem;
  GtkWidget        *save;
  GtkWidget        *give_up;
};

static void limber_edit_page_be_page (LimberDeskPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LimberEditPage, limber_edit_page, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (LIMBER_TYPE_DESK_PAGE, limber_edit_page_be_page))

static void
say_problem (LimberEditPage *self, const char *text)
{
  gtk_label_set_text (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

static void
update_buttons (LimberEditPage *self)
{
  gboolean changed = self->begun && limber_person_form_is_changed (self->form);

  gtk_widget_set_sensitive (self->save, changed && !self->saving);
  gtk_widget_set_sensitive (self->give_up, changed && !self->saving);
  if (!changed)
    gtk_widget_set_visible (self->kept, FALSE);
}

/* The whole form as it is kept, and as it is saved. (transfer full) */
static char *
write_form (LimberEditPage *self, gboolean back)
{
  g_autofree char *about = limber_id_dup_text (limber_banner_get_patient (self->banner));
  g_autoptr (json_t) json = json_pack ("{s:o}", "details", limber_person_form_dup_details (self->form, back));

  if (!back) {
    json_object_set_new (json, "kept", json_string (FORM));
    json_object_set_new (json, "about", json_string (about));
  }
  return limber_json_dup (json);
}

static void
typed (LimberEditPage *self)
{
  g_autofree char *text = limber_person_form_is_changed (self->form) ? write_form (self, FALSE) : NULL;

  if (!self->begun)
    return;
  limber_keeping_note (self->keeping, text);
  say_problem (self, NULL);
  update_buttons (self);
}

static void
tell_kept (LimberEditPage *self, gint64 at)
{
  g_autofree char *text = limber_keeping_words (at);

  gtk_label_set_text (self->kept_text, text);
  gtk_widget_set_visible (self->kept, TRUE);
}

static void
begin (LimberEditPage *self, LimberRow *person)
{
  gint64 at;
  g_autoptr (json_t) kept = limber_keeping_read (self->keeping, &at);

  limber_person_form_begin (self->form, person, kept);
  self->begun = TRUE;
  if (kept != NULL && limber_person_form_is_changed (self->form))
    tell_kept (self, at);
  limber_person_form_focus (self->form, limber_banner_is_revealed (self->banner) ? "mobile" : "family");
}

/* It is said where she looks, also when the detail is out of sight. */
static void
tell_clash (LimberEditPage *self)
{
  g_autofree char *names = limber_person_form_dup_clash (self->form), *text = NULL;

  if (names == NULL)
    return;
  /* Translators: %s is what some details of a person are called. */
  text = g_strdup_printf (_("Somebody else has just changed: %s. Look at that before you save."), names);
  say_problem (self, text);
}

/* She, or what is held of her, is another. */
static void
heard (LimberEditPage *self)
{
  LimberRow *person = limber_banner_get_person (self->banner);
  const GError *error = limber_banner_get_error (self->banner);

  if (self->deeds == NULL)
    return;
  if (person == NULL) {
    if (error != NULL)
      adw_status_page_set_description (self->gone, error->message);
    gtk_stack_set_visible_child_name (self->stack, limber_banner_is_loaded (self->banner) ? "gone" : "loading");
    return;
  }
  limber_person_form_show_contact (self->form, limber_banner_is_revealed (self->banner));
  gtk_stack_set_visible_child_name (self->stack, "form");
  if (!self->begun)
    begin (self, person);
  else
    limber_person_form_hear (self->form, person);
  tell_clash (self);
  update_buttons (self);
}

static void
save (LimberEditPage *self)
{
  g_autofree char *problem = NULL, *form = NULL, *back = NULL, *name = NULL;

  if (!self->begun || self->saving || !limber_person_form_is_changed (self->form))
    return;
  if (!limber_person_form_check (self->form, &problem)) {
    say_problem (self, problem);
    return;
  }
  form = write_form (self, FALSE);
  back = write_form (self, TRUE);
  name = limber_banner_dup_spoken (self->banner);
  limber_keeping_flush (self->keeping);
  self->saving = TRUE;
  update_buttons (self);
  limber_deeds_say (self->deeds, &(LimberActing){ .act = LIMBER_ACT_EDIT, .id = *limber_banner_get_patient (self->banner), .code = form, .before = back }, name);
}

/* What was refused still stands in the form, and is kept. */
static void
ended (LimberEditPage *self, int act, const LimberId *id, gboolean done)
{
  LimberId patient;

  if (act != LIMBER_ACT_EDIT || !self->saving || !limber_id_equal (id, limber_banner_get_patient (self->banner)))
    return;
  self->saving = FALSE;
  update_buttons (self);
  if (!done)
    return;
  patient = *id;
  limber_desk_page_go (LIMBER_DESK_PAGE (self), "person", &patient);
}

static void
failed (LimberEditPage *self, const LimberId *id, const char *text)
{
  if (limber_banner_get_patient (self->banner) != NULL && limber_id_equal (id, limber_banner_get_patient (self->banner)))
    say_problem (self, text);
}

static void
give_up (LimberEditPage *self)
{
  LimberRow *person = limber_banner_get_person (self->banner);

  if (person == NULL)
    return;
  limber_keeping_note (self->keeping, NULL);
  limber_keeping_flush (self->keeping);
  limber_person_form_begin (self->form, person, NULL);
  say_problem (self, NULL);
  update_buttons (self);
}

static gboolean
key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, LimberEditPage *self)
{
  LimberId patient;

  if (key != GDK_KEY_Escape || limber_banner_get_patient (self->banner) == NULL)
    return FALSE;
  patient = *limber_banner_get_patient (self->banner);
  limber_desk_page_go (LIMBER_DESK_PAGE (self), "person", &patient);
  return TRUE;
}

static void
limber_edit_page_close (LimberDeskPage *page)
{
  LimberEditPage *self = LIMBER_EDIT_PAGE (page);

  if (self->deeds == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->deeds, self);
  g_clear_object (&self->deeds);
  self->begun = self->saving = FALSE;
  g_clear_pointer (&self->keeping, limber_keeping_free);
  limber_banner_close (self->banner);
  limber_person_form_close (self->form);
  say_problem (self, NULL);
  gtk_widget_set_visible (self->kept, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "loading");
}

/* @about: her id. */
static gboolean
limber_edit_page_open (LimberDeskPage *page, const LimberWork *work, const char *about)
{
  LimberEditPage *self = LIMBER_EDIT_PAGE (page);
  LimberId patient;

  if (about == NULL || !limber_id_parse (&patient, about))
    return FALSE;
  if (self->deeds != NULL && limber_id_equal (&patient, limber_banner_get_patient (self->banner)))
    return FALSE; /* she is at it */
  limber_edit_page_close (page);
  self->deeds = g_object_ref (work->deeds);
  g_signal_connect_object (self->deeds, "ended", G_CALLBACK (ended), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->deeds, "failed", G_CALLBACK (failed), self, G_CONNECT_SWAPPED);
  self->keeping = limber_keeping_new (work->store, work->member, FORM, &patient);
  limber_person_form_open (self->form, work->store);
  limber_banner_open (self->banner, work->store, &patient);
  return TRUE;
}

static const LimberId *
limber_edit_page_get_person (LimberDeskPage *page)
{
  return limber_banner_get_patient (LIMBER_EDIT_PAGE (page)->banner);
}

static void
limber_edit_page_be_page (LimberDeskPageInterface *iface)
{
  iface->get_person = limber_edit_page_get_person;
  iface->open = limber_edit_page_open;
  iface->close = limber_edit_page_close;
}

static void
limber_edit_page_dispose (GObject *object)
{
  LimberEditPage *self = LIMBER_EDIT_PAGE (object);

  if (self->box != NULL) {
    limber_edit_page_close (LIMBER_DESK_PAGE (self));
    gtk_widget_unparent (g_steal_pointer (&self->box));
  }
  G_OBJECT_CLASS (limber_edit_page_parent_class)->dispose (object);
}

static void
limber_edit_page_class_init (LimberEditPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_edit_page_dispose;
  g_type_ensure (LIMBER_TYPE_BANNER);
  g_type_ensure (LIMBER_TYPE_PERSON_FORM);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-edit-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberEditPage, box);
  gtk_widget_class_bind_template_child (widget_class, LimberEditPage, banner);
  gtk_widget_class_bind_template_child (widget_class, LimberEditPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberEditPage, gone);
  gtk_widget_class_bind_template_child (widget_class, LimberEditPage, form);
  gtk_widget_class_bind_template_child (widget_class, LimberEditPage, kept);
  gtk_widget_class_bind_template_child (widget_class, LimberEditPage, kept_text);
  gtk_widget_class_bind_template_child (widget_class, LimberEditPage, problem);
  gtk_widget_class_bind_template_child (widget_class, LimberEditPage, save);
  gtk_widget_class_bind_template_child (widget_class, LimberEditPage, give_up);
  gtk_widget_class_bind_template_callback (widget_class, heard);
  gtk_widget_class_bind_template_callback (widget_class, typed);
  gtk_widget_class_bind_template_callback (widget_class, save);
  gtk_widget_class_bind_template_callback (widget_class, give_up);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed);
}

static void
limber_edit_page_init (LimberEditPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
