/* The page of what waits, worked through by whoever sits there. */
#include "desk.h"
#include "sample-lists.h"

static void
open_lists (Desk *desk, const char *which)
{
  gtk_widget_activate_action (GTK_WIDGET (desk->window), "desk.go", "s", which);
}

static void
do_to (Desk *desk, const char *action, const char *key)
{
  g_autofree char *id = sample_id_text (key);
  GtkWidget *list = desk_find (desk, desk_is_of_type, (gconstpointer) GTK_TYPE_LIST_VIEW);

  g_assert_true (gtk_widget_activate_action (list, action, "s", id));
}

static GtkEditable *
entry_with_focus (Desk *desk)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (desk->window));

  g_assert_true (GTK_IS_TEXT (focus));
  return GTK_EDITABLE (gtk_widget_get_ancestor (focus, GTK_TYPE_ENTRY));
}

static gboolean
is_entry_with (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_ENTRY (widget) && gtk_widget_get_mapped (widget) && g_str_equal (gtk_editable_get_text (GTK_EDITABLE (widget)), text);
}

/* What was typed stands there still. */
static void
go_to_entry (Desk *desk, const char *text)
{
  GtkWidget *entry = desk_find (desk, is_entry_with, text);

  g_assert_nonnull (entry);
  gtk_widget_grab_focus (entry);
}

static char *
text_of (Desk *desk, const char *kind, const char *key, const char *field)
{
  g_autoptr (LimberRecord) record = NULL;
  LimberId id;

  sample_id (&id, key);
  record = test_store_get (desk->store, kind, &id);
  return g_strdup (limber_record_text (record, field));
}

static void
assert_text (Desk *desk, const char *kind, const char *key, const char *field, const char *expected)
{
  g_autofree char *text = text_of (desk, kind, key, field);

  g_assert_cmpstr (text, ==, expected);
}

static void
set_up (Desk *desk, gconstpointer data)
{
  desk_start_work (desk, 20);
  sample_lists (desk->store);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  desk_tear_down (desk);
}

/* The header counts them, F6's action leads there, and the page opens where something waits. */
static void
a_task_is_taken_noted_and_done_and_each_is_taken_back (Desk *desk, gconstpointer data)
{
  g_autofree char *site = sample_id_text ("site");

  SEES (desk, "9"); /* of the button */
  open_lists (desk, "tasks");
  SEES (desk, "To do (4)");
  SEES (desk, "Rachel Nowak is on it since 09:20");
  do_to (desk, "lists.take", "guessing");
  SEES (desk, "Anna Reid is on it");
  desk_act (desk, "desk.undo");
  SEES (desk, "Nobody is on it now");
  desk_press (desk, "Note…"); /* of the first line */
  gtk_editable_set_text (entry_with_focus (desk), "It was a child");
  test_store_put (desk->store, "task", &(LimberId){ { 9 } }, "about", "must-be-seen", "made", "2026-11-23T06:00:00Z", "status", "open", "site", site, NULL);
  test_store_put (desk->store, "task", &(LimberId){ { 10 } }, "about", "other", "made", "2026-11-23T09:40:00Z", "status", "open", "site", site, NULL);
  SEES (desk, "To do (6)"); /* one came before it, and one after */
  go_to_entry (desk, "It was a child");
  desk_press (desk, "Save");
  SEES (desk, "Note saved");
  assert_text (desk, "task", "guessing", "note", "It was a child");
  desk_act (desk, "desk.undo");
  SEES (desk, "The note is as it was");
  assert_text (desk, "task", "guessing", "note", NULL);
  do_to (desk, "lists.done", "guessing");
  SEES (desk, "To do (5)");
  desk_act (desk, "desk.undo");
  SEES (desk, "To do (6)");
}

static void
what_one_types_the_next_does_not_see (Desk *desk, gconstpointer data)
{
  open_lists (desk, "tasks");
  SEES (desk, "To do (4)");
  desk_press (desk, "Note…");
  gtk_editable_set_text (entry_with_focus (desk), "Between ourselves");
  desk_act (desk, "win.sign-out");
  desk_sign_in (desk);
  open_lists (desk, "tasks");
  SEES (desk, "To do (4)");
  g_assert_null (desk_find (desk, is_entry_with, "Between ourselves"));
  desk_press (desk, "Note…");
  g_assert_cmpstr (gtk_editable_get_text (entry_with_focus (desk)), ==, "");
}

static void
of_two_answers_one_is_chosen_and_that_is_taken_back (Desk *desk, gconstpointer data)
{
  g_autofree char *before = text_of (desk, "patient", "thompson", "mobile");

  open_lists (desk, "tasks:answers");
  SEES (desk, "Two answers (2)");
  SEES (desk, "Rachel Nowak, 08:52, Back office, Alexandra Avenue Clinic");
  {
    g_autofree char *id = sample_answer_id ("answer-1", "thompson", "mobile");

    g_assert_true (gtk_widget_activate_action (desk_find (desk, desk_is_of_type, (gconstpointer) GTK_TYPE_LIST_VIEW), "lists.use", "s", id));
  }
  SEES (desk, "Two answers (1)");
  SEES (desk, "Decided by Anna Reid");
  assert_text (desk, "patient", "thompson", "mobile", "07700 900456");
  desk_act (desk, "desk.undo");
  SEES (desk, "It says again what it said before");
  assert_text (desk, "patient", "thompson", "mobile", before);
}

/* What is refused is said, and what was typed stays to be mended. */
static void
a_third_answer_is_checked_as_any_other (Desk *desk, gconstpointer data)
{
  sample_answer (desk->store, "answer-born", "thompson", "born", "\"1950-01-01\"", NULL);
  open_lists (desk, "tasks:answers");
  SEES (desk, "Two answers (3)");
  SEES (desk, "Date of birth: THOMPSON, Dorothy (Mrs)");
  {
    g_autofree char *id = sample_answer_id ("answer-born", "thompson", "born");
    GtkWidget *list = desk_find (desk, desk_is_of_type, (gconstpointer) GTK_TYPE_LIST_VIEW);

    gtk_widget_activate_action (list, "lists.type", "(ss)", id, "31/2/1950");
    SEES (desk, "Date of birth: That is no day. Type it as 6/8/54 or 6 aug 1954.");
    SEES (desk, "Two answers (3)");
    gtk_widget_activate_action (list, "lists.type", "(ss)", id, "13 mar 1949");
  }
  SEES (desk, "Two answers (2)");
  assert_text (desk, "patient", "thompson", "born", "1949-03-13");
}

static void
what_was_put_aside_is_used_or_left_out (Desk *desk, gconstpointer data)
{
  open_lists (desk, "tasks:aside");
  SEES (desk, "Mobile telephone: 07700 900777");
  desk_press (desk, "It is right: use it");
  SEES (desk, "Nothing is put aside");
  assert_text (desk, "patient", "long", "mobile", "07700 900777");
  sample_aside (desk->store, "patel", "revoked device");
  SEES (desk, "Put aside (1)");
  desk_press (desk, "Leave it out");
  SEES (desk, "Nothing is put aside");
}

/* That it waits again is central's to say (sync/aside). */
static void
what_was_decided_of_it_is_taken_back (Desk *desk, gconstpointer data)
{
  g_autofree char *mobile = text_of (desk, "patient", "long", "mobile"), *address = text_of (desk, "patient", "long", "address");

  open_lists (desk, "tasks:aside");
  SEES (desk, "Mobile telephone: 07700 900777");
  desk_press (desk, "It is right: use it");
  SEES (desk, "It is used, in your name");
  assert_text (desk, "patient", "long", "mobile", "07700 900777");
  desk_act (desk, "desk.undo");
  SEES (desk, "Nothing is decided");
  assert_text (desk, "patient", "long", "mobile", mobile);
  assert_text (desk, "patient", "long", "address", address);
  sample_aside (desk->store, "patel", "revoked device");
  SEES (desk, "Put aside (1)");
  desk_press (desk, "Leave it out");
  SEES (desk, "It is left out");
  desk_act (desk, "desk.undo");
  SEES (desk, "Nothing is decided");
}

/* Nobody's later word is lost by it. */
static void
what_was_used_and_changed_since_is_not_taken_back (Desk *desk, gconstpointer data)
{
  LimberId id;

  sample_id (&id, "long");
  open_lists (desk, "tasks:aside");
  SEES (desk, "Mobile telephone: 07700 900777");
  desk_press (desk, "It is right: use it");
  SEES (desk, "It is used, in your name");
  test_store_put (desk->store, "patient", &id, "mobile", "07700 900888", NULL);
  desk_act (desk, "desk.undo");
  SEES (desk, "Somebody has changed it again since");
  assert_text (desk, "patient", "long", "mobile", "07700 900888");
}

static void
screens_that_need_somebody_come_first (Desk *desk, gconstpointer data)
{
  open_lists (desk, "tasks:screens");
  SEES (desk, "Screens (2)");
  SEES (desk, "“Waiting room” has not been seen since 08:15: is it switched on?");
  SEES (desk, "14 checked in, 1 matched nobody (6%), 2 sent to the desk");
}

#define ADD(name, test) g_test_add ("/ui/desk/lists/" name, Desk, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  desk_begin ();
  ADD ("a-task-is-taken-noted-and-done-and-each-is-taken-back", a_task_is_taken_noted_and_done_and_each_is_taken_back);
  ADD ("what-one-types-the-next-does-not-see", what_one_types_the_next_does_not_see);
  ADD ("of-two-answers-one-is-chosen-and-that-is-taken-back", of_two_answers_one_is_chosen_and_that_is_taken_back);
  ADD ("a-third-answer-is-checked-as-any-other", a_third_answer_is_checked_as_any_other);
  ADD ("what-was-put-aside-is-used-or-left-out", what_was_put_aside_is_used_or_left_out);
  ADD ("what-was-decided-of-it-is-taken-back", what_was_decided_of_it_is_taken_back);
  ADD ("what-was-used-and-changed-since-is-not-taken-back", what_was_used_and_changed_since_is_not_taken_back);
  ADD ("screens-that-need-somebody-come-first", screens_that_need_somebody_come_first);
  return g_test_run ();
}
