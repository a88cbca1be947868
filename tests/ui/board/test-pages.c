/* What the waiting-room screen shows, when, and for how long. */
#include <string.h>

#include "limber-board-page.h"
#include "limber-board-voice.h"
#include "limber-board-words.h"
#include "limber-chime.h"
#include "limber-date.h"
#include "limber-kiosk-language.h"
#include "limber-kiosk-style.h"
#include "limber-kiosk-window.h"
#include "limber-test-board.h"
#include "limber-test-voice.h"

typedef struct {
  TestBoard        board;
  LimberKioskFlow *flow;
  LimberKioskWindow *window;
  LimberKioskPage *page;
  LimberBoard     *model;
  guint            called; /* how often somebody was called out */
  const char      *expected;
} Room;

static void
on_called (Room *room)
{
  room->called++;
}

static void
set_up (Room *room, gconstpointer data)
{
  test_board_set_up (&room->board);
  room->page = g_object_ref_sink (limber_board_page_new (room->board.env));
  room->model = limber_board_page_get_board (LIMBER_BOARD_PAGE (room->page));
  g_signal_connect_swapped (room->model, "called", G_CALLBACK (on_called), room);
  room->flow = limber_kiosk_flow_new (room->board.env);
  room->window = limber_kiosk_window_new (room->flow, room->board.env);
  limber_kiosk_window_set_home (room->window, room->page);
  limber_kiosk_flow_set_store (room->flow, room->board.store, NULL);
  limber_board_set_store (room->model, room->board.store, room->board.client);
  gtk_window_set_default_size (GTK_WINDOW (room->window), 1280, 800);
  gtk_window_present (GTK_WINDOW (room->window));
}

static void
tear_down (Room *room, gconstpointer data)
{
  limber_board_set_store (room->model, NULL, NULL);
  gtk_window_destroy (GTK_WINDOW (room->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (room->page);
  g_assert_finalize_object (room->flow);
  test_board_tear_down (&room->board);
}

/* A text that can be seen. */
static gboolean
shows (GtkWidget *widget, const char *text)
{
  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_visible (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (shows (child, text))
      return TRUE;
  return FALSE;
}

/* A text that is there at all, for assistive technology too. */
static gboolean
holds (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (holds (child, text))
      return TRUE;
  return FALSE;
}

static gboolean
shows_expected (gpointer data)
{
  Room *room = data;

  return shows (GTK_WIDGET (room->window), room->expected);
}

static gboolean
lacks_expected (gpointer data)
{
  Room *room = data;

  return !holds (GTK_WIDGET (room->window), room->expected);
}

static void
assert_shows (Room *room, const char *text)
{
  room->expected = text;
  g_assert_true (test_wait (shows_expected, room));
}

static void
assert_gone (Room *room, const char *text)
{
  room->expected = text;
  g_assert_true (test_wait (lacks_expected, room));
}

static void
pass (Room *room, gint64 seconds)
{
  room->board.clock.now += seconds * 1000;
  limber_kiosk_window_tick (room->window);
}

static const char *
now_shown (Room *room)
{
  LimberRow *call = limber_board_get_now (room->model);

  return call != NULL ? limber_row_text (call, "shown") : NULL;
}

static void
nobody_called_is_calm (Room *room, gconstpointer data)
{
  assert_shows (room, "Please take a seat");
  assert_shows (room, "Alexandra Avenue Clinic");
  assert_shows (room, "23 November 2026");
  assert_shows (room, "9am");
  g_assert_cmpuint (room->called, ==, 0);
}

static void
a_call_stands_large_and_is_called_out (Room *room, gconstpointer data)
{
  test_board_call (&room->board, "a", (TestCall){ "declan", "Declan O.", "Room 2", 0 });
  assert_shows (room, "Declan O.");
  assert_shows (room, "Room 2");
  g_assert_cmpstr (now_shown (room), ==, "Declan O.");
  g_assert_cmpuint (room->called, ==, 1);
}

static void
after_two_minutes_it_is_among_the_last (Room *room, gconstpointer data)
{
  test_board_call (&room->board, "a", (TestCall){ "declan", "Declan O.", "Room 2", 0 });
  assert_shows (room, "Declan O.");
  pass (room, 119);
  g_assert_nonnull (now_shown (room));
  pass (room, 2);
  g_assert_null (now_shown (room));
  assert_shows (room, "Called before");
  assert_shows (room, "Declan O.");
}

static void
after_half_an_hour_it_is_nowhere (Room *room, gconstpointer data)
{
  test_board_call (&room->board, "a", (TestCall){ "declan", "Declan O.", "Room 2", 0 });
  assert_shows (room, "Declan O.");
  pass (room, 30 * 60 + 1);
  assert_gone (room, "Declan");
  assert_shows (room, "Please take a seat");
}

static void
the_site_says_how_long (Room *room, gconstpointer data)
{
  test_board_site (&room->board, "call_minutes", "5");
  test_board_site (&room->board, "recent_minutes", "0");
  test_board_call (&room->board, "a", (TestCall){ "declan", "Declan O.", "Room 2", 200 });
  assert_shows (room, "Please go in now");
  g_assert_cmpstr (now_shown (room), ==, "Declan O.");
  pass (room, 101);
  assert_gone (room, "Declan");
}

static void
what_is_taken_back_goes_at_once (Room *room, gconstpointer data)
{
  test_board_call (&room->board, "a", (TestCall){ "declan", "Declan O.", "Room 2", 0 });
  assert_shows (room, "Declan O.");
  test_board_drop (&room->board, "a");
  assert_gone (room, "Declan");
}

static void
who_has_gone_in_is_among_the_last (Room *room, gconstpointer data)
{
  test_board_call (&room->board, "a", (TestCall){ "declan", "Declan O.", "Room 2", 0 });
  assert_shows (room, "Please go in now");
  test_board_call (&room->board, "a", (TestCall){ "declan", "Declan O.", "Room 2", 0, .gone_in = TRUE });
  assert_shows (room, "Called before");
  g_assert_null (now_shown (room));
}

static void
the_newest_is_large_and_five_before_it_are_kept (Room *room, gconstpointer data)
{
  static const char *const names[] = { "Ade A.", "Bea B.", "Cem C.", "Dee D.", "Eve E.", "Flo F.", "Gus G." };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    test_board_call (&room->board, names[i], (TestCall){ names[i], names[i], "Room 1", (int) (70 - 10 * i) });
  assert_shows (room, "Gus G.");
  assert_shows (room, "Bea B.");
  g_assert_cmpstr (now_shown (room), ==, "Gus G.");
  g_assert_false (holds (GTK_WIDGET (room->window), "Ade A."));
}

static void
called_again_is_called_out_again_and_shown_once (Room *room, gconstpointer data)
{
  test_board_call (&room->board, "a", (TestCall){ "declan", "Declan O.", "Room 2", 30 });
  assert_shows (room, "Declan O.");
  test_board_call (&room->board, "b", (TestCall){ "declan", "Declan O.", "Room 3", 0 });
  assert_shows (room, "Room 3");
  g_assert_cmpuint (room->called, ==, 2);
  g_assert_cmpuint (limber_board_get_recent (room->model)->len, ==, 0);
}

/* As when the line comes back. */
static void
what_comes_late_is_not_called_out (Room *room, gconstpointer data)
{
  test_board_call (&room->board, "a", (TestCall){ "declan", "Declan O.", "Room 2", 300 });
  assert_shows (room, "Declan O.");
  g_assert_cmpuint (room->called, ==, 0);
  g_assert_null (now_shown (room));
}

static void
a_line_that_is_down_is_said (Room *room, gconstpointer data)
{
  g_assert_false (shows (GTK_WIDGET (room->window), "Calls may be late"));
  pass (room, 6);
  assert_shows (room, "Calls may be late here. Please listen for your name.");
}

static void
classes_and_delays_are_said_while_they_count (Room *room, gconstpointer data)
{
  test_board_site (&room->board, "notices", "[\"2026-11-23\",\"class 1795428000000 Hall 1\",\"with 20 Priya\",\"in 15 Room 2\"]");
  assert_shows (room, "Exercise class · Hall 1 · 10am");
  assert_shows (room, "Priya is about 20 minutes late, sorry");
  assert_shows (room, "Room 2 is about 15 minutes late, sorry");
  pass (room, 80 * 60);
  assert_gone (room, "Exercise class");
  pass (room, 24 * 60 * 60);
  assert_gone (room, "Priya");
}

static void
it_takes_no_input (Room *room, gconstpointer data)
{
  assert_shows (room, "Please take a seat");
  g_assert_null (gtk_window_get_focus (GTK_WINDOW (room->window)));
  g_assert_false (shows (GTK_WIDGET (room->window), "Check in"));
  g_assert_false (shows (GTK_WIDGET (room->window), "Aa"));
}

static void
the_way_out_is_the_kiosks (Room *room, gconstpointer data)
{
  limber_kiosk_flow_ask_to_exit (room->flow);
  g_assert_null (gtk_widget_get_parent (GTK_WIDGET (room->page)));
  for (guint i = 0; i < 120; i++)
    pass (room, 1);
  assert_shows (room, "Please take a seat");
}

static void
assert_spoken (const char *shown, const char *place, gboolean numbered, const char *words)
{
  static const char *const names[] = { "shown", "place_name", "numbered" };
  g_autoptr (LimberRow) row = limber_row_new (names, 3);
  g_autofree char *spoken = NULL;

  limber_value_set_text (limber_row_column (row, 0), shown);
  if (place != NULL)
    limber_value_set_text (limber_row_column (row, 1), place);
  limber_value_set_integer (limber_row_column (row, 2), numbered);
  spoken = limber_board_words_spoken (row);
  g_assert_cmpstr (spoken, ==, words);
}

static void
test_spoken (void)
{
  assert_spoken ("Declan O.", "Room 2", FALSE, "Declan O, please go to Room 2.");
  assert_spoken ("Declan O.", NULL, FALSE, "Declan O, please come to the desk.");
  assert_spoken ("A17", "Room 2", TRUE, "Number A 17, please go to Room 2.");
  assert_spoken ("AB7", NULL, TRUE, "Number A B 7, please come to the desk.");
}

/* A sound that clips is a noise. */
static void
test_chime (void)
{
  g_autoptr (GBytes) bytes = limber_chime_make ();
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  int loudest = 0;

  g_assert_cmpmem (data, 4, "RIFF", 4);
  g_assert_cmpuint (length, ==, 44 + 2 * (22050 * LIMBER_CHIME_TIME / 1000));
  for (gsize i = 44; i + 1 < length; i += 2)
    loudest = MAX (loudest, ABS ((gint16) (data[i] | data[i + 1] << 8)));
  g_assert_cmpint (loudest, >, G_MAXINT16 / 4);
  g_assert_cmpint (loudest, <, G_MAXINT16 - 1000);
  g_assert_cmpint (ABS ((gint16) (data[44] | data[45] << 8)), <, 100);
  g_assert_cmpint (ABS ((gint16) (data[length - 2] | data[length - 1] << 8)), <, 100);
}

typedef struct {
  TestVoice *voice;
  GString   *said;
  const char *wanted;
} Heard;

static gboolean
has_heard (gpointer data)
{
  Heard *heard = data;
  g_autofree char *more = test_voice_said (heard->voice);

  if (*more != '\0')
    test_voice_finish (heard->voice);
  g_string_append (heard->said, more);
  g_string_replace (heard->said, "hush\n", "", 0);
  return strstr (heard->said->str, heard->wanted) != NULL;
}

static gboolean
is_there (gpointer speech)
{
  return limber_speech_is_there (speech);
}

static LimberRow *
row_of (const char *name)
{
  static const char *const columns[] = { "id", "shown", "place_name", "numbered" };
  LimberRow *row = limber_row_new (columns, G_N_ELEMENTS (columns));
  LimberId id;

  test_id (&id, name);
  limber_value_set_id (limber_row_column (row, 0), &id);
  limber_value_set_text (limber_row_column (row, 1), name);
  limber_value_set_text (limber_row_column (row, 2), "Room 2");
  limber_value_set_integer (limber_row_column (row, 3), 0);
  return row;
}

static void
on_layout (GdkFrameClock *clock, guint *layouts)
{
  (*layouts)++;
}

static void
run_for (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

/* It shows less where there is no room for all, and does not look for room again until something has changed. */
static void
a_full_screen_comes_to_rest (Room *room, gconstpointer data)
{
  static const TestCall calls[] = { { "1", "Ade B.", "Treatment room 1", 240, .gone_in = TRUE }, { "2", "Moira C.", "Room 4", 420, .gone_in = TRUE }, { "3", "Wojciech K.", "Gym", 600, .gone_in = TRUE },
                                    { "4", "Anna D.", "Treatment room 2", 900, .gone_in = TRUE }, { "5", "Sam E.", "Room 1", 1200, .gone_in = TRUE }, { "6", "Oluwaseun A.", "Treatment room 2", 65 } };
  guint layouts = 0;

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    test_board_call (&room->board, calls[i].visit, calls[i]);
  test_board_site (&room->board, "notices", "[\"2026-11-23\",\"class 1795428000000 Hall 1\",\"class 1795428000000 Gym\",\"with 20 Priya\",\"in 35 Treatment room 2\"]");
  room->board.clock.now += 6000; /* the warning takes room, too */
  limber_kiosk_window_tick (room->window);
  assert_shows (room, "Oluwaseun A.");
  assert_shows (room, "Exercise class");
  run_for (500);
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (room->window)), "layout", G_CALLBACK (on_layout), &layouts);
  run_for (500);
  g_assert_cmpuint (layouts, <, 5);
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (GTK_WIDGET (room->window)), &layouts);
}

/* Each is said twice, the second after the first. */
static void
test_voice (void)
{
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (TestVoice) voice = test_voice_new ("espeak-ng", NULL);
  g_autoptr (LimberSpeech) speech = limber_speech_new ("limber-test", limber_kiosk_language_codes ());
  g_autoptr (LimberRow) declan = row_of ("Declan O."), moira = row_of ("Moira C.");
  g_autoptr (LimberBoardVoice) calls = NULL;
  Heard heard = { voice, said, "en: -20 Declan O, please go to Room 2.\nen: -20 Declan O, please go to Room 2.\nen: -20 Moira C, please go to Room 2.\n" };

  g_assert_true (test_wait (is_there, speech));
  calls = limber_board_voice_new (speech);
  limber_board_voice_call (calls, declan, 40);
  limber_board_voice_call (calls, moira, 40);
  if (!test_wait (has_heard, &heard))
    g_error ("heard \"%s\"", said->str);
  g_clear_pointer (&calls, limber_board_voice_free);
}

static void
add (const char *name, void (*func) (Room *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/ui/board/", name, NULL);

  g_test_add (path, Room, NULL, set_up, func, tear_down);
}

int
main (int argc, char **argv)
{
  g_autofree char *dir = test_dir_new ();
  int status;

  gtk_test_init (&argc, &argv, NULL);
  test_voice_place (dir);
  limber_kiosk_style_load (gdk_display_get_default ());
  add ("nobody-called-is-calm", nobody_called_is_calm);
  add ("a-call-stands-large-and-is-called-out", a_call_stands_large_and_is_called_out);
  add ("after-two-minutes-it-is-among-the-last", after_two_minutes_it_is_among_the_last);
  add ("a-full-screen-comes-to-rest", a_full_screen_comes_to_rest);
  add ("after-half-an-hour-it-is-nowhere", after_half_an_hour_it_is_nowhere);
  add ("the-site-says-how-long", the_site_says_how_long);
  add ("what-is-taken-back-goes-at-once", what_is_taken_back_goes_at_once);
  add ("who-has-gone-in-is-among-the-last", who_has_gone_in_is_among_the_last);
  add ("the-newest-is-large-and-five-before-it-are-kept", the_newest_is_large_and_five_before_it_are_kept);
  add ("called-again-is-called-out-again-and-shown-once", called_again_is_called_out_again_and_shown_once);
  add ("what-comes-late-is-not-called-out", what_comes_late_is_not_called_out);
  add ("a-line-that-is-down-is-said", a_line_that_is_down_is_said);
  add ("classes-and-delays-are-said-while-they-count", classes_and_delays_are_said_while_they_count);
  add ("it-takes-no-input", it_takes_no_input);
  add ("the-way-out-is-the-kiosks", the_way_out_is_the_kiosks);
  g_test_add_func ("/ui/board/what-is-called-out-is-a-sentence", test_spoken);
  g_test_add_func ("/ui/board/each-is-called-out-twice-one-after-the-other", test_voice);
  g_test_add_func ("/ui/board/the-chime-is-soft-and-does-not-click", test_chime);
  status = g_test_run ();
  test_dir_remove (dir);
  return status;
}
