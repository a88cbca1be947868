/* Every page of the kiosk as a picture, to be looked at:  kiosk-gallery [FOLDER [PAGE…]]. It fails on a page that does not fit its
 * screen, that cuts a text off, that is blank, or that lint.h complains of. It prints TAP: one test a page. */
#include <string.h>

#include "limber-board-page.h"
#include "limber-date.h"
#include "limber-kiosk-ask.h"
#include "limber-kiosk-confirm.h"
#include "limber-kiosk-details.h"
#include "limber-kiosk-done.h"
#include "limber-kiosk-exit.h"
#include "limber-kiosk-language.h"
#include "limber-kiosk-language-page.h"
#include "limber-kiosk-message.h"
#include "limber-kiosk-postcode.h"
#include "limber-kiosk-question.h"
#include "limber-kiosk-scroll.h"
#include "limber-kiosk-still.h"
#include "limber-kiosk-style.h"
#include "limber-kiosk-topic.h"
#include "limber-kiosk-topics.h"
#include "limber-kiosk-welcome.h"
#include "limber-kiosk-window.h"
#include "limber-kiosk-year.h"
#include "limber-test-board.h"
#include "lint.h"

static const struct { int width, height; const char *name; } screens[] = { { 1280, 800, "1280x800" }, { 1920, 1080, "1920x1080" }, { 1080, 1920, "1080x1920" }, { 1024, 768, "1024x768" } };
static const char *const pages[] = { "welcome", "day", "month", "letter", "year", "postcode", "wait", "confirm", "done", "done-bare", "done-late", "done-next", "done-number", "done-called", "done-note", "details", "ask-number", "ask-number-long", "ask-choice", "ask-boolean", "ask-display",
                                     "no-match", "early", "late", "cancelled", "already", "already-next", "already-number", "already-called", "already-over",
                                     "see-desk", "person", "not-you", "foreign", "throttled", "unsaved", "broken", "away", "still", "language", "exit", "exit-none",
                                     "welcome-advice", "advice", "advice-urgent", "advice-today", "advice-flare", "board-calm", "board-call", "board-number", "board-full", "board-cut-off" };
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
  static const char *const sayings[] = { "wait", "person", "not-you", "foreign", "throttled", "unsaved", "unread", "broken", "away" };
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

/* A page of our own form, or of one as long as a public screen takes. */
static LimberKioskPage *
make_ask (const char *name)
{
  static const char long_form[] =
      "{\"resourceType\":\"Questionnaire\",\"url\":\"u\",\"version\":\"1\",\"title\":\"T\",\"item\":["
      "{\"linkId\":\"ask-number-long\",\"type\":\"integer\",\"text\":\"On how many of the last twenty days did you do the exercises that you were given?\",\"extension\":["
      "{\"url\":\"http://hl7.org/fhir/StructureDefinition/minValue\",\"valueInteger\":0},{\"url\":\"http://hl7.org/fhir/StructureDefinition/maxValue\",\"valueInteger\":20}]},"
      "{\"linkId\":\"ask-boolean\",\"type\":\"boolean\",\"text\":\"Have you had a fall since you were last here, or nearly had one?\"},"
      "{\"linkId\":\"ask-display\",\"type\":\"display\",\"text\":\"The next questions are about your sleep in the last week.\"}]}";
  g_autofree char *file = g_build_filename (g_getenv ("LIMBER_TEST_DATA") != NULL ? g_getenv ("LIMBER_TEST_DATA") : "tests/data", "..", "..", "resources", "questionnaires", "arrival.json", NULL), *text = NULL;
  gboolean ours = g_str_equal (name, "ask-number") || g_str_equal (name, "ask-choice");
  g_autoptr (LimberQuestionnaire) form = NULL;
  g_autoptr (LimberResponse) response = NULL;
  gsize length = strlen (long_form);

  if (ours && !g_file_get_contents (file, &text, &length, NULL))
    g_error ("There is no %s", file);
  form = limber_questionnaire_parse (ours ? text : long_form, length, NULL);
  response = limber_response_new (form);
  if (!ours)
    return limber_kiosk_ask_new (response, (guint) limber_questionnaire_find (form, name));
  limber_response_answer (response, 0, 6, NULL);
  return limber_kiosk_ask_new (response, g_str_equal (name, "ask-number") ? 0 : 1);
}

/* The advice that Limber brings: what there is, or one topic of it by its linkId. */
static LimberKioskPage *
make_advice (const char *name)
{
  g_autofree char *file = g_build_filename (g_getenv ("LIMBER_TEST_DATA") != NULL ? g_getenv ("LIMBER_TEST_DATA") : "tests/data", "..", "..", "resources", "questionnaires", "advice.json", NULL), *text = NULL;
  g_autoptr (LimberQuestionnaire) form = NULL;
  gsize length;

  if (!g_file_get_contents (file, &text, &length, NULL))
    g_error ("There is no %s", file);
  form = limber_questionnaire_parse (text, length, NULL);
  return g_str_equal (name, "advice") ? limber_kiosk_topics_new (form) : limber_kiosk_topic_new (form, (guint) limber_questionnaire_find (form, name + strlen ("advice-")));
}

static LimberKioskPage *
make_done (const char *name, LimberArriveAnswer *answer)
{
  LimberKioskPage *page;

  answer->wait = g_str_equal (name, "done-called") ? (LimberWait){ .is_called = TRUE }
               : g_str_equal (name, "done-bare")   ? (LimberWait){ 0 }
               : g_str_equal (name, "done")        ? (LimberWait){ .is_next = TRUE, .has_before = TRUE }
                                                   : (LimberWait){ .has_minutes = TRUE, .minutes = 35, .has_before = TRUE, .before = 2 };
  page = limber_kiosk_done_new (answer, g_str_equal (name, "done-note") ? "We have told the desk that you would like a person to ask you." : NULL);
  limber_kiosk_page_tick (page, 12);
  return page;
}

static LimberKioskPage *
make_already (const char *name)
{
  g_autoptr (LimberArriveAnswer) answer = answer_new (LIMBER_ARRIVE_ALREADY, FALSE);
  gboolean number = g_str_equal (name, "already-number");

  answer->wait = (LimberWait){ .waits = !g_str_equal (name, "already-over"), .is_called = g_str_equal (name, "already-called") };
  answer->wait.has_minutes = number || g_str_equal (name, "already-next");
  answer->wait.minutes = 10;
  answer->number = number ? g_strdup ("A17") : NULL;
  return limber_kiosk_message_new_for_answer (answer);
}

static LimberKioskPage *
make_answered (const char *name)
{
  static const char *const results[] = { "checked-in", "", "early", "late", "cancelled", "ask-more", "see-desk", "no-match" };
  g_autoptr (LimberArriveAnswer) answer = answer_new (LIMBER_ARRIVE_CHECKED_IN, g_str_equal (name, "done-bare"));

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
  return make_done (name, answer);
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
    return limber_kiosk_welcome_new ("Alexandra Avenue Clinic", FALSE);
  if (g_str_equal (name, "welcome-advice"))
    return limber_kiosk_welcome_new ("Alexandra Avenue Clinic", TRUE);
  if (g_str_has_prefix (name, "advice"))
    return make_advice (name);
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
  if (g_str_equal (name, "postcode")) {
    page = limber_kiosk_postcode_new ();
    for (const char *letter = "WW3W1WW"; *letter != '\0'; letter++)
      limber_kiosk_page_typed (page, (gunichar) *letter);
    return page;
  }
  if (g_str_equal (name, "language"))
    return limber_kiosk_language_page_new ();
  if (g_str_has_prefix (name, "ask-"))
    return make_ask (name);
  if (g_str_equal (name, "details"))
    return limber_kiosk_details_new ("••• ••• 123");
  if (g_str_has_prefix (name, "already"))
    return make_already (name);
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

/* Until the window has been painted as it now is: in so many frames. */
static void
settle (GtkWidget *window, guint frames)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  gint64 deadline = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;
  guint painted = 0;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted), &painted);

  while (painted < frames && g_get_monotonic_time () < deadline) {
    gtk_widget_queue_draw (window);
    g_main_context_iteration (NULL, TRUE);
  }
  g_signal_handler_disconnect (clock, handler);
}

/* The least that the page needs, inside what would scroll if it had to. Large text on the smallest screen may have to. */
static void
check_room (GtkWidget *window, const char *picture, gboolean may_move)
{
  GtkWidget *frame = limber_kiosk_scroll_get_content (LIMBER_KIOSK_SCROLL (gtk_window_get_child (GTK_WINDOW (window))));
  int width = gtk_widget_get_width (window), height = gtk_widget_get_height (window), wide, high;
  g_autofree char *text = NULL;

  gtk_widget_measure (frame, GTK_ORIENTATION_HORIZONTAL, -1, &wide, NULL, NULL, NULL);
  gtk_widget_measure (frame, GTK_ORIENTATION_VERTICAL, width, &high, NULL, NULL, NULL);
  text = g_strdup_printf ("%d x %d", wide, high);
  if (wide > width || (high > height && !may_move))
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

/* With the focus where the page has it, and with none. */
static void
check_drawn (GtkWidget *window, int width, int height, const char *name, const char *file)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));
  g_autoptr (GdkTexture) texture = draw (window, width, height), plain = NULL;

  if (!g_str_has_suffix (name, "-contrast") && is_blank (texture))
    complain (name, "blank", "");
  if (file != NULL)
    gdk_texture_save_to_png (texture, file);
  lint_page (window, texture, name, complain);
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  settle (window, 1);
  plain = draw (window, width, height);
  gtk_window_set_focus (GTK_WINDOW (window), focus);
  lint_focus (window, texture, plain, name, complain);
}

static void
take (GtkWidget *window, guint screen, guint text, const char *folder, const char *name)
{
  int width = screens[screen].width, height = screens[screen].height;
  g_autofree char *file = folder != NULL ? g_strdup_printf ("%s/%s.png", folder, name) : NULL, *size = NULL;

  size = g_strdup_printf ("%d x %d", gtk_widget_get_width (window), gtk_widget_get_height (window));
  if (gtk_widget_get_width (window) != width || gtk_widget_get_height (window) != height)
    complain (name, "another size", size);
  check_room (window, name, text > 0 && height < 800);
  check_labels (window, name);
  check_drawn (window, width, height, name, file);
}

/* How a page is pictured. */
typedef struct {
  const char *language;
  guint       screen, text;
  gboolean    contrast;
} Look;

static void
picture (const char *folder, const char *page, Look look, LimberEnv *env)
{
  g_autoptr (LimberKioskFlow) flow = limber_kiosk_flow_new (env);
  LimberKioskWindow *window = limber_kiosk_window_new (flow, env);
  LimberKioskPage *shown;
  g_autofree char *name = g_strdup_printf ("%s-%s-%s-text%u%s", page, look.language, screens[look.screen].name, look.text + 1, look.contrast ? "-contrast" : "");

  g_assert_true (limber_kiosk_language_set (look.language));
  gtk_window_set_default_size (GTK_WINDOW (window), screens[look.screen].width, screens[look.screen].height);
  gtk_window_present (GTK_WINDOW (window));
  for (guint i = 0; i < look.text; i++)
    gtk_widget_activate_action (GTK_WIDGET (window), "look.text-size", NULL);
  if (look.contrast)
    gtk_widget_activate_action (GTK_WIDGET (window), "look.contrast", NULL);
  shown = make (page);
  if (g_str_has_prefix (page, "board-"))
    limber_kiosk_window_set_home (window, shown);
  limber_kiosk_window_show_page (window, shown);
  settle (GTK_WIDGET (window), 4);
  take (GTK_WIDGET (window), look.screen, look.text, folder, name);
  gtk_window_destroy (GTK_WINDOW (window));
  if (g_str_has_prefix (page, "board-"))
    test_board_tear_down (&board);
}

/* All that a person can choose, for whoever looks at the pictures: LIMBER_GALLERY=all. */
static void
take_all (const char *folder, const char *page, LimberEnv *env)
{
  for (guint i = 0; i < limber_kiosk_language_count (); i++)
    for (guint screen = 0; screen < G_N_ELEMENTS (screens); screen++)
      for (guint look = 0; look < 3 * 2; look++)
        picture (folder, page, (Look){ limber_kiosk_language_nth (i)->code, screen, look % 3, look / 3 == 1 }, env);
}

/* One page on each screen in the largest text, and once in the smallest; in each other language where there is least room, and once elsewhere;
 * and once in strong colours, in one language after the other. */
static gboolean
is_good (const char *folder, guint page, LimberEnv *env)
{
  guint before = failures;
  gboolean plain = g_str_has_prefix (pages[page], "board-"); /* nobody sets its text or its colours */

  if (g_strcmp0 (g_getenv ("LIMBER_GALLERY"), "all") == 0) {
    take_all (folder, pages[page], env);
    return failures == before;
  }
  for (guint screen = 0; screen < G_N_ELEMENTS (screens); screen++)
    picture (folder, pages[page], (Look){ "en", screen, plain ? 0 : 2, FALSE }, env);
  if (!plain)
    picture (folder, pages[page], (Look){ "en", 0, 0, FALSE }, env);
  for (guint i = 1; i < limber_kiosk_language_count (); i++) {
    const char *language = limber_kiosk_language_nth (i)->code;

    picture (folder, pages[page], (Look){ language, 0, plain ? 0 : 2, FALSE }, env);
    if ((page + i) % 3 == 0)
      picture (folder, pages[page], (Look){ language, (page + i) / 3 % 4, !plain && (page + i) / 3 % 4 == 2 ? 2 : 0, FALSE }, env);
  }
  if (!plain)
    picture (folder, pages[page], (Look){ limber_kiosk_language_nth (page % limber_kiosk_language_count ())->code, page % 4, 1, TRUE }, env);
  return failures == before;
}

int
main (int argc, char **argv)
{
  g_autoptr (LimberEnv) env = NULL;
  const char *folder = argc > 1 ? argv[1] : NULL;
  guint test = 0;

  /* The time of day that takes most room, in more than one language. */
  g_setenv ("LIMBER_NOW", "2026-11-23T12:45:00Z", TRUE);
  gtk_init ();
  env = limber_env_new_system ();
  limber_kiosk_style_load (gdk_display_get_default ());
  for (guint page = 0; page < G_N_ELEMENTS (pages); page++)
    if (argc < 3 || g_strv_contains ((const char *const *) argv + 2, pages[page]))
      g_print ("%s %u /ui/kiosk/pictures/%s-fits-every-screen\n", is_good (folder, page, env) ? "ok" : "not ok", ++test, pages[page]);
  g_print ("1..%u\n", test);
  return failures > 0 ? 1 : 0;
}
