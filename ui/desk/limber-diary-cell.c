/* What does not fit is left out at its end; the whole of it is the cell's name for a screen reader, its tooltip, and stands
 * beside the diary when it is selected. */
#include "limber-diary-cell.h"

#define PADDING 5

struct _LimberDiaryCell {
  GtkWidget    parent_instance;
  char        *title;     /* (owned) (nullable) */
  char        *detail;    /* (owned) (nullable) */
  char        *description; /* (owned) (nullable) */
  char        *css_class; /* (owned) (nullable): what it has besides its own */
  PangoLayout *layout;    /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (LimberDiaryCell, limber_diary_cell, GTK_TYPE_WIDGET)

static PangoLayout *
layout_of (LimberDiaryCell *self)
{
  g_autofree char *text = NULL;

  if (self->layout != NULL || self->title == NULL)
    return self->layout;
  text = self->detail != NULL && *self->detail != '\0' ? g_strdup_printf ("%s\n%s", self->title, self->detail) : g_strdup (self->title);
  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
  return self->layout;
}

static void
limber_diary_cell_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PangoLayout *layout = layout_of (LIMBER_DIARY_CELL (widget));
  int width = gtk_widget_get_width (widget) - 2 * PADDING, height = gtk_widget_get_height (widget) - 2;
  GdkRGBA color;

  if (layout == NULL || width <= 0 || height <= 0)
    return;
  pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_set_height (layout, height * PANGO_SCALE);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (PADDING, 1));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

/* As large as it is told to be. */
static void
limber_diary_cell_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 0;
}

static void
limber_diary_cell_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (limber_diary_cell_parent_class)->css_changed (widget, change);
  g_clear_object (&LIMBER_DIARY_CELL (widget)->layout);
}

static void
limber_diary_cell_finalize (GObject *object)
{
  LimberDiaryCell *self = LIMBER_DIARY_CELL (object);

  g_free (self->title);
  g_free (self->detail);
  g_free (self->description);
  g_free (self->css_class);
  g_clear_object (&self->layout);
  G_OBJECT_CLASS (limber_diary_cell_parent_class)->finalize (object);
}

static void
limber_diary_cell_class_init (LimberDiaryCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = limber_diary_cell_finalize;
  widget_class->snapshot = limber_diary_cell_snapshot;
  widget_class->measure = limber_diary_cell_measure;
  widget_class->css_changed = limber_diary_cell_css_changed;
  gtk_widget_class_set_css_name (widget_class, "diarycell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
}

static void
limber_diary_cell_init (LimberDiaryCell *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * limber_diary_cell_new:
 *
 * Returns: (transfer floating): one that says nothing yet
 */
GtkWidget *
limber_diary_cell_new (void)
{
  return g_object_new (LIMBER_TYPE_DIARY_CELL, NULL);
}

/**
 * limber_diary_cell_show:
 * @title: its first line
 * @detail: (nullable): a second one
 * @description: all of it, as a screen reader says it
 * @css_class: how it looks
 */
void
limber_diary_cell_show (LimberDiaryCell *self, const char *title, const char *detail, const char *description, const char *css_class)
{
  if (g_strcmp0 (title, self->title) == 0 && g_strcmp0 (detail, self->detail) == 0 && g_strcmp0 (description, self->description) == 0 && g_strcmp0 (css_class, self->css_class) == 0)
    return;
  g_free (self->title);
  g_free (self->detail);
  g_free (self->description);
  self->title = g_strdup (title);
  self->detail = g_strdup (detail);
  self->description = g_strdup (description);
  if (g_strcmp0 (css_class, self->css_class) != 0) {
    if (self->css_class != NULL)
      gtk_widget_remove_css_class (GTK_WIDGET (self), self->css_class);
    gtk_widget_add_css_class (GTK_WIDGET (self), css_class);
    g_free (self->css_class);
    self->css_class = g_strdup (css_class);
  }
  g_clear_object (&self->layout);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, description, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * limber_diary_cell_hold:
 * @held: whether it is being moved
 */
void
limber_diary_cell_hold (LimberDiaryCell *self, gboolean held)
{
  if (held)
    gtk_widget_add_css_class (GTK_WIDGET (self), "held");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "held");
}
