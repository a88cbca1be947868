#include "limber-kiosk-keys.h"

/* Keys may grow to so many times their own height where a tall screen has room. */
#define GROWTH 2.0

struct _LimberKioskKeys {
  GtkWidget parent_instance;

  guint    columns; /* the most in a row */
  gboolean compact; /* no higher than they must be */
};

G_DEFINE_FINAL_TYPE (LimberKioskKeys, limber_kiosk_keys, GTK_TYPE_WIDGET)

enum {
  PROP_COLUMNS = 1,
  PROP_COMPACT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* The size of the largest key, the space between two, and how many there are. */
typedef struct {
  int   width, height, gap;
  guint count;
} Cells;

static Cells
measure_cells (LimberKioskKeys *keys)
{
  Cells cells = { 0 };

  for (GtkWidget *key = gtk_widget_get_first_child (GTK_WIDGET (keys)); key != NULL; key = gtk_widget_get_next_sibling (key)) {
    int width, height;

    gtk_widget_measure (key, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
    gtk_widget_measure (key, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
    cells.width = MAX (cells.width, width);
    cells.height = MAX (cells.height, height);
    cells.count++;
  }
  cells.gap = MAX (10, cells.height / 6);
  return cells;
}

static guint
rows_for (const Cells *cells, guint columns)
{
  return (cells->count + columns - 1) / columns;
}

/* As many as fit; where they do not all fit in the rows that were meant, no row is left with one or two. */
static guint
columns_for (LimberKioskKeys *keys, const Cells *cells, int width)
{
  int fit = cells->width > 0 ? (width + cells->gap) / (cells->width + cells->gap) : 1;
  guint rows;

  if (fit >= (int) keys->columns || cells->count == 0)
    return keys->columns;
  rows = rows_for (cells, (guint) MAX (1, fit));
  return (cells->count + rows - 1) / rows;
}

static GtkSizeRequestMode
limber_kiosk_keys_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
limber_kiosk_keys_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  LimberKioskKeys *keys = LIMBER_KIOSK_KEYS (widget);
  Cells cells = measure_cells (keys);
  int rows;

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = cells.width;
    *natural = (int) keys->columns * (cells.width + cells.gap) - cells.gap;
    return;
  }
  rows = (int) rows_for (&cells, for_size < 0 ? keys->columns : columns_for (keys, &cells, for_size));
  *minimum = MAX (0, rows * (cells.height + cells.gap) - cells.gap);
  *natural = keys->compact ? *minimum : MAX (0, (int) (rows * cells.height * GROWTH) + (rows - 1) * cells.gap);
}

static void
limber_kiosk_keys_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LimberKioskKeys *keys = LIMBER_KIOSK_KEYS (widget);
  Cells cells = measure_cells (keys);
  int columns = (int) columns_for (keys, &cells, width), rows = MAX (1, (int) rows_for (&cells, (guint) columns)), i = 0;
  int high = CLAMP ((height - (rows - 1) * cells.gap) / rows, cells.height, (int) (cells.height * GROWTH));
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  for (GtkWidget *key = gtk_widget_get_first_child (widget); key != NULL; key = gtk_widget_get_next_sibling (key), i++) {
    int column = mirrored ? columns - 1 - i % columns : i % columns;
    /* From both edges, so that the last key ends where the page does. */
    int left = column * (width + cells.gap) / columns, right = (column + 1) * (width + cells.gap) / columns - cells.gap;

    gtk_widget_size_allocate (key, &(GtkAllocation){ left, i / columns * (high + cells.gap), right - left, high }, -1);
  }
}

static void
limber_kiosk_keys_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  if (id == PROP_COLUMNS)
    LIMBER_KIOSK_KEYS (object)->columns = g_value_get_uint (value);
  else if (id == PROP_COMPACT)
    LIMBER_KIOSK_KEYS (object)->compact = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
limber_kiosk_keys_dispose (GObject *object)
{
  limber_kiosk_keys_clear (LIMBER_KIOSK_KEYS (object));
  G_OBJECT_CLASS (limber_kiosk_keys_parent_class)->dispose (object);
}

static void
limber_kiosk_keys_class_init (LimberKioskKeysClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = limber_kiosk_keys_set_property;
  object_class->dispose = limber_kiosk_keys_dispose;
  widget_class->get_request_mode = limber_kiosk_keys_get_request_mode;
  widget_class->measure = limber_kiosk_keys_measure;
  widget_class->size_allocate = limber_kiosk_keys_size_allocate;
  properties[PROP_COLUMNS] = g_param_spec_uint ("columns", NULL, NULL, 1, 31, 4, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_COMPACT] = g_param_spec_boolean ("compact", NULL, NULL, FALSE, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "keys");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
limber_kiosk_keys_init (LimberKioskKeys *keys)
{
  keys->columns = 4;
}

/**
 * limber_kiosk_keys_new:
 * @columns: the most in a row
 */
LimberKioskKeys *
limber_kiosk_keys_new (guint columns)
{
  return g_object_new (LIMBER_TYPE_KIOSK_KEYS, "columns", columns, NULL);
}

/**
 * limber_kiosk_keys_add:
 * @label: what stands on it
 * @action: the action that it carries out
 * @target: the number that it hands to the action
 *
 * Returns: (transfer none): the new key
 */
GtkWidget *
limber_kiosk_keys_add (LimberKioskKeys *keys, const char *label, const char *action, int target)
{
  GtkWidget *key = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (key, "key");
  g_object_set_data (G_OBJECT (key), "target", GINT_TO_POINTER (target));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (key), "i", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (key), action);
  gtk_widget_set_parent (key, GTK_WIDGET (keys));
  return key;
}

/**
 * limber_kiosk_keys_find:
 *
 * Returns: (transfer none) (nullable): the key that hands over @target
 */
GtkWidget *
limber_kiosk_keys_find (LimberKioskKeys *keys, int target)
{
  for (GtkWidget *key = gtk_widget_get_first_child (GTK_WIDGET (keys)); key != NULL; key = gtk_widget_get_next_sibling (key))
    if (GPOINTER_TO_INT (g_object_get_data (G_OBJECT (key), "target")) == target)
      return key;
  return NULL;
}

/**
 * limber_kiosk_keys_type:
 * @number: (inout): the figures typed so far, 0 to begin
 * @figure: the next one
 *
 * Moves the focus to the key of the number that the figures make, or that the last one makes alone.
 *
 * Returns: whether there is such a key
 */
gboolean
limber_kiosk_keys_type (LimberKioskKeys *keys, int *number, int figure)
{
  GtkWidget *key = limber_kiosk_keys_find (keys, *number * 10 + figure);

  *number = key != NULL ? *number * 10 + figure : figure;
  if (key == NULL)
    key = limber_kiosk_keys_find (keys, figure);
  return key != NULL && gtk_widget_grab_focus (key);
}

/**
 * limber_kiosk_keys_clear:
 *
 * Takes all keys away.
 */
void
limber_kiosk_keys_clear (LimberKioskKeys *keys)
{
  GtkWidget *key;

  while ((key = gtk_widget_get_first_child (GTK_WIDGET (keys))) != NULL)
    gtk_widget_unparent (key);
}
