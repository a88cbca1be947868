/* A letter's width is that of the row's own font, so that the columns grow with the desktop's text size. */
#include "limber-columns.h"

#define GAP 12

struct _LimberColumns {
  GtkLayoutManager parent_instance;
  GArray          *widths; /* (owned): int, letters; those of 0 share what is left */
};

enum {
  PROP_0,
  PROP_WIDTHS,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LimberColumns, limber_columns, GTK_TYPE_LAYOUT_MANAGER)

/**
 * limber_columns_letter:
 *
 * Returns: how wide a letter is in the widget's font, in pixels
 */
int
limber_columns_letter (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int letter = pango_font_metrics_get_approximate_char_width (metrics), digit = pango_font_metrics_get_approximate_digit_width (metrics);

  pango_font_metrics_unref (metrics);
  return PANGO_PIXELS_CEIL (MAX (letter, digit));
}

/* The width of column @i in a row of @total pixels; of an open one its share of what the others leave. */
static int
column_width (LimberColumns *self, GtkWidget *widget, guint i, int total)
{
  int letters = i < self->widths->len ? g_array_index (self->widths, int, i) : 0, letter = limber_columns_letter (widget);
  int left = total, open = 0;

  if (letters > 0)
    return letters * letter;
  for (guint j = 0; j < self->widths->len; j++) {
    left -= g_array_index (self->widths, int, j) * letter + (j > 0 ? GAP : 0);
    open += g_array_index (self->widths, int, j) == 0 ? 1 : 0;
  }
  return MAX (left, 0) / MAX (open, 1);
}

static void
measure_across (LimberColumns *self, GtkWidget *widget, int *minimum, int *natural)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int letter = limber_columns_letter (widget);

  for (guint i = 0; child != NULL; child = gtk_widget_get_next_sibling (child), i++) {
    int letters = i < self->widths->len ? g_array_index (self->widths, int, i) : 0, child_minimum, child_natural;

    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL, NULL);
    *minimum += (letters > 0 ? letters * letter : child_minimum) + (i > 0 ? GAP : 0);
    *natural += (letters > 0 ? letters * letter : child_natural) + (i > 0 ? GAP : 0);
  }
}

static void
limber_columns_measure (GtkLayoutManager *layout, GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                        int *natural_baseline)
{
  LimberColumns *self = LIMBER_COLUMNS (layout);
  GtkWidget *child = gtk_widget_get_first_child (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    measure_across (self, widget, minimum, natural);
    return;
  }
  for (guint i = 0; child != NULL; child = gtk_widget_get_next_sibling (child), i++) {
    int child_minimum, child_natural, least, width = for_size < 0 ? -1 : column_width (self, widget, i, for_size);

    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width < 0 ? -1 : MAX (width, least), &child_minimum, &child_natural, NULL, NULL);
    *minimum = MAX (*minimum, child_minimum);
    *natural = MAX (*natural, child_natural);
  }
}

static void
limber_columns_allocate (GtkLayoutManager *layout, GtkWidget *widget, int width, int height, int baseline)
{
  LimberColumns *self = LIMBER_COLUMNS (layout);
  gboolean right_to_left = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    guint i = 0;
    int column, least;

    for (GtkWidget *before = gtk_widget_get_prev_sibling (child); before != NULL; before = gtk_widget_get_prev_sibling (before))
      i++;
    column = column_width (self, widget, i, width);
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
    gtk_widget_size_allocate (child, &(GtkAllocation){ right_to_left ? width - x - MAX (column, least) : x, 0, MAX (column, least), height }, -1);
    x += column + GAP;
  }
}

static GtkSizeRequestMode
limber_columns_get_request_mode (GtkLayoutManager *layout, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
limber_columns_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LimberColumns *self = LIMBER_COLUMNS (object);
  const char *text = g_value_get_string (value);
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", " ", -1);

  g_array_set_size (self->widths, 0);
  for (guint i = 0; words[i] != NULL; i++) {
    int letters = (int) g_ascii_strtoll (words[i], NULL, 10);

    g_array_append_val (self->widths, letters);
  }
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}

static void
limber_columns_finalize (GObject *object)
{
  g_array_unref (LIMBER_COLUMNS (object)->widths);
  G_OBJECT_CLASS (limber_columns_parent_class)->finalize (object);
}

static void
limber_columns_class_init (LimberColumnsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->set_property = limber_columns_set_property;
  object_class->finalize = limber_columns_finalize;
  layout_class->measure = limber_columns_measure;
  layout_class->allocate = limber_columns_allocate;
  layout_class->get_request_mode = limber_columns_get_request_mode;
  props[PROP_WIDTHS] = g_param_spec_string ("widths", NULL, NULL, "", G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
limber_columns_init (LimberColumns *self)
{
  self->widths = g_array_new (FALSE, FALSE, sizeof (int));
}

/**
 * limber_columns_set_text:
 * @label: one in a column
 * @text: what it is to show
 * @letters: that the column has room for at the least
 *
 * Sets a text that wraps only if it may have to: what wraps is laid out four times as often, and a list of people has hundreds of labels.
 */
void
limber_columns_set_text (GtkLabel *label, const char *text, int letters)
{
  gtk_label_set_wrap (label, g_utf8_strlen (text, -1) > letters);
  gtk_label_set_text (label, text);
}
