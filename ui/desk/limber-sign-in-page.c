/* A PIN is never kept here: it goes to the check and out of the entry. What the check says, wrong or too soon, is shown as
 * it is said, and the person stays chosen. */
#include "limber-sign-in-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-live-query.h"
#include "limber-newcomer-page.h"
#include "limber-sign-in.h"
#include "limber-staff-row.h"
#include "limber-text.h"
#include "limber-word.h"

#define BULLET 0x25cf

struct _LimberSignInPage {
  GtkWidget           parent_instance;
  LimberStore        *store;       /* (owned) (nullable) */
  LimberLiveQuery    *rows;        /* (owned) (nullable) */
  LimberShifts       *shifts;      /* (owned) (nullable): whose work is open here */
  LimberStaffMember  *member;      /* (owned) (nullable): who was chosen */
  LimberSignInNeeds   needs;       /* what she needs besides her PIN */
  gboolean            elsewhere;   /* staff of other sites are listed */
  GCancellable       *cancellable; /* (owned) (nullable): of the check that is under way */
  GtkCustomFilter    *by_name;     /* (owned) */
  GtkFilterListModel *found;       /* (owned) */
  char               *looked_for;  /* (owned): folded */
  GtkWidget          *box;
  AdwWindowTitle     *title;
  GtkStack           *stack;
  GtkLabel           *command;
  AdwStatusPage      *error;
  GtkWidget          *filter;
  GtkWidget          *staff_box;
  GtkWidget          *staff;
  GtkSingleSelection *selection;
  GtkWidget          *none_called_so;
  GtkLabel           *name;
  GtkWidget          *locked_text;
  GtkWidget          *pin;
  GtkLabel           *wrong;
  GtkWidget          *digits;
  GtkWidget          *sign_in;
  GtkLabel           *list_title;
  GtkLabel           *news;
  GtkButton          *other_list;
  GtkWidget          *why;
  GtkEditable        *reason;
  GtkBox             *whose_word;
  GtkLabel           *out_of_touch;
  LimberWord         *word;     /* (nullable): once somebody needed one */
  LimberNewcomerPage *newcomer; /* (nullable): once somebody was one */
};

enum {
  SIGNED_IN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberSignInPage, limber_sign_in_page, GTK_TYPE_WIDGET)

static gboolean
is_called_so (gpointer item, gpointer data)
{
  LimberSignInPage *self = data;
  g_autofree char *name = limber_text_fold (limber_staff_member_get_name (item));
  g_auto (GStrv) words = NULL;

  if (self->looked_for == NULL || *self->looked_for == '\0')
    return TRUE;
  words = g_strsplit (self->looked_for, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (name, words[i]) == NULL)
      return FALSE;
  return TRUE;
}

static gpointer
make_member (gpointer row, gpointer data)
{
  LimberSignInPage *self = data;
  LimberStaffMember *member = limber_staff_member_new (row);

  limber_staff_member_set_waiting (member, self->shifts != NULL && limber_shifts_has (self->shifts, limber_staff_member_get_id (member)));
  g_object_unref (row);
  return member;
}

static void
filter_changed (LimberSignInPage *self)
{
  g_free (self->looked_for);
  self->looked_for = limber_text_fold (gtk_editable_get_text (GTK_EDITABLE (self->filter)));
  gtk_filter_changed (GTK_FILTER (self->by_name), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
found_changed (LimberSignInPage *self)
{
  gtk_widget_set_visible (self->none_called_so, g_list_model_get_n_items (G_LIST_MODEL (self->found)) == 0);
  gtk_widget_set_visible (self->staff_box, g_list_model_get_n_items (G_LIST_MODEL (self->found)) > 0);
}

static void
show_who (LimberSignInPage *self)
{
  const GError *error = limber_live_query_get_error (self->rows);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));

  if (error != NULL) {
    adw_status_page_set_description (self->error, error->message);
    gtk_stack_set_visible_child_name (self->stack, "error");
    return;
  }
  if (!limber_live_query_is_loaded (self->rows)) {
    gtk_stack_set_visible_child_name (self->stack, "loading");
    return;
  }
  gtk_stack_set_visible_child_name (self->stack, n > 0 || self->elsewhere ? "who" : "nobody");
  if (n > 0)
    gtk_widget_grab_focus (self->filter);
}

/* While a PIN is being typed, what changes in the list waits. */
static void
rows_changed (LimberSignInPage *self)
{
  if (self->member == NULL)
    show_who (self);
}

static void
say_wrong (LimberSignInPage *self, const char *text)
{
  gtk_label_set_text (self->wrong, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->wrong), text != NULL);
}

static gboolean
read_needs (LimberReader *reader, gpointer data, GError **error)
{
  LimberSignInPage *self = data;

  return limber_sign_in_needs (reader, limber_staff_member_get_id (self->member), &self->needs, error);
}

static void sign_in (LimberSignInPage *self);

/* What is asked besides the PIN, if anything is. */
static void
ask_more (LimberSignInPage *self)
{
  g_autofree char *date = NULL, *text = NULL;
  char day[LIMBER_DATE_LENGTH + 1];

  limber_store_read (self->store, read_needs, self, NULL);
  gtk_editable_set_text (self->reason, "");
  gtk_widget_set_visible (self->why, self->needs.reason);
  gtk_widget_set_visible (GTK_WIDGET (self->whose_word), self->needs.word);
  gtk_widget_set_visible (self->digits, !self->needs.reason && !self->needs.word);
  if (!self->needs.word)
    return;
  limber_date_of_time (self->needs.heard, day);
  date = limber_date_for_staff (day);
  /* Translators: a date, 06-Aug-2026 */
  text = g_strdup_printf (_("This computer has not heard from the central service since %s. It cannot know who has left since then, so that a PIN alone is not enough."), date);
  gtk_label_set_text (self->out_of_touch, text);
  if (self->word == NULL) {
    self->word = g_object_new (LIMBER_TYPE_WORD, NULL);
    g_signal_connect_object (self->word, "entered", G_CALLBACK (sign_in), self, G_CONNECT_SWAPPED);
    gtk_box_append (self->whose_word, GTK_WIDGET (self->word));
  }
  limber_word_start (self->word, self->store, limber_staff_member_get_id (self->member), TRUE);
}

static void
choose (LimberSignInPage *self, LimberStaffMember *member)
{
  g_set_object (&self->member, member);
  gtk_label_set_text (self->name, limber_staff_member_get_name (member));
  gtk_editable_set_text (GTK_EDITABLE (self->pin), "");
  say_wrong (self, NULL);
  self->needs = (LimberSignInNeeds){ 0 };
  ask_more (self);
  gtk_stack_set_visible_child_name (self->stack, "pin");
  gtk_widget_grab_focus (self->pin);
}

static void
member_chosen (LimberSignInPage *self, guint position)
{
  g_autoptr (LimberStaffMember) member = g_list_model_get_item (G_LIST_MODEL (self->found), position);

  gtk_widget_set_visible (self->locked_text, FALSE);
  if (member != NULL)
    choose (self, member);
}

static void
filter_entered (LimberSignInPage *self)
{
  guint position = gtk_single_selection_get_selected (self->selection);

  if (position != GTK_INVALID_LIST_POSITION)
    member_chosen (self, position);
}

/* The arrow keys move through the list while the name is being typed. */
static gboolean
filter_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, LimberSignInPage *self)
{
  gint64 n = g_list_model_get_n_items (G_LIST_MODEL (self->found)), at = gtk_single_selection_get_selected (self->selection);

  if (n == 0 || (key != GDK_KEY_Down && key != GDK_KEY_Up))
    return GDK_EVENT_PROPAGATE;
  at = CLAMP (at + (key == GDK_KEY_Down ? 1 : -1), 0, n - 1);
  gtk_single_selection_set_selected (self->selection, (guint) at);
  gtk_widget_activate_action (self->staff, "list.scroll-to-item", "u", (guint) at);
  return GDK_EVENT_STOP;
}

static void
list (LimberSignInPage *self)
{
  const LimberIdentity *identity = limber_store_identity (self->store);
  GtkMapListModel *members;
  char today[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (limber_env_now (limber_store_env (self->store)), today);
  if (self->rows != NULL)
    g_signal_handlers_disconnect_by_func (self->rows, rows_changed, self);
  g_clear_object (&self->rows);
  self->rows = limber_live_query_new (self->store, self->elsewhere ? "staff-elsewhere" : "staff-with-pin", "dt", identity->has_site ? &identity->site : NULL, today);
  g_signal_connect_object (self->rows, "items-changed", G_CALLBACK (rows_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rows, "notify::loaded", G_CALLBACK (rows_changed), self, G_CONNECT_SWAPPED);
  members = gtk_map_list_model_new (g_object_ref (G_LIST_MODEL (self->rows)), make_member, self, NULL);
  gtk_filter_list_model_set_model (self->found, G_LIST_MODEL (members));
  g_object_unref (members);
  gtk_label_set_text (self->list_title, self->elsewhere ? _("Who is here from another site?") : _("Who is working here?"));
  gtk_button_set_label (self->other_list, self->elsewhere ? _("Staff of this site") : _("I am from another site"));
  gtk_widget_set_visible (GTK_WIDGET (self->other_list), identity->has_site);
}

static void
show_own_list (LimberSignInPage *self)
{
  if (self->elsewhere) {
    self->elsewhere = FALSE;
    list (self);
  }
  show_who (self);
}

static void
somebody_else (LimberSignInPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->member);
  gtk_editable_set_text (GTK_EDITABLE (self->pin), "");
  gtk_editable_set_text (GTK_EDITABLE (self->filter), "");
  if (self->word != NULL)
    limber_word_stop (self->word);
  show_own_list (self);
}

static void
other_list (LimberSignInPage *self)
{
  self->elsewhere = !self->elsewhere;
  gtk_editable_set_text (GTK_EDITABLE (self->filter), "");
  list (self);
  show_who (self);
}

static void
newcomer_given_up (LimberSignInPage *self)
{
  limber_newcomer_page_stop (self->newcomer);
  show_own_list (self);
}

static void
newcomer_let_in (LimberSignInPage *self, LimberStaffMember *member)
{
  g_signal_emit (self, signals[SIGNED_IN], 0, member);
}

static void
ask_newcomer (LimberSignInPage *self)
{
  if (self->newcomer == NULL) {
    self->newcomer = g_object_new (LIMBER_TYPE_NEWCOMER_PAGE, NULL);
    g_signal_connect_object (self->newcomer, "given-up", G_CALLBACK (newcomer_given_up), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (self->newcomer, "let-in", G_CALLBACK (newcomer_let_in), self, G_CONNECT_SWAPPED);
    gtk_stack_add_named (self->stack, GTK_WIDGET (self->newcomer), "newcomer");
  }
  gtk_stack_set_visible_child_name (self->stack, "newcomer");
  limber_newcomer_page_start (self->newcomer, self->store);
}

static void
try_again (LimberSignInPage *self)
{
  list (self);
}

static void
set_busy (LimberSignInPage *self, gboolean busy)
{
  gtk_widget_set_sensitive (self->sign_in, !busy);
  gtk_widget_set_sensitive (self->digits, !busy);
  gtk_editable_set_editable (GTK_EDITABLE (self->pin), !busy);
  gtk_button_set_label (GTK_BUTTON (self->sign_in), busy ? _("Checking…") : _("Sign in"));
}

static void
verified (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberSignInPage) self = data;
  g_autoptr (GError) error = NULL;
  gboolean right = limber_sign_in_finish (LIMBER_STORE (source), result, &error);
  g_autoptr (LimberStaffMember) member = NULL;

  if (self->box == NULL)
    return;
  set_busy (self, FALSE);
  g_clear_object (&self->cancellable);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->member == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->pin), "");
  if (!right) {
    say_wrong (self, error->message);
    if (self->word != NULL)
      limber_word_clear (self->word);
    gtk_widget_grab_focus (self->pin);
    return;
  }
  member = g_object_ref (self->member);
  g_signal_emit (self, signals[SIGNED_IN], 0, member);
}

static void
sign_in (LimberSignInPage *self)
{
  LimberSignIn asked = { .pin = gtk_editable_get_text (GTK_EDITABLE (self->pin)) };
  LimberId voucher;

  if (self->member == NULL || self->cancellable != NULL)
    return;
  if (*asked.pin == '\0') {
    say_wrong (self, _("Type your PIN."));
    return;
  }
  asked.staff = *limber_staff_member_get_id (self->member);
  asked.reason = self->needs.reason ? gtk_editable_get_text (self->reason) : NULL;
  if (self->needs.word && limber_word_get_voucher (self->word, &voucher)) {
    asked.voucher = &voucher;
    asked.voucher_pin = limber_word_get_pin (self->word);
  } else if (self->needs.word) {
    asked.question = limber_word_get_question (self->word);
    asked.code = limber_word_get_code (self->word);
  }
  say_wrong (self, NULL);
  set_busy (self, TRUE);
  self->cancellable = g_cancellable_new ();
  limber_sign_in_async (self->store, &asked, self->cancellable, verified, g_object_ref (self));
}

/* From the PIN, Enter goes on to what else is asked. */
static void
pin_entered (LimberSignInPage *self)
{
  if (self->needs.reason && *gtk_editable_get_text (self->reason) == '\0')
    gtk_widget_grab_focus (GTK_WIDGET (self->reason));
  else if (self->needs.word && *limber_word_get_pin (self->word) == '\0' && *limber_word_get_code (self->word) == '\0')
    gtk_widget_child_focus (GTK_WIDGET (self->word), GTK_DIR_TAB_FORWARD);
  else
    sign_in (self);
}

static void
pin_changed (LimberSignInPage *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->pin)) != '\0')
    say_wrong (self, NULL);
}

static void
digit_clicked (GtkButton *button, LimberSignInPage *self)
{
  int at = -1;

  gtk_editable_insert_text (GTK_EDITABLE (self->pin), gtk_button_get_label (button), 1, &at);
  gtk_editable_set_position (GTK_EDITABLE (self->pin), -1);
}

static void
delete_clicked (LimberSignInPage *self)
{
  int length = (int) g_utf8_strlen (gtk_editable_get_text (GTK_EDITABLE (self->pin)), -1);

  if (length > 0)
    gtk_editable_delete_text (GTK_EDITABLE (self->pin), length - 1, length);
}

/**
 * limber_sign_in_page_start:
 * @member: (nullable): whose work is waiting behind the lock; she is asked first
 * @shifts: whose work is waiting
 *
 * Asks who is there. Staff who have a PIN are listed; when none has, how to give one, until one has.
 */
void
limber_sign_in_page_start (LimberSignInPage *self, LimberStore *store, LimberStaffMember *member, LimberShifts *shifts)
{
  g_autofree char *quoted = g_shell_quote (limber_store_dir (store)), *command = g_strdup_printf ("limberctl --store %s staff pin S0001", quoted);

  limber_sign_in_page_stop (self);
  self->store = g_object_ref (store);
  self->shifts = g_object_ref (shifts);
  gtk_label_set_text (self->command, command);
  list (self);
  gtk_widget_set_visible (self->locked_text, member != NULL);
  if (member != NULL)
    choose (self, member);
  else
    show_who (self);
}

/**
 * limber_sign_in_page_set_site:
 * @name: what the site is called
 */
void
limber_sign_in_page_set_site (LimberSignInPage *self, const char *name)
{
  adw_window_title_set_subtitle (self->title, name);
}

/**
 * limber_sign_in_page_tell:
 * @text: (nullable): why somebody is asked who is there, where she did not ask for it herself
 */
void
limber_sign_in_page_tell (LimberSignInPage *self, const char *text)
{
  gtk_label_set_text (self->news, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->news), text != NULL);
}

/**
 * limber_sign_in_page_stop:
 *
 * Forgets who was asked, and what was typed.
 */
void
limber_sign_in_page_stop (LimberSignInPage *self)
{
  g_cancellable_cancel (self->cancellable);
  gtk_filter_list_model_set_model (self->found, NULL);
  if (self->rows != NULL)
    g_signal_handlers_disconnect_by_func (self->rows, rows_changed, self);
  g_clear_object (&self->rows);
  g_clear_object (&self->member);
  g_clear_object (&self->shifts);
  g_clear_object (&self->store);
  self->elsewhere = FALSE;
  limber_sign_in_page_tell (self, NULL);
  if (self->word != NULL)
    limber_word_stop (self->word);
  if (self->newcomer != NULL)
    limber_newcomer_page_stop (self->newcomer);
  gtk_editable_set_text (self->reason, "");
  gtk_editable_set_text (GTK_EDITABLE (self->pin), "");
  gtk_editable_set_text (GTK_EDITABLE (self->filter), "");
  say_wrong (self, NULL);
}

static void
limber_sign_in_page_dispose (GObject *object)
{
  LimberSignInPage *self = LIMBER_SIGN_IN_PAGE (object);

  if (self->box != NULL)
    limber_sign_in_page_stop (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->found);
  g_clear_object (&self->by_name);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->looked_for, g_free);
  G_OBJECT_CLASS (limber_sign_in_page_parent_class)->dispose (object);
}

static void
limber_sign_in_page_class_init (LimberSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_sign_in_page_dispose;
  signals[SIGNED_IN] = g_signal_new ("signed-in", LIMBER_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIMBER_TYPE_STAFF_MEMBER);
  g_type_ensure (LIMBER_TYPE_STAFF_ROW);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberSignInPage, box);
  gtk_widget_class_bind_template_child (widget_class, LimberSignInPage, title);
  gtk_widget_class_bind_template_child (widget_class, LimberSignInPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberSignInPage, command);
  gtk_widget_class_bind_template_child (widget_class, LimberSignInPage, error);
  gtk_widget_class_bind_template_child (widget_class, LimberSignInPage, filter);
  gtk_widget_class_bind_template_child (widget_class, LimberSignInPage, staff_box);
  gtk_widget_class_bind_template_child (widget_class, LimberSignInPage, staff);
  gtk_widget_class_bind_template_child (widget_class, LimberSignInPage, selection);
  gtk_widget_class_bind_template_child (widget_class, LimberSignInPage, none_called_so);
  gtk_widget_class_bind_template_child (widget_class, LimberSignInPage, name);
  gtk_widget_class_bind_template_child (widget_class, LimberSignInPage, locked_text);
  gtk_widget_class_bind_template_child (widget_class, LimberSignInPage, pin);
  gtk_widget_class_bind_template_child (widget_class, LimberSignInPage, wrong);
  gtk_widget_class_bind_template_child (widget_class, LimberSignInPage, digits);
  gtk_widget_class_bind_template_child (widget_class, LimberSignInPage, sign_in);
  gtk_widget_class_bind_template_child (widget_class, LimberSignInPage, list_title);
  gtk_widget_class_bind_template_child (widget_class, LimberSignInPage, news);
  gtk_widget_class_bind_template_child (widget_class, LimberSignInPage, other_list);
  gtk_widget_class_bind_template_child (widget_class, LimberSignInPage, why);
  gtk_widget_class_bind_template_child (widget_class, LimberSignInPage, reason);
  gtk_widget_class_bind_template_child (widget_class, LimberSignInPage, whose_word);
  gtk_widget_class_bind_template_child (widget_class, LimberSignInPage, out_of_touch);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, filter_entered);
  gtk_widget_class_bind_template_callback (widget_class, filter_key);
  gtk_widget_class_bind_template_callback (widget_class, member_chosen);
  gtk_widget_class_bind_template_callback (widget_class, somebody_else);
  gtk_widget_class_bind_template_callback (widget_class, try_again);
  gtk_widget_class_bind_template_callback (widget_class, sign_in);
  gtk_widget_class_bind_template_callback (widget_class, other_list);
  gtk_widget_class_bind_template_callback (widget_class, ask_newcomer);
  gtk_widget_class_bind_template_callback (widget_class, pin_entered);
  gtk_widget_class_bind_template_callback (widget_class, pin_changed);
  gtk_widget_class_bind_template_callback (widget_class, digit_clicked);
  gtk_widget_class_bind_template_callback (widget_class, delete_clicked);
}

static void
limber_sign_in_page_init (LimberSignInPage *self)
{
  self->by_name = gtk_custom_filter_new (is_called_so, self, NULL);
  self->found = gtk_filter_list_model_new (NULL, g_object_ref (GTK_FILTER (self->by_name)));
  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_set (gtk_editable_get_delegate (GTK_EDITABLE (self->pin)), "invisible-char", BULLET, NULL); /* or every font is asked for one */
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->found));
  g_signal_connect_object (self->found, "items-changed", G_CALLBACK (found_changed), self, G_CONNECT_SWAPPED);
}
