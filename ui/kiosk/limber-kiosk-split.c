#include "limber-kiosk-split.h"

/* Side by side from so many times the text's size: on a screen that lies, and on one that stands. */
#define WIDE_LYING 24
#define WIDE_STANDING 32

struct _LimberKioskSplit {
  GtkWidget parent_instance;

  GtkWidget *first;  /* (owned) (nullable) */
  GtkWidget *second; /* (owned) (nullable) */
  double     share;  /* of the width, for the first */
};

static void limber_kiosk_split_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LimberKioskSplit, limber_kiosk_split, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, limber_kiosk_split_buildable_init))

enum {
  PROP_SHARE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static GtkBuildableIface *parent_buildable;

/* The size of the letters here, in pixels: the stylesheet's own unit. */
static int
em (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);

  return MAX (1, pango_font_description_get_size_is_absolute (font) ? pango_font_description_get_size (font) / PANGO_SCALE
                                                                    : pango_font_description_get_size (font) * 96 / 72 / PANGO_SCALE);
}

static int
gap (GtkWidget *widget)
{
  return 2 * em (widget);
}

static void
halves (LimberKioskSplit *split, int width, int *first, int *second)
{
  int room = MAX (0, width - gap (GTK_WIDGET (split))), least_first, least_second;

  gtk_widget_measure (split->first, GTK_ORIENTATION_HORIZONTAL, -1, &least_first, NULL, NULL, NULL);
  gtk_widget_measure (split->second, GTK_ORIENTATION_HORIZONTAL, -1, &least_second, NULL, NULL, NULL);
  *first = CLAMP ((int) (room * split->share), least_first, MAX (least_first, room - least_second));
  *second = MAX (0, room - *first);
}

static gboolean
is_wide (LimberKioskSplit *split, int width)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (split)));
  gboolean lying = root != NULL && gtk_widget_get_width (root) > gtk_widget_get_height (root);
  int first, second, least;

  if (width < (lying ? WIDE_LYING : WIDE_STANDING) * em (GTK_WIDGET (split)) || !gtk_widget_should_layout (split->second))
    return FALSE; /* where the second is hidden, the first has all the room */
  halves (split, width, &first, &second);
  gtk_widget_measure (split->second, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return second >= least;
}

static GtkSizeRequestMode
limber_kiosk_split_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
limber_kiosk_split_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  LimberKioskSplit *split = LIMBER_KIOSK_SPLIT (widget);
  int least[2], wanted[2], widths[2] = { for_size, for_size };
  gboolean wide = orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0 && is_wide (split, for_size);

  if (wide)
    halves (split, for_size, &widths[0], &widths[1]);
  gtk_widget_measure (split->first, orientation, widths[0], &least[0], &wanted[0], NULL, NULL);
  gtk_widget_measure (split->second, orientation, widths[1], &least[1], &wanted[1], NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL && !wide) {
    *minimum = least[0] + gap (widget) + least[1];
    *natural = wanted[0] + gap (widget) + wanted[1];
  } else {
    *minimum = MAX (least[0], least[1]);
    *natural = MAX (wanted[0], wanted[1]);
  }
}

/* One above the other: the second takes the rest where it wants to grow; else both stand together, a third of the way down. */
static void
allocate_stacked (LimberKioskSplit *split, int width, int height)
{
  int between = gap (GTK_WIDGET (split)), least, natural, rest, wanted, first, second, top = 0;

  gtk_widget_measure (split->first, GTK_ORIENTATION_VERTICAL, width, &least, &natural, NULL, NULL);
  gtk_widget_measure (split->second, GTK_ORIENTATION_VERTICAL, width, &rest, &wanted, NULL, NULL);
  first = CLAMP (height - between - rest, least, natural);
  second = MAX (rest, height - first - between);
  if (!gtk_widget_compute_expand (split->second, GTK_ORIENTATION_VERTICAL) && second > wanted) {
    top = (second - wanted) / 3;
    second = wanted;
  }
  gtk_widget_size_allocate (split->first, &(GtkAllocation){ 0, top, width, first }, -1);
  gtk_widget_size_allocate (split->second, &(GtkAllocation){ 0, top + first + between, width, second }, -1);
}

static void
limber_kiosk_split_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LimberKioskSplit *split = LIMBER_KIOSK_SPLIT (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int first, second;

  if (is_wide (split, width)) {
    halves (split, width, &first, &second);
    gtk_widget_size_allocate (split->first, &(GtkAllocation){ mirrored ? width - first : 0, 0, first, height }, -1);
    gtk_widget_size_allocate (split->second, &(GtkAllocation){ mirrored ? 0 : width - second, 0, second, height }, -1);
    return;
  }
  allocate_stacked (split, width, height);
}

static void
limber_kiosk_split_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  LimberKioskSplit *split = LIMBER_KIOSK_SPLIT (buildable);

  if (!GTK_IS_WIDGET (child)) {
    parent_buildable->add_child (buildable, builder, child, type);
    return;
  }
  g_return_if_fail (split->second == NULL);
  *(split->first == NULL ? &split->first : &split->second) = GTK_WIDGET (child);
  gtk_widget_set_parent (GTK_WIDGET (child), GTK_WIDGET (split));
}

static void
limber_kiosk_split_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = limber_kiosk_split_add_child;
}

static void
limber_kiosk_split_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  if (id == PROP_SHARE)
    LIMBER_KIOSK_SPLIT (object)->share = g_value_get_double (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
limber_kiosk_split_dispose (GObject *object)
{
  LimberKioskSplit *split = LIMBER_KIOSK_SPLIT (object);

  g_clear_pointer (&split->first, gtk_widget_unparent);
  g_clear_pointer (&split->second, gtk_widget_unparent);
  G_OBJECT_CLASS (limber_kiosk_split_parent_class)->dispose (object);
}

static void
limber_kiosk_split_class_init (LimberKioskSplitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = limber_kiosk_split_set_property;
  object_class->dispose = limber_kiosk_split_dispose;
  widget_class->get_request_mode = limber_kiosk_split_get_request_mode;
  widget_class->measure = limber_kiosk_split_measure;
  widget_class->size_allocate = limber_kiosk_split_size_allocate;
  properties[PROP_SHARE] = g_param_spec_double ("share", NULL, NULL, 0.2, 0.8, 0.5, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
limber_kiosk_split_init (LimberKioskSplit *split)
{
  split->share = 0.5;
}
