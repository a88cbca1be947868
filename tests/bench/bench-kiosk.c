/* From page to page at the kiosk, from the call until the new page has been drawn, in windows of the same size, by turns in the same run,
 * beside two yardsticks. One is a GtkStack of two pages that have a heading and a button each, and stay. The other has as much on its
 * pages as the kiosk has, 31 keys and 12, in nothing but GTK's own widgets and style, made anew each time as the kiosk's are: a page that
 * stayed could tell the next person what the last one touched. On a display: kiosk.py. */
#include "limber-bench.h"
#include "limber-kiosk-language.h"
#include "limber-kiosk-style.h"
#include "limber-kiosk-window.h"
#include "limber-test.h"

#define TURNS 60
#define WIDTH 1280
#define HEIGHT 800
/* A slower page than this many bare ones is felt. */
#define RATIO 1.5
#define LANGUAGE_MILLISECONDS 30

typedef struct {
  gboolean drawn;
  gint64   at;
} Frame;

static void
on_after_paint (GdkFrameClock *clock, Frame *frame)
{
  frame->drawn = TRUE;
  frame->at = limber_bench_now ();
}

static void
rest (void)
{
  gint64 end = g_get_monotonic_time () + 20000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

/* Nanoseconds until what was begun has been drawn. */
static gint64
until_drawn (GtkWidget *window, gint64 began)
{
  Frame frame = { FALSE, 0 };
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &frame);

  while (!frame.drawn)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, handler);
  return frame.at - began;
}

static GtkWidget *
make_bare_page (const char *words)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *label = gtk_label_new (words), *button = gtk_button_new_with_label ("Go on");

  gtk_widget_set_vexpand (label, TRUE);
  gtk_box_append (GTK_BOX (page), label);
  gtk_box_append (GTK_BOX (page), button);
  return page;
}

static GtkWidget *
make_bare (GtkStack **stack)
{
  GtkWidget *window = gtk_window_new ();

  *stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (*stack, make_bare_page ("The first page"), "0");
  gtk_stack_add_named (*stack, make_bare_page ("The second page"), "1");
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (*stack));
  return window;
}

static GtkWidget *
make_like_page (guint keys)
{
  GtkWidget *page = make_bare_page ("Which day were you born?"), *grid = gtk_grid_new ();

  for (guint i = 0; i < keys; i++) {
    g_autofree char *figure = g_strdup_printf ("%u", i + 1);
    GtkWidget *key = gtk_button_new_with_label (figure);

    gtk_widget_set_hexpand (key, TRUE);
    gtk_widget_set_vexpand (key, TRUE);
    gtk_grid_attach (GTK_GRID (grid), key, (int) i % 7, (int) i / 7, 1, 1);
  }
  gtk_box_append (GTK_BOX (page), grid);
  return page;
}

static gint64
go_on_alike (GtkWidget *window, guint turn)
{
  static const guint keys[] = { 31, 12, 26, 1 };
  gint64 began = limber_bench_now ();

  gtk_window_set_child (GTK_WINDOW (window), make_like_page (keys[turn % 4]));
  return until_drawn (window, began);
}

static gint64
go_on_bare (GtkWidget *window, GtkStack *stack, guint turn)
{
  gint64 began = limber_bench_now ();

  gtk_stack_set_visible_child_name (stack, turn % 2 == 0 ? "1" : "0");
  return until_drawn (window, began);
}

static void
show (GtkWidget *window)
{
  gint64 began = limber_bench_now ();

  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (window));
  until_drawn (window, began);
  rest ();
}

static void
add (GArray *samples, gint64 nanoseconds)
{
  g_array_append_val (samples, nanoseconds);
}

/* One page on, as a person goes: the day, the month, back to the beginning. */
static gint64
go_on (LimberKioskFlow *flow, LimberKioskWindow *window, guint turn)
{
  GActionGroup *actions = limber_kiosk_flow_actions (flow);
  gint64 began = limber_bench_now ();

  if (turn % 4 == 0)
    g_action_group_activate_action (actions, "check-in", NULL);
  else if (turn % 4 == 1)
    g_action_group_activate_action (actions, "day", g_variant_new_int32 (6));
  else if (turn % 4 == 2)
    g_action_group_activate_action (actions, "month", g_variant_new_int32 (8));
  else
    g_action_group_activate_action (actions, "finish", NULL);
  return until_drawn (GTK_WIDGET (window), began);
}

/* From the touch on a language's name until the first page stands there in it: until it is made, and until it has been drawn. Returns
 * whether it is soon enough. */
static gboolean
measure_languages (LimberKioskFlow *flow, LimberKioskWindow *window)
{
  g_autoptr (GArray) made = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) drawn = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint turn = 0; turn < TURNS; turn++) {
    const LimberKioskLanguage *language = limber_kiosk_language_nth (turn % limber_kiosk_language_count ());
    gint64 began = limber_bench_now ();

    g_action_group_activate_action (limber_kiosk_flow_actions (flow), "language", g_variant_new_string (language->code));
    add (made, limber_bench_now () - began);
    add (drawn, until_drawn (GTK_WIDGET (window), began));
    g_assert_cmpstr (limber_kiosk_language_get ()->code, ==, language->code);
    rest ();
  }
  g_action_group_activate_action (limber_kiosk_flow_actions (flow), "language", g_variant_new_string ("en"));
  rest ();
  limber_bench_print ("another language, made", made, NULL);
  limber_bench_print ("another language, drawn", drawn, NULL);
  return limber_bench_hold ("language change, p95", limber_bench_percentile (made, 0.95), LANGUAGE_MILLISECONDS);
}

/* Returns whether a page comes soon enough. */
static gboolean
measure (LimberKioskFlow *flow, LimberKioskWindow *window)
{
  g_autoptr (GArray) pages = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) bare = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) alike = g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkStack *stack;
  GtkWidget *yardsticks[] = { make_bare (&stack), gtk_window_new () };

  show (yardsticks[0]);
  show (yardsticks[1]);
  show (GTK_WIDGET (window));
  for (guint turn = 0; turn < 4 * TURNS; turn++) {
    add (pages, go_on (flow, window, turn));
    rest ();
    add (bare, go_on_bare (yardsticks[0], stack, turn));
    rest ();
    add (alike, go_on_alike (yardsticks[1], turn));
    rest ();
  }
  limber_bench_print ("a bare stack's page, which stays", bare, NULL);
  limber_bench_print ("a page of as much in bare GTK, made anew", alike, NULL);
  limber_bench_print ("a kiosk's page", pages, NULL);
  gtk_window_destroy (GTK_WINDOW (yardsticks[0]));
  gtk_window_destroy (GTK_WINDOW (yardsticks[1]));
  limber_bench_hold ("page to page, p95, beside 1.5 pages of a bare stack", limber_bench_percentile (pages, 0.95), RATIO * limber_bench_percentile (bare, 0.95));
  return limber_bench_hold ("page to page, p95, beside 1.5 pages of as much", limber_bench_percentile (pages, 0.95), RATIO * limber_bench_percentile (alike, 0.95));
}

int
main (int argc, char **argv)
{
  TestClock clock = { 0 };
  g_autoptr (LimberEnv) env = test_env_new (&clock);
  g_autofree char *dir = test_dir_new ();
  g_autoptr (LimberStore) store = NULL;
  g_autoptr (LimberKioskFlow) flow = NULL;
  LimberKioskWindow *window;
  gboolean held;

  gtk_init ();
  limber_kiosk_style_load (gdk_display_get_default ());
  store = test_store_new (dir, env, LIMBER_CLASS_KIOSK, NULL);
  flow = limber_kiosk_flow_new (env);
  limber_kiosk_flow_set_store (flow, store, NULL);
  window = limber_kiosk_window_new (flow, env);
  held = measure (flow, window);
  held = measure_languages (flow, window) && held;
  gtk_window_destroy (GTK_WINDOW (window));
  limber_kiosk_flow_set_store (flow, NULL, NULL);
  limber_store_close (store);
  test_dir_remove (dir);
  return held ? 0 : 1;
}
