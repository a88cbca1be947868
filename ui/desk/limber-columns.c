/* A letter's width is that of the row's own font, so that the columns grow with the desktop's text size. */
#include "limber-columns.h"

#define GAP 12

struct _LimberColumns {
  GtkLayoutManager parent_instance;
  GArray          *widths; /* (owned): int, letters; those of 0 share what is left */
  guint            serial; /* of the font in which a letter is @letter wide */
  int              letter;
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

/* As limber_columns_letter(), which costs as much as a short text. */
static int
letter_in (LimberColumns *self, GtkWidget *widget)
{
  guint serial = pango_context_get_serial (gtk_widget_get_pango_context (widget));

  if (self->letter == 0 || serial != self->serial)
    self->letter = limber_columns_letter (widget);
  self->serial = serial;
  return self->letter;
}

/* What the columns that have a width leave of @total pixels to each of those that have none. */
static int
open_width (LimberColumns *self, int letter, int total)
{
  int left = total, open = 0;

  for (guint i = 0; i < self->widths->len; i++) {
    left -= g_array_index (self->widths, int, i) * letter + (i > 0 ? GAP : 0);
    open += g_array_index (self->widths, int, i) == 0 ? 1 : 0;
  }
  return MAX (left, 0) / MAX (open, 1);
}

/* How many letters wide column @i is; 0: open */
static int
letters_of (LimberColumns *self, guint i)
{
  return i < self->widths->len ? g_array_index (self->widths, int, i) : 0;
}

static void
measure_across (LimberColumns *self, GtkWidget *widget, int *minimum, int *natural)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int letter = letter_in (self, widget);

  for (guint i = 0; child != NULL; child = gtk_widget_get_next_sibling (child), i++) {
    int width = letters_of (self, i) * letter, child_minimum = width, child_natural = width;

    if (width == 0)
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL, NULL);
    *minimum += child_minimum + (i > 0 ? GAP : 0);
    *natural += child_natural + (i > 0 ? GAP : 0);
  }
}

/* What @child has of a column: never less than it needs. */
static int
width_of (GtkWidget *child, int column)
{
  int least;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return MAX (column, least);
}

static void
limber_columns_measure (GtkLayoutManager *layout, GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                        int *natural_baseline)
{
  LimberColumns *self = LIMBER_COLUMNS (layout);
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int letter, open;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    measure_across (self, widget, minimum, natural);
    return;
  }
  letter = letter_in (self, widget);
  open = open_width (self, letter, for_size);
  for (guint i = 0; child != NULL; child = gtk_widget_get_next_sibling (child), i++) {
    int letters = letters_of (self, i), child_minimum, child_natural;

    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, for_size < 0 ? -1 : width_of (child, letters > 0 ? letters * letter : open), &child_minimum, &child_natural, NULL, NULL);
    *minimum = MAX (*minimum, child_minimum);
    *natural = MAX (*natural, child_natural);
  }
}

static void
limber_columns_allocate (GtkLayoutManager *layout, GtkWidget *widget, int width, int height, int baseline)
{
  LimberColumns *self = LIMBER_COLUMNS (layout);
  gboolean right_to_left = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0, letter = letter_in (self, widget), open = open_width (self, letter, width);
  GtkWidget *child = gtk_widget_get_first_child (widget);

  for (guint i = 0; child != NULL; child = gtk_widget_get_next_sibling (child), i++) {
    int letters = letters_of (self, i), column = letters > 0 ? letters * letter : open, needed = width_of (child, column);

    gtk_widget_size_allocate (child, &(GtkAllocation){ right_to_left ? width - x - needed : x, 0, needed, height }, -1);
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
