/* Typing in what was written on paper. */
#include "care-fixture.h"

#include "limber-desk.h"
#include "limber-error.h"
#include "limber-retype.h"

static const LimberAuthor author = { "00000000-0000-7000-8000-000000000001", "reception" };

typedef struct {
  LimberRetype line;
  gboolean     undo;
  gint64       before;
} Typed;

static gint64
status_value (Care *care)
{
  LimberId id;
  g_autoptr (LimberRecord) record = NULL;

  test_id (&id, "ten");
  record = test_store_get (care->store, "appointment", &id);
  return limber_record_integer (record, "status");
}

static Typed
line_now (Care *care)
{
  Typed typed = { .line = { .status = status_value (care), .start = care_time ("2026-11-23T10:00:00Z") } };

  test_id (&typed.line.appointment, "ten");
  typed.before = typed.line.status;
  return typed;
}

static gboolean
carry_out (LimberTransaction *transaction, gpointer data, GError **error)
{
  Typed *typed = data;

  return typed->undo ? limber_retype_undo (transaction, &typed->line, typed->before, &author, error) : limber_retype_save (transaction, &typed->line, &author, error);
}

static gboolean
type (Care *care, Typed *typed, const char *came, const char *seen, GError **error)
{
  return limber_retype_read (&typed->line, came, seen, error) && limber_store_write (care->store, carry_out, typed, error);
}

static void
assert_typed (Care *care, Typed *typed, const char *came, const char *seen, const char *status)
{
  g_autoptr (GError) error = NULL;

  type (care, typed, came, seen, &error);
  g_assert_no_error (error);
  care_assert_status (care, "ten", status);
}

static void
assert_refused (Care *care, const char *came, const char *seen, const char *words)
{
  Typed typed = line_now (care);
  g_autoptr (GError) error = NULL;

  g_assert_false (type (care, &typed, came, seen, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” is not in “%s”", words, error->message);
}

static gint64
moment_of (Care *care, const char *sql)
{
  return care_count (care, sql);
}

static void
set_up (Care *care, gconstpointer data)
{
  care_set_up (care, "hub");
  care_put_declan (care, "booked");
  care_clock (care, "2026-11-24T08:30:00Z"); /* the morning after */
}

static void
what_was_written_happened_when_the_paper_says (Care *care, gconstpointer data)
{
  Typed typed = line_now (care);

  assert_typed (care, &typed, "9.52", "1010", "seen");
  g_assert_cmpint (moment_of (care, "SELECT at FROM arrival"), ==, care_time ("09:52"));
  g_assert_cmpint (moment_of (care, "SELECT at FROM stage WHERE step='seen'"), ==, care_time ("10:10"));
  g_assert_cmpint (typed.line.status, ==, status_value (care));
}

static void
who_did_not_come_is_marked (Care *care, gconstpointer data)
{
  Typed typed = line_now (care);

  assert_typed (care, &typed, " N ", "", "did-not-attend");
}

static void
the_seen_time_can_come_later (Care *care, gconstpointer data)
{
  Typed typed = line_now (care);

  assert_typed (care, &typed, "952", "", "arrived");
  assert_typed (care, &typed, "", "10:10", "seen");
}

static void
a_line_is_taken_back_whole (Care *care, gconstpointer data)
{
  Typed typed = line_now (care);

  assert_typed (care, &typed, "952", "1010", "seen");
  typed.undo = TRUE;
  g_assert_true (limber_store_write (care->store, carry_out, &typed, NULL));
  care_assert_status (care, "ten", "booked");
  typed = line_now (care);
  assert_typed (care, &typed, "952", "", "arrived");
  typed = line_now (care);
  assert_typed (care, &typed, "", "1010", "seen");
  typed.undo = TRUE;
  g_assert_true (limber_store_write (care->store, carry_out, &typed, NULL));
  care_assert_status (care, "ten", "arrived"); /* no further than this line went */
}

static void
what_another_screen_did_meanwhile_stays (Care *care, gconstpointer data)
{
  Typed typed = line_now (care), other = line_now (care), saved;
  g_autoptr (GError) error = NULL, undone = NULL;

  assert_typed (care, &other, "n", "", "did-not-attend");
  g_assert_false (type (care, &typed, "952", "", &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "Another screen"));
  care_assert_status (care, "ten", "did-not-attend");
  saved = line_now (care);
  assert_typed (care, &saved, "952", "", "arrived");
  typed = line_now (care);
  assert_typed (care, &typed, "", "1010", "seen");
  saved.undo = TRUE; /* of the check-in, which has gone on */
  g_assert_false (limber_store_write (care->store, carry_out, &saved, &undone));
  g_assert_error (undone, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  care_assert_status (care, "ten", "seen");
}

static void
what_makes_no_sense_is_refused_and_changes_nothing (Care *care, gconstpointer data)
{
  assert_refused (care, "late", "", "no time of day");
  assert_refused (care, "9:75", "", "no time of day");
  assert_refused (care, "215", "", "02:15 is long before the appointment, which was at 10:00");
  assert_refused (care, "", "1010", "also when this person came");
  assert_refused (care, "1010", "0952", "before coming");
  assert_refused (care, "n", "1010", "not both");
  care_clock (care, "10:05"); /* on the day itself */
  assert_refused (care, "952", "1110", "still to come");
  care_assert_status (care, "ten", "booked");
  g_assert_cmpint (care_arrivals (care), ==, 0);
}

static void
nothing_typed_is_nothing (Care *care, gconstpointer data)
{
  Typed typed = line_now (care);
  g_autoptr (GError) error = NULL;

  g_assert_true (limber_retype_read (&typed.line, "  ", "", &error));
  g_assert_true (limber_retype_is_empty (&typed.line));
  g_assert_true (limber_retype_read (&typed.line, "n", "", &error));
  g_assert_false (limber_retype_is_empty (&typed.line));
}

#define ADD(path, func) g_test_add ("/care/retype/" path, Care, NULL, set_up, func, care_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("what-was-written-happened-when-the-paper-says", what_was_written_happened_when_the_paper_says);
  ADD ("who-did-not-come-is-marked", who_did_not_come_is_marked);
  ADD ("the-seen-time-can-come-later", the_seen_time_can_come_later);
  ADD ("a-line-is-taken-back-whole", a_line_is_taken_back_whole);
  ADD ("what-another-screen-did-meanwhile-stays", what_another_screen_did_meanwhile_stays);
  ADD ("what-makes-no-sense-is-refused-and-changes-nothing", what_makes_no_sense_is_refused_and_changes_nothing);
  ADD ("nothing-typed-is-nothing", nothing_typed_is_nothing);
  return g_test_run ();
}
