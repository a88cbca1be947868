#include "limber-kiosk-switch.h"

/* Seconds that the mark stays: time to see it, to decide, and to press with a hand that is slow. */
#define SECONDS 3
/* So many times through everything, and nobody has pressed: then nobody is there. */
#define ROUNDS 2
/* So many controls are gone through one by one; more of them by rows. */
#define FEW 6

/* What is marked at once: a row, or one control. */
typedef GPtrArray Line; /* (element-type GtkWidget) */

struct _LimberKioskSwitch {
  GObject parent_instance;

  gboolean   on;
  GtkWidget *page;   /* (weak) (nullable) */
  GtkWidget *tools;  /* (weak) (nullable): what is offered on every page, after all that is on the page */
  GPtrArray *lines;  /* (owned) (element-type Line) */
  guint      line;
  int        place;  /* within the line, -1 while the line is marked as a whole */
  guint      rounds; /* since the last press */
  guint      frames; /* that have begun since something changed */
  guint      moving; /* a source */
};

G_DEFINE_FINAL_TYPE (LimberKioskSwitch, limber_kiosk_switch, G_TYPE_OBJECT)

enum {
  SIGNAL_MARKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
collect (GPtrArray *controls, GtkWidget *widget)
{
  if (!gtk_widget_get_visible (widget) || !gtk_widget_get_child_visible (widget) || !gtk_widget_is_sensitive (widget))
    return;
  if (GTK_IS_BUTTON (widget)) {
    g_ptr_array_add (controls, g_object_ref (widget));
    return;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect (controls, child);
}

static Line *
line_new (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

/* Whether two stand beside each other. */
static gboolean
are_level (GtkWidget *one, GtkWidget *other)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (one));
  graphene_rect_t first, second;

  if (root == NULL || !gtk_widget_compute_bounds (one, root, &first) || !gtk_widget_compute_bounds (other, root, &second))
    return FALSE;
  return first.origin.y < second.origin.y + second.size.height / 2 && second.origin.y < first.origin.y + first.size.height / 2;
}

static void
add_lines (LimberKioskSwitch *self, GtkWidget *widget, guint few)
{
  g_autoptr (GPtrArray) controls = g_ptr_array_new_with_free_func (g_object_unref);
  Line *line = NULL;

  if (widget != NULL)
    collect (controls, widget);
  for (guint i = 0; i < controls->len; i++) {
    GtkWidget *control = g_ptr_array_index (controls, i);

    if (line == NULL || controls->len <= few || !are_level (g_ptr_array_index (line, line->len - 1), control)) {
      line = line_new ();
      g_ptr_array_add (self->lines, line);
    }
    g_ptr_array_add (line, g_object_ref (control));
  }
}

static void
mark_line (Line *line, gboolean marked)
{
  for (guint i = 0; i < line->len; i++)
    if (marked)
      gtk_widget_add_css_class (g_ptr_array_index (line, i), LIMBER_KIOSK_SWITCH_MARKED);
    else
      gtk_widget_remove_css_class (g_ptr_array_index (line, i), LIMBER_KIOSK_SWITCH_MARKED);
}

static Line *
get_line (LimberKioskSwitch *self)
{
  return self->line < self->lines->len ? g_ptr_array_index (self->lines, self->line) : NULL;
}

static void
unmark (LimberKioskSwitch *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    mark_line (g_ptr_array_index (self->lines, i), FALSE);
}

static void
mark (LimberKioskSwitch *self)
{
  Line *line = get_line (self);
  GtkWidget *first = NULL, *last = NULL;

  unmark (self);
  if (line == NULL)
    return;
  if (self->place < 0)
    mark_line (line, TRUE);
  limber_kiosk_switch_get_marked (self, &first, &last);
  gtk_widget_add_css_class (first, LIMBER_KIOSK_SWITCH_MARKED);
  gtk_widget_grab_focus (first);
  g_signal_emit (self, signals[SIGNAL_MARKED], 0);
}

static gboolean
on_time (gpointer data)
{
  limber_kiosk_switch_step (data);
  return G_SOURCE_CONTINUE;
}

static void
begin (LimberKioskSwitch *self)
{
  unmark (self);
  g_ptr_array_set_size (self->lines, 0);
  g_clear_handle_id (&self->moving, g_source_remove);
  if (!self->on)
    return;
  add_lines (self, self->page, FEW);
  add_lines (self, self->tools, 0);
  self->line = 0;
  self->place = -1;
  self->moving = g_timeout_add_seconds (SECONDS, on_time, self);
  mark (self);
}

/* What was pressed may have changed what there is to press: the rows are looked for anew when that has been laid out. */
static gboolean
on_settled (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  LimberKioskSwitch *self = data;

  if (widget != self->page)
    return G_SOURCE_REMOVE;
  /* A frame begins before it is laid out: the next one knows where things are. */
  if (++self->frames < 2)
    return G_SOURCE_CONTINUE;
  begin (self);
  return G_SOURCE_REMOVE;
}

static void
begin_when_settled (LimberKioskSwitch *self)
{
  unmark (self);
  g_ptr_array_set_size (self->lines, 0);
  g_clear_handle_id (&self->moving, g_source_remove);
  self->frames = 0;
  if (self->on && self->page != NULL)
    gtk_widget_add_tick_callback (self->page, on_settled, g_object_ref (self), g_object_unref);
}

static void
limber_kiosk_switch_dispose (GObject *object)
{
  LimberKioskSwitch *self = LIMBER_KIOSK_SWITCH (object);

  g_clear_handle_id (&self->moving, g_source_remove);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_weak_pointer (&self->page);
  g_clear_weak_pointer (&self->tools);
  G_OBJECT_CLASS (limber_kiosk_switch_parent_class)->dispose (object);
}

static void
limber_kiosk_switch_class_init (LimberKioskSwitchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limber_kiosk_switch_dispose;
  signals[SIGNAL_MARKED] = g_signal_new ("marked", LIMBER_TYPE_KIOSK_SWITCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
limber_kiosk_switch_init (LimberKioskSwitch *self)
{
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
}

LimberKioskSwitch *
limber_kiosk_switch_new (void)
{
  return g_object_new (LIMBER_TYPE_KIOSK_SWITCH, NULL);
}

/**
 * limber_kiosk_switch_set_on:
 *
 * Begins to move the mark, or stops.
 */
void
limber_kiosk_switch_set_on (LimberKioskSwitch *self, gboolean on)
{
  if (self->on == on)
    return;
  self->on = on;
  self->rounds = 0;
  begin_when_settled (self);
}

gboolean
limber_kiosk_switch_is_on (LimberKioskSwitch *self)
{
  return self->on;
}

/**
 * limber_kiosk_switch_is_patient:
 *
 * Returns: whether somebody may still be waiting for the mark to come to what she wants: it has not been everywhere often enough
 */
gboolean
limber_kiosk_switch_is_patient (LimberKioskSwitch *self)
{
  return self->on && self->rounds < ROUNDS;
}

/**
 * limber_kiosk_switch_set_places:
 * @page: the page that has come
 * @tools: (nullable): what is offered beside every page
 *
 * Begins anew, with what is on the page.
 */
void
limber_kiosk_switch_set_places (LimberKioskSwitch *self, GtkWidget *page, GtkWidget *tools)
{
  g_set_weak_pointer (&self->page, page);
  g_set_weak_pointer (&self->tools, tools);
  self->rounds = 0;
  begin_when_settled (self);
}

/**
 * limber_kiosk_switch_step:
 *
 * Moves the mark on by one; called by the clock. A row that was entered is left when nothing in it was wanted.
 */
void
limber_kiosk_switch_step (LimberKioskSwitch *self)
{
  Line *line = get_line (self);

  if (line == NULL)
    return;
  if (self->place >= 0 && self->place + 1 < (int) line->len) {
    self->place++;
  } else {
    self->place = -1;
    self->line = (self->line + 1) % self->lines->len;
    self->rounds += self->line == 0;
  }
  mark (self);
}

/**
 * limber_kiosk_switch_press:
 *
 * The button was pressed: enters the row that is marked, or presses the control that is.
 */
void
limber_kiosk_switch_press (LimberKioskSwitch *self)
{
  Line *line = get_line (self);
  g_autoptr (GtkWidget) control = NULL;

  self->rounds = 0;
  if (line == NULL)
    return;
  if (self->place < 0 && line->len > 1) {
    self->place = 0;
    g_clear_handle_id (&self->moving, g_source_remove);
    self->moving = g_timeout_add_seconds (SECONDS, on_time, self);
    mark (self);
    return;
  }
  control = g_object_ref (g_ptr_array_index (line, MAX (0, self->place)));
  begin_when_settled (self);
  gtk_widget_activate (control);
}

/**
 * limber_kiosk_switch_get_marked:
 * @first: (out) (nullable): the control that is marked, or the first of the row
 * @last: (out) (nullable): the last of the row, or the same
 */
void
limber_kiosk_switch_get_marked (LimberKioskSwitch *self, GtkWidget **first, GtkWidget **last)
{
  Line *line = self->on ? get_line (self) : NULL;

  *first = *last = NULL;
  if (line == NULL)
    return;
  *first = g_ptr_array_index (line, MAX (0, self->place));
  *last = self->place < 0 ? g_ptr_array_index (line, line->len - 1) : *first;
}
