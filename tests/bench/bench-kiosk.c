/* From page to page at the kiosk, from the call until the new page has been drawn, in windows of the same size, by turns in the same run,
 * beside a GtkStack whose pages are made once, stay, and have as much on them as the kiosk's, in nothing but GTK's own widgets and style.
 * The kiosk makes each anew, for a page that stayed could tell the next person what the last one touched. To be read beside it: pages of as
 * much made anew in bare GTK, and a stack of two pages that have a heading and a button each. On a display: kiosk.py. */
#include "limber-bench-draw.h"
#include "limber-bench.h"
#include "limber-kiosk-language.h"
#include "limber-kiosk-style.h"
#include "limber-kiosk-window.h"
#include "limber-test.h"

#define TURNS 30
#define WIDTH 1280
#define HEIGHT 800
/* A slower page than this many bare ones is felt. */
#define RATIO 1.5
#define LANGUAGE_MILLISECONDS 30
#define REST 150 /* milliseconds: nobody answers a page sooner */

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

/* The days, the months, the letters, nothing while one waits, and the first page with the languages. */
static const guint keys[] = { 31, 12, 26, 0, 8 };
#define STEPS G_N_ELEMENTS (keys)

static gint64
go_on_alike (GtkWidget *window, guint turn)
{
  gint64 began = limber_bench_now ();

  gtk_window_set_child (GTK_WINDOW (window), make_like_page (keys[turn % STEPS]));
  return limber_bench_until_drawn (window, began);
}

static gint64
go_on_bare (GtkWidget *window, GtkStack *stack, guint turn)
{
  gint64 began = limber_bench_now ();

  gtk_stack_set_visible_child_name (stack, turn % 2 == 0 ? "1" : "0");
  return limber_bench_until_drawn (window, began);
}

static GtkWidget *
make_staying (GtkStack **stack)
{
  GtkWidget *window = gtk_window_new ();

  *stack = GTK_STACK (gtk_stack_new ());
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_stack_add_named (*stack, make_like_page (keys[i]), (char[]){ (char) ('0' + i), '\0' });
  gtk_stack_set_visible_child_name (*stack, "4");
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (*stack));
  return window;
}

static gint64
go_on_staying (GtkWidget *window, GtkStack *stack, guint turn)
{
  gint64 began = limber_bench_now ();

  gtk_stack_set_visible_child_name (stack, (char[]){ (char) ('0' + turn % STEPS), '\0' });
  return limber_bench_until_drawn (window, began);
}

static void
show (GtkWidget *window)
{
  gint64 began = limber_bench_now ();

  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (window));
  limber_bench_until_drawn (window, began);
  limber_bench_rest (REST);
}

static void
add (GArray *samples, gint64 nanoseconds)
{
  g_array_append_val (samples, nanoseconds);
}

/* One page on, as a person goes: the day, the month, the letter, a moment's wait, and back to the beginning from what comes then: nobody is
 * expected here. */
static gint64
go_on (LimberKioskFlow *flow, LimberKioskWindow *window, guint turn)
{
  static const struct { const char *action; int value; } steps[STEPS] = { { "check-in", 0 }, { "day", 6 }, { "month", 8 }, { "letter", 'K' }, { "finish", 0 } };
  const char *action = steps[turn % STEPS].action;
  GVariant *value = steps[turn % STEPS].value != 0 ? g_variant_new_int32 (steps[turn % STEPS].value) : NULL;
  LimberKioskPage *page = limber_kiosk_flow_get_page (flow);
  gint64 took, began = limber_bench_now ();

  g_action_group_activate_action (limber_kiosk_flow_actions (flow), action, value);
  g_assert_true (limber_kiosk_flow_get_page (flow) != page);
  page = limber_kiosk_flow_get_page (flow);
  took = limber_bench_until_drawn (GTK_WIDGET (window), began);
  while (g_str_equal (action, "letter") && limber_kiosk_flow_get_page (flow) == page)
    g_main_context_iteration (NULL, TRUE);
  return took;
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
    add (drawn, limber_bench_until_drawn (GTK_WIDGET (window), began));
    g_assert_cmpstr (limber_kiosk_language_get ()->code, ==, language->code);
    limber_bench_rest (REST);
  }
  g_action_group_activate_action (limber_kiosk_flow_actions (flow), "language", g_variant_new_string ("en"));
  limber_bench_rest (REST);
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
  g_autoptr (GArray) staying = g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkStack *stack, *stays;
  GtkWidget *yardsticks[] = { make_bare (&stack), gtk_window_new (), make_staying (&stays) };

  show (yardsticks[0]);
  show (yardsticks[1]);
  show (yardsticks[2]);
  show (GTK_WIDGET (window));
  for (guint turn = 0; turn < STEPS * TURNS; turn++) {
    add (pages, go_on (flow, window, turn));
    limber_bench_rest (REST);
    add (bare, go_on_bare (yardsticks[0], stack, turn));
    limber_bench_rest (REST);
    add (alike, go_on_alike (yardsticks[1], turn));
    limber_bench_rest (REST);
    add (staying, go_on_staying (yardsticks[2], stays, turn));
    limber_bench_rest (REST);
  }
  limber_bench_print ("a bare stack's page, which stays", bare, NULL);
  limber_bench_print ("a page of as much in bare GTK, made anew", alike, NULL);
  limber_bench_print ("a page of as much in a bare stack, which stays", staying, NULL);
  limber_bench_print ("a kiosk's page", pages, NULL);
  gtk_window_destroy (GTK_WINDOW (yardsticks[0]));
  gtk_window_destroy (GTK_WINDOW (yardsticks[1]));
  gtk_window_destroy (GTK_WINDOW (yardsticks[2]));
  limber_bench_hold ("page to page, p95, beside 1.5 nearly empty pages of a bare stack", limber_bench_percentile (pages, 0.95), RATIO * limber_bench_percentile (bare, 0.95));
  limber_bench_hold ("page to page, p95, beside 1.5 pages of as much made anew", limber_bench_percentile (pages, 0.95), RATIO * limber_bench_percentile (alike, 0.95));
  return limber_bench_hold ("page to page, p95, beside 1.5 pages of as much in a bare stack", limber_bench_percentile (pages, 0.95), RATIO * limber_bench_percentile (staying, 0.95));
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
  limber_kiosk_flow_set_times (flow, 3600, 3600, 50);
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
