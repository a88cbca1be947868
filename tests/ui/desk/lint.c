#include "lint.h"

#include <string.h>

#include "desk.h"
#include "dots.h"
#include "limber-undo-bar.h"

#define TEXT_CONTRAST 4.5
#define SIGN_CONTRAST 3.0
#define MOST_STOPS 400 /* of Tab */

typedef struct {
  GtkWidget       *window;
  const char      *picture;
  DeskLintComplain complain;
  Dots             drawn;
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

/* The first text in a widget. */
static const char *
words_in (GtkWidget *widget)
{
  const char *found = desk_text_of (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && (found == NULL || *found == '\0'); child = gtk_widget_get_next_sibling (child))
    found = words_in (child);
  return found;
}

static void
complain (Lint *lint, GtkWidget *widget, const char *what)
{
  graphene_rect_t box = place (lint, widget);
  g_autofree char *text = g_strdup_printf ("%s \"%s\" at %.0f, %.0f, %.0f x %.0f", G_OBJECT_TYPE_NAME (widget), words_in (widget), box.origin.x, box.origin.y, box.size.width, box.size.height);

  lint->complain (lint->picture, what, text);
}

/* Names. */

static gboolean
is_named (GtkWidget *widget)
{
  const char *words = words_in (widget);

  return gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL) || gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY) ||
         ((GTK_IS_BUTTON (widget) || GTK_IS_LABEL (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget)) && words != NULL && *words != '\0');
}

/* What is in an entry or a list's row is part of it; GTK 4.8 gives rows no name, so what stands in them has it. */
static gboolean
has_name (GtkWidget *widget)
{
  for (GtkWidget *at = widget; at != NULL && !GTK_IS_SCROLLED_WINDOW (at) && !GTK_IS_STACK (at) && !GTK_IS_WINDOW (at); at = gtk_widget_get_parent (at))
    if (is_named (at))
      return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (is_named (child))
      return TRUE;
  return FALSE;
}

/* Order: what comes next stands below, or beside in the direction of reading; what scrolls counts as where it scrolls. What lies over the
 * page, as results do and what was just done, has no place in its order: it comes last. */

static GtkWidget *
scroller_of (GtkWidget *widget)
{
  GtkWidget *found = widget;

  for (GtkWidget *at = widget; at != NULL; at = gtk_widget_get_parent (at))
    if (GTK_IS_SCROLLED_WINDOW (at))
      found = at;
  return found;
}

static gboolean
is_after (Lint *lint, GtkWidget *one, GtkWidget *next)
{
  gboolean together = scroller_of (one) == scroller_of (next), mirrored = gtk_widget_get_direction (lint->window) == GTK_TEXT_DIR_RTL;
  graphene_rect_t before = place (lint, together ? one : scroller_of (one)), after = place (lint, together ? next : scroller_of (next));
  float end = mirrored ? before.origin.x : before.origin.x + before.size.width, begin = mirrored ? after.origin.x + after.size.width : after.origin.x;

  return gtk_widget_get_ancestor (next, LIMBER_TYPE_UNDO_BAR) != NULL || graphene_rect_intersection (&before, &after, NULL) || after.origin.y + 1 >= before.origin.y + before.size.height || (mirrored ? begin <= end + 1 : begin >= end - 1);
}

static gboolean
is_row (GtkWidget *widget)
{
  return gtk_widget_get_parent (widget) != NULL && GTK_IS_LIST_VIEW (gtk_widget_get_parent (widget));
}

/* All that Tab comes to, from wherever it begins; of a list's rows, of which there are as many as people, none. */
static GPtrArray *
stops_of (Lint *lint)
{
  g_autoptr (GHashTable) reached = g_hash_table_new (NULL, NULL);
  GPtrArray *stops = g_ptr_array_new ();

  for (guint i = 0; i < MOST_STOPS; i++) {
    gboolean went = gtk_widget_child_focus (lint->window, GTK_DIR_TAB_FORWARD);
    GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (lint->window));

    if (focus != NULL && !g_hash_table_add (reached, focus))
      break;
    if (went && focus != NULL && !is_row (focus))
      g_ptr_array_add (stops, focus);
  }
  return stops;
}

/* Where the page begins: at the top. What scrolls counts as where it scrolls, but beside what scrolls with it. */
static guint
first_of (Lint *lint, GPtrArray *stops)
{
  guint first = 0;

  for (guint i = 1; i < stops->len; i++) {
    GtkWidget *leader = g_ptr_array_index (stops, first), *stop = g_ptr_array_index (stops, i);
    gboolean together = scroller_of (leader) == scroller_of (stop), mirrored = gtk_widget_get_direction (lint->window) == GTK_TEXT_DIR_RTL;
    graphene_rect_t best = place (lint, together ? leader : scroller_of (leader)), box = place (lint, together ? stop : scroller_of (stop));
    gboolean beside = box.origin.y < best.origin.y + best.size.height / 2;

    if (box.origin.y + box.size.height <= best.origin.y || (beside && (mirrored ? box.origin.x > best.origin.x : box.origin.x < best.origin.x) && box.origin.y + box.size.height / 2 < best.origin.y + best.size.height))
      first = i;
  }
  return first;
}

/* Tab goes through all that scrolls: it stands again afterwards as whoever opens the page finds it. */
typedef struct {
  GtkAdjustment *adjustment; /* (owned) */
  double         value;
} Scrolled;

static void
scrolled_clear (gpointer data)
{
  g_object_unref (((Scrolled *) data)->adjustment);
}

static void
keep_scrolled (GtkWidget *widget, GArray *all)
{
  GtkAdjustment *adjustment = GTK_IS_SCROLLED_WINDOW (widget) && gtk_widget_get_mapped (widget) ? gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (widget)) : NULL;
  Scrolled scrolled = { adjustment, adjustment != NULL ? gtk_adjustment_get_value (adjustment) : 0 };

  if (adjustment != NULL) {
    g_object_ref (adjustment);
    g_array_append_val (all, scrolled);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    keep_scrolled (child, all);
}

static void
scroll_back (GtkWidget *widget)
{
  if (GTK_IS_LIST_VIEW (widget) && gtk_widget_get_mapped (widget))
    gtk_widget_activate_action (widget, "list.scroll-to-item", "u", 0);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    scroll_back (child);
}

static void
check_tab (Lint *lint)
{
  GtkWidget *was = gtk_window_get_focus (GTK_WINDOW (lint->window));
  g_autoptr (GPtrArray) stops = NULL;
  g_autoptr (GArray) scrolled = g_array_new (FALSE, FALSE, sizeof (Scrolled));
  guint first;

  g_array_set_clear_func (scrolled, scrolled_clear);
  keep_scrolled (lint->window, scrolled);
  gtk_window_set_focus (GTK_WINDOW (lint->window), NULL);
  stops = stops_of (lint);
  first = stops->len > 0 ? first_of (lint, stops) : 0; /* a page may have nothing to press */
  for (guint i = 0; i < stops->len; i++) {
    GtkWidget *stop = g_ptr_array_index (stops, (first + i) % stops->len), *before = i > 0 ? g_ptr_array_index (stops, (first + i - 1) % stops->len) : NULL;

    if (!is_shown (stop))
      lint->complain (lint->picture, "has the focus and cannot be seen", G_OBJECT_TYPE_NAME (stop));
    else if (!has_name (stop) && !GTK_IS_SCROLLED_WINDOW (stop)) /* that which libadwaita puts around a page that says one thing */
      complain (lint, stop, "has no name");
    else if (before != NULL && is_shown (before) && !is_after (lint, before, stop)) {
      complain (lint, before, "has the focus before what it stands after");
      complain (lint, stop, "  namely this");
    }
  }
  gtk_window_set_focus (GTK_WINDOW (lint->window), was);
  scroll_back (lint->window);
  for (guint i = 0; i < scrolled->len; i++)
    gtk_adjustment_set_value (g_array_index (scrolled, Scrolled, i).adjustment, g_array_index (scrolled, Scrolled, i).value);
}

/* Contrast. */

/* Whether it is on top, and all of it where it is not scrolled away. */
static gboolean
is_in_sight (Lint *lint, GtkWidget *widget)
{
  graphene_rect_t box = place (lint, widget), seen = place (lint, scroller_of (widget));
  GtkWidget *top = gtk_widget_pick (lint->window, box.origin.x + box.size.width / 2, box.origin.y + box.size.height / 2, GTK_PICK_INSENSITIVE | GTK_PICK_NON_TARGETABLE);

  return graphene_rect_contains_rect (&seen, &box) && top != NULL && (top == widget || gtk_widget_is_ancestor (top, widget) || gtk_widget_is_ancestor (widget, top));
}

static gboolean
is_enabled (GtkWidget *widget)
{
  return gtk_widget_is_sensitive (widget) && gtk_widget_get_opacity (widget) > 0.99;
}

/* Not a mere mark between words. */
static gboolean
has_words (GtkWidget *widget)
{
  const char *at = desk_text_of (widget);

  while (at != NULL && *at != '\0' && !g_unichar_isalnum (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);
  return at != NULL && *at != '\0';
}

static void
check_contrast (Lint *lint, GtkWidget *widget)
{
  gboolean text = has_words (widget), sign = GTK_IS_IMAGE (widget) && !GTK_IS_SWITCH (gtk_widget_get_parent (widget)) && gtk_image_get_storage_type (GTK_IMAGE (widget)) != GTK_IMAGE_EMPTY;

  if (!is_shown (widget) || !is_enabled (widget))
    return;
  if ((text || sign) && is_in_sight (lint, widget)) {
    graphene_rect_t box = place (lint, widget);
    double found = dots_contrast_in (&lint->drawn, &box);
    g_autofree char *what = g_strdup_printf ("has a contrast of %.1f", found);

    if (found < (text ? TEXT_CONTRAST : SIGN_CONTRAST))
      complain (lint, widget, what);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    check_contrast (lint, child);
}

/**
 * desk_lint:
 * @drawn: the window as it is drawn now
 * @picture: its name, for complaints
 *
 * Complains of all that is wrong with the page.
 */
void
desk_lint (GtkWidget *window, GdkTexture *drawn, const char *picture, DeskLintComplain complain_to)
{
  Lint lint = { .window = window, .picture = picture, .complain = complain_to };

  dots_read (&lint.drawn, drawn);
  check_contrast (&lint, window);
  dots_clear (&lint.drawn);
  check_tab (&lint);
}
