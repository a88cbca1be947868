/* The text is laid out once on one line; only where that is too wide it is laid out anew in the width that there is. */
#include "limber-cell.h"

#define ICON_GAP 5
#define SHORT 8 /* letters: what is no longer stays on one line */

struct _LimberCell {
  GtkWidget         parent_instance;
  PangoLayout      *layout;  /* (owned) */
  char             *icon;    /* (owned) (nullable) */
  GtkIconPaintable *drawing; /* (owned) (nullable): of the icon, once it has been drawn */
  float             xalign;
  gboolean          numbers, struck, steady;
  gboolean          measured;
  int               text_width, line_height, letter, icon_size; /* pixels, once it is measured; the text's on one line */
  int               word_width;  /* the widest word's; -1 until somebody asks */
  int               shown_width; /* that the layout has now; -1: one line */
};

enum {
  PROP_0,
  PROP_ICON,
  PROP_NUMBERS,
  PROP_STEADY,
  PROP_XALIGN,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LimberCell, limber_cell, GTK_TYPE_WIDGET)

static void
measure_font (LimberCell *self)
{
  PangoFontMetrics *metrics = pango_context_get_metrics (gtk_widget_get_pango_context (GTK_WIDGET (self)), NULL, NULL);

  self->letter = PANGO_PIXELS_CEIL (pango_font_metrics_get_approximate_char_width (metrics));
  self->icon_size = PANGO_PIXELS (pango_font_metrics_get_ascent (metrics));
  pango_font_metrics_unref (metrics);
}

static void
measure_line (LimberCell *self)
{
  if (self->measured)
    return;
  if (self->letter == 0)
    measure_font (self);
  pango_layout_set_width (self->layout, -1);
  self->shown_width = -1;
  pango_layout_get_pixel_size (self->layout, &self->text_width, &self->line_height);
  self->word_width = -1;
  self->measured = TRUE;
}

/* What the icon takes. */
static int
icon_width (LimberCell *self)
{
  return self->icon != NULL ? self->icon_size + ICON_GAP : 0;
}

/* Lays the text out in @width pixels. */
static void
lay_out (LimberCell *self, int width)
{
  int wanted = width >= self->text_width ? -1 : MAX (width, 1);

  if (self->shown_width == wanted)
    return;
  pango_layout_set_width (self->layout, wanted < 0 ? -1 : wanted * PANGO_SCALE);
  self->shown_width = wanted;
}

/* A name is not broken within a word where there is any other way. */
static int
widest_word (LimberCell *self)
{
  if (self->word_width < 0) {
    pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD);
    pango_layout_set_width (self->layout, 0);
    pango_layout_get_pixel_size (self->layout, &self->word_width, NULL);
    pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width (self->layout, -1);
    self->shown_width = -1;
  }
  return self->word_width;
}

static void
limber_cell_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  LimberCell *self = LIMBER_CELL (widget);

  measure_line (self);
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *natural = icon_width (self) + self->text_width;
    *minimum = self->text_width <= SHORT * self->letter ? *natural : icon_width (self) + widest_word (self);
    return;
  }
  *minimum = *natural = self->line_height;
  if (for_size >= 0 && for_size - icon_width (self) < self->text_width) {
    lay_out (self, for_size - icon_width (self));
    pango_layout_get_pixel_size (self->layout, NULL, natural);
    *minimum = *natural;
  }
}

static GtkSizeRequestMode
limber_cell_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
draw_icon (LimberCell *self, GtkSnapshot *snapshot, const GdkRGBA *color, int x, int y)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (self->drawing == NULL)
    self->drawing = gtk_icon_theme_lookup_icon (gtk_icon_theme_get_for_display (gtk_widget_get_display (widget)), self->icon, NULL, self->icon_size, gtk_widget_get_scale_factor (widget),
                                                gtk_widget_get_direction (widget), 0);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (self->drawing), snapshot, self->icon_size, self->icon_size, color, 1);
  gtk_snapshot_restore (snapshot);
}

static void
limber_cell_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LimberCell *self = LIMBER_CELL (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget), icon, text_height, x, y;
  PangoRectangle text;
  GdkRGBA color;

  measure_line (self);
  icon = icon_width (self);
  lay_out (self, width - icon);
  pango_layout_get_pixel_extents (self->layout, NULL, &text);
  text_height = self->shown_width < 0 ? self->line_height : text.height;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  x = (int) ((float) (width - icon - text.width) * (mirrored ? 1 - self->xalign : self->xalign));
  y = (height - text_height) / 2;
  if (self->icon != NULL)
    draw_icon (self, snapshot, &color, mirrored ? x + text.width + ICON_GAP : x, y + (self->line_height - self->icon_size) / 2);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (x + (mirrored ? 0 : icon) - text.x), (float) y));
  gtk_snapshot_append_layout (snapshot, self->layout, &color);
  gtk_snapshot_restore (snapshot);
}

/* What it says, or how, has changed: it is measured anew, and placed anew where it does not stand as well as before. */
static void
changed (LimberCell *self)
{
  int room = gtk_widget_get_width (GTK_WIDGET (self)), height = self->line_height;
  gboolean fitted = self->steady && self->measured && room > 0 && self->text_width + icon_width (self) <= room;

  self->measured = FALSE;
  if (fitted)
    measure_line (self);
  if (fitted && self->text_width + icon_width (self) <= room && self->line_height == height)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  else
    gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
forget_drawing (LimberCell *self)
{
  self->measured = FALSE;
  self->letter = 0;
  g_clear_object (&self->drawing);
}

static void
limber_cell_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (limber_cell_parent_class)->css_changed (widget, change);
  forget_drawing (LIMBER_CELL (widget));
}

static void
limber_cell_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (limber_cell_parent_class)->system_setting_changed (widget, setting);
  forget_drawing (LIMBER_CELL (widget));
}

/* The lines of a text that wraps, among themselves. */
static void
align_lines (LimberCell *self)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  pango_layout_set_alignment (self->layout, (self->xalign > 0.5) != mirrored ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
}

static void
limber_cell_direction_changed (GtkWidget *widget, GtkTextDirection before)
{
  LimberCell *self = LIMBER_CELL (widget);

  GTK_WIDGET_CLASS (limber_cell_parent_class)->direction_changed (widget, before);
  align_lines (self);
  forget_drawing (self);
}

static void
set_attributes (LimberCell *self)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  if (self->numbers)
    pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  if (self->struck)
    pango_attr_list_insert (attributes, pango_attr_strikethrough_new (TRUE));
  pango_layout_set_attributes (self->layout, attributes);
  pango_attr_list_unref (attributes);
  changed (self);
}

static void
limber_cell_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LimberCell *self = LIMBER_CELL (object);

  switch (id) {
  case PROP_ICON:
    limber_cell_set_icon (self, g_value_get_string (value));
    break;
  case PROP_NUMBERS:
    self->numbers = g_value_get_boolean (value);
    set_attributes (self);
    break;
  case PROP_STEADY:
    self->steady = g_value_get_boolean (value);
    break;
  case PROP_XALIGN:
    self->xalign = g_value_get_float (value);
    align_lines (self);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
limber_cell_finalize (GObject *object)
{
  LimberCell *self = LIMBER_CELL (object);

  g_clear_object (&self->layout);
  g_clear_object (&self->drawing);
  g_free (self->icon);
  G_OBJECT_CLASS (limber_cell_parent_class)->finalize (object);
}

static void
limber_cell_class_init (LimberCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = limber_cell_set_property;
  object_class->finalize = limber_cell_finalize;
  widget_class->measure = limber_cell_measure;
  widget_class->get_request_mode = limber_cell_get_request_mode;
  widget_class->snapshot = limber_cell_snapshot;
  widget_class->css_changed = limber_cell_css_changed;
  widget_class->system_setting_changed = limber_cell_system_setting_changed;
  widget_class->direction_changed = limber_cell_direction_changed;
  props[PROP_ICON] = g_param_spec_string ("icon", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_NUMBERS] = g_param_spec_boolean ("numbers", NULL, NULL, FALSE, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_STEADY] = g_param_spec_boolean ("steady", NULL, NULL, FALSE, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_XALIGN] = g_param_spec_float ("xalign", NULL, NULL, 0, 1, 0, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (widget_class, "cell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
limber_cell_init (LimberCell *self)
{
  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), "");
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  self->shown_width = -1;
}

/**
 * limber_cell_set_icon:
 * @icon: (nullable): the name of a symbolic icon, %NULL for none
 */
void
limber_cell_set_icon (LimberCell *self, const char *icon)
{
  if (g_strcmp0 (icon, self->icon) == 0)
    return;
  g_free (self->icon);
  self->icon = g_strdup (icon);
  g_clear_object (&self->drawing);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * limber_cell_set_text:
 * @text: what it is to say
 */
void
limber_cell_set_text (LimberCell *self, const char *text)
{
  if (g_str_equal (text, pango_layout_get_text (self->layout)))
    return;
  pango_layout_set_text (self->layout, text, -1);
  changed (self);
}

/**
 * limber_cell_set_struck:
 * @struck: whether a line goes through the text
 */
void
limber_cell_set_struck (LimberCell *self, gboolean struck)
{
  if (self->struck == struck)
    return;
  self->struck = struck;
  set_attributes (self);
}

/**
 * limber_cell_get_text:
 *
 * Returns: what it says
 */
const char *
limber_cell_get_text (LimberCell *self)
{
  return pango_layout_get_text (self->layout);
}
