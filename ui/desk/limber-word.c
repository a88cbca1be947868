#include "limber-word.h"

#include <glib/gi18n-lib.h>

#include "limber-pin.h"
#include "limber-sign-in-code.h"
#include "limber-staff-member.h"

struct _LimberWord {
  GtkWidget       parent_instance;
  char           *question; /* (owned) (nullable): what central is asked */
  GListStore     *members;  /* (owned): LimberStaffMember: who may vouch */
  GtkWidget      *box;
  GtkWidget      *ways;
  GtkCheckButton *by_code;
  GtkStack       *stack;
  GtkDropDown    *who;
  GtkWidget      *nobody;
  GtkEditable    *pin;
  GtkLabel       *asked;
  GtkEditable    *code;
};

enum {
  ENTERED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberWord, limber_word, GTK_TYPE_WIDGET)

static void
way_chosen (LimberWord *self)
{
  gboolean code = gtk_check_button_get_active (self->by_code);

  gtk_stack_set_visible_child_name (self->stack, code ? "code" : "colleague");
}

static void
entered (LimberWord *self)
{
  g_signal_emit (self, signals[ENTERED], 0);
}

static gboolean
read_members (LimberReader *reader, gpointer data, GError **error)
{
  GPtrArray **rows = data;

  *rows = limber_pin_staff (reader, error);
  return *rows != NULL;
}

static gboolean
may_vouch (LimberRow *row)
{
  LimberRole role;

  return limber_role_parse (limber_row_text (row, "role"), &role) && limber_role_may (role, LIMBER_ACTION_VOUCH, TRUE);
}

static void
limber_word_dispose (GObject *object)
{
  LimberWord *self = LIMBER_WORD (object);

  if (self->box != NULL)
    limber_word_stop (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->members);
  G_OBJECT_CLASS (limber_word_parent_class)->dispose (object);
}

static void
limber_word_class_init (LimberWordClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_word_dispose;
  signals[ENTERED] = g_signal_new ("entered", LIMBER_TYPE_WORD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (LIMBER_TYPE_STAFF_MEMBER);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-word.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberWord, box);
  gtk_widget_class_bind_template_child (widget_class, LimberWord, ways);
  gtk_widget_class_bind_template_child (widget_class, LimberWord, by_code);
  gtk_widget_class_bind_template_child (widget_class, LimberWord, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberWord, who);
  gtk_widget_class_bind_template_child (widget_class, LimberWord, nobody);
  gtk_widget_class_bind_template_child (widget_class, LimberWord, pin);
  gtk_widget_class_bind_template_child (widget_class, LimberWord, asked);
  gtk_widget_class_bind_template_child (widget_class, LimberWord, code);
  gtk_widget_class_bind_template_callback (widget_class, way_chosen);
  gtk_widget_class_bind_template_callback (widget_class, entered);
}

static void
limber_word_init (LimberWord *self)
{
  self->members = g_list_store_new (LIMBER_TYPE_STAFF_MEMBER);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_down_set_model (self->who, G_LIST_MODEL (self->members));
}

/**
 * limber_word_start:
 * @but: (nullable): who wants to be let in, and cannot vouch for herself
 * @with_code: whether central may give its word too
 *
 * Asks for a word.
 */
void
limber_word_start (LimberWord *self, LimberStore *store, const LimberId *but, gboolean with_code)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *spelt = NULL;

  limber_word_stop (self);
  limber_store_read (store, read_members, &rows, NULL);
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    LimberRow *row = g_ptr_array_index (rows, i);
    g_autoptr (LimberStaffMember) member = limber_staff_member_new (row);

    if (may_vouch (row) && (but == NULL || !limber_id_equal (but, limber_staff_member_get_id (member))))
      g_list_store_append (self->members, member);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->who), g_list_model_get_n_items (G_LIST_MODEL (self->members)) > 0);
  gtk_widget_set_visible (self->nobody, g_list_model_get_n_items (G_LIST_MODEL (self->members)) == 0);
  self->question = limber_sign_in_code_question (limber_store_env (store));
  spelt = g_strdup_printf ("%.3s %s", self->question, self->question + 3);
  gtk_label_set_text (self->asked, spelt);
  gtk_widget_set_visible (self->ways, with_code);
}

/**
 * limber_word_stop:
 *
 * Forgets whom it offered, and what was typed.
 */
void
limber_word_stop (LimberWord *self)
{
  limber_word_clear (self);
  g_list_store_remove_all (self->members);
  g_clear_pointer (&self->question, g_free);
  gtk_check_button_set_active (self->by_code, FALSE);
  way_chosen (self);
}

/**
 * limber_word_get_voucher:
 * @voucher: (out): which colleague vouches
 *
 * Returns: whether one does
 */
gboolean
limber_word_get_voucher (LimberWord *self, LimberId *voucher)
{
  LimberStaffMember *member = gtk_drop_down_get_selected_item (self->who);

  if (gtk_check_button_get_active (self->by_code) || member == NULL)
    return FALSE;
  *voucher = *limber_staff_member_get_id (member);
  return TRUE;
}

const char *
limber_word_get_pin (LimberWord *self)
{
  return gtk_editable_get_text (self->pin);
}

/**
 * limber_word_get_question:
 *
 * Returns: (nullable): what central was asked, where its word is to count
 */
const char *
limber_word_get_question (LimberWord *self)
{
  return gtk_check_button_get_active (self->by_code) ? self->question : NULL;
}

const char *
limber_word_get_code (LimberWord *self)
{
  return gtk_editable_get_text (self->code);
}

/**
 * limber_word_clear:
 *
 * Forgets the PIN and the code that were typed.
 */
void
limber_word_clear (LimberWord *self)
{
  gtk_editable_set_text (self->pin, "");
  gtk_editable_set_text (self->code, "");
}
