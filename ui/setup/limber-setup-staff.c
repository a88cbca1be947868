/* The form is for somebody new, or for whoever is chosen. A PIN is typed twice by whose it is, or made here and
 * shown once; it is forgotten as soon as the form is left. */
#include "limber-setup-staff.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "limber-list-form.h"
#include "limber-live-query.h"
#include "limber-person.h"
#include "limber-pin.h"

struct _LimberSetupStaff {
  GtkWidget              parent_instance;
  const LimberSetupWork *work;        /* (unowned) (nullable) */
  LimberLiveQuery       *staff;       /* (owned) (nullable) */
  LimberRow             *chosen;      /* (owned) (nullable): the one in the form; none: somebody new */
  gboolean               giving;      /* a PIN is written now */
  char                  *shown;       /* (owned) (nullable): the PIN that was made, until it is left */
  LimberListForm        *form;
  GtkEntry              *number;
  GtkEntry              *family;
  GtkEntry              *given;
  GtkDropDown           *role;
  GtkEntry              *trained;
  GtkButton             *left;
  GtkWidget             *pin_box;
  GtkLabel              *pin_title;
  GtkPasswordEntry      *own;
  GtkPasswordEntry      *pin;
  GtkPasswordEntry      *again;
  GtkWidget             *set_pin;
  GtkWidget             *make_pin;
  GtkLabel              *made;
};

enum {
  CHANGE,
  SAID,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberSetupStaff, limber_setup_staff, GTK_TYPE_WIDGET)

static const char *const *
roles (void)
{
  const LimberKind *kind = limber_kind_by_name ("staff");

  return kind->fields[limber_kind_field (kind, "role")].choices;
}

static void
forget_pin (LimberSetupStaff *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->own), "");
  gtk_editable_set_text (GTK_EDITABLE (self->pin), "");
  gtk_editable_set_text (GTK_EDITABLE (self->again), "");
  gtk_label_set_text (self->made, "");
  gtk_widget_set_visible (GTK_WIDGET (self->made), FALSE);
  if (self->shown != NULL)
    sodium_memzero (self->shown, strlen (self->shown));
  g_clear_pointer (&self->shown, g_free);
}

static char *
name_of (LimberRow *member)
{
  return limber_person_spoken (limber_row_text (member, "given"), limber_row_text (member, "family"));
}

static gboolean
is_self (LimberSetupStaff *self, LimberRow *member)
{
  g_autofree char *id = limber_id_dup_text (limber_row_id (member, "id"));

  return g_strcmp0 (id, self->work->author.author) == 0;
}

static void
show_state (LimberSetupStaff *self)
{
  gboolean left = self->chosen != NULL && limber_row_integer (self->chosen, "left") != 0, own = self->chosen != NULL && is_self (self, self->chosen);

  gtk_button_set_label (self->left, left ? _("Has come back") : _("Has left"));
  gtk_widget_set_visible (GTK_WIDGET (self->left), self->chosen != NULL && !own);
  gtk_widget_set_sensitive (GTK_WIDGET (self->role), !own);
  gtk_widget_set_visible (self->pin_box, self->chosen != NULL && !left);
  gtk_label_set_text (self->pin_title, self->chosen != NULL && limber_row_integer (self->chosen, "has_pin") != 0 ? _("A new PIN") : _("A PIN, to sign in with"));
}

/* (transfer full): what she is trained in, between semicolons */
static char *
trained_of (LimberRow *member)
{
  const LimberKind *kind = limber_kind_by_name ("staff");
  LimberValue value = { .type = LIMBER_VALUE_TEXT, .text = (char *) limber_row_text (member, "trained") };

  return value.text != NULL ? limber_field_to_text (&kind->fields[limber_kind_field (kind, "trained")], &value) : g_strdup ("");
}

/* @member: (nullable): whose the form is from now on; none: somebody new's */
static void
fill_form (LimberSetupStaff *self, LimberRow *member)
{
  g_autofree char *name = member != NULL ? name_of (member) : NULL, *trained = member != NULL ? trained_of (member) : NULL;
  const char *const *words = roles ();
  guint role = 0;

  g_set_object (&self->chosen, member);
  limber_list_form_show (self->form, name != NULL ? name : _("Somebody new"), member == NULL);
  limber_list_form_set_text (self->number, member != NULL ? limber_row_text (member, "number") : NULL);
  limber_list_form_set_text (self->family, member != NULL ? limber_row_text (member, "family") : NULL);
  limber_list_form_set_text (self->given, member != NULL ? limber_row_text (member, "given") : NULL);
  limber_list_form_set_text (self->trained, trained);
  for (guint i = 0; member != NULL && words[i] != NULL; i++)
    if (g_strcmp0 (words[i], limber_row_text (member, "role")) == 0)
      role = i;
  gtk_drop_down_set_selected (self->role, role);
  gtk_editable_set_editable (GTK_EDITABLE (self->number), member == NULL);
  forget_pin (self);
  if (self->work != NULL)
    show_state (self);
}

static void
cancel (LimberSetupStaff *self)
{
  fill_form (self, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->number));
}

static void
change (LimberSetupStaff *self, gpointer what)
{
  g_signal_emit (self, signals[CHANGE], 0, what);
}

/* Whoever was chosen stays in the form: her PIN may come next. */
static void
saved (LimberSetupStaff *self)
{
  if (self->chosen == NULL)
    fill_form (self, NULL);
}

/* Of whoever is new, what stands there when that is taken back is the same. */
static gboolean
add (LimberSetupStaff *self, LimberSetUp *change, const char *field, const char *value, GError **error)
{
  g_autofree char *trained = self->chosen != NULL && g_str_equal (field, "trained") ? trained_of (self->chosen) : NULL;

  return limber_set_up_add (change, field, value, trained != NULL ? trained : self->chosen != NULL ? limber_row_text (self->chosen, field) : value, error);
}

static void
save (LimberSetupStaff *self)
{
  g_autofree char *number = limber_list_form_text_in (self->number), *family = limber_list_form_text_in (self->family), *given = limber_list_form_text_in (self->given), *trained = limber_list_form_text_in (self->trained), *name = NULL;
  const LimberIdentity *identity = self->work != NULL ? limber_store_identity (self->work->store) : NULL;
  g_autoptr (LimberSetUp) what = NULL;
  g_autoptr (GError) error = NULL;

  if (identity == NULL)
    return;
  if (*number == '\0' || *family == '\0' || *given == '\0') {
    limber_list_form_say_wrong (self->form, _("Staff have a number, a family name and a given name."));
    return;
  }
  what = self->chosen != NULL ? limber_set_up_new ("staff", limber_row_id (self->chosen, "id"))
                                : limber_set_up_new_staff (&identity->organisation, number, identity->has_site ? &identity->site : NULL);
  if (!add (self, what, "family", family, &error) || !add (self, what, "given", given, &error) || !add (self, what, "role", roles ()[gtk_drop_down_get_selected (self->role)], &error) ||
      !add (self, what, "trained", trained, &error)) {
    limber_list_form_say_wrong (self->form, error->message);
    return;
  }
  name = limber_person_spoken (given, family);
  /* Translators: %s is a name. */
  limber_list_form_send (self->form, what, self->chosen != NULL ? _("Saved: %s") : _("%s is added. Choose the name in the list to give a PIN"), name);
}

static void
left_pressed (LimberSetupStaff *self)
{
  gboolean left = limber_row_integer (self->chosen, "left") != 0;
  g_autoptr (LimberSetUp) what = limber_set_up_new ("staff", limber_row_id (self->chosen, "id"));
  g_autofree char *name = name_of (self->chosen), *words = g_strdup_printf (left ? _("%s is back") : _("%s has left and cannot sign in any more"), name);

  limber_set_up_add (what, "left", left ? "" : "yes", left ? "yes" : limber_row_has (self->chosen, "left") ? "no" : "", NULL);
  limber_set_up_say (what, words);
  change (self, what);
}

/* PINs */

typedef struct {
  LimberSetupStaff *page; /* (owned) (nullable): while she who gives it is asked for her own */
  LimberId id;
  char    *pin;    /* (owned) */
  char    *author; /* (owned) */
  char    *role;   /* (owned) */
} Giving;

static void
giving_free (Giving *giving)
{
  g_clear_object (&giving->page);
  sodium_memzero (giving->pin, strlen (giving->pin));
  g_free (giving->pin);
  g_free (giving->author);
  g_free (giving->role);
  g_free (giving);
}

static gboolean
give (LimberTransaction *transaction, gpointer data, GError **error)
{
  const Giving *giving = data;

  return limber_pin_set (transaction, &giving->id, giving->pin, &(LimberAuthor){ giving->author, giving->role }, error);
}

static void
on_given (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberSetupStaff) self = data;
  const Giving *giving = limber_store_write_data (result);
  g_autoptr (GError) error = NULL;
  gboolean given = limber_store_write_finish (LIMBER_STORE (source), result, &error), here = self->chosen != NULL && limber_id_equal (limber_row_id (self->chosen, "id"), &giving->id);
  g_autofree char *name = here ? name_of (self->chosen) : NULL, *words = NULL;

  self->giving = FALSE;
  if (self->work == NULL || !here)
    return;
  if (!given) {
    forget_pin (self);
    limber_list_form_say_wrong (self->form, error->message);
    return;
  }
  if (self->shown != NULL) {
    /* Translators: %s is a PIN. */
    words = g_strdup_printf (_("%s  ·  Shown this once: write it down for its owner."), self->shown);
    gtk_label_set_text (self->made, words);
    gtk_widget_set_visible (GTK_WIDGET (self->made), TRUE);
  } else
    forget_pin (self);
  g_free (words);
  /* Translators: %s is a name. */
  words = g_strdup_printf (_("%s has a new PIN"), name);
  g_signal_emit (self, signals[SAID], 0, words);
}

/* Nobody gives PINs at a screen that somebody else left open. */
static void
on_verified (GObject *source, GAsyncResult *result, gpointer data)
{
  Giving *giving = data;
  g_autoptr (LimberSetupStaff) self = g_steal_pointer (&giving->page);
  g_autoptr (GError) error = NULL;
  gboolean good = limber_pin_verify_finish (LIMBER_STORE (source), result, &error), here = self->work != NULL && self->chosen != NULL && limber_id_equal (limber_row_id (self->chosen, "id"), &giving->id);

  if (good && here) {
    limber_store_write_async (self->work->store, give, giving, (GDestroyNotify) giving_free, NULL, on_given, g_object_ref (self));
    return;
  }
  self->giving = FALSE;
  if (here) {
    g_autofree char *words = g_strdup_printf (_("Your own PIN: %s Nothing was changed."), error->message);

    forget_pin (self);
    limber_list_form_say_wrong (self->form, words);
    gtk_widget_grab_focus (GTK_WIDGET (self->own));
  }
  giving_free (giving);
}

static void
write_pin (LimberSetupStaff *self, const char *own, const char *pin)
{
  Giving *giving;
  LimberId manager;

  if (self->work == NULL || self->chosen == NULL || self->giving || !limber_id_parse (&manager, self->work->author.author))
    return;
  giving = g_new0 (Giving, 1);
  giving->page = g_object_ref (self);
  giving->id = *limber_row_id (self->chosen, "id");
  giving->pin = g_strdup (pin);
  giving->author = g_strdup (self->work->author.author);
  giving->role = g_strdup (self->work->author.role);
  limber_list_form_say_wrong (self->form, NULL);
  self->giving = TRUE;
  limber_pin_verify_async (self->work->store, &manager, own, NULL, on_verified, giving);
}

/* (transfer full) (nullable): what she who gives a PIN says is her own; it is asked for when it is missing */
static char *
take_own (LimberSetupStaff *self)
{
  g_autofree char *own = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->own)));

  if (*own != '\0')
    return g_steal_pointer (&own);
  limber_list_form_say_wrong (self->form, _("Type your own PIN too, so that nobody gives PINs in your name."));
  gtk_widget_grab_focus (GTK_WIDGET (self->own));
  return NULL;
}

static void
forget (char *pin)
{
  sodium_memzero (pin, strlen (pin));
  g_free (pin);
}

static void
set_pin (LimberSetupStaff *self)
{
  const char *pin = gtk_editable_get_text (GTK_EDITABLE (self->pin)), *again = gtk_editable_get_text (GTK_EDITABLE (self->again));
  g_autoptr (GError) error = NULL;

  if (!limber_pin_check (pin, &error))
    limber_list_form_say_wrong (self->form, error->message);
  else if (!g_str_equal (pin, again))
    limber_list_form_say_wrong (self->form, _("The two PINs are not the same. Type it again."));
  else {
    char *own = take_own (self), *typed = g_strdup (pin);

    if (own != NULL) {
      forget_pin (self);
      write_pin (self, own, typed);
      forget (own);
    }
    forget (typed);
  }
}

static void
make_pin (LimberSetupStaff *self)
{
  char *own = self->giving ? NULL : take_own (self);

  if (own == NULL)
    return;
  forget_pin (self);
  self->shown = limber_pin_make (limber_store_env (self->work->store));
  write_pin (self, own, self->shown);
  forget (own);
}

/* The list */

static void
change_pressed (gpointer data, LimberRow *member)
{
  LimberSetupStaff *self = data;

  fill_form (self, member);
  gtk_widget_grab_focus (GTK_WIDGET (self->family));
}

static char *
state_of (LimberRow *member)
{
  const char *role = limber_person_role (limber_row_text (member, "role"));

  if (limber_row_integer (member, "left") != 0)
    return g_strdup_printf ("%s · %s", role, _("has left"));
  return g_strdup_printf ("%s · %s · %s", limber_row_text (member, "number"), role, limber_row_integer (member, "has_pin") != 0 ? _("can sign in") : _("no PIN yet"));
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  g_autofree char *name = name_of (item), *state = state_of (item);
  /* Translators: %s is a name. */
  g_autofree char *spoken = g_strdup_printf (_("Change %s"), name);
  GtkWidget *row = limber_list_form_make_row (name, state);

  limber_list_form_add_button (row, item, _("Change…"), spoken, change_pressed, data);
  return row;
}

/* Whoever is in the form is as she is now; what is typed there already stays. */
static void
staff_changed (LimberSetupStaff *self)
{
  for (guint i = 0; self->chosen != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->staff)); i++) {
    g_autoptr (LimberRow) member = g_list_model_get_item (G_LIST_MODEL (self->staff), i);

    if (limber_id_equal (limber_row_id (member, "id"), limber_row_id (self->chosen, "id"))) {
      g_set_object (&self->chosen, member);
      show_state (self);
      return;
    }
  }
}

/**
 * limber_setup_staff_start:
 * @work: whose work it is; stays where it is until the page is stopped
 */
void
limber_setup_staff_start (LimberSetupStaff *self, const LimberSetupWork *work)
{
  const LimberIdentity *identity = limber_store_identity (work->store);

  self->work = work;
  self->staff = limber_live_query_new (work->store, "staff-at-site", "d", identity->has_site ? &identity->site : NULL);
  limber_list_form_start (self->form, G_LIST_MODEL (self->staff), make_row, self);
  g_signal_connect_object (self->staff, "items-changed", G_CALLBACK (staff_changed), self, G_CONNECT_SWAPPED);
  fill_form (self, NULL);
}

/**
 * limber_setup_staff_stop:
 *
 * Ends it; what stood in the form is forgotten.
 */
void
limber_setup_staff_stop (LimberSetupStaff *self)
{
  if (self->work == NULL)
    return;
  g_signal_handlers_disconnect_by_func (self->staff, staff_changed, self);
  limber_list_form_stop (self->form);
  g_clear_object (&self->staff);
  self->work = NULL;
  fill_form (self, NULL);
}

/**
 * limber_setup_staff_settle:
 * @about: of a change that was written or refused
 * @wrong: (nullable): why it was refused
 */
void
limber_setup_staff_settle (LimberSetupStaff *self, const LimberId *about, const char *wrong)
{
  limber_list_form_settle (self->form, about, wrong);
}

static void
limber_setup_staff_dispose (GObject *object)
{
  LimberSetupStaff *self = LIMBER_SETUP_STAFF (object);

  limber_setup_staff_stop (self);
  g_clear_object (&self->chosen);
  for (GtkWidget *child; (child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL;)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (limber_setup_staff_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LimberSetupStaff, form);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupStaff, number);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupStaff, family);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupStaff, given);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupStaff, role);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupStaff, trained);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupStaff, left);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupStaff, pin_box);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupStaff, pin_title);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupStaff, own);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupStaff, pin);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupStaff, again);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupStaff, set_pin);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupStaff, make_pin);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupStaff, made);
}

static void
limber_setup_staff_class_init (LimberSetupStaffClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_setup_staff_dispose;
  signals[CHANGE] = g_signal_new ("change", LIMBER_TYPE_SETUP_STAFF, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SAID] = g_signal_new ("said", LIMBER_TYPE_SETUP_STAFF, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (LIMBER_TYPE_LIST_FORM);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/setup/limber-setup-staff.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, save);
  gtk_widget_class_bind_template_callback (widget_class, cancel);
  gtk_widget_class_bind_template_callback (widget_class, saved);
  gtk_widget_class_bind_template_callback (widget_class, change);
  gtk_widget_class_bind_template_callback (widget_class, left_pressed);
  gtk_widget_class_bind_template_callback (widget_class, set_pin);
  gtk_widget_class_bind_template_callback (widget_class, make_pin);
}

static void
limber_setup_staff_init (LimberSetupStaff *self)
{
  GtkStringList *words;

  gtk_widget_init_template (GTK_WIDGET (self));
  words = gtk_string_list_new (NULL);
  for (guint i = 0; roles ()[i] != NULL; i++)
    gtk_string_list_append (words, limber_person_role (roles ()[i]));
  gtk_drop_down_set_model (self->role, G_LIST_MODEL (words));
  g_object_unref (words);
}
