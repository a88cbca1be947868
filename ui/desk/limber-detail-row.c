/* `base` is what the store held when whoever types last looked: what is saved says that it stands in the place of that (limber-detail.h). */
#include "limber-detail-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-detail-editor.h"
#include "limber-error.h"
#include "limber-nhs-number.h"
#include "limber-person.h"

struct _LimberDetailRow {
  GtkWidget           parent_instance;
  const LimberDetail *detail;  /* (unowned) */
  char               *today;   /* (owned): YYYY-MM-DD */
  char               *base;    /* (owned) */
  char               *theirs;  /* (owned) (nullable): what somebody else has changed it to meanwhile */
  gboolean            typing;  /* she is at it: what is not right yet is no mistake */
  gboolean            elsewhere; /* it was changed elsewhere while the form is open, and nothing was typed here */
  GtkWidget          *box;
  GtkLabel           *label;
  LimberDetailEditor *editor;
  GtkWidget          *hint_box;
  GtkWidget          *hint_icon;
  GtkLabel           *hint;
  GtkWidget          *clash;
  GtkLabel           *clash_text;
};

enum {
  PROP_0,
  PROP_FIELD,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

enum {
  CHANGED,
  ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberDetailRow, limber_detail_row, GTK_TYPE_WIDGET)

static gboolean
is (LimberDetailRow *self, const char *field)
{
  return g_str_equal (self->detail->field, field);
}

/* What stands below it */

static void
say (LimberDetailRow *self, const char *text, gboolean wrong)
{
  gtk_label_set_text (self->hint, text != NULL ? text : "");
  gtk_widget_set_visible (self->hint_box, text != NULL && *text != '\0');
  gtk_widget_set_visible (self->hint_icon, wrong);
  if (wrong) {
    gtk_widget_remove_css_class (self->hint_box, "muted");
    gtk_widget_add_css_class (self->hint_box, "wrong");
  } else {
    gtk_widget_remove_css_class (self->hint_box, "wrong");
    gtk_widget_add_css_class (self->hint_box, "muted");
  }
  limber_detail_editor_tell (self->editor, text, wrong);
}

/* What is wrong is only that while it is being typed; it is said aloud when she has gone on. */
static void
say_wrong (LimberDetailRow *self, const GError *why)
{
  gboolean kept = is (self, "nhs_number") && !limber_nhs_number_is_valid (self->base);
  /* Translators: what is wrong with an NHS number, a sentence without its full stop. */
  g_autofree char *text = kept ? g_strdup_printf (_("%s. It can be kept as typed; nobody is found by it."), why->message) : g_strdup (why->message);

  say (self, text, !self->typing);
}

static char *
read_back (LimberDetailRow *self, const char *value)
{
  g_autofree char *day = NULL, *age = NULL;

  if (self->detail->form != LIMBER_DETAIL_DAY || *value == '\0')
    return NULL;
  day = limber_detail_typed (self->detail, value);
  age = is (self, "born") ? limber_person_age (value, self->today) : NULL;
  return age != NULL ? g_strdup_printf ("%s (%s)", day, age) : g_steal_pointer (&day);
}

static void
update (LimberDetailRow *self)
{
  g_autofree char *typed = limber_detail_editor_dup_typed (self->editor), *value = NULL, *text = NULL, *shown = NULL;
  g_autoptr (GError) error = NULL;

  if (!limber_detail_read (self->detail, typed, self->today, &value, &error))
    say_wrong (self, error);
  else {
    text = read_back (self, value);
    say (self, text == NULL && self->elsewhere ? _("Somebody else has just changed this.") : text, FALSE);
  }
  gtk_widget_set_visible (self->clash, self->theirs != NULL);
  if (self->theirs == NULL)
    return;
  shown = is (self, "practice") ? limber_detail_editor_dup_word (self->editor, self->theirs) : limber_detail_shown (self->detail, self->theirs);
  text = g_strdup_printf (_("Somebody else has just changed this to: %s"), shown);
  gtk_label_set_text (self->clash_text, text);
}

static void
set_base (LimberDetailRow *self, const char *base)
{
  g_free (self->base);
  self->base = g_strdup (base);
}

static void
put (LimberDetailRow *self, const char *value)
{
  g_autofree char *typed = limber_detail_typed (self->detail, value);

  limber_detail_editor_set_typed (self->editor, typed);
}

static void
on_typed (LimberDetailRow *self)
{
  self->elsewhere = FALSE;
  self->typing = TRUE;
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* On leaving, what can be read is written as it will be shown. */
static void
on_left (LimberDetailRow *self)
{
  g_autofree char *value = limber_detail_row_dup_value (self);

  if (value != NULL && limber_detail_row_is_changed (self))
    put (self, value);
  self->typing = FALSE;
  update (self);
}

static void
on_activated (LimberDetailRow *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
use_theirs (LimberDetailRow *self)
{
  g_autofree char *theirs = g_steal_pointer (&self->theirs);

  set_base (self, theirs);
  put (self, theirs);
  on_typed (self);
  limber_detail_row_focus (self);
}

/* Having seen the other's value, she writes over it. */
static void
keep_mine (LimberDetailRow *self)
{
  g_autofree char *theirs = g_steal_pointer (&self->theirs);

  set_base (self, theirs);
  on_typed (self);
  limber_detail_row_focus (self);
}

static void
limber_detail_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LimberDetailRow *self = LIMBER_DETAIL_ROW (object);

  self->detail = limber_detail_find (g_value_get_string (value));
}

static void
limber_detail_row_constructed (GObject *object)
{
  LimberDetailRow *self = LIMBER_DETAIL_ROW (object);

  G_OBJECT_CLASS (limber_detail_row_parent_class)->constructed (object);
  gtk_label_set_text (self->label, self->detail->form == LIMBER_DETAIL_FLAG ? "" : limber_detail_label (self->detail));
  gtk_widget_set_visible (GTK_WIDGET (self->label), self->detail->form != LIMBER_DETAIL_FLAG);
  limber_detail_editor_set_detail (self->editor, self->detail);
}

static void
limber_detail_row_dispose (GObject *object)
{
  g_clear_pointer (&LIMBER_DETAIL_ROW (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (limber_detail_row_parent_class)->dispose (object);
}

static void
limber_detail_row_finalize (GObject *object)
{
  LimberDetailRow *self = LIMBER_DETAIL_ROW (object);

  g_free (self->today);
  g_free (self->base);
  g_free (self->theirs);
  G_OBJECT_CLASS (limber_detail_row_parent_class)->finalize (object);
}

static void
limber_detail_row_class_init (LimberDetailRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = limber_detail_row_set_property;
  object_class->constructed = limber_detail_row_constructed;
  object_class->dispose = limber_detail_row_dispose;
  object_class->finalize = limber_detail_row_finalize;
  props[PROP_FIELD] = g_param_spec_string ("field", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CHANGED] = g_signal_new ("changed", LIMBER_TYPE_DETAIL_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED] = g_signal_new ("activated", LIMBER_TYPE_DETAIL_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (LIMBER_TYPE_DETAIL_EDITOR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-detail-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberDetailRow, box);
  gtk_widget_class_bind_template_child (widget_class, LimberDetailRow, label);
  gtk_widget_class_bind_template_child (widget_class, LimberDetailRow, editor);
  gtk_widget_class_bind_template_child (widget_class, LimberDetailRow, hint_box);
  gtk_widget_class_bind_template_child (widget_class, LimberDetailRow, hint_icon);
  gtk_widget_class_bind_template_child (widget_class, LimberDetailRow, hint);
  gtk_widget_class_bind_template_child (widget_class, LimberDetailRow, clash);
  gtk_widget_class_bind_template_child (widget_class, LimberDetailRow, clash_text);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_left);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, use_theirs);
  gtk_widget_class_bind_template_callback (widget_class, keep_mine);
}

static void
limber_detail_row_init (LimberDetailRow *self)
{
  self->today = g_strdup ("");
  self->base = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
}

const LimberDetail *
limber_detail_row_get_detail (LimberDetailRow *row)
{
  return row->detail;
}

/**
 * limber_detail_row_set_today:
 * @today: YYYY-MM-DD, against which days are read
 */
void
limber_detail_row_set_today (LimberDetailRow *row, const char *today)
{
  g_free (row->today);
  row->today = g_strdup (today);
}

/**
 * limber_detail_row_set_choices:
 * @codes: (array zero-terminated=1): of a choice that depends on what the store holds
 * @words: (array zero-terminated=1): what each is called
 */
void
limber_detail_row_set_choices (LimberDetailRow *row, const char *const *codes, const char *const *words)
{
  limber_detail_editor_set_choices (row->editor, codes, words);
}

/**
 * limber_detail_row_begin:
 * @base: what is held, as limber_detail_of() gives it
 * @typed: (nullable): what was typed already, in its place
 */
void
limber_detail_row_begin (LimberDetailRow *row, const char *base, const char *typed)
{
  set_base (row, base);
  g_clear_pointer (&row->theirs, g_free);
  row->elsewhere = row->typing = FALSE;
  if (typed != NULL)
    limber_detail_editor_set_typed (row->editor, typed);
  else
    put (row, base);
  update (row);
}

/**
 * limber_detail_row_hear:
 * @value: what is held now
 *
 * Takes note of it. Where nothing was typed it is shown; else she is told, and decides.
 */
void
limber_detail_row_hear (LimberDetailRow *row, const char *value)
{
  g_autofree char *mine = limber_detail_row_dup_value (row);

  if (g_str_equal (value, row->base)) {
    g_clear_pointer (&row->theirs, g_free);
  } else if (!limber_detail_row_is_changed (row)) {
    set_base (row, value);
    put (row, value);
    row->elsewhere = TRUE;
  } else if (g_strcmp0 (mine, value) == 0) {
    set_base (row, value);
    g_clear_pointer (&row->theirs, g_free);
  } else {
    g_free (row->theirs);
    row->theirs = g_strdup (value);
  }
  update (row);
}

/**
 * limber_detail_row_dup_typed:
 *
 * Returns: (transfer full): what stands there
 */
char *
limber_detail_row_dup_typed (LimberDetailRow *row)
{
  return limber_detail_editor_dup_typed (row->editor);
}

/**
 * limber_detail_row_dup_value:
 *
 * Returns: (transfer full) (nullable): what it is read as; %NULL when it cannot be
 */
char *
limber_detail_row_dup_value (LimberDetailRow *row)
{
  g_autofree char *typed = limber_detail_editor_dup_typed (row->editor);
  char *value;

  if (limber_detail_read (row->detail, typed, row->today, &value, NULL))
    return value;
  return is (row, "nhs_number") ? g_strstrip (g_steal_pointer (&typed)) : NULL; /* it is kept as it was typed */
}

const char *
limber_detail_row_get_base (LimberDetailRow *row)
{
  return row->base;
}

/**
 * limber_detail_row_is_changed:
 *
 * Returns: whether what stands there is another than what is held
 */
gboolean
limber_detail_row_is_changed (LimberDetailRow *row)
{
  g_autofree char *value = limber_detail_row_dup_value (row);

  return value == NULL || !g_str_equal (value, row->base);
}

/**
 * limber_detail_row_is_clashing:
 *
 * Returns: whether somebody else has changed meanwhile what was typed here too, and she has not decided
 */
gboolean
limber_detail_row_is_clashing (LimberDetailRow *row)
{
  return row->theirs != NULL;
}

/**
 * limber_detail_row_check:
 * @error: LIMBER_ERROR_REFUSED: why it cannot be saved so
 *
 * Returns: whether it can be saved
 */
gboolean
limber_detail_row_check (LimberDetailRow *row, GError **error)
{
  g_autofree char *typed = limber_detail_editor_dup_typed (row->editor), *value = NULL;
  gboolean number = is (row, "nhs_number") && !limber_nhs_number_is_valid (row->base);

  if (row->theirs != NULL)
    return limber_error_refuse (error, _("Somebody else has changed this meanwhile. Say which it is to be."));
  if (!limber_detail_row_is_changed (row) || number || limber_detail_read (row->detail, typed, row->today, &value, error))
    return TRUE;
  row->typing = FALSE;
  update (row);
  return FALSE;
}

void
limber_detail_row_focus (LimberDetailRow *row)
{
  gtk_widget_grab_focus (limber_detail_editor_get_field (row->editor));
}
