/* It fails on a page that does not fit its screen, that cuts a text off, that is blank, or that lint.h complains of, and prints TAP: one test
 * a page. */
#include "gallery.h"

#include "lint.h"

static const struct {
  const char *name;
  int         width, height;
  gboolean    dark, right_to_left;
  double      text;    /* how much larger than usual */
  gboolean    further; /* only of pages that gallery_look_further() was said of */
  gboolean    linted;  /* these too */
} looks[] = {
  { "1280x800", 1280, 800, FALSE, FALSE, 1, FALSE, TRUE },
  { "1280x720", 1280, 720, FALSE, FALSE, 1, TRUE, FALSE }, /* the smallest screen that is promised */
  { "1920x1080", 1920, 1080, FALSE, FALSE, 1, FALSE, FALSE },
  { "1280x800-dark", 1280, 800, TRUE, FALSE, 1, FALSE, TRUE },
  { "1280x800-right-to-left", 1280, 800, FALSE, TRUE, 1, FALSE, TRUE },
  { "1920x1080-large-text", 1920, 1080, FALSE, FALSE, 1.5, TRUE, FALSE },
  { "1920x1080-largest-text-dark", 1920, 1080, TRUE, FALSE, 2, TRUE, FALSE },
};
static gboolean further;
static char **wanted; /* (nullable): the pages that are drawn alone */
static guint failures, tests;

static void
complain (const char *picture, const char *what, const char *text)
{
  g_print ("# %s: %s: %s\n", picture, what, text);
  failures++;
}

/* What is cut off stands whole in what appears under the pointer. */
static gboolean
is_told (GtkWidget *label)
{
  for (GtkWidget *at = label; at != NULL; at = gtk_widget_get_parent (at))
    if (g_strcmp0 (gtk_widget_get_tooltip_text (at), gtk_label_get_text (GTK_LABEL (label))) == 0)
      return TRUE;
  return FALSE;
}

static void
check_labels (GtkWidget *widget, const char *picture)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))) && !is_told (widget))
    complain (picture, "cut off", gtk_label_get_label (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    check_labels (child, picture);
}

/* A label that sticks out of the widget that holds it. */
static void
check_inside (GtkWidget *widget, const char *picture)
{
  graphene_rect_t bounds;
  GtkWidget *parent = gtk_widget_get_parent (widget);

  if (desk_text_of (widget) != NULL && gtk_widget_get_mapped (widget) && gtk_widget_compute_bounds (widget, parent, &bounds) &&
      (bounds.origin.x < -1 || bounds.origin.x + bounds.size.width > (float) gtk_widget_get_width (parent) + 1))
    complain (picture, "sticks out", desk_text_of (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    check_inside (child, picture);
}

static void
on_painted (GdkFrameClock *clock, guint *painted)
{
  ++*painted;
}

static void
settle (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  gint64 deadline = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;
  guint painted = 0;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted), &painted);

  while (painted < 4 && g_get_monotonic_time () < deadline) {
    gtk_widget_queue_draw (window);
    g_main_context_iteration (NULL, TRUE);
  }
  g_signal_handler_disconnect (clock, handler);
}

/* Whether hardly a dot differs from the one in the corner. */
static gboolean
is_blank (GdkTexture *texture)
{
  gsize n = (gsize) gdk_texture_get_width (texture) * (gsize) gdk_texture_get_height (texture), other = 0;
  g_autofree guint32 *dots = g_new (guint32, n);

  gdk_texture_download (texture, (guchar *) dots, (gsize) gdk_texture_get_width (texture) * 4);
  for (gsize i = 0; i < n; i++)
    other += dots[i] != dots[n / 2];
  return other < n / 1000;
}

static GdkTexture *
draw (GtkWidget *window)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  int width = gtk_widget_get_width (window), height = gtk_widget_get_height (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  return gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
}

static void
take (Desk *desk, const char *folder, const char *page, guint look)
{
  GtkWidget *window = GTK_WIDGET (desk->window);
  g_autofree char *name = g_strdup_printf ("%s-%s", page, looks[look].name), *size = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  gtk_widget_set_default_direction (looks[look].right_to_left ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), looks[look].dark ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (96 * 1024 * looks[look].text), NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), looks[look].width, looks[look].height);
  settle (window);
  for (guint i = 0; i < 20 && (gtk_widget_get_width (window) > looks[look].width || gtk_widget_get_height (window) > looks[look].height); i++)
    settle (window); /* the display gives the size when it comes to it */
  size = g_strdup_printf ("%d x %d", gtk_widget_get_width (window), gtk_widget_get_height (window));
  if (gtk_widget_get_width (window) > looks[look].width || gtk_widget_get_height (window) > looks[look].height)
    complain (name, "needs more than its screen", size);
  check_labels (window, name);
  check_inside (window, name);
  texture = draw (window);
  if (is_blank (texture))
    complain (name, "blank", "");
  if (further && looks[look].linted)
    desk_lint (window, texture, name, complain);
  if (folder != NULL) {
    g_autofree char *file = g_strdup_printf ("%s/%s.png", folder, name);

    gdk_texture_save_to_png (texture, file);
  }
}

/**
 * gallery_page:
 * @folder: (nullable): where the pictures go
 * @name: what they are called
 *
 * Draws what the desk shows now, in every look.
 */
void
gallery_page (Desk *desk, const char *folder, const char *name)
{
  guint before = failures;

  if (wanted != NULL && *wanted != NULL && !g_strv_contains ((const char *const *) wanted, name))
    return;
  for (guint look = 0; look < G_N_ELEMENTS (looks); look++)
    if ((further || !looks[look].further) && (looks[look].linted || g_getenv ("ADW_DEBUG_HIGH_CONTRAST") == NULL)) /* strong contrast changes no sizes */
      take (desk, folder, name, look);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024, NULL); /* the next page is made in the usual size */
  settle (GTK_WIDGET (desk->window));
  g_print ("%s %u /ui/desk/pictures/%s-fits-every-screen\n", failures == before ? "ok" : "not ok", ++tests, name);
}

/**
 * gallery_show_sync:
 *
 * The line is cut, and changes wait.
 */
void
gallery_show_sync (Desk *desk)
{
  LimberSyncFacts facts = { .state = LIMBER_SYNC_OFFLINE, .offline_since = TEST_NOW - 45 * G_GINT64_CONSTANT (60000), .peer = "hub", .pending = 6, .conflicts = 1 };

  limber_window_show_sync (desk->window, &facts);
}

/**
 * gallery_end:
 *
 * Returns: what the program exits with
 */
int
gallery_end (void)
{
  g_print ("1..%u\n", tests);
  return failures > 0 ? 1 : 0;
}

/**
 * gallery_only:
 * @names: (nullable): %NULL-ended names of pages
 *
 * Draws these alone, if there are any.
 */
void
gallery_only (char **names)
{
  wanted = names;
}

/**
 * gallery_look_further:
 * @on: whether the pages that come are looked at on the smallest screen and in larger texts, too, and linted
 */
void
gallery_look_further (gboolean on)
{
  further = on;
}
