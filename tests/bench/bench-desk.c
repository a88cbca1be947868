/* The desk at a whole county: from a key until the list stands on the screen, scrolling, and a check-in from Enter until it is committed and
 * shown, each beside its yardstick in the same run, by turns.
 *   bench-desk make DIR    fills a store
 *   bench-desk start DIR   is limber, and tells through the pipe that LIMBER_BENCH_PULSE names when somebody can sign in
 *   bench-desk work DIR    the same once somebody has signed in and everybody can be found
 *   bench-desk DIR [PART]  measures
 * On a display: desk.py. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "desk.h"
#include "limber-application.h"
#include "limber-bench-draw.h"
#include "limber-bench-lists.h"
#include "limber-bench-service.h"
#include "limber-bench.h"
#include "limber-hit.h"
#include "limber-hit-row.h"
#include "limber-search.h"
#include "limber-staff-row.h"
#include "limber-thrift.h"
#include "limber-today-page.h"
#include "limber-visit-row.h"
#include "sample.h"

#define PEOPLE 265422
#define APPOINTMENTS 500000
#define RATIO 1.5
#define REST 20 /* milliseconds: more than a frame */
#define PAUSE 150 /* milliseconds between two people at the desk: what the one before has set off has come to its end */
#define CHECK_IN_MILLISECONDS 25
#define ROUNDS 3    /* through the day's people */
#define STEPS 200   /* of scrolling */
#define NOTCH 3     /* rows that a wheel moves */
#define HIT_LABELS 4
#define VISIT_LABELS 6

/* Telling that it is there. */

static void
tell (void)
{
  const char *number = g_getenv ("LIMBER_BENCH_PULSE");

  if (number != NULL && write (atoi (number), "alive\n", 6) != 6)
    g_error ("Nobody hears");
  g_unsetenv ("LIMBER_BENCH_PULSE");
}

static gboolean
is_staff_row (GtkWidget *widget)
{
  if (LIMBER_IS_STAFF_ROW (widget) && gtk_widget_get_mapped (widget))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (is_staff_row (child))
      return TRUE;
  return FALSE;
}

static void
painted (GdkFrameClock *clock, GtkWidget *window)
{
  if (is_staff_row (window))
    tell ();
}

static void
realized (GtkWidget *window)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (painted), window);
}

static void
window_added (GtkApplication *application, GtkWidget *window)
{
  g_signal_connect (window, "realize", G_CALLBACK (realized), NULL);
}

static int
start (const char *dir)
{
  g_autoptr (LimberApplication) application = limber_application_new ();
  char *words[] = { (char *) "limber", (char *) "--store", (char *) dir, NULL };

  g_signal_connect (application, "window-added", G_CALLBACK (window_added), NULL);
  return g_application_run (G_APPLICATION (application), 3, words);
}

/* The store. */

static void
make (const char *dir)
{
  TestClock clock = { .seed = 1, .now = TEST_NOW };
  g_autoptr (LimberEnv) env = test_env_new (&clock);
  LimberBenchService service = { .patients = PEOPLE, .appointments = APPOINTMENTS };
  g_autoptr (LimberStore) store = NULL;

  sample_id (&service.site, "site");
  store = test_store_new (dir, env, LIMBER_CLASS_DESK, &service.site);
  limber_bench_service_fill (store, &service);
  sample_site (store);
  sample_staff (store, TRUE);
  limber_store_close (store);
}

/* Somebody at work on the store of @dir. */
static void
open_desk (Desk *desk, const char *dir)
{
  g_autoptr (GError) error = NULL;

  *desk = (Desk){ .env = limber_env_new_system (), .dir = g_strdup (dir) };
  desk_begin ();
  desk->store = limber_store_open (dir, LIMBER_STORE_OWN, desk->env, &error);
  if (desk->store == NULL)
    g_error ("%s", error->message);
  desk->window = g_object_ref (limber_window_new (NULL));
  limber_window_set_store (desk->window, desk->store);
  gtk_window_present (GTK_WINDOW (desk->window));
  desk_sign_in (desk);
  desk->n = LIMBER_BENCH_A_DAY;
  g_assert_true (test_wait (desk_has_n_rows, desk));
  desk_type (desk, "a");
  SEES (desk, "More people match");
  desk_type (desk, "");
  limber_bench_rest (REST);
}

static void G_GNUC_NORETURN
work (const char *dir)
{
  Desk desk;

  open_desk (&desk, dir);
  tell ();
  while (TRUE)
    g_main_context_iteration (NULL, TRUE);
}

/* Scrolling. */

/* Nanoseconds until the list stands elsewhere. */
static gint64
scroll (GtkWidget *window, GtkAdjustment *to, guint step, gboolean far)
{
  double lower = gtk_adjustment_get_lower (to), upper = gtk_adjustment_get_upper (to) - gtk_adjustment_get_page_size (to), row = (upper - lower) / PEOPLE;
  double place = far ? lower + (upper - lower) * ((step * 7919) % 9973) / 9973.0 : gtk_adjustment_get_value (to) + NOTCH * row;
  gint64 began = limber_bench_now ();

  gtk_adjustment_set_value (to, place);
  return limber_bench_until_drawn (window, began);
}

static gboolean
compare_scrolling (const char *name, GtkWidget *ours, GtkAdjustment *our_place, GtkWidget *bare, GtkAdjustment *bare_place, gboolean far)
{
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (gint64)), yardstick = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *figure = g_strdup_printf ("%s, %s, %d rows", name, far ? "a jump" : "a notch", PEOPLE), *limit = g_strdup_printf ("%s, p95, beside 1.5 of a bare list's", figure), *bare_figure = g_strdup_printf ("%s, bare", figure);

  for (guint step = 0; step < STEPS; step++) {
    gint64 took = scroll (ours, our_place, step, far);

    g_array_append_val (seen, took);
    limber_bench_rest (REST);
    took = scroll (bare, bare_place, step, far);
    g_array_append_val (yardstick, took);
    limber_bench_rest (REST);
  }
  limber_bench_print (bare_figure, yardstick, NULL);
  limber_bench_print (figure, seen, NULL);
  return limber_bench_hold (limit, limber_bench_percentile (seen, 0.95), RATIO * limber_bench_percentile (yardstick, 0.95));
}

static GObject *
make_text (guint i, gpointer parts)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint part = 0; part < GPOINTER_TO_UINT (parts); part++)
    g_string_append_printf (text, part == 0 ? "Featherstone %u, Maximilian" : "\tPart %u of it", i);
  return G_OBJECT (gtk_string_object_new (text->str));
}

static GObject *
make_hit (guint i, gpointer rows)
{
  return G_OBJECT (limber_hit_new (g_ptr_array_index ((GPtrArray *) rows, i % ((GPtrArray *) rows)->len), NULL, "2026-11-23"));
}

static GObject *
make_visit (guint i, gpointer visits)
{
  g_autoptr (LimberVisit) visit = g_list_model_get_item (visits, i % g_list_model_get_n_items (visits));

  return G_OBJECT (limber_visit_new (limber_visit_get_row (visit), TEST_NOW));
}

static gboolean
is_ready (gpointer search)
{
  return limber_search_is_ready (search);
}

static void
set_up_hit (GtkListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, limber_hit_row_new ());
}

static void
bind_hit (GtkListItemFactory *factory, GtkListItem *item)
{
  limber_hit_row_set_hit (LIMBER_HIT_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static GtkListItemFactory *
hit_factory (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (set_up_hit), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_hit), NULL);
  return factory;
}

/* Rows of ours beside bare ones with as many labels, near and far. */
static gboolean
measure_list (const char *name, GtkListItemFactory *factory, GListModel *rows, guint labels)
{
  GtkAdjustment *our_place, *bare_place;
  GtkWidget *ours = limber_bench_list_window (factory, rows, &our_place);
  GtkWidget *bare = limber_bench_list_window (limber_bench_bare_factory (labels), limber_bench_rows_new (GTK_TYPE_STRING_OBJECT, PEOPLE, make_text, GUINT_TO_POINTER (labels)), &bare_place);
  gboolean held = TRUE;

  gtk_window_present (GTK_WINDOW (ours));
  gtk_window_present (GTK_WINDOW (bare));
  limber_bench_rest (REST);
  for (guint far = 0; far < 2; far++)
    held = compare_scrolling (name, ours, our_place, bare, bare_place, far == 1) && held;
  gtk_window_destroy (GTK_WINDOW (ours));
  gtk_window_destroy (GTK_WINDOW (bare));
  return held;
}

static gboolean
measure_lists (Desk *desk)
{
  g_autoptr (LimberSearch) search = limber_search_new (desk->store);
  g_autoptr (GPtrArray) found = NULL;
  gboolean held;

  g_type_ensure (LIMBER_TYPE_VISIT_ROW);
  g_assert_true (test_wait (is_ready, search));
  found = limber_search_find (search, "a", 500);
  held = measure_list ("people", hit_factory (), limber_bench_rows_new (LIMBER_TYPE_HIT, PEOPLE, make_hit, found), HIT_LABELS);
  return measure_list ("visits", gtk_builder_list_item_factory_new_from_resource (NULL, "/org/limber/desk/limber-visit-row-item.ui"), limber_bench_rows_new (LIMBER_TYPE_VISIT, PEOPLE, make_visit, desk_list (desk)), VISIT_LABELS) && held;
}

/* A key, and the list that it brings. */

typedef struct {
  GtkWidget   *window; /* (unowned) */
  GtkWidget   *entry;
  GtkListView *list;
  guint        n;
} Bare;

static void
bare_typed (GtkEditable *entry, Bare *bare)
{
  g_autoptr (GtkStringList) texts = gtk_string_list_new (NULL);
  g_autoptr (GtkSingleSelection) selection = NULL;

  for (guint i = 0; i < 12; i++) {
    g_autoptr (GObject) text = make_text (bare->n++, GUINT_TO_POINTER (HIT_LABELS));

    gtk_string_list_append (texts, gtk_string_object_get_string (GTK_STRING_OBJECT (text)));
  }
  selection = gtk_single_selection_new (G_LIST_MODEL (g_steal_pointer (&texts)));
  gtk_list_view_set_model (bare->list, GTK_SELECTION_MODEL (selection));
}

static void
bare_new (Bare *bare)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  *bare = (Bare){ .window = gtk_window_new (), .entry = gtk_search_entry_new (), .list = GTK_LIST_VIEW (gtk_list_view_new (NULL, limber_bench_bare_factory (HIT_LABELS))) };
  gtk_box_append (GTK_BOX (box), bare->entry);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (bare->list));
  gtk_window_set_child (GTK_WINDOW (bare->window), box);
  gtk_window_set_default_size (GTK_WINDOW (bare->window), 1280, 800);
  g_signal_connect (bare->entry, "changed", G_CALLBACK (bare_typed), bare);
  gtk_window_present (GTK_WINDOW (bare->window));
  limber_bench_rest (REST);
}

/* Nanoseconds until the list for one letter more has been drawn. */
static gint64
press_key (GtkWidget *window, GtkEditable *entry, char letter)
{
  int at = -1;
  gint64 began = limber_bench_now (), took;

  gtk_editable_insert_text (entry, &letter, 1, &at);
  took = limber_bench_until_drawn (window, began);
  limber_bench_rest (REST);
  return took;
}

static gboolean
measure_keys (Desk *desk)
{
  static const char *const ends[] = { "ake", "orr", "ak", "or" };
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (gint64)), yardstick = g_array_new (FALSE, FALSE, sizeof (gint64));
  Bare bare;

  bare_new (&bare);
  for (guint turn = 0; turn < 26 * G_N_ELEMENTS (ends); turn++) {
    g_autofree char *text = g_strdup_printf ("%c%s", 'a' + turn % 26, ends[turn / 26]);

    for (const char *letter = text; *letter != '\0'; letter++) {
      gint64 took = press_key (GTK_WIDGET (desk->window), desk_search_box (desk), *letter);

      g_array_append_val (seen, took);
      took = press_key (bare.window, GTK_EDITABLE (bare.entry), *letter);
      g_array_append_val (yardstick, took);
    }
    desk_type (desk, "");
    gtk_editable_set_text (GTK_EDITABLE (bare.entry), "");
    limber_bench_rest (REST);
  }
  gtk_window_destroy (GTK_WINDOW (bare.window));
  limber_bench_print ("key to list on screen, bare", yardstick, NULL);
  limber_bench_print ("key to list on screen", seen, NULL);
  return limber_bench_hold ("key to list on screen, p95, beside 1.5 of a bare list's", limber_bench_percentile (seen, 0.95), RATIO * limber_bench_percentile (yardstick, 0.95));
}

/* A check-in. */

typedef struct {
  Desk             *desk;
  LimberVisitStatus status;
} Awaited;

static gboolean
is_so (gpointer data)
{
  Awaited *awaited = data;
  LimberVisit *visit = desk_selected (awaited->desk);

  return visit != NULL && limber_visit_get_status (visit) == awaited->status;
}

static void
check_in (Desk *desk, guint n, GArray *seen)
{
  g_autofree char *name = g_strdup_printf ("appointment-%u", n);
  Awaited here = { desk, LIMBER_VISIT_ARRIVED };
  gint64 began, took;
  LimberId id;

  test_id (&id, name);
  limber_today_page_select (LIMBER_TODAY_PAGE (desk_find (desk, desk_is_of_type, (gconstpointer) LIMBER_TYPE_TODAY_PAGE)), &id);
  limber_bench_rest (PAUSE);
  began = limber_bench_now ();
  desk_enter (desk);
  took = limber_bench_until_shown (GTK_WIDGET (desk->window), began, is_so, &here);
  g_array_append_val (seen, took);
  limber_bench_rest (REST);
}

static gboolean
measure_check_ins (Desk *desk)
{
  g_autoptr (LimberBenchDisk) disk = limber_bench_disk_new (desk->dir);
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (gint64)), syncs = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint round = 0; round < ROUNDS; round++) {
    for (guint n = 0; n < LIMBER_BENCH_A_DAY; n++) {
      gint64 took;

      check_in (desk, n, seen);
      took = limber_bench_disk_sync (disk);
      g_array_append_val (syncs, took);
    }
    for (guint n = LIMBER_BENCH_A_DAY; n-- > 0;) {
      Awaited booked = { desk, LIMBER_VISIT_BOOKED };
      g_autofree char *name = g_strdup_printf ("appointment-%u", n);
      LimberId id;

      test_id (&id, name);
      limber_today_page_select (LIMBER_TODAY_PAGE (desk_find (desk, desk_is_of_type, (gconstpointer) LIMBER_TYPE_TODAY_PAGE)), &id);
      desk_act (desk, "desk.undo-visit");
      g_assert_true (test_wait (is_so, &booked));
    }
  }
  limber_bench_print ("yardstick: 4 KiB and fdatasync", syncs, NULL);
  limber_bench_print ("check-in, key to shown and committed", seen, NULL);
  return limber_bench_hold ("check-in, key to shown and committed, p99, under 25 ms and one sync", limber_bench_percentile (seen, 0.99), CHECK_IN_MILLISECONDS + limber_bench_percentile (syncs, 0.99));
}

int
main (int argc, char **argv)
{
  static const struct { const char *name; gboolean (*measure) (Desk *desk); } parts[] = { { "keys", measure_keys }, { "lists", measure_lists }, { "check-ins", measure_check_ins } };
  Desk desk;
  gboolean held = TRUE;

  limber_thrift_begin (); /* as limber does */
  if (argc > 2 && g_str_equal (argv[1], "start"))
    return start (argv[2]);
  if (argc > 2 && g_str_equal (argv[1], "work"))
    work (argv[2]);
  if (argc > 2 && g_str_equal (argv[1], "make")) {
    make (argv[2]);
    return 0;
  }
  if (argc < 2)
    g_error ("usage: bench-desk make|start|work DIR, or DIR [keys|lists|check-ins]");
  open_desk (&desk, argv[1]);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (argc < 3 || g_str_equal (argv[2], parts[i].name))
      held = parts[i].measure (&desk) && held;
  return held ? 0 : 1;
}
