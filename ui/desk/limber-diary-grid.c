/* A cell a widget, so that a screen reader and the focus find each; they are kept and filled anew when the day changes. The
 * selection is remembered by what is selected (an appointment, or a clinician's free time), because items come and go. */
#include "limber-diary-grid.h"

#include <string.h>

#include "limber-date.h"
#include "limber-diary-cell.h"
#include "limber-diary-heads.h"

#define MINUTE 60000
#define COLUMN_WIDTH LIMBER_DIARY_COLUMN_WIDTH
#define LEAST_HEIGHT 26   /* of a cell: what a finger or a mouse can hit */
#define PER_MINUTE 1.7    /* pixels, where no cell needs more */
#define MOST_PER_MINUTE 5.2

struct _LimberDiaryGrid {
  GtkWidget    parent_instance;
  LimberDiary *diary;    /* (owned) (nullable) */
  GPtrArray   *cells;    /* LimberDiaryCell (unowned: they are children); the first ones show the diary's items, in their order */
  guint        n_items;
  gint64       from, to; /* what is shown of the day, milliseconds UTC */
  double       scale;    /* pixels a minute */
  gboolean     has_selected, has_held;
  gboolean     visit;    /* whether what is selected is an appointment */
  LimberId     id;       /* of the appointment, or of the clinician whose time it is */
  gint64       start;
  LimberId     held;     /* the appointment that is being moved */
};

enum {
  SELECTED,
  CHOSEN,
  DROPPED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberDiaryGrid, limber_diary_grid, GTK_TYPE_WIDGET)

static const LimberDiaryItem *
item_at (LimberDiaryGrid *self, guint i)
{
  return self->diary != NULL && i < self->n_items ? g_ptr_array_index (limber_diary_get_items (self->diary), i) : NULL;
}

static const LimberDiaryColumn *
column_at (LimberDiaryGrid *self, guint i)
{
  return g_ptr_array_index (limber_diary_get_columns (self->diary), i);
}

static gboolean
is_selected (LimberDiaryGrid *self, const LimberDiaryItem *item)
{
  if (!self->has_selected || (item->visit != NULL) != self->visit)
    return FALSE;
  if (self->visit)
    return limber_id_equal (limber_visit_get_id (item->visit), &self->id);
  return item->start == self->start && limber_id_equal (&column_at (self, item->column)->clinician, &self->id);
}

static guint
selected_position (LimberDiaryGrid *self)
{
  for (guint i = 0; i < self->n_items; i++)
    if (is_selected (self, item_at (self, i)))
      return i;
  return G_MAXUINT;
}

static const char *
class_of (const LimberDiaryItem *item)
{
  if (item->visit == NULL)
    return "free";
  switch (limber_visit_get_status (item->visit)) {
  case LIMBER_VISIT_BOOKED:
    return "booked";
  case LIMBER_VISIT_ARRIVED:
  case LIMBER_VISIT_CALLED:
    return "came";
  case LIMBER_VISIT_WITH_CLINICIAN:
    return "inside";
  default:
    return "over";
  }
}

static void
fill (LimberDiaryGrid *self, guint i)
{
  const LimberDiaryItem *item = item_at (self, i);
  LimberDiaryCell *cell = g_ptr_array_index (self->cells, i);
  g_autofree char *title = limber_diary_item_dup_title (item), *description = limber_diary_item_dup_description (item, column_at (self, item->column)), *detail = NULL;

  if (item->visit != NULL && limber_visit_get_status (item->visit) != LIMBER_VISIT_BOOKED)
    detail = limber_visit_dup_status_text (item->visit);
  limber_diary_cell_show (cell, title, detail, description, class_of (item));
  limber_diary_cell_hold (cell, self->has_held && item->visit != NULL && limber_id_equal (limber_visit_get_id (item->visit), &self->held));
  gtk_widget_set_visible (GTK_WIDGET (cell), TRUE);
}

static void
mark_selected (LimberDiaryGrid *self)
{
  for (guint i = 0; i < self->n_items; i++)
    if (is_selected (self, item_at (self, i)))
      gtk_widget_set_state_flags (g_ptr_array_index (self->cells, i), GTK_STATE_FLAG_SELECTED, FALSE);
    else
      gtk_widget_unset_state_flags (g_ptr_array_index (self->cells, i), GTK_STATE_FLAG_SELECTED);
}

/* Whole hours around all that there is, so much enlarged that the shortest cell can be read. */
static void
find_span (LimberDiaryGrid *self)
{
  gint64 hour = 60 * MINUTE, shortest = 60 * MINUTE;

  self->from = self->to = 0;
  for (guint i = 0; i < self->n_items; i++) {
    const LimberDiaryItem *item = item_at (self, i);

    self->from = i == 0 ? item->start : MIN (self->from, item->start);
    self->to = MAX (self->to, item->end);
    shortest = MIN (shortest, MAX (item->end - item->start, 5 * MINUTE));
  }
  self->from = self->from / hour * hour;
  self->to = (self->to + hour - 1) / hour * hour;
  self->scale = CLAMP ((double) LEAST_HEIGHT * MINUTE / (double) shortest, PER_MINUTE, MOST_PER_MINUTE);
}

static void
diary_changed (LimberDiaryGrid *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean focused = root != NULL && gtk_root_get_focus (root) != NULL && gtk_widget_is_ancestor (gtk_root_get_focus (root), GTK_WIDGET (self));

  self->n_items = self->diary != NULL ? limber_diary_get_items (self->diary)->len : 0;
  while (self->cells->len < self->n_items) {
    GtkWidget *cell = limber_diary_cell_new ();

    gtk_widget_set_parent (cell, GTK_WIDGET (self));
    g_ptr_array_add (self->cells, cell);
  }
  find_span (self);
  for (guint i = 0; i < self->cells->len; i++)
    if (i < self->n_items)
      fill (self, i);
    else
      gtk_widget_set_visible (g_ptr_array_index (self->cells, i), FALSE);
  mark_selected (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  if (focused && selected_position (self) != G_MAXUINT)
    gtk_widget_grab_focus (g_ptr_array_index (self->cells, selected_position (self)));
  g_signal_emit (self, signals[SELECTED], 0);
}

static double
y_of (LimberDiaryGrid *self, gint64 time)
{
  return (double) (time - self->from) / MINUTE * self->scale;
}

/* It grows with the text, as the heads above do. */
static int
gutter (LimberDiaryGrid *self)
{
  int dpi = 0;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? LIMBER_DIARY_GUTTER * dpi / (96 * 1024) : LIMBER_DIARY_GUTTER;
}

static void
limber_diary_grid_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  LimberDiaryGrid *self = LIMBER_DIARY_GRID (widget);
  int columns = self->diary != NULL ? (int) limber_diary_get_columns (self->diary)->len : 0;

  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? gutter (self) + columns * COLUMN_WIDTH : (int) y_of (self, self->to) + 8;
}

static void
place_cell (LimberDiaryGrid *self, guint i, double column_width, int width)
{
  const LimberDiaryItem *item = item_at (self, i);
  double lane = (column_width - 4) / MAX (item->lanes, 1), x = gutter (self) + item->column * column_width + 2 + item->lane * lane, y = y_of (self, item->start);
  GtkAllocation place = { (int) x, (int) y, (int) lane - 1, MAX ((int) (y_of (self, item->end) - y) - 2, 8) };

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    place.x = width - place.x - place.width;
  gtk_widget_size_allocate (g_ptr_array_index (self->cells, i), &place, -1);
}

static void
limber_diary_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LimberDiaryGrid *self = LIMBER_DIARY_GRID (widget);
  guint columns = self->diary != NULL ? limber_diary_get_columns (self->diary)->len : 0;

  for (guint i = 0; i < self->n_items; i++)
    place_cell (self, i, (double) (width - gutter (self)) / MAX (columns, 1), width);
}

static void
draw_hour (LimberDiaryGrid *self, GtkSnapshot *snapshot, gint64 hour, const GdkRGBA *color)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  gboolean turned = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  g_autofree char *time = limber_time_for_staff (hour);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), time);
  GdkRGBA line = *color, text = *color;
  float y = (float) y_of (self, hour);

  line.alpha *= 0.14f;
  text.alpha *= 0.72f;
  gtk_snapshot_append_color (snapshot, &line, &GRAPHENE_RECT_INIT (0, y, (float) width, 1));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (turned ? (float) (width - gutter (self)) + 8 : 8, y + 2));
  gtk_snapshot_append_layout (snapshot, layout, &text);
  gtk_snapshot_restore (snapshot);
}

static void
limber_diary_grid_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LimberDiaryGrid *self = LIMBER_DIARY_GRID (widget);
  guint columns = self->diary != NULL ? limber_diary_get_columns (self->diary)->len : 0;
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  gboolean turned = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GdkRGBA color, line;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  line = color;
  line.alpha *= 0.14f;
  for (gint64 hour = self->from; self->n_items > 0 && hour < self->to; hour += 60 * MINUTE)
    draw_hour (self, snapshot, hour, &color);
  for (guint i = 0; i < columns; i++) {
    double x = gutter (self) + i * ((double) (width - gutter (self)) / columns);

    gtk_snapshot_append_color (snapshot, &line, &GRAPHENE_RECT_INIT ((float) (turned ? width - x : x), 0, 1, (float) height));
  }
  GTK_WIDGET_CLASS (limber_diary_grid_parent_class)->snapshot (widget, snapshot);
}

/* Brings a cell into sight, with a little around it. */
static void
scroll_to (LimberDiaryGrid *self, guint i)
{
  GtkWidget *viewport = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  const LimberDiaryItem *item = item_at (self, i);
  GtkAdjustment *adjustment;

  if (viewport == NULL)
    return;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (viewport));
  gtk_adjustment_clamp_page (adjustment, y_of (self, item->start) - 30, y_of (self, item->end) + 30);
}

static void
select_at (LimberDiaryGrid *self, guint i, gboolean focus)
{
  const LimberDiaryItem *item = item_at (self, i);

  if (item == NULL)
    return;
  self->has_selected = TRUE;
  self->visit = item->visit != NULL;
  self->id = item->visit != NULL ? *limber_visit_get_id (item->visit) : column_at (self, item->column)->clinician;
  self->start = item->start;
  if (focus)
    gtk_widget_grab_focus (g_ptr_array_index (self->cells, i));
  scroll_to (self, i);
  mark_selected (self);
  g_signal_emit (self, signals[SELECTED], 0);
}

/* The item of another column that is nearest in time. @by: columns; those without items are passed over */
static guint
beside (LimberDiaryGrid *self, guint from, int by)
{
  const LimberDiaryItem *here = item_at (self, from);
  int columns = (int) limber_diary_get_columns (self->diary)->len;

  for (int column = (int) here->column + by; column >= 0 && column < columns; column += by) {
    guint best = G_MAXUINT;

    for (guint i = 0; i < self->n_items; i++)
      if ((int) item_at (self, i)->column == column && (best == G_MAXUINT || ABS (item_at (self, i)->start - here->start) < ABS (item_at (self, best)->start - here->start)))
        best = i;
    if (best != G_MAXUINT)
      return best;
  }
  return from;
}

/* The next or the one before in the same column. */
static guint
along (LimberDiaryGrid *self, guint from, int by)
{
  gint64 to = (gint64) from + by;

  if (to < 0 || to >= (gint64) self->n_items || item_at (self, (guint) to)->column != item_at (self, from)->column)
    return from;
  return (guint) to;
}

static gboolean
move (LimberDiaryGrid *self, int down, int right)
{
  guint from = selected_position (self);

  if (self->n_items == 0)
    return FALSE;
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    right = -right;
  if (from == G_MAXUINT)
    select_at (self, 0, TRUE);
  else
    select_at (self, right != 0 ? beside (self, from, right) : along (self, from, down), TRUE);
  return TRUE;
}

static gboolean
key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, LimberDiaryGrid *self)
{
  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  switch (key) {
  case GDK_KEY_Up:
  case GDK_KEY_KP_Up:
    return move (self, -1, 0);
  case GDK_KEY_Down:
  case GDK_KEY_KP_Down:
    return move (self, 1, 0);
  case GDK_KEY_Left:
  case GDK_KEY_KP_Left:
    return move (self, 0, -1);
  case GDK_KEY_Right:
  case GDK_KEY_KP_Right:
    return move (self, 0, 1);
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
    if (selected_position (self) != G_MAXUINT)
      g_signal_emit (self, signals[CHOSEN], 0);
    return TRUE;
  default:
    return FALSE;
  }
}

static guint
position_under (LimberDiaryGrid *self, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  for (guint i = 0; picked != NULL && i < self->n_items; i++)
    if (g_ptr_array_index (self->cells, i) == picked)
      return i;
  return G_MAXUINT;
}

static void
clicked (GtkGestureClick *gesture, int n, double x, double y, LimberDiaryGrid *self)
{
  guint at = position_under (self, x, y);

  if (at == G_MAXUINT)
    return;
  select_at (self, at, TRUE);
  if (n == 2)
    g_signal_emit (self, signals[CHOSEN], 0);
}

/* Only who is still booked can be moved. */
static GdkContentProvider *
drag_begins (GtkDragSource *source, double x, double y, LimberDiaryGrid *self)
{
  const LimberDiaryItem *item = item_at (self, position_under (self, x, y));
  g_autofree char *id = NULL;

  if (item == NULL || item->visit == NULL || limber_visit_get_status (item->visit) != LIMBER_VISIT_BOOKED)
    return NULL;
  id = limber_id_dup_text (limber_visit_get_id (item->visit));
  return gdk_content_provider_new_typed (G_TYPE_STRING, id);
}

static gboolean
dropped (GtkDropTarget *target, const GValue *value, double x, double y, LimberDiaryGrid *self)
{
  guint at = position_under (self, x, y);

  if (at == G_MAXUINT)
    return FALSE;
  select_at (self, at, TRUE);
  g_signal_emit (self, signals[DROPPED], 0, g_value_get_string (value));
  return TRUE;
}

/* Tab comes to what is selected, and leaves the grid. */
static gboolean
limber_diary_grid_focus (GtkWidget *widget, GtkDirectionType direction)
{
  LimberDiaryGrid *self = LIMBER_DIARY_GRID (widget);
  GtkWidget *focus = gtk_widget_get_focus_child (widget);
  guint at = selected_position (self);

  if (focus != NULL || self->n_items == 0)
    return FALSE;
  select_at (self, at != G_MAXUINT ? at : 0, TRUE);
  return TRUE;
}

static gboolean
limber_diary_grid_grab_focus (GtkWidget *widget)
{
  return limber_diary_grid_focus (widget, GTK_DIR_TAB_FORWARD);
}

static void
limber_diary_grid_dispose (GObject *object)
{
  LimberDiaryGrid *self = LIMBER_DIARY_GRID (object);

  limber_diary_grid_set_diary (self, NULL);
  for (guint i = 0; i < self->cells->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->cells, i));
  g_ptr_array_set_size (self->cells, 0);
  G_OBJECT_CLASS (limber_diary_grid_parent_class)->dispose (object);
}

static void
limber_diary_grid_finalize (GObject *object)
{
  g_ptr_array_unref (LIMBER_DIARY_GRID (object)->cells);
  G_OBJECT_CLASS (limber_diary_grid_parent_class)->finalize (object);
}

static void
limber_diary_grid_class_init (LimberDiaryGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = limber_diary_grid_dispose;
  object_class->finalize = limber_diary_grid_finalize;
  widget_class->measure = limber_diary_grid_measure;
  widget_class->size_allocate = limber_diary_grid_size_allocate;
  widget_class->snapshot = limber_diary_grid_snapshot;
  widget_class->focus = limber_diary_grid_focus;
  widget_class->grab_focus = limber_diary_grid_grab_focus;
  signals[SELECTED] = g_signal_new ("selected", LIMBER_TYPE_DIARY_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHOSEN] = g_signal_new ("chosen", LIMBER_TYPE_DIARY_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DROPPED] = g_signal_new ("dropped", LIMBER_TYPE_DIARY_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_css_name (widget_class, "diarygrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
limber_diary_grid_init (LimberDiaryGrid *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkDragSource *drag = gtk_drag_source_new ();
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_MOVE);

  self->cells = g_ptr_array_new ();
  self->scale = PER_MINUTE;
  gtk_drag_source_set_actions (drag, GDK_ACTION_MOVE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed), self, 0);
  g_signal_connect_object (click, "pressed", G_CALLBACK (clicked), self, 0);
  g_signal_connect_object (drag, "prepare", G_CALLBACK (drag_begins), self, 0);
  g_signal_connect_object (drop, "drop", G_CALLBACK (dropped), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}

/**
 * limber_diary_grid_set_diary:
 * @diary: (nullable): what to show
 */
void
limber_diary_grid_set_diary (LimberDiaryGrid *self, LimberDiary *diary)
{
  if (self->diary != NULL)
    g_signal_handlers_disconnect_by_func (self->diary, diary_changed, self);
  if (!g_set_object (&self->diary, diary))
    return;
  self->has_selected = self->has_held = FALSE;
  if (diary != NULL)
    g_signal_connect_object (diary, "changed", G_CALLBACK (diary_changed), self, G_CONNECT_SWAPPED);
  diary_changed (self);
}

/**
 * limber_diary_grid_get_selected:
 *
 * Returns: (transfer none) (nullable): what is selected, true until the diary changes
 */
const LimberDiaryItem *
limber_diary_grid_get_selected (LimberDiaryGrid *self)
{
  return item_at (self, selected_position (self));
}

/**
 * limber_diary_grid_select_visit:
 *
 * Returns: whether the appointment is on this day, and is selected now
 */
gboolean
limber_diary_grid_select_visit (LimberDiaryGrid *self, const LimberId *appointment)
{
  for (guint i = 0; i < self->n_items; i++)
    if (item_at (self, i)->visit != NULL && limber_id_equal (limber_visit_get_id (item_at (self, i)->visit), appointment)) {
      select_at (self, i, TRUE);
      return TRUE;
    }
  return FALSE;
}

/**
 * limber_diary_grid_select_slot:
 *
 * Returns: whether that time is free, and is selected now
 */
gboolean
limber_diary_grid_select_slot (LimberDiaryGrid *self, gint64 start, const LimberId *clinician)
{
  for (guint i = 0; i < self->n_items; i++) {
    const LimberDiaryItem *item = item_at (self, i);

    if (item->slot != NULL && item->start == start && limber_id_equal (&column_at (self, item->column)->clinician, clinician)) {
      select_at (self, i, TRUE);
      return TRUE;
    }
  }
  return FALSE;
}

/**
 * limber_diary_grid_select_free:
 * @from: milliseconds UTC
 * @clinician: (nullable): whose; %NULL for anybody's
 *
 * Returns: whether there is a free time after @from on this day, the first of which is selected now
 */
gboolean
limber_diary_grid_select_free (LimberDiaryGrid *self, gint64 from, const LimberId *clinician)
{
  guint best = G_MAXUINT;

  for (guint i = 0; i < self->n_items; i++) {
    const LimberDiaryItem *item = item_at (self, i);

    if (item->slot != NULL && item->start > from && (clinician == NULL || limber_id_equal (&column_at (self, item->column)->clinician, clinician)) && (best == G_MAXUINT || item->start < item_at (self, best)->start))
      best = i;
  }
  if (best != G_MAXUINT)
    select_at (self, best, TRUE);
  return best != G_MAXUINT;
}

/**
 * limber_diary_grid_hold:
 * @appointment: (nullable): the one that is being moved
 *
 * Shows which it is, wherever it is.
 */
void
limber_diary_grid_hold (LimberDiaryGrid *self, const LimberId *appointment)
{
  self->has_held = appointment != NULL;
  if (appointment != NULL)
    self->held = *appointment;
  for (guint i = 0; i < self->n_items; i++)
    fill (self, i);
}
