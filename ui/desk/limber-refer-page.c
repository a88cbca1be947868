/* Only what the caller says is asked for and kept: nothing here judges it. What is typed is kept, as on the page of somebody's details
 * (limber-edit-page.c). */
#include "limber-refer-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "limber-act-form.h"
#include "limber-banner.h"
#include "limber-contact.h"
#include "limber-json.h"
#include "limber-keeping.h"
#include "limber-person.h"

#define FORM "refer"
#define PARTS_A_LINE 3

struct _LimberReferPage {
  GtkWidget      parent_instance;
  LimberDeeds   *deeds;    /* (owned) (nullable): %NULL while closed */
  LimberEnv     *env;      /* (owned) (nullable) */
  LimberKeeping *keeping;  /* (owned) (nullable) */
  LimberId       id;       /* drawn for the referral */
  gboolean       updating; /* what changes is not changed by a person */
  gboolean       saving;
  GPtrArray     *parts;    /* (owned) (element-type GtkCheckButton): in the order of limber_referring_parts() */
  GtkWidget     *box;
  LimberBanner  *banner;
  GtkStack      *stack;
  AdwStatusPage *gone;
  GtkWidget     *kept;
  GtkLabel      *kept_text;
  GtkDropDown   *caller_is;
  GtkWidget     *caller_box;
  GtkWidget     *caller;
  GtkTextView   *words;
  GtkGrid       *parts_grid;
  GtkDropDown   *side;
  GtkWidget     *since;
  GtkWidget     *callback;
  GtkLabel      *callback_hint;
  GtkWidget     *times;
  GtkWidget     *agreed;
  GtkLabel      *problem;
  GtkWidget     *save;
};

static void limber_refer_page_be_page (LimberDeskPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LimberReferPage, limber_refer_page, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (LIMBER_TYPE_DESK_PAGE, limber_refer_page_be_page))

/* In the order in which the page offers them. */
static const char *const sides[] = { "", "left", "right", "both" };

static void
say_problem (LimberReferPage *self, const char *text)
{
  gtk_label_set_text (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

static char *
dup_words (LimberReferPage *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->words);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static const char *
caller_of (LimberReferPage *self)
{
  guint chosen = gtk_drop_down_get_selected (self->caller_is);
  const char *const *codes = limber_referring_callers ();

  return chosen < g_strv_length ((char **) codes) ? codes[chosen] : codes[0];
}

static char *
dup_parts (LimberReferPage *self)
{
  g_autoptr (GString) parts = g_string_new (NULL);

  for (guint i = 0; i < self->parts->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (self->parts, i)))
      g_string_append_printf (parts, "%s%s", parts->len > 0 ? ";" : "", limber_referring_parts ()[i]);
  return g_strdup (parts->str);
}

static void
put (json_t *json, const char *name, const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_new (json, name, json_string (text));
}

/* The whole form as it is kept, and as it is saved. (transfer full) */
static json_t *
write_form (LimberReferPage *self)
{
  g_autofree char *about = limber_id_dup_text (limber_banner_get_patient (self->banner)), *words = dup_words (self), *parts = dup_parts (self);
  json_t *json = json_pack ("{s:s, s:s, s:s}", "kept", FORM, "about", about, "caller_is", caller_of (self));

  put (json, "words", words);
  put (json, "parts", parts);
  put (json, "side", sides[MIN (gtk_drop_down_get_selected (self->side), G_N_ELEMENTS (sides) - 1)]);
  put (json, "caller", g_str_equal (caller_of (self), "self") ? NULL : gtk_editable_get_text (GTK_EDITABLE (self->caller)));
  put (json, "since", gtk_editable_get_text (GTK_EDITABLE (self->since)));
  put (json, "callback", gtk_editable_get_text (GTK_EDITABLE (self->callback)));
  put (json, "times", gtk_editable_get_text (GTK_EDITABLE (self->times)));
  put (json, "agreed", gtk_check_button_get_active (GTK_CHECK_BUTTON (self->agreed)) ? "yes" : NULL);
  return json;
}

static gboolean
is_empty (LimberReferPage *self)
{
  g_autoptr (json_t) json = write_form (self);

  return json_object_size (json) == 3; /* what it is, whom it is about, and who calls, which is always chosen */
}

/* The number is checked as it is typed; where none is said, it is the one that is held. */
static void
update (LimberReferPage *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->callback));
  LimberRow *person = limber_banner_get_person (self->banner);
  const char *mobile = person != NULL ? limber_row_text (person, "mobile") : NULL, *phone = person != NULL ? limber_row_text (person, "phone") : NULL;
  g_autofree char *held = limber_person_phone (mobile != NULL ? mobile : phone), *read = *typed != '\0' ? limber_contact_phone (typed, NULL) : NULL, *text = NULL;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_visible (self->caller_box, !g_str_equal (caller_of (self), "self"));
  if (*typed != '\0' && read == NULL && limber_contact_phone (typed, &error) == NULL)
    text = g_strdup (error->message);
  else if (*typed == '\0' && *held != '\0' && limber_banner_is_revealed (self->banner))
    /* Translators: %s is the telephone number that is held of somebody. */
    text = g_strdup_printf (_("Nothing here means %s, the number that is held."), held);
  gtk_label_set_text (self->callback_hint, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->callback_hint), text != NULL);
  gtk_widget_set_sensitive (self->save, !self->saving);
}

static void
typed (LimberReferPage *self)
{
  g_autoptr (json_t) json = NULL;
  g_autofree char *text = NULL;

  if (self->updating || self->deeds == NULL)
    return;
  json = write_form (self);
  text = is_empty (self) ? NULL : limber_json_dup (json);
  limber_keeping_note (self->keeping, text);
  say_problem (self, NULL);
  update (self);
}

static void
set_entry (GtkWidget *entry, const json_t *kept, const char *name)
{
  const char *text = limber_json_string (kept, name);

  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
}

static guint
place_of (const char *const *codes, guint n, const char *code)
{
  for (guint i = 0; code != NULL && i < n; i++)
    if (g_str_equal (codes[i], code))
      return i;
  return 0;
}

/* @kept: (nullable): what was typed before */
static void
fill (LimberReferPage *self, const json_t *kept)
{
  const char *words = limber_json_string (kept, "words"), *parts = limber_json_string (kept, "parts");
  g_auto (GStrv) list = g_strsplit (parts != NULL ? parts : "", ";", -1);
  const char *const *callers = limber_referring_callers ();

  self->updating = TRUE;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->words), words != NULL ? words : "", -1);
  set_entry (self->caller, kept, "caller");
  set_entry (self->since, kept, "since");
  set_entry (self->callback, kept, "callback");
  set_entry (self->times, kept, "times");
  gtk_drop_down_set_selected (self->caller_is, place_of (callers, g_strv_length ((char **) callers), limber_json_string (kept, "caller_is")));
  gtk_drop_down_set_selected (self->side, place_of (sides, G_N_ELEMENTS (sides), limber_json_string (kept, "side")));
  for (guint i = 0; i < self->parts->len; i++)
    gtk_check_button_set_active (g_ptr_array_index (self->parts, i), g_strv_contains ((const char *const *) list, limber_referring_parts ()[i]));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->agreed), limber_json_string (kept, "agreed") != NULL);
  self->updating = FALSE;
}

static void
tell_kept (LimberReferPage *self, gint64 at)
{
  g_autofree char *text = limber_keeping_words (at);

  gtk_label_set_text (self->kept_text, text);
  gtk_widget_set_visible (self->kept, TRUE);
}

static void
begin (LimberReferPage *self)
{
  gint64 at;
  g_autoptr (json_t) kept = limber_keeping_read (self->keeping, &at);

  limber_id_init_new (&self->id, self->env);
  fill (self, kept);
  gtk_widget_set_visible (self->kept, FALSE);
  if (kept != NULL)
    tell_kept (self, at);
}

static void
start_afresh (LimberReferPage *self)
{
  limber_keeping_note (self->keeping, NULL);
  limber_keeping_flush (self->keeping);
  begin (self);
  update (self);
}

static void
heard (LimberReferPage *self)
{
  const GError *error = limber_banner_get_error (self->banner);

  if (self->deeds == NULL)
    return;
  if (limber_banner_get_person (self->banner) == NULL) {
    if (error != NULL)
      adw_status_page_set_description (self->gone, error->message);
    gtk_stack_set_visible_child_name (self->stack, limber_banner_is_loaded (self->banner) ? "gone" : "loading");
    return;
  }
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "form") != 0) {
    gtk_stack_set_visible_child_name (self->stack, "form");
    gtk_widget_grab_focus (GTK_WIDGET (self->words));
  }
  update (self);
}

static void
save (LimberReferPage *self)
{
  g_autoptr (json_t) json = NULL;
  g_autofree char *form = NULL, *name = limber_banner_dup_spoken (self->banner);
  g_autoptr (GError) error = NULL;
  LimberReferringCall call;

  if (self->saving || limber_banner_get_person (self->banner) == NULL)
    return;
  json = write_form (self);
  limber_act_form_read_call (json, &call);
  if (!limber_referring_check (&call, limber_banner_get_person (self->banner), &error)) {
    say_problem (self, error->message);
    return;
  }
  form = limber_json_dup (json);
  limber_keeping_flush (self->keeping);
  self->saving = TRUE;
  update (self);
  limber_deeds_say (self->deeds, &(LimberActing){ .act = LIMBER_ACT_REFER, .id = self->id, .code = form, .before = _("Taken back at the desk") }, name);
}

static void
go_to_person (LimberReferPage *self)
{
  LimberId patient;

  if (limber_banner_get_patient (self->banner) == NULL)
    return;
  patient = *limber_banner_get_patient (self->banner);
  limber_desk_page_go (LIMBER_DESK_PAGE (self), "person", &patient);
}

static void
ended (LimberReferPage *self, int act, const LimberId *id, gboolean done)
{
  if (act != LIMBER_ACT_REFER || !limber_id_equal (id, &self->id))
    return;
  self->saving = FALSE;
  if (done)
    go_to_person (self);
  else
    update (self);
}

static void
failed (LimberReferPage *self, const LimberId *id, const char *text)
{
  if (limber_id_equal (id, &self->id))
    say_problem (self, text);
}

static gboolean
key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, LimberReferPage *self)
{
  if (key != GDK_KEY_Escape)
    return FALSE;
  go_to_person (self);
  return TRUE;
}

static void
limber_refer_page_close (LimberDeskPage *page)
{
  LimberReferPage *self = LIMBER_REFER_PAGE (page);

  if (self->deeds == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->deeds, self);
  g_clear_object (&self->deeds);
  g_clear_pointer (&self->keeping, limber_keeping_free);
  g_clear_pointer (&self->env, limber_env_unref);
  self->saving = FALSE;
  limber_banner_close (self->banner);
  fill (self, NULL);
  say_problem (self, NULL);
  gtk_widget_set_visible (self->kept, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "loading");
}

/* What is offered comes from where it is declared. */
static void
offer (LimberReferPage *self)
{
  const char *const *parts = limber_referring_parts (), *const *callers = limber_referring_callers ();
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  for (guint i = 0; callers[i] != NULL; i++)
    gtk_string_list_append (words, limber_referring_caller (callers[i]));
  gtk_drop_down_set_model (self->caller_is, G_LIST_MODEL (words));
  for (guint i = 0; parts[i] != NULL; i++) {
    GtkWidget *box = gtk_check_button_new_with_label (limber_referring_part (parts[i]));

    gtk_grid_attach (self->parts_grid, box, (int) i % PARTS_A_LINE, (int) i / PARTS_A_LINE, 1, 1);
    g_signal_connect_object (box, "toggled", G_CALLBACK (typed), self, G_CONNECT_SWAPPED);
    g_ptr_array_add (self->parts, box);
  }
}

/* @about: her id. */
static gboolean
limber_refer_page_open (LimberDeskPage *page, const LimberWork *work, const char *about)
{
  LimberReferPage *self = LIMBER_REFER_PAGE (page);
  LimberId patient;

  if (about == NULL || !limber_id_parse (&patient, about))
    return FALSE;
  if (self->deeds != NULL && limber_id_equal (&patient, limber_banner_get_patient (self->banner)))
    return FALSE; /* she is at it */
  limber_refer_page_close (page);
  self->deeds = g_object_ref (work->deeds);
  self->env = limber_env_ref (limber_store_env (work->store));
  g_signal_connect_object (self->deeds, "ended", G_CALLBACK (ended), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->deeds, "failed", G_CALLBACK (failed), self, G_CONNECT_SWAPPED);
  self->keeping = limber_keeping_new (work->store, work->member, FORM, &patient);
  begin (self);
  limber_banner_open (self->banner, work->store, &patient);
  return TRUE;
}

static const LimberId *
limber_refer_page_get_person (LimberDeskPage *page)
{
  return limber_banner_get_patient (LIMBER_REFER_PAGE (page)->banner);
}

static void
limber_refer_page_be_page (LimberDeskPageInterface *iface)
{
  iface->get_person = limber_refer_page_get_person;
  iface->open = limber_refer_page_open;
  iface->close = limber_refer_page_close;
}

static void
limber_refer_page_dispose (GObject *object)
{
  LimberReferPage *self = LIMBER_REFER_PAGE (object);

  if (self->box != NULL) {
    limber_refer_page_close (LIMBER_DESK_PAGE (self));
    g_ptr_array_set_size (self->parts, 0);
    gtk_widget_unparent (g_steal_pointer (&self->box));
  }
  G_OBJECT_CLASS (limber_refer_page_parent_class)->dispose (object);
}

static void
limber_refer_page_finalize (GObject *object)
{
  g_ptr_array_unref (LIMBER_REFER_PAGE (object)->parts);
  G_OBJECT_CLASS (limber_refer_page_parent_class)->finalize (object);
}

static void
limber_refer_page_class_init (LimberReferPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_refer_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = limber_refer_page_finalize;
  g_type_ensure (LIMBER_TYPE_BANNER);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-refer-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberReferPage, box);
  gtk_widget_class_bind_template_child (widget_class, LimberReferPage, banner);
  gtk_widget_class_bind_template_child (widget_class, LimberReferPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberReferPage, gone);
  gtk_widget_class_bind_template_child (widget_class, LimberReferPage, kept);
  gtk_widget_class_bind_template_child (widget_class, LimberReferPage, kept_text);
  gtk_widget_class_bind_template_child (widget_class, LimberReferPage, caller_is);
  gtk_widget_class_bind_template_child (widget_class, LimberReferPage, caller_box);
  gtk_widget_class_bind_template_child (widget_class, LimberReferPage, caller);
  gtk_widget_class_bind_template_child (widget_class, LimberReferPage, words);
  gtk_widget_class_bind_template_child (widget_class, LimberReferPage, parts_grid);
  gtk_widget_class_bind_template_child (widget_class, LimberReferPage, side);
  gtk_widget_class_bind_template_child (widget_class, LimberReferPage, since);
  gtk_widget_class_bind_template_child (widget_class, LimberReferPage, callback);
  gtk_widget_class_bind_template_child (widget_class, LimberReferPage, callback_hint);
  gtk_widget_class_bind_template_child (widget_class, LimberReferPage, times);
  gtk_widget_class_bind_template_child (widget_class, LimberReferPage, agreed);
  gtk_widget_class_bind_template_child (widget_class, LimberReferPage, problem);
  gtk_widget_class_bind_template_child (widget_class, LimberReferPage, save);
  gtk_widget_class_bind_template_callback (widget_class, heard);
  gtk_widget_class_bind_template_callback (widget_class, typed);
  gtk_widget_class_bind_template_callback (widget_class, save);
  gtk_widget_class_bind_template_callback (widget_class, start_afresh);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed);
}

static void
limber_refer_page_init (LimberReferPage *self)
{
  self->parts = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  offer (self);
  g_signal_connect_object (gtk_text_view_get_buffer (self->words), "changed", G_CALLBACK (typed), self, G_CONNECT_SWAPPED);
  gtk_text_buffer_set_enable_undo (gtk_text_view_get_buffer (self->words), FALSE);
}
