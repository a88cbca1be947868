#include "lint.h"

#include <string.h>

#include "limber-kiosk-keys.h"
#include "limber-kiosk-mark.h"
#include "limber-kiosk-reading.h"
#include "dots.h"

#define TARGET 64
#define APART 8
#define TEXT_CONTRAST 7.0
#define SIGN_CONTRAST 3.0
#define RING_CONTRAST 3.0
#define RING_THICK 2

typedef struct {
  GtkWidget   *window;
  const char  *picture;
  LintComplain complain;
  GtkWidget   *viewport; /* what is in it may be out of sight */
  Dots         drawn;
  GPtrArray   *buttons; /* (owned) (element-type GtkWidget) */
  GPtrArray   *things;  /* (owned) (element-type GtkWidget): labels and buttons, as they come */
} Lint;

static gboolean
is_shown (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_get_width (widget) > 0 && gtk_widget_get_height (widget) > 0;
}

static graphene_rect_t
place (Lint *lint, GtkWidget *widget)
{
  graphene_rect_t box = GRAPHENE_RECT_INIT_ZERO;

  g_assert_true (gtk_widget_compute_bounds (widget, lint->window, &box));
  return box;
}

static GtkWidget *
find_viewport (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_VIEWPORT (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL; child = gtk_widget_get_next_sibling (child))
    found = find_viewport (child);
  return found;
}

static gboolean
moves (Lint *lint, GtkWidget *widget)
{
  return gtk_widget_is_ancestor (widget, lint->viewport);
}

/* Whether all of it can be seen without moving the page. */
static gboolean
is_in_sight (Lint *lint, GtkWidget *widget)
{
  graphene_rect_t box = place (lint, widget), seen = place (lint, lint->viewport);

  return !moves (lint, widget) || graphene_rect_contains_rect (&seen, &box);
}

static void
complain (Lint *lint, GtkWidget *widget, const char *what)
{
  g_autofree char *words = limber_kiosk_reading_of (widget), *text = NULL;
  graphene_rect_t box = place (lint, widget);

  text = g_strdup_printf ("%s \"%s\" at %.0f, %.0f, %.0f x %.0f", G_OBJECT_TYPE_NAME (widget), g_strdelimit (words, "\n", ' '), box.origin.x, box.origin.y, box.size.width, box.size.height);
  lint->complain (lint->picture, what, text);
}

static void
collect (Lint *lint, GtkWidget *widget)
{
  if (!is_shown (widget))
    return;
  if (GTK_IS_BUTTON (widget)) {
    g_ptr_array_add (lint->buttons, widget);
    g_ptr_array_add (lint->things, widget);
  } else if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0' && gtk_widget_get_ancestor (widget, GTK_TYPE_BUTTON) == NULL) {
    g_ptr_array_add (lint->things, widget);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect (lint, child);
}

/* Names. */

static gboolean
has_name (GtkWidget *button)
{
  g_autofree char *words = limber_kiosk_reading_of (button);

  return *words != '\0' || gtk_test_accessible_has_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL) || gtk_test_accessible_has_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

static void
check_names (Lint *lint)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < lint->buttons->len; i++) {
    GtkWidget *button = g_ptr_array_index (lint->buttons, i);
    g_autofree char *words = limber_kiosk_reading_of (button);

    if (gtk_widget_is_sensitive (button) && !limber_kiosk_reading_is_secret (button) && !has_name (button))
      complain (lint, button, "has no name");
    if (*words != '\0' && !g_hash_table_add (seen, g_steal_pointer (&words)))
      complain (lint, button, "is called as another is");
  }
}

/* Targets. */

static void
check_targets (Lint *lint)
{
  for (guint i = 0; i < lint->buttons->len; i++) {
    graphene_rect_t box = place (lint, g_ptr_array_index (lint->buttons, i)), around, common;
    gboolean moving = moves (lint, g_ptr_array_index (lint->buttons, i));

    if (box.size.width < TARGET || box.size.height < TARGET)
      complain (lint, g_ptr_array_index (lint->buttons, i), "is too small to be hit");
    graphene_rect_inset_r (&box, -APART + 0.5f, -APART + 0.5f, &around);
    for (guint j = i + 1; j < lint->buttons->len; j++) {
      graphene_rect_t other = place (lint, g_ptr_array_index (lint->buttons, j));

      if (moving == moves (lint, g_ptr_array_index (lint->buttons, j)) && graphene_rect_intersection (&around, &other, &common))
        complain (lint, g_ptr_array_index (lint->buttons, j), "is too near to another");
    }
  }
}

/* Order: what comes next stands below, or beside it in the direction in which one reads. */

/* Of what they both stand in: keys may run another way than the page. */
static gboolean
is_mirrored (GtkWidget *one, GtkWidget *next)
{
  GtkWidget *around = gtk_widget_get_parent (next);

  while (!gtk_widget_is_ancestor (one, around))
    around = gtk_widget_get_parent (around);
  return gtk_widget_get_direction (around) == GTK_TEXT_DIR_RTL;
}

static gboolean
is_after (Lint *lint, GtkWidget *one, GtkWidget *next)
{
  gboolean together = moves (lint, one) == moves (lint, next);
  graphene_rect_t before = place (lint, together || !moves (lint, one) ? one : lint->viewport), after = place (lint, together || !moves (lint, next) ? next : lint->viewport);
  gboolean mirrored = is_mirrored (one, next);
  float end = mirrored ? before.origin.x : before.origin.x + before.size.width, begin = mirrored ? after.origin.x + after.size.width : after.origin.x;

  return after.origin.y + 1 >= before.origin.y + before.size.height || (mirrored ? begin <= end + 1 : begin >= end - 1);
}

static void
check_order (Lint *lint)
{
  for (guint i = 1; i < lint->things->len; i++)
    if (!is_after (lint, g_ptr_array_index (lint->things, i - 1), g_ptr_array_index (lint->things, i)))
      complain (lint, g_ptr_array_index (lint->things, i), "is read after what it stands before");
}

/* By Tab alone: everything, in order, and nothing that cannot be seen. */
static void
check_tab (Lint *lint)
{
  g_autoptr (GHashTable) reached = g_hash_table_new (NULL, NULL);
  GtkWidget *was = gtk_window_get_focus (GTK_WINDOW (lint->window)), *last = NULL;

  gtk_window_set_focus (GTK_WINDOW (lint->window), NULL);
  for (guint i = 0; i <= lint->buttons->len; i++) {
    GtkWidget *focus;

    if (!gtk_widget_child_focus (lint->window, GTK_DIR_TAB_FORWARD) || (focus = gtk_window_get_focus (GTK_WINDOW (lint->window))) == NULL || !g_hash_table_add (reached, focus))
      break;
    if (!is_shown (focus))
      lint->complain (lint->picture, "has the focus and cannot be seen", G_OBJECT_TYPE_NAME (focus));
    else if (last != NULL && !is_after (lint, last, focus)) {
      complain (lint, last, "has the focus before what it stands after");
      complain (lint, focus, "  namely this");
    }
    last = focus;
  }
  for (guint i = 0; i < lint->buttons->len; i++)
    if (gtk_widget_is_sensitive (g_ptr_array_index (lint->buttons, i)) && !g_hash_table_contains (reached, g_ptr_array_index (lint->buttons, i)))
      complain (lint, g_ptr_array_index (lint->buttons, i), "cannot be reached by Tab");
  gtk_window_set_focus (GTK_WINDOW (lint->window), was);
}

/* Contrast of what was drawn. */

static void
check_contrast_of (Lint *lint, GtkWidget *widget, double least)
{
  graphene_rect_t box = place (lint, widget);
  double found = dots_contrast_in (&lint->drawn, &box);
  g_autofree char *what = g_strdup_printf ("has a contrast of %.1f", found);

  if (found < least)
    complain (lint, widget, what);
}

static void
check_contrast (Lint *lint, GtkWidget *widget)
{
  if (!is_shown (widget) || !gtk_widget_is_sensitive (widget))
    return;
  if (GTK_IS_LABEL (widget) || LIMBER_IS_KIOSK_MARK (widget))
    if (!is_in_sight (lint, widget))
      return;
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    check_contrast_of (lint, widget, TEXT_CONTRAST);
  if (LIMBER_IS_KIOSK_MARK (widget))
    check_contrast_of (lint, widget, SIGN_CONTRAST);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    check_contrast (lint, child);
}

static void
lint_clear (Lint *lint)
{
  dots_clear (&lint->drawn);
  g_clear_pointer (&lint->buttons, g_ptr_array_unref);
  g_clear_pointer (&lint->things, g_ptr_array_unref);
}

/**
 * lint_page:
 * @drawn: the window as it is drawn now
 * @picture: its name, for complaints
 *
 * Complains of all that is wrong with the page.
 */
void
lint_page (GtkWidget *window, GdkTexture *drawn, const char *picture, LintComplain complain_to)
{
  Lint lint = { .window = window, .picture = picture, .complain = complain_to, .viewport = find_viewport (window), .buttons = g_ptr_array_new (), .things = g_ptr_array_new () };

  dots_read (&lint.drawn, drawn);
  collect (&lint, window);
  check_names (&lint);
  check_targets (&lint);
  check_order (&lint);
  check_tab (&lint);
  check_contrast (&lint, window);
  lint_clear (&lint);
}

/**
 * lint_focus:
 * @focused: the window with the focus where it is
 * @unfocused: the same, and nothing has the focus
 *
 * Complains when the focus is not seen well: it must change a line of %RING_THICK around the control by %RING_CONTRAST to 1.
 */
void
lint_focus (GtkWidget *window, GdkTexture *focused, GdkTexture *unfocused, const char *picture, LintComplain complain_to)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));
  Lint with = { .window = window, .picture = picture, .complain = complain_to, .viewport = find_viewport (window) }, without = with;
  graphene_rect_t box;
  guint changed = 0;

  if (focus == NULL)
    return;
  dots_read (&with.drawn, focused);
  dots_read (&without.drawn, unfocused);
  box = place (&with, focus);
  changed = dots_changed (&with.drawn, &without.drawn, RING_CONTRAST);
  if (changed < RING_THICK * 2 * (box.size.width + box.size.height))
    complain (&with, focus, "has a focus that is hard to see");
  lint_clear (&with);
  lint_clear (&without);
}
