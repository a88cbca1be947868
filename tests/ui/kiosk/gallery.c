/* Every page of the kiosk as a picture, to be looked at:  kiosk-gallery [FOLDER [PAGE…]]. It fails on a page that does not fit its
 * screen, that cuts a text off, or that is blank. It prints TAP: one test a page. */
#include <string.h>

#include "limber-board-page.h"
#include "limber-date.h"
#include "limber-kiosk-confirm.h"
#include "limber-kiosk-done.h"
#include "limber-kiosk-exit.h"
#include "limber-kiosk-message.h"
#include "limber-kiosk-question.h"
#include "limber-kiosk-still.h"
#include "limber-kiosk-style.h"
#include "limber-kiosk-welcome.h"
#include "limber-kiosk-window.h"
#include "limber-kiosk-year.h"
#include "limber-test-board.h"

static const struct { int width, height; const char *name; } screens[] = { { 1280, 800, "1280x800" }, { 1920, 1080, "1920x1080" }, { 1080, 1920, "1080x1920" } };
static const char *const pages[] = { "welcome", "day", "month", "letter", "year", "wait", "confirm", "done", "done-bare", "done-late", "done-next", "done-number", "no-match", "early", "late", "cancelled", "already",
                                     "see-desk", "person", "not-you", "foreign", "throttled", "unsaved", "broken", "still", "exit", "exit-none",
                                     "board-calm", "board-call", "board-number", "board-full", "board-cut-off" };
static guint failures;

static LimberArriveAnswer *
answer_new (LimberArriveResult result, gboolean bare)
{
  LimberArriveAnswer *answer = limber_arrive_answer_new (result);

  limber_time_parse ("2026-11-21T17:30:00Z", &answer->start);
  limber_time_parse ("2026-11-21T16:45:00Z", &answer->opens);
  answer->initials = g_strdup ("JS");
  if (bare)
    return answer;
  answer->with = g_strdup ("Priya");
  answer->place = g_strdup ("Treatment room 2");
  answer->waiting_area = g_strdup ("Waiting area B");
  return answer;
}

static LimberKioskPage *
message_for (LimberArriveResult result)
{
  g_autoptr (LimberArriveAnswer) answer = answer_new (result, FALSE);

  return limber_kiosk_message_new_for_answer (answer);
}

static LimberKioskPage *
make_message (const char *name)
{
  static const char *const sayings[] = { "wait", "person", "not-you", "foreign", "throttled", "unsaved", "unread", "broken" };
  LimberKioskPage *page = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (sayings); i++)
    if (g_str_equal (sayings[i], name))
      page = limber_kiosk_message_new ((LimberKioskSaying) i);
  if (g_str_equal (name, "broken"))
    limber_kiosk_message_set_reason (page, "Another program is using the store /var/lib/limber/kiosk.");
  if (g_str_equal (name, "unsaved"))
    limber_kiosk_message_set_reason (page, "The disk is full. Nothing was changed.");
  return page;
}

static LimberKioskPage *
make_answered (const char *name)
{
  static const char *const results[] = { "checked-in", "already", "early", "late", "cancelled", "ask-more", "see-desk", "no-match" };
  g_autoptr (LimberArriveAnswer) answer = answer_new (LIMBER_ARRIVE_CHECKED_IN, g_str_equal (name, "done-bare"));
  LimberKioskPage *page;

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    if (g_str_equal (results[i], name))
      return message_for ((LimberArriveResult) i);
  if (g_str_equal (name, "confirm"))
    return limber_kiosk_confirm_new (answer);
  if (g_str_equal (name, "done-late") || g_str_equal (name, "done-next"))
    answer->delay_minutes = 20;
  if (g_str_equal (name, "done-next")) {
    answer->next_start = answer->start + 45 * G_GINT64_CONSTANT (60000);
    answer->next_with = g_strdup ("Samantha");
    answer->next_place = g_strdup ("Gym");
    answer->next_checked_in = TRUE;
  }
  if (g_str_equal (name, "done-number")) {
    answer->number = g_strdup ("A17");
    answer->delay_minutes = 20;
  }
  page = limber_kiosk_done_new (answer);
  limber_kiosk_page_tick (page, 12);
  return page;
}

static TestBoard board;

static gboolean
is_shown (gpointer page)
{
  LimberBoard *shown = limber_board_page_get_board (page);

  return limber_board_get_site (shown) != NULL && limber_board_get_recent (shown)->len == LIMBER_BOARD_RECENT;
}

static gboolean
is_ready (gpointer page)
{
  LimberBoard *shown = limber_board_page_get_board (page);

  return limber_board_get_site (shown) != NULL && limber_board_get_now (shown) != NULL;
}

static gboolean
has_site (gpointer page)
{
  return limber_board_get_site (limber_board_page_get_board (page)) != NULL;
}

static const TestCall called[] = { { "1", "Ade B.", "Treatment room 1", 240, .gone_in = TRUE }, { "2", "C12", "Room 4", 420, TRUE, TRUE }, { "3", "Wojciech K.", "Gym", 600, .gone_in = TRUE },
                                   { "4", "Moira C.", "Treatment room 2", 900, .gone_in = TRUE }, { "5", "A9", NULL, 1200, TRUE, TRUE } };

static void
fill_board (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (called); i++)
    test_board_call (&board, called[i].visit, called[i]);
  test_board_site (&board, "notices", "[\"2026-11-23\",\"class 1795428000000 Hall 1\",\"class 1795428000000 Gym\",\"with 20 Priya\",\"in 35 Treatment room 2\"]");
}

static LimberKioskPage *
make_board (const char *name)
{
  LimberKioskPage *page;
  gboolean full = g_str_equal (name, "board-full") || g_str_equal (name, "board-cut-off");

  test_board_set_up (&board);
  if (full)
    fill_board ();
  if (!g_str_equal (name, "board-calm"))
    test_board_call (&board, "now", (TestCall){ "now", g_str_equal (name, "board-number") ? "A17" : full ? "Oluwaseun A." : "Declan O.", "Treatment room 2", 65, g_str_equal (name, "board-number") });
  page = limber_board_page_new (board.env);
  limber_board_set_store (limber_board_page_get_board (LIMBER_BOARD_PAGE (page)), board.store, board.client);
  g_assert_true (test_wait (full ? is_shown : g_str_equal (name, "board-calm") ? has_site : is_ready, page));
  if (g_str_equal (name, "board-cut-off"))
    board.clock.now += 6000;
  limber_kiosk_page_tick (page, 0);
  return page;
}

static LimberKioskPage *
make (const char *name)
{
  LimberKioskPage *page = g_str_has_prefix (name, "board-") ? make_board (name) : make_message (name);

  if (page != NULL)
    return page;
  if (g_str_equal (name, "welcome"))
    return limber_kiosk_welcome_new ("Alexandra Avenue Clinic");
  if (g_str_equal (name, "day"))
    return limber_kiosk_question_new (LIMBER_KIOSK_QUESTION_DAY, 0, 0, 0);
  if (g_str_equal (name, "month"))
    return limber_kiosk_question_new (LIMBER_KIOSK_QUESTION_MONTH, 6, 0, 8);
  if (g_str_equal (name, "letter"))
    return limber_kiosk_question_new (LIMBER_KIOSK_QUESTION_LETTER, 6, 8, 0);
  if (g_str_equal (name, "year")) {
    page = limber_kiosk_year_new ();
    limber_kiosk_page_typed (page, '1');
    limber_kiosk_page_typed (page, '9');
    return page;
  }
  if (g_str_equal (name, "still")) {
    page = limber_kiosk_still_new ();
    limber_kiosk_page_tick (page, 20);
    return page;
  }
  if (g_str_equal (name, "exit") || g_str_equal (name, "exit-none")) {
    page = limber_kiosk_exit_new (g_str_equal (name, "exit"));
    limber_kiosk_page_typed (page, '1');
    if (g_str_equal (name, "exit"))
      limber_kiosk_exit_refuse (page, FALSE);
    return page;
  }
  return make_answered (name);
}

static void
complain (const char *picture, const char *what, const char *text)
{
  g_print ("# %s: %s: %s\n", picture, what, text);
  failures++;
}

static void
check_labels (GtkWidget *widget, const char *picture)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))))
    complain (picture, "cut off", gtk_label_get_label (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    check_labels (child, picture);
}

static void
on_painted (GdkFrameClock *clock, guint *painted)
{
  ++*painted;
}

/* Until the window has been painted as it now is. */
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

/* The least that the page needs, inside what would scroll if it had to. */
static void
check_room (GtkWidget *window, const char *picture)
{
  GtkWidget *viewport = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (gtk_window_get_child (GTK_WINDOW (window))));
  GtkWidget *frame = gtk_viewport_get_child (GTK_VIEWPORT (viewport));
  int width = gtk_widget_get_width (window), height = gtk_widget_get_height (window), wide, high;
  g_autofree char *text = NULL;

  gtk_widget_measure (frame, GTK_ORIENTATION_HORIZONTAL, -1, &wide, NULL, NULL, NULL);
  gtk_widget_measure (frame, GTK_ORIENTATION_VERTICAL, width, &high, NULL, NULL, NULL);
  text = g_strdup_printf ("%d x %d", wide, high);
  if (wide > width || high > height)
    complain (picture, "needs more than its screen", text);
}

/* Whether it has more than the page's colour: text has many. */
static gboolean
is_blank (GdkTexture *texture)
{
  gsize width = (gsize) gdk_texture_get_width (texture), height = (gsize) gdk_texture_get_height (texture), dark = 0;
  g_autofree guint32 *dots = g_new (guint32, width * height);

  gdk_texture_download (texture, (guchar *) dots, width * 4);
  for (gsize i = 0; i < width * height; i++)
    dark += (dots[i] & 0xff) < 0x80;
  return dark < width * height / 1000;
}

static GdkTexture *
draw (GtkWidget *window, int width, int height)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  return gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
}

static void
take (GtkWidget *window, int width, int height, const char *folder, const char *name)
{
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *file = g_strdup_printf ("%s/%s.png", folder != NULL ? folder : ".", name), *size = NULL;

  size = g_strdup_printf ("%d x %d", gtk_widget_get_width (window), gtk_widget_get_height (window));
  if (gtk_widget_get_width (window) != width || gtk_widget_get_height (window) != height)
    complain (name, "another size", size);
  check_room (window, name);
  check_labels (window, name);
  texture = draw (window, width, height);
  if (!g_str_has_suffix (name, "-contrast") && is_blank (texture))
    complain (name, "blank", "");
  if (folder != NULL)
    gdk_texture_save_to_png (texture, file);
}

static void
picture (const char *folder, const char *page, guint screen, guint text, gboolean contrast, LimberEnv *env)
{
  g_autoptr (LimberKioskFlow) flow = limber_kiosk_flow_new (env);
  LimberKioskWindow *window = limber_kiosk_window_new (flow, env);
  LimberKioskPage *shown;
  g_autofree char *name = g_strdup_printf ("%s-%s-text%u%s", page, screens[screen].name, text + 1, contrast ? "-contrast" : "");

  gtk_window_set_default_size (GTK_WINDOW (window), screens[screen].width, screens[screen].height);
  gtk_window_present (GTK_WINDOW (window));
  for (guint i = 0; i < text; i++)
    gtk_widget_activate_action (GTK_WIDGET (window), "look.text-size", NULL);
  if (contrast)
    gtk_widget_activate_action (GTK_WIDGET (window), "look.contrast", NULL);
  shown = make (page);
  if (g_str_has_prefix (page, "board-"))
    limber_kiosk_window_set_home (window, shown);
  limber_kiosk_window_show_page (window, shown);
  settle (GTK_WIDGET (window));
  take (GTK_WIDGET (window), screens[screen].width, screens[screen].height, folder, name);
  gtk_window_destroy (GTK_WINDOW (window));
  if (g_str_has_prefix (page, "board-"))
    test_board_tear_down (&board);
}

/* One page on each screen in each size of text, and once in strong colours, every other one from right to left. */
static gboolean
is_good (const char *folder, guint page, LimberEnv *env)
{
  guint before = failures;
  gboolean plain = g_str_has_prefix (pages[page], "board-"); /* nobody sets its text or its colours */

  for (guint screen = 0; screen < G_N_ELEMENTS (screens); screen++)
    for (guint text = 0; text < (plain ? 1 : 3); text++)
      picture (folder, pages[page], screen, text, FALSE, env);
  gtk_widget_set_default_direction (page % 2 == 0 ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  picture (folder, pages[page], page % 3, plain ? 0 : page % 2, !plain, env);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  return failures == before;
}

int
main (int argc, char **argv)
{
  g_autoptr (LimberEnv) env = NULL;
  const char *folder = argc > 1 ? argv[1] : NULL;
  guint test = 0;

  gtk_init ();
  env = limber_env_new_system ();
  limber_kiosk_style_load (gdk_display_get_default ());
  for (guint page = 0; page < G_N_ELEMENTS (pages); page++)
    if (argc < 3 || g_strv_contains ((const char *const *) argv + 2, pages[page]))
      g_print ("%s %u /ui/kiosk/pictures/%s-fits-every-screen\n", is_good (folder, page, env) ? "ok" : "not ok", ++test, pages[page]);
  g_print ("1..%u\n", test);
  return failures > 0 ? 1 : 0;
}
