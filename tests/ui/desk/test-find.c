/* Asking central for somebody who is not on this computer, as a receptionist does it. */
#include "fake-central.h"
#include "limber-find.h"
#include "limber-find-page.h"
#include "limber-json.h"
#include "sample.h"

static const char *const people[] = { "found-1", "found-2", "found-3" };

static void
set_up (Desk *desk)
{
  desk_start_work (desk, 12);
  fake_central_begin (desk);
}

static void
tear_down (Desk *desk)
{
  fake_central_end (desk);
  desk_tear_down (desk);
}

static gboolean
is_asked (gpointer data)
{
  return fake_central_asked () != NULL;
}

static gboolean
is_asked_nothing (gpointer data)
{
  return fake_central_asked () == NULL;
}

static void
open_page (Desk *desk, const char *typed)
{
  desk_type (desk, typed);
  desk_act (desk, "desk.find");
  SEES (desk, "Who is it?");
}

static void
ask (Desk *desk)
{
  desk_press (desk, "Ask");
  g_assert_true (test_wait (is_asked, desk));
}

static void
assert_asked (const char *name, const char *text)
{
  g_assert_cmpstr (limber_json_string (fake_central_asked (), name), ==, text);
}

/* Presses Escape on the page. Returns whether it took it. */
static gboolean
escape (Desk *desk)
{
  GtkWidget *page = desk_find (desk, desk_is_of_type, (gconstpointer) LIMBER_TYPE_FIND_PAGE);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (page);
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
      g_signal_emit_by_name (controller, "key-pressed", GDK_KEY_Escape, 0, 0, &taken);
  }
  return taken;
}

static void
what_was_typed_is_not_typed_again (void)
{
  static const struct { const char *typed, *names[5][2]; } cases[] = {
    { "999 000 0018", { { "nhs_number", "9990000018" } } },
    { "07700 900456", { { "phone", "07700 900456" } } },
    { "Ines Wickes 6/8/54", { { "family", "Wickes" }, { "given", "Ines" }, { "born", "1954-08-06" } } },
    { "wickes 6 aug 1954", { { "family", "wickes" }, { "given", NULL }, { "born", "1954-08-06" } } },
    { "O'Farrell-Wickes, Ines Maud", { { "family", "O'Farrell-Wickes" }, { "given", "Ines Maud" }, { "born", NULL } } },
    { "6/8/54", { { "family", NULL }, { "born", "1954-08-06" } } },
    { "  ", { { "family", NULL } } },
    { ",", { { "family", "," } } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (json_t) sought = limber_find_question_guess (cases[i].typed, "2026-11-23");

    for (gsize j = 0; j < G_N_ELEMENTS (cases[i].names) && cases[i].names[j][0] != NULL; j++)
      g_assert_cmpstr (limber_json_string (sought, cases[i].names[j][0]), ==, cases[i].names[j][1]);
  }
}

static void
who_is_chosen_opens_as_soon_as_she_is_here (void)
{
  g_autofree char *chosen = sample_id_text ("found-2"), *staff = sample_id_text ("ruth");
  Desk desk;

  set_up (&desk);
  open_page (&desk, "wickes 6/8/54");
  ask (&desk);
  assert_asked ("ask", "find");
  assert_asked ("family", "wickes");
  assert_asked ("born", "1954-08-06");
  assert_asked ("reason", "walk-in");
  assert_asked ("staff", staff);
  SEES (&desk, "Asking the central service");
  fake_central_find (people, 3);
  SEES (&desk, "3 people match");
  SEES (&desk, "Address and practice are restricted");
  SEES (&desk, "Recorded as having died");
  SEES (&desk, "NHS No. ends 0018");
  SEES (&desk, "HA5 · The Elms Surgery");
  g_signal_emit_by_name (desk_find (&desk, desk_is_of_type, (gconstpointer) GTK_TYPE_LIST_VIEW), "activate", 1);
  g_assert_true (test_wait (is_asked, &desk));
  assert_asked ("ask", "grant");
  assert_asked ("patient", chosen);
  assert_asked ("inquiry", "0194d6a0-0000-7000-8000-000000000001");
  fake_central_answer (json_pack ("{s:s}", "day", "2026-11-23"));
  SEES (&desk, "on the way");
  fake_central_let_come (&desk, "found-2");
  SEES (&desk, "Here for this visit only");
  SEES (&desk, "O'FARRELL-WICKES, Ines Maud (Mrs)");
  sample_visit (desk.store, "visit-of-hers", "found-2", "priya", 60);
  SEES_NOT (&desk, "Here for this visit only");
  tear_down (&desk);
}

/* The site's own people are nobody's visitors. */
static void
somebody_of_this_site_is_no_visitor (void)
{
  Desk desk;

  set_up (&desk);
  desk_type (&desk, "thomas");
  desk_act (&desk, "desk.open");
  SEES (&desk, "Appointments");
  desk.text = "Here for this visit only";
  g_assert_true (desk_cannot_see (&desk));
  tear_down (&desk);
}

static void
each_end_is_said_in_words (void)
{
  Desk desk;

  set_up (&desk);
  open_page (&desk, "wickes");
  desk_press (&desk, "Ask"); /* too little: nobody is asked */
  SEES (&desk, "Give the NHS number, or the family name");
  g_assert_null (fake_central_asked ());
  g_assert_true (escape (&desk)); /* back to the question */
  g_assert_true (escape (&desk)); /* and to the list */
  open_page (&desk, "wickes 6/8/54");
  ask (&desk);
  fake_central_find (people, 0);
  SEES (&desk, "Nobody like that is known");
  ask (&desk);
  fake_central_answer (json_pack ("{s:s, s:s, s:[]}", "inquiry", "0194d6a0-0000-7000-8000-000000000001", "result", "too-many", "people"));
  SEES (&desk, "Too many people match");
  ask (&desk);
  fake_central_refuse (LIMBER_ERROR_UNREACHABLE, "silence");
  SEES (&desk, "The central service cannot be reached");
  SEES (&desk, "Go on as with somebody new");
  ask (&desk);
  fake_central_refuse (LIMBER_ERROR_REFUSED, "Not so often.");
  SEES (&desk, "Not so often.");
  tear_down (&desk);
}

/* She stands there, the line is down, and nobody here knows her: she is seen today all the same. */
static void
who_belongs_elsewhere_walks_in_with_the_line_down (void)
{
  Desk desk;

  set_up (&desk);
  open_page (&desk, "quigley 5/5/61");
  ask (&desk);
  fake_central_refuse (LIMBER_ERROR_UNREACHABLE, "silence");
  SEES (&desk, "The central service cannot be reached");
  desk_press (&desk, "Register this person");
  SEES (&desk, "05-May-1961 (65y)"); /* not typed again */
  desk_type_detail (&desk, "given", "Una");
  desk_press (&desk, "_Register");
  SEES (&desk, "Una quigley is registered");
  SEES (&desk, "Edit details");
  desk_act (&desk, "desk.book");
  SEES (&desk, "QUIGLEY, Una");
  desk_act (&desk, "desk.walk-in");
  SEES (&desk, "Una quigley checked in, without an appointment");
  desk_go (&desk, "today");
  desk_type (&desk, "una");
  SEES (&desk, "QUIGLEY, Una");
  SEES (&desk, "Here 09:41");
  desk_act (&desk, "desk.undo");
  SEES (&desk, "Taken back for Una quigley");
  desk_act (&desk, "desk.undo"); /* and with nothing left of hers she is not registered either */
  SEES (&desk, "Una quigley is not registered");
  tear_down (&desk);
}

static void
escape_gives_up_the_question_and_then_the_page (void)
{
  Desk desk;

  set_up (&desk);
  open_page (&desk, "wickes 6/8/54");
  ask (&desk);
  SEES (&desk, "Asking the central service");
  g_assert_true (escape (&desk));
  g_assert_true (test_wait (is_asked_nothing, &desk));
  SEES (&desk, "Who is it?");
  ask (&desk);
  fake_central_find (people, 2);
  SEES (&desk, "2 people match");
  g_assert_true (escape (&desk));
  SEES_NOT (&desk, "WICKES");
  g_assert_true (escape (&desk));
  SEES (&desk, "12 booked");
  tear_down (&desk);
}

/* Whoever signs in next finds neither what was asked nor who was found. */
static void
signing_out_forgets_whom_she_sought (void)
{
  Desk desk;

  set_up (&desk);
  open_page (&desk, "wickes 6/8/54");
  ask (&desk);
  desk_act (&desk, "win.sign-out");
  g_assert_true (test_wait (is_asked_nothing, &desk));
  desk_sign_in (&desk);
  SEES (&desk, "12 booked");
  desk_act (&desk, "desk.find");
  SEES (&desk, "Who is it?");
  desk_press (&desk, "Ask");
  SEES (&desk, "Give the NHS number, or the family name");
  tear_down (&desk);
}

static void
a_computer_that_joined_nothing_says_so (void)
{
  Desk desk;

  desk_start_work (&desk, 12);
  open_page (&desk, "wickes 6/8/54");
  desk_press (&desk, "Ask");
  SEES (&desk, "The central service cannot be reached");
  desk_tear_down (&desk);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  desk_begin ();
#define ADD(name, function) g_test_add_func ("/ui/desk/find/" name, function)
  ADD ("what-was-typed-is-not-typed-again", what_was_typed_is_not_typed_again);
  ADD ("who-is-chosen-opens-as-soon-as-she-is-here", who_is_chosen_opens_as_soon_as_she_is_here);
  ADD ("somebody-of-this-site-is-no-visitor", somebody_of_this_site_is_no_visitor);
  ADD ("each-end-is-said-in-words", each_end_is_said_in_words);
  ADD ("who-belongs-elsewhere-walks-in-with-the-line-down", who_belongs_elsewhere_walks_in_with_the_line_down);
  ADD ("escape-gives-up-the-question-and-then-the-page", escape_gives_up_the_question_and_then_the_page);
  ADD ("signing-out-forgets-whom-she-sought", signing_out_forgets_whom_she_sought);
  ADD ("a-computer-that-joined-nothing-says-so", a_computer_that_joined_nothing_says_so);
  return g_test_run ();
}
