#include "care-fixture.h"

#include "limber-error.h"
#include "limber-task.h"

typedef struct {
  const char *what, *text;
  LimberId    task;
  LimberAuthor author;
} Doing;

static gboolean
carry_out (LimberTransaction *transaction, gpointer data, GError **error)
{
  Doing *doing = data;

  if (g_str_equal (doing->what, "take") || g_str_equal (doing->what, "take over"))
    return limber_task_take (transaction, &doing->task, g_str_equal (doing->what, "take over"), &doing->author, error);
  if (g_str_equal (doing->what, "let go"))
    return limber_task_let_go (transaction, &doing->task, &doing->author, error);
  if (g_str_equal (doing->what, "note"))
    return limber_task_note (transaction, &doing->task, doing->text, &doing->author, error);
  return limber_task_set_status (transaction, &doing->task, doing->what, &doing->author, error);
}

/* @refused: (nullable): a part of why it is */
static void
by (Care *care, const char *who, const char *what, const char *text, const char *refused)
{
  Doing doing = { what, text };
  g_autofree char *author = NULL;
  g_autoptr (GError) error = NULL;
  LimberId id;

  test_id (&doing.task, "task");
  test_id (&id, who);
  author = g_str_equal (who, "patient") ? g_strdup (who) : limber_id_dup_text (&id);
  doing.author = (LimberAuthor){ author, "reception" };
  if (limber_store_write (care->hub, carry_out, &doing, &error)) {
    g_assert_null (refused);
    return;
  }
  g_assert_nonnull (refused);
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, refused));
}

static void
set_up (Care *care, gconstpointer data)
{
  LimberId id;

  care_set_up (care, data);
  test_id (&id, "ann");
  test_store_put (care->hub, "staff", &id, "number", "S1", "family", "Lee", "given", "Ann", "role", "reception", NULL);
  test_id (&id, "task");
  test_store_put (care->hub, "task", &id, "about", "other", "made", "2026-11-23T08:30:00Z", "status", "open", NULL);
}

static LimberRecord *
task (Care *care)
{
  LimberId id;

  test_id (&id, "task");
  return test_store_get (care->hub, "task", &id);
}

static void
whoever_takes_one_is_named_to_the_others (Care *care, gconstpointer data)
{
  g_autoptr (LimberRecord) taken = NULL;
  LimberId ann;

  care_clock (care, "09:22");
  by (care, "ann", "take", NULL, NULL);
  by (care, "ann", "take", NULL, NULL); /* a second press is none */
  test_id (&ann, "ann");
  taken = task (care);
  g_assert_true (limber_id_equal (limber_record_id (taken, "taken_by"), &ann));
  g_assert_cmpint (limber_record_integer (taken, "taken"), ==, care_time ("09:22"));
  by (care, "bob", "take", NULL, "Ann Lee is on it since 09:22");
  by (care, "patient", "take", NULL, "staff");
}

static void
one_can_be_taken_over_and_let_go (Care *care, gconstpointer data)
{
  g_autoptr (LimberRecord) over = NULL, free = NULL;
  LimberId bob;

  by (care, "ann", "take", NULL, NULL);
  by (care, "bob", "take over", NULL, NULL);
  test_id (&bob, "bob");
  over = task (care);
  g_assert_true (limber_id_equal (limber_record_id (over, "taken_by"), &bob));
  by (care, "ann", "let go", NULL, NULL);
  free = task (care);
  g_assert_null (limber_record_id (free, "taken_by"));
  g_assert_cmpint (limber_record_integer (free, "taken"), ==, 0);
}

static void
what_is_done_is_not_taken_until_it_is_open_again (Care *care, gconstpointer data)
{
  by (care, "ann", "done", NULL, NULL);
  by (care, "ann", "done", NULL, "done already");
  by (care, "ann", "take", NULL, "done already");
  by (care, "ann", "let go", NULL, "done already");
  by (care, "bob", "open", NULL, NULL);
  by (care, "bob", "open", NULL, "open already");
  by (care, "ann", "take", NULL, NULL);
}

static void
a_note_is_kept_without_its_margins_and_bounded (Care *care, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (LIMBER_TASK_NOTE, 'x'), *longer = g_strnfill (LIMBER_TASK_NOTE + 1, 'x');
  g_autoptr (LimberRecord) noted = NULL, none = NULL;

  by (care, "ann", "note", "  Rang her,\nno answer\n", NULL);
  noted = task (care);
  g_assert_cmpstr (limber_record_text (noted, "note"), ==, "Rang her,\nno answer");
  by (care, "ann", "note", longer, "too long");
  by (care, "ann", "note", longest, NULL);
  by (care, "ann", "note", " ", NULL);
  none = task (care);
  g_assert_null (limber_record_text (none, "note"));
}

static void
whoever_stands_there_comes_first (void)
{
  g_assert_cmpint (limber_task_urgency ("must-be-seen"), ==, LIMBER_TASK_NOW);
  g_assert_cmpint (limber_task_urgency ("guessing"), ==, LIMBER_TASK_NOW);
  g_assert_cmpint (limber_task_urgency ("details-changed"), ==, LIMBER_TASK_TODAY);
  g_assert_cmpint (limber_task_urgency ("what a newer Limber tells"), ==, LIMBER_TASK_TODAY);
  g_assert_cmpint (limber_task_urgency (NULL), ==, LIMBER_TASK_TODAY);
  g_assert_cmpint (limber_task_urgency ("duplicate"), ==, LIMBER_TASK_LATER);
}

#define ADD(name, test) g_test_add ("/care/task/" name, Care, NULL, set_up, test, care_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("whoever-takes-one-is-named-to-the-others", whoever_takes_one_is_named_to_the_others);
  ADD ("one-can-be-taken-over-and-let-go", one_can_be_taken_over_and_let_go);
  ADD ("what-is-done-is-not-taken-until-it-is-open-again", what_is_done_is_not_taken_until_it_is_open_again);
  ADD ("a-note-is-kept-without-its-margins-and-bounded", a_note_is_kept_without_its_margins_and_bounded);
  g_test_add_func ("/care/task/whoever-stands-there-comes-first", whoever_stands_there_comes_first);
  return g_test_run ();
}
