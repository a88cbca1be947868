/* How long until the waiting room sees whom the desk calls: from the desk's commit to the frame on the board's screen, through a
 * hub that runs as a program of its own. bench-board DESK BOARD, two stores whose node is running (board.py makes all of it).
 *
 * In turn with each call: a bare label that changes, until its frame; and three syncs of this disk (desk, hub and board each keep
 * the call before it is shown). */
#include "limber-bench.h"
#include "limber-bench-end.h"
#include "limber-board-page.h"
#include "limber-check-in.h"
#include "limber-desk.h"
#include "limber-kiosk-style.h"
#include "limber-kiosk-window.h"

#define ROUNDS 200
#define PATIENCE (20 * G_USEC_PER_SEC)

static const LimberAuthor bench = { "system:bench", "reception" };

typedef gboolean (*Deed) (LimberTransaction *transaction, const LimberId *appointment, gint64 at, const LimberAuthor *author, GError **error);

typedef struct {
  Deed     deed;
  LimberId appointment;
} Doing;

typedef struct {
  LimberBoard *board;
  LimberId     wanted;
  gboolean     calm;    /* nobody is to stand there */
  guint        painted; /* frames since it was so */
} Watch;

static gboolean
carry_out (LimberTransaction *transaction, gpointer data, GError **error)
{
  Doing *doing = data;

  return doing->deed (transaction, &doing->appointment, 0, &bench, error);
}

static void
act (LimberBenchEnd *end, Deed deed, const LimberId *appointment)
{
  limber_bench_write (end->store, carry_out, &(Doing){ deed, *appointment });
}

static gboolean
is_so (const Watch *watch)
{
  LimberRow *call = limber_board_get_now (watch->board);

  if (watch->calm || call == NULL)
    return watch->calm && call == NULL;
  return limber_id_equal (&watch->wanted, limber_row_id (call, "appointment"));
}

static void
on_painted (GdkFrameClock *clock, Watch *watch)
{
  if (is_so (watch))
    watch->painted++;
}

static void
wait_for_frame (Watch *watch)
{
  gint64 until = g_get_monotonic_time () + PATIENCE;

  watch->painted = 0;
  while (watch->painted == 0) {
    if (g_get_monotonic_time () > until)
      g_error ("it did not come in %d s", (int) (PATIENCE / G_USEC_PER_SEC));
    g_main_context_iteration (NULL, TRUE);
  }
}

static gboolean
keep_booked (const LimberRecord *record, gpointer data)
{
  if (g_strcmp0 (limber_record_word (record, "status"), "booked") == 0 && limber_record_id (record, "place") != NULL)
    g_array_append_val ((GArray *) data, record->id);
  return TRUE;
}

static gboolean
list_booked (LimberReader *reader, gpointer data, GError **error)
{
  return limber_reader_list (reader, "appointment", NULL, NULL, keep_booked, data, error);
}

static void
measure (LimberBenchEnd *desk, Watch *watch, GArray *calls)
{
  gint64 start;

  watch->calm = FALSE;
  act (desk, limber_desk_call, &watch->wanted);
  start = limber_bench_now ();
  wait_for_frame (watch);
  start = limber_bench_now () - start;
  g_array_append_val (calls, start);
  watch->calm = TRUE;
  act (desk, limber_desk_undo, &watch->wanted);
  wait_for_frame (watch);
  act (desk, limber_desk_undo, &watch->wanted);
}

static void
on_bare (GdkFrameClock *clock, gboolean *painted)
{
  *painted = TRUE;
}

static gint64
bare_frame (GtkLabel *label, guint round)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (label));
  g_autofree char *text = g_strdup_printf ("%u", round);
  gboolean painted = FALSE;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_bare), &painted);
  gint64 start = limber_bench_now ();

  gtk_label_set_label (label, text);
  while (!painted)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, handler);
  return limber_bench_now () - start;
}

int
main (int argc, char **argv)
{
  g_autoptr (LimberEnv) env = limber_env_new_system ();
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (LimberId)), calls = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) bare = g_array_new (FALSE, FALSE, sizeof (gint64)), syncs = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (LimberBenchDisk) disk = NULL;
  g_autoptr (LimberKioskFlow) flow = NULL;
  LimberKioskPage *page;
  LimberKioskWindow *window;
  GtkWidget *plain = gtk_init_check () ? gtk_window_new () : NULL, *label = plain != NULL ? gtk_label_new ("") : NULL;
  LimberBenchEnd desk = { 0 }, board = { 0 };
  Watch watch = { 0 };
  gboolean held;

  if (argc != 3 || plain == NULL)
    g_error ("usage: bench-board DESK BOARD, on a display");
  disk = limber_bench_disk_new (argv[1]);
  limber_bench_end_open (&desk, argv[1], env);
  limber_bench_end_open (&board, argv[2], env);
  limber_store_read (desk.store, list_booked, ids, NULL);
  limber_kiosk_style_load (gdk_display_get_default ());
  flow = limber_kiosk_flow_new (env);
  page = limber_board_page_new (env);
  window = limber_kiosk_window_new (flow, env);
  limber_kiosk_window_set_home (window, page);
  limber_kiosk_flow_set_store (flow, board.store, NULL);
  watch.board = limber_board_page_get_board (LIMBER_BOARD_PAGE (page));
  limber_board_set_store (watch.board, board.store, board.client);
  gtk_window_set_default_size (GTK_WINDOW (window), 1920, 1080);
  gtk_window_present (GTK_WINDOW (window));
  gtk_window_set_child (GTK_WINDOW (plain), label);
  gtk_window_present (GTK_WINDOW (plain));
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint", G_CALLBACK (on_painted), &watch);
  for (guint round = 0, i = 0; round < ROUNDS && i < 50 * ROUNDS; i++) {
    Doing doing = { limber_desk_check_in, g_array_index (ids, LimberId, i % ids->len) };
    gint64 took;

    if (!limber_store_write (desk.store, carry_out, &doing, NULL))
      continue; /* of another day, or another site */
    watch.wanted = doing.appointment;
    measure (&desk, &watch, calls);
    took = bare_frame (GTK_LABEL (label), round++);
    g_array_append_val (bare, took);
    took = limber_bench_disk_sync (disk) + limber_bench_disk_sync (disk) + limber_bench_disk_sync (disk);
    g_array_append_val (syncs, took);
  }
  limber_bench_print ("a call from the desk to the board's frame", calls, NULL);
  limber_bench_print ("yardstick: a bare label to its frame", bare, NULL);
  limber_bench_print ("yardstick: three times 4 KiB and fdatasync", syncs, NULL);
  held = limber_bench_hold ("a call to the board's frame p95 under 200 ms", limber_bench_percentile (calls, 0.95), 200);
  limber_board_set_store (watch.board, NULL, NULL);
  limber_kiosk_flow_set_store (flow, NULL, NULL);
  limber_bench_end_close (&desk);
  limber_bench_end_close (&board);
  return held ? 0 : 1;
}
