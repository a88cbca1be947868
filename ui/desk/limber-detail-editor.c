#include "limber-detail-editor.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-person.h"

#define NEEDS_A_LINE 2
#define LINES_HEIGHT 76

struct _LimberDetailEditor {
  GtkWidget           parent_instance;
  const LimberDetail *detail;   /* (unowned) (nullable) */
  gboolean            updating; /* what changes is not changed by a person */
  GtkWidget          *child;    /* what stands here */
  GtkWidget          *field;    /* (unowned): that of it which takes the focus */
  GPtrArray          *codes;    /* (owned) (element-type utf8): of a choice or of needs, in the order in which they are offered */
  GPtrArray          *boxes;    /* (owned) (element-type GtkWidget): of needs, one a code */
  char               *unknown;  /* (owned) (nullable): needs that are not offered here; they stay */
};

enum {
  CHANGED,
  LEFT,
  ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberDetailEditor, limber_detail_editor, GTK_TYPE_WIDGET)

static void
changed (LimberDetailEditor *self)
{
  if (!self->updating)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
left (LimberDetailEditor *self)
{
  g_signal_emit (self, signals[LEFT], 0);
}

static void
activated (LimberDetailEditor *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static const char *
word_of (LimberDetailEditor *self, const char *code)
{
  if (g_str_equal (self->detail->field, "sex"))
    return limber_person_sex (code);
  if (g_str_equal (self->detail->field, "texts"))
    return g_str_equal (code, "yes") ? _("Yes") : _("No");
  return g_str_equal (self->detail->field, "needs") ? limber_person_need (code) : limber_person_language (code);
}

/* Making what stands here */

static GtkWidget *
make_entry (LimberDetailEditor *self)
{
  GtkWidget *entry = gtk_entry_new ();

  if (g_str_equal (self->detail->field, "born"))
    gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("6/8/54"));
  /* Ctrl+Z takes back a step of the work, not a letter. */
  gtk_editable_set_enable_undo (GTK_EDITABLE (entry), FALSE);
  g_signal_connect_object (entry, "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "activate", G_CALLBACK (activated), self, G_CONNECT_SWAPPED);
  self->field = entry;
  return entry;
}

static GtkWidget *
make_lines (LimberDetailEditor *self)
{
  GtkWidget *view = gtk_text_view_new (), *scroller = gtk_scrolled_window_new ();

  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_buffer_set_enable_undo (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), FALSE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_size_request (scroller, -1, LINES_HEIGHT);
  gtk_widget_add_css_class (scroller, "lines");
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  self->field = view;
  return scroller;
}

static GtkWidget *
make_choice (LimberDetailEditor *self)
{
  GtkExpression *expression = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  GtkWidget *choice = gtk_drop_down_new (NULL, expression);

  self->field = choice;
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  return choice;
}

static GtkWidget *
make_flag (LimberDetailEditor *self)
{
  GtkWidget *flag = gtk_check_button_new_with_label (limber_detail_label (self->detail));

  g_signal_connect_object (flag, "toggled", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  self->field = flag;
  return flag;
}

static void
add_need (LimberDetailEditor *self, GtkGrid *grid, const char *code)
{
  GtkWidget *box = gtk_check_button_new_with_label (word_of (self, code));

  gtk_grid_attach (grid, box, (int) self->boxes->len % NEEDS_A_LINE, (int) self->boxes->len / NEEDS_A_LINE, 1, 1);
  g_signal_connect_object (box, "toggled", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->codes, g_strdup (code));
  g_ptr_array_add (self->boxes, box);
}

static GtkWidget *
make_needs (LimberDetailEditor *self)
{
  GtkWidget *grid = gtk_grid_new ();
  const char *const *codes = limber_detail_words (self->detail);

  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  for (guint i = 0; codes[i] != NULL; i++)
    add_need (self, GTK_GRID (grid), codes[i]);
  self->field = g_ptr_array_index (self->boxes, 0);
  return grid;
}

static GtkWidget *
make_child (LimberDetailEditor *self)
{
  switch (self->detail->form) {
  case LIMBER_DETAIL_LINES:
    return make_lines (self);
  case LIMBER_DETAIL_CHOICE:
    return make_choice (self);
  case LIMBER_DETAIL_NEEDS:
    return make_needs (self);
  case LIMBER_DETAIL_FLAG:
    return make_flag (self);
  default:
    return make_entry (self);
  }
}

/* Choices */

static guint
place_of (LimberDetailEditor *self, const char *code)
{
  for (guint i = 0; i < self->codes->len; i++)
    if (g_str_equal (g_ptr_array_index (self->codes, i), code))
      return i;
  return GTK_INVALID_LIST_POSITION;
}

/* Whatever is held can be shown, also where it is offered to nobody. */
static void
choose (LimberDetailEditor *self, const char *code)
{
  guint place = place_of (self, code);

  if (place == GTK_INVALID_LIST_POSITION) {
    GListModel *words = gtk_drop_down_get_model (GTK_DROP_DOWN (self->field));

    gtk_string_list_append (GTK_STRING_LIST (words), g_str_equal (self->detail->field, "practice") ? _("A practice that is not known here") : code);
    g_ptr_array_add (self->codes, g_strdup (code));
    place = self->codes->len - 1;
  }
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->field), place);
}

/**
 * limber_detail_editor_set_choices:
 * @codes: (array zero-terminated=1): what can be chosen besides nothing
 * @words: (array zero-terminated=1): what each is called
 */
void
limber_detail_editor_set_choices (LimberDetailEditor *editor, const char *const *codes, const char *const *words)
{
  g_autofree char *chosen = limber_detail_editor_dup_typed (editor);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint n;

  editor->updating = TRUE;
  g_ptr_array_set_size (editor->codes, 0);
  g_ptr_array_add (editor->codes, g_strdup (""));
  gtk_string_list_append (list, _("Not recorded"));
  for (n = 0; codes[n] != NULL; n++) {
    g_ptr_array_add (editor->codes, g_strdup (codes[n]));
    gtk_string_list_append (list, words[n]);
  }
  gtk_drop_down_set_model (GTK_DROP_DOWN (editor->field), G_LIST_MODEL (list));
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (editor->field), n > 20);
  choose (editor, chosen);
  editor->updating = FALSE;
}

static void
offer_words (LimberDetailEditor *self)
{
  const char *const *codes = limber_detail_words (self->detail);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  static const char *const none[] = { NULL };

  for (guint i = 0; codes != NULL && codes[i] != NULL; i++)
    g_ptr_array_add (words, (char *) word_of (self, codes[i]));
  g_ptr_array_add (words, NULL);
  limber_detail_editor_set_choices (self, codes != NULL ? codes : none, (const char *const *) words->pdata);
}

static void
tick (LimberDetailEditor *self, const char *typed)
{
  g_auto (GStrv) needs = g_strsplit (typed, ";", -1);
  g_autoptr (GString) unknown = g_string_new (NULL);

  for (guint i = 0; i < self->boxes->len; i++)
    gtk_check_button_set_active (g_ptr_array_index (self->boxes, i), g_strv_contains ((const char *const *) needs, g_ptr_array_index (self->codes, i)));
  for (guint i = 0; needs[i] != NULL; i++)
    if (*needs[i] != '\0' && place_of (self, needs[i]) == GTK_INVALID_LIST_POSITION)
      g_string_append_printf (unknown, "%s;", needs[i]);
  g_free (self->unknown);
  self->unknown = g_strdup (unknown->str);
}

static char *
ticked (LimberDetailEditor *self)
{
  GString *needs = g_string_new (self->unknown);

  for (guint i = 0; i < self->boxes->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (self->boxes, i)))
      g_string_append_printf (needs, "%s;", (const char *) g_ptr_array_index (self->codes, i));
  return g_string_free (needs, FALSE);
}

/**
 * limber_detail_editor_set_typed:
 * @typed: what is to stand there
 */
void
limber_detail_editor_set_typed (LimberDetailEditor *editor, const char *typed)
{
  editor->updating = TRUE;
  switch (editor->detail->form) {
  case LIMBER_DETAIL_LINES:
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (editor->field)), typed, -1);
    break;
  case LIMBER_DETAIL_CHOICE:
    choose (editor, typed);
    break;
  case LIMBER_DETAIL_NEEDS:
    tick (editor, typed);
    break;
  case LIMBER_DETAIL_FLAG:
    gtk_check_button_set_active (GTK_CHECK_BUTTON (editor->field), g_str_equal (typed, "1"));
    break;
  default:
    gtk_editable_set_text (GTK_EDITABLE (editor->field), typed);
  }
  editor->updating = FALSE;
}

static char *
lines_of (GtkTextView *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/**
 * limber_detail_editor_dup_typed:
 *
 * Returns: (transfer full): what stands there; a choice as its code, needs between semicolons, a flag "1"
 */
char *
limber_detail_editor_dup_typed (LimberDetailEditor *editor)
{
  guint chosen;

  switch (editor->detail->form) {
  case LIMBER_DETAIL_LINES:
    return lines_of (GTK_TEXT_VIEW (editor->field));
  case LIMBER_DETAIL_CHOICE:
    chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (editor->field));
    return g_strdup (chosen < editor->codes->len ? g_ptr_array_index (editor->codes, chosen) : "");
  case LIMBER_DETAIL_NEEDS:
    return ticked (editor);
  case LIMBER_DETAIL_FLAG:
    return g_strdup (gtk_check_button_get_active (GTK_CHECK_BUTTON (editor->field)) ? "1" : "");
  default:
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (editor->field)));
  }
}

/**
 * limber_detail_editor_dup_word:
 *
 * Returns: (transfer full): what a choice is called
 */
char *
limber_detail_editor_dup_word (LimberDetailEditor *editor, const char *code)
{
  guint place = place_of (editor, code);
  GListModel *words = gtk_drop_down_get_model (GTK_DROP_DOWN (editor->field));

  return g_strdup (place != GTK_INVALID_LIST_POSITION && words != NULL ? gtk_string_list_get_string (GTK_STRING_LIST (words), place) : code);
}

/**
 * limber_detail_editor_tell:
 * @text: (nullable): what is said of it
 * @wrong: whether it cannot be so
 *
 * Says it to those who do not see it.
 */
void
limber_detail_editor_tell (LimberDetailEditor *editor, const char *text, gboolean wrong)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (editor->field), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text != NULL ? text : "", -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (editor->field), GTK_ACCESSIBLE_STATE_INVALID, wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/**
 * limber_detail_editor_get_field:
 *
 * Returns: (transfer none): what takes the focus
 */
GtkWidget *
limber_detail_editor_get_field (LimberDetailEditor *editor)
{
  return editor->field;
}

/**
 * limber_detail_editor_set_detail:
 * @detail: what is typed here; once
 */
void
limber_detail_editor_set_detail (LimberDetailEditor *editor, const LimberDetail *detail)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  editor->detail = detail;
  editor->child = make_child (editor);
  gtk_widget_set_parent (editor->child, GTK_WIDGET (editor));
  gtk_accessible_update_property (GTK_ACCESSIBLE (editor->field), GTK_ACCESSIBLE_PROPERTY_LABEL, limber_detail_label (detail), -1);
  if (detail->form == LIMBER_DETAIL_CHOICE)
    offer_words (editor);
  g_signal_connect_object (focus, "leave", G_CALLBACK (left), editor, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (editor->child, focus);
}

static void
limber_detail_editor_dispose (GObject *object)
{
  LimberDetailEditor *self = LIMBER_DETAIL_EDITOR (object);

  g_clear_pointer (&self->child, gtk_widget_unparent);
  G_OBJECT_CLASS (limber_detail_editor_parent_class)->dispose (object);
}

static void
limber_detail_editor_finalize (GObject *object)
{
  LimberDetailEditor *self = LIMBER_DETAIL_EDITOR (object);

  g_ptr_array_unref (self->codes);
  g_ptr_array_unref (self->boxes);
  g_free (self->unknown);
  G_OBJECT_CLASS (limber_detail_editor_parent_class)->finalize (object);
}

static void
limber_detail_editor_class_init (LimberDetailEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limber_detail_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = limber_detail_editor_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[CHANGED] = g_signal_new ("changed", LIMBER_TYPE_DETAIL_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEFT] = g_signal_new ("left", LIMBER_TYPE_DETAIL_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED] = g_signal_new ("activated", LIMBER_TYPE_DETAIL_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
limber_detail_editor_init (LimberDetailEditor *self)
{
  self->codes = g_ptr_array_new_with_free_func (g_free);
  self->boxes = g_ptr_array_new ();
}
