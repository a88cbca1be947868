#include "limber-newcomer-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "limber-person.h"
#include "limber-sign-in.h"
#include "limber-word.h"

struct _LimberNewcomerPage {
  GtkWidget      parent_instance;
  LimberStore   *store;       /* (owned) (nullable) */
  GCancellable  *cancellable; /* (owned) (nullable): while it is being saved */
  LimberRole     roles[LIMBER_N_ROLES]; /* in the order of the list */
  GtkWidget     *box;
  GtkEditable   *given;
  GtkEditable   *family;
  AdwComboRow   *role;
  GtkStringList *role_names;
  GtkEditable   *reason;
  GtkEditable   *pin;
  GtkEditable   *again;
  LimberWord    *word;
  GtkLabel      *wrong;
  GtkWidget     *let_in;
};

enum {
  LET_IN,
  GIVEN_UP,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberNewcomerPage, limber_newcomer_page, GTK_TYPE_WIDGET)

static void
say_wrong (LimberNewcomerPage *self, const char *text)
{
  gtk_label_set_text (self->wrong, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->wrong), text != NULL);
}

/* What was typed stays, but for the PINs where they were wrong. */
static void
done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberNewcomerPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LimberStaffMember) member = NULL;
  LimberId id;
  gboolean let_in = limber_sign_in_newcomer_finish (LIMBER_STORE (source), result, &id, &error);

  if (self->box == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  gtk_widget_set_sensitive (self->let_in, TRUE);
  if (let_in)
    member = limber_staff_member_find (LIMBER_STORE (source), &id);
  if (member != NULL)
    g_signal_emit (self, signals[LET_IN], 0, member);
  else {
    say_wrong (self, error != NULL ? error->message : _("You are saved, but not on the list yet. Choose your name there."));
    limber_word_clear (self->word);
  }
}

static void
let_in (LimberNewcomerPage *self)
{
  LimberNewcomer newcomer = { gtk_editable_get_text (self->family), gtk_editable_get_text (self->given), self->roles[adw_combo_row_get_selected (self->role)],
                              gtk_editable_get_text (self->pin), gtk_editable_get_text (self->reason), NULL, limber_word_get_pin (self->word) };
  LimberId voucher;

  if (self->cancellable != NULL)
    return;
  if (g_strcmp0 (newcomer.pin, gtk_editable_get_text (self->again)) != 0) {
    say_wrong (self, _("The two PINs are not the same. Type them again."));
    return;
  }
  if (!limber_word_get_voucher (self->word, &voucher)) {
    say_wrong (self, _("A colleague who has a PIN here has to vouch."));
    return;
  }
  newcomer.voucher = &voucher;
  say_wrong (self, NULL);
  gtk_widget_set_sensitive (self->let_in, FALSE);
  self->cancellable = g_cancellable_new ();
  limber_sign_in_newcomer_async (self->store, &newcomer, self->cancellable, done, g_object_ref (self));
}

static void
give_up (LimberNewcomerPage *self)
{
  g_signal_emit (self, signals[GIVEN_UP], 0);
}

static void
limber_newcomer_page_dispose (GObject *object)
{
  LimberNewcomerPage *self = LIMBER_NEWCOMER_PAGE (object);

  if (self->box != NULL)
    limber_newcomer_page_stop (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (limber_newcomer_page_parent_class)->dispose (object);
}

static void
limber_newcomer_page_class_init (LimberNewcomerPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_newcomer_page_dispose;
  signals[LET_IN] = g_signal_new ("let-in", LIMBER_TYPE_NEWCOMER_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIMBER_TYPE_STAFF_MEMBER);
  signals[GIVEN_UP] = g_signal_new ("given-up", LIMBER_TYPE_NEWCOMER_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (LIMBER_TYPE_WORD);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-newcomer-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberNewcomerPage, box);
  gtk_widget_class_bind_template_child (widget_class, LimberNewcomerPage, given);
  gtk_widget_class_bind_template_child (widget_class, LimberNewcomerPage, family);
  gtk_widget_class_bind_template_child (widget_class, LimberNewcomerPage, role);
  gtk_widget_class_bind_template_child (widget_class, LimberNewcomerPage, role_names);
  gtk_widget_class_bind_template_child (widget_class, LimberNewcomerPage, reason);
  gtk_widget_class_bind_template_child (widget_class, LimberNewcomerPage, pin);
  gtk_widget_class_bind_template_child (widget_class, LimberNewcomerPage, again);
  gtk_widget_class_bind_template_child (widget_class, LimberNewcomerPage, word);
  gtk_widget_class_bind_template_child (widget_class, LimberNewcomerPage, wrong);
  gtk_widget_class_bind_template_child (widget_class, LimberNewcomerPage, let_in);
  gtk_widget_class_bind_template_callback (widget_class, let_in);
  gtk_widget_class_bind_template_callback (widget_class, give_up);
}

static void
limber_newcomer_page_init (LimberNewcomerPage *self)
{
  guint n = 0;

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint role = 0; role < LIMBER_N_ROLES; role++)
    if (limber_sign_in_may_come (role)) {
      self->roles[n++] = role;
      gtk_string_list_append (self->role_names, limber_person_role (limber_role_word (role)));
    }
}

/**
 * limber_newcomer_page_start:
 *
 * Asks who it is, and who vouches.
 */
void
limber_newcomer_page_start (LimberNewcomerPage *self, LimberStore *store)
{
  limber_newcomer_page_stop (self);
  self->store = g_object_ref (store);
  limber_word_start (self->word, store, NULL, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->given));
}

/**
 * limber_newcomer_page_stop:
 *
 * Forgets what was typed.
 */
void
limber_newcomer_page_stop (LimberNewcomerPage *self)
{
  GtkEditable *const fields[] = { self->given, self->family, self->reason, self->pin, self->again };

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    gtk_editable_set_text (fields[i], "");
  adw_combo_row_set_selected (self->role, 0);
  limber_word_stop (self->word);
  say_wrong (self, NULL);
  gtk_widget_set_sensitive (self->let_in, TRUE);
  g_clear_object (&self->store);
}
