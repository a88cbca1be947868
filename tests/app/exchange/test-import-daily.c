/* Each day's new list of appointments: what it changes, cancels, no longer has, and has again. TEST_NOW is 23 November 2026. */
#include <string.h>

#include "import-fixture.h"

static const char head[] = "id,patient,site,start,status\n";

static void
set_up (ImportFixture *fixture, gconstpointer gone)
{
  g_autoptr (LimberRecord) site = NULL;

  import_set_up (fixture, NULL);
  import_put (fixture, "sites.csv", "code,name\nLMB01,Clinic\nLMB02,Hall\n");
  import_put (fixture, "patients.csv", "id,family,given,born\nP1,Ng,Ann,1976-11-10\n");
  json_decref (import_lists (fixture));
  site = import_find (fixture, "site", "LMB01");
  if (gone != NULL)
    import_staff_set (fixture, "site", &site->id, "gone", gone);
}

/* One number a letter: "ab" is appointments a and b, each on its own day from the 24th on, at LMB01; a capital is cancelled. */
static json_t *
import_days (ImportFixture *fixture, const char *letters, const LimberImportPlan *plan)
{
  g_autoptr (GString) text = g_string_new (head);

  for (; *letters != '\0'; letters++)
    g_string_append_printf (text, "%c,P1,LMB01,2026-11-%02dT09:30:00+00:00,%s\n", g_ascii_tolower (*letters), 24 + (g_ascii_tolower (*letters) - 'a') % 7,
                            g_ascii_isupper (*letters) ? "cancelled" : "booked");
  import_put (fixture, "appointments.csv", text->str);
  fixture->clock.now += 60000;
  return import_run (fixture, plan);
}

static void
import_plainly (ImportFixture *fixture, const char *letters)
{
  json_decref (import_days (fixture, letters, &(LimberImportPlan){ 0 }));
}

static gint64
gone_of (json_t *report, const char *what)
{
  return limber_json_integer (json_array_get (json_object_get (report, "gone"), 0), what, -1);
}

static void
assert_status (ImportFixture *fixture, const char *number, const char *status, const char *by)
{
  g_autoptr (LimberRecord) record = import_find (fixture, "appointment", number);

  g_assert_cmpstr (limber_record_word (record, "status"), ==, status);
  g_assert_cmpstr (limber_record_text (record, "cancelled_by"), ==, by);
}

static void
test_cancel (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) first = NULL, again = NULL, back = NULL;
  guint64 entries;

  import_plainly (fixture, "abc");
  first = import_days (fixture, "ac", &(LimberImportPlan){ 0 });
  g_assert_cmpint (gone_of (first, "cancelled"), ==, 1);
  assert_status (fixture, "a", "booked", NULL);
  assert_status (fixture, "b", "cancelled", "provider");
  entries = (guint64) test_store_count (fixture->store, "SELECT count(*) FROM journal");
  again = import_days (fixture, "ac", &(LimberImportPlan){ 0 });
  g_assert_cmpint (gone_of (again, "cancelled") + gone_of (again, "kept"), ==, 0);
  g_assert_cmpint (test_store_count (fixture->store, "SELECT count(*) FROM journal"), ==, (gint64) entries);
  back = import_days (fixture, "abc", &(LimberImportPlan){ 0 });
  g_assert_cmpint (import_counted (back, "appointments.csv", "changed"), ==, 1);
  assert_status (fixture, "b", "booked", NULL);
  import_plainly (fixture, "ac");
  assert_status (fixture, "b", "cancelled", "provider");
  g_assert_cmpuint (import_count (fixture, "conflict"), ==, 0);
}

static void
test_keep (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) report = NULL;

  import_plainly (fixture, "abc");
  report = import_days (fixture, "ac", &(LimberImportPlan){ 0 });
  g_assert_cmpint (gone_of (report, "kept"), ==, 1);
  g_assert_cmpint (gone_of (report, "cancelled"), ==, 0);
  assert_status (fixture, "b", "booked", NULL);
}

static gint64
open_tasks (ImportFixture *fixture)
{
  return test_store_count (fixture->store, "SELECT count(*) FROM task t JOIN appointment a ON a.n=t.appointment WHERE about='no-longer-listed' AND t.status%16=0 AND a.number='b' AND t.patient=a.patient AND t.site=a.site");
}

static void
test_ask (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) report = NULL, again = NULL, back = NULL;

  import_plainly (fixture, "abc");
  report = import_days (fixture, "ac", &(LimberImportPlan){ 0 });
  g_assert_cmpint (gone_of (report, "asked"), ==, 1);
  g_assert_cmpint (open_tasks (fixture), ==, 1);
  assert_status (fixture, "b", "booked", NULL);
  again = import_days (fixture, "ac", &(LimberImportPlan){ 0 });
  g_assert_cmpint (gone_of (again, "asked"), ==, 0);
  /* it is there again: nobody needs to ask any more; and gone once more */
  back = import_days (fixture, "abc", &(LimberImportPlan){ 0 });
  g_assert_cmpint (gone_of (back, "answered"), ==, 1);
  g_assert_cmpint (open_tasks (fixture), ==, 0);
  import_plainly (fixture, "ac");
  g_assert_cmpint (open_tasks (fixture), ==, 1);
  g_assert_cmpuint (import_count (fixture, "task"), ==, 1);
}

typedef struct {
  const char   *kind;
  LimberRecord *record;
} First;

static gboolean
take_first (const LimberRecord *record, gpointer data)
{
  ((First *) data)->record = limber_record_copy (record);
  return FALSE;
}

static gboolean
read_first (LimberReader *reader, gpointer data, GError **error)
{
  return limber_reader_list (reader, ((First *) data)->kind, NULL, NULL, take_first, data, error);
}

static LimberRecord *
find_first (ImportFixture *fixture, const char *kind)
{
  First first = { kind, NULL };

  g_assert_true (limber_store_read (fixture->store, read_first, &first, NULL));
  return first.record;
}

/* What a person has answered is not asked again. */
static void
test_answered (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (LimberRecord) task = NULL;

  import_plainly (fixture, "abc");
  import_plainly (fixture, "ac");
  task = find_first (fixture, "task");
  import_staff_set (fixture, "task", &task->id, "status", "done");
  import_plainly (fixture, "ac");
  g_assert_cmpint (open_tasks (fixture), ==, 0);
}

static void
test_touched (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) report = NULL;
  g_autoptr (LimberRecord) b = NULL, c = NULL;

  import_plainly (fixture, "abcd");
  b = import_find (fixture, "appointment", "b");
  c = import_find (fixture, "appointment", "c");
  import_staff_set (fixture, "appointment", &b->id, "status", "arrived");
  import_staff_set (fixture, "appointment", &c->id, "minutes", "45");
  report = import_days (fixture, "ad", &(LimberImportPlan){ 0 });
  g_assert_cmpint (gone_of (report, "cancelled"), ==, 0);
  g_assert_cmpint (gone_of (report, "touched"), ==, 1); /* who has come is not even booked any more */
  assert_status (fixture, "b", "arrived", NULL);
  assert_status (fixture, "c", "booked", NULL);
}

/* At LMB01, between the first and the last of a list, and under a number like one of a list's. */
static void
book_by_hand (ImportFixture *fixture)
{
  g_autoptr (LimberRecord) a = NULL;
  char patient[LIMBER_ID_TEXT_LENGTH + 1], site[LIMBER_ID_TEXT_LENGTH + 1];
  LimberId id;

  test_id (&id, "by hand");
  a = find_first (fixture, "appointment");
  limber_id_to_text (limber_record_id (a, "patient"), patient);
  limber_id_to_text (limber_record_id (a, "site"), site);
  test_store_put (fixture->store, "appointment", &id, "number", "by hand", "patient", patient, "site", site, "start", "2026-11-25T11:00:00+00:00", "status", "booked", NULL);
}

/* Other days, other sites, a person's own and another provider's are none of the list's business. */
static void
test_span (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) report = NULL, wider = NULL, past = NULL;

  import_plainly (fixture, "abcdef");
  json_decref (import_days (fixture, "abcdef", &(LimberImportPlan){ .provider = "RQM" }));
  book_by_hand (fixture);
  report = import_days (fixture, "ad", &(LimberImportPlan){ 0 });
  g_assert_cmpint (gone_of (report, "cancelled"), ==, 2); /* b and c; e and f are later */
  wider = import_days (fixture, "ad", &(LimberImportPlan){ .until = "2026-11-30" });
  g_assert_cmpint (gone_of (wider, "cancelled"), ==, 2);
  g_assert_cmpint (test_store_count (fixture->store, "SELECT count(*) FROM appointment WHERE status%16=1"), ==, 4); /* none of the other provider's */
  json_decref (wider);
  wider = import_days (fixture, "ad", &(LimberImportPlan){ .until = "9999-12-31" });
  g_assert_cmpstr (limber_json_string (json_array_get (json_object_get (wider, "gone"), 0), "until"), ==, "2029-11-28");
  fixture->clock.now += 10 * G_GINT64_CONSTANT (86400000);
  past = import_days (fixture, "d", &(LimberImportPlan){ .from = "2026-11-01", .until = "2026-11-30" });
  g_assert_cmpint (gone_of (past, "cancelled"), ==, 0); /* a's day is past */
  g_assert_cmpint (test_store_count (fixture->store, "SELECT count(*) FROM appointment WHERE number='a' AND status%16=0"), ==, 2);
}

static void
test_refused_lines (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) named = NULL, nameless = NULL;

  import_plainly (fixture, "abc");
  import_put (fixture, "appointments.csv", "id,patient,site,start,status\na,P1,LMB01,2026-11-24T09:30:00+00:00,booked\nb,P1,LMB01,tomorrow,booked\nc,P1,LMB01,2026-11-26T09:30:00+00:00,booked\n");
  named = import_lists (fixture);
  g_assert_cmpint (gone_of (named, "cancelled") + gone_of (named, "kept"), ==, 0);
  import_put (fixture, "appointments.csv", "id,patient,site,start,status\na,P1,LMB01,2026-11-24T09:30:00+00:00,booked\n\"b,P1,LMB01\nc,P1,LMB01,2026-11-26T09:30:00+00:00,booked\n");
  nameless = import_lists (fixture);
  g_assert_cmpint (gone_of (nameless, "cancelled"), ==, 0);
  g_assert_nonnull (strstr (limber_json_string (json_array_get (json_object_get (nameless, "gone"), 0), "held_back"), "1 line"));
  assert_status (fixture, "b", "booked", NULL);
}

static void
put_many (ImportFixture *fixture, guint n)
{
  g_autoptr (GString) text = g_string_new (head);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "N%u,P1,LMB01,2026-11-%02dT09:30:00+00:00,booked\n", i, i == 0 ? 24 : 25);
  g_string_append (text, "last,P1,LMB01,2026-11-30T09:30:00+00:00,booked\n");
  import_put (fixture, "appointments.csv", text->str);
}

static void
test_too_many (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) report = NULL, anyway = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  put_many (fixture, 100);
  json_decref (import_lists (fixture));
  put_many (fixture, 70);
  report = import_lists (fixture);
  g_assert_cmpint (gone_of (report, "cancelled"), ==, 0);
  limber_import_to_text (report, text);
  g_assert_nonnull (strstr (text->str, "30 of 101 appointments would go"));
  g_assert_nonnull (strstr (text->str, "24-Nov-2026 to 30-Nov-2026"));
  anyway = import_run (fixture, &(LimberImportPlan){ .gone_anyway = TRUE });
  g_assert_cmpint (gone_of (anyway, "cancelled"), ==, 30);
}

static void
test_a_fifth (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) report = NULL;

  put_many (fixture, 100);
  json_decref (import_lists (fixture));
  put_many (fixture, 80);
  report = import_lists (fixture);
  g_assert_cmpint (gone_of (report, "cancelled"), ==, 20);
}

static void
stop (const char *file, gint64 rows, gint64 done, gint64 size, gpointer data)
{
  if (g_str_equal (file, "appointments.csv"))
    g_cancellable_cancel (data);
}

/* A list that was not read to its end says nothing of what it has not. */
static void
test_stopped (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (json_t) report = NULL, trial = NULL;

  import_plainly (fixture, "abc");
  report = import_days (fixture, "ac", &(LimberImportPlan){ .cancellable = cancellable, .progress = stop, .data = cancellable });
  g_assert_true (json_is_true (json_object_get (report, "stopped")));
  g_assert_cmpuint (json_array_size (json_object_get (report, "gone")), ==, 0);
  assert_status (fixture, "b", "booked", NULL);
  trial = import_days (fixture, "ac", &(LimberImportPlan){ .dry_run = TRUE });
  g_assert_cmpint (gone_of (trial, "cancelled"), ==, 1);
  assert_status (fixture, "b", "booked", NULL);
}

/* Lines that were put right are a few of a list, not all of it. */
static void
test_corrections (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) report = NULL;

  import_plainly (fixture, "abc");
  import_put (fixture, "appointments.csv", "id,patient,site,start,status,refused_line,refused_reason\nb,P1,LMB01,2026-11-25T10:00:00+00:00,booked,3,start: not a time\n");
  report = import_lists (fixture);
  g_assert_cmpint (import_counted (report, "appointments.csv", "changed"), ==, 1);
  g_assert_cmpuint (json_array_size (json_object_get (report, "gone")), ==, 0);
}

/* A cancellation that the list itself has, and staff who have undone it. */
static void
test_staff_book_again (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (LimberRecord) b = NULL;

  import_plainly (fixture, "abc");
  import_plainly (fixture, "ac");
  b = import_find (fixture, "appointment", "b");
  import_staff_set (fixture, "appointment", &b->id, "status", "booked");
  import_plainly (fixture, "ac");
  assert_status (fixture, "b", "booked", "provider");
  import_plainly (fixture, "aBc");
  assert_status (fixture, "b", "booked", "provider");
}

#define ADD(path, gone, func) g_test_add ("/exchange/import-daily/" path, ImportFixture, gone, set_up, func, import_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("what-is-gone-is-cancelled-once-and-booked-again-when-it-is-back", "cancel", test_cancel);
  ADD ("what-is-gone-is-kept-where-nobody-has-chosen", NULL, test_keep);
  ADD ("what-is-gone-is-asked-about-once", "ask", test_ask);
  ADD ("what-a-person-has-answered-is-not-asked-again", "ask", test_answered);
  ADD ("what-staff-have-touched-stays", "cancel", test_touched);
  ADD ("a-list-is-about-its-own-days-sites-and-provider", "cancel", test_span);
  ADD ("a-refused-line-is-not-gone", "cancel", test_refused_lines);
  ADD ("too-many-do-not-go-unless-somebody-insists", "cancel", test_too_many);
  ADD ("a-fifth-may-go", "cancel", test_a_fifth);
  ADD ("a-list-that-was-stopped-cancels-nothing", "cancel", test_stopped);
  ADD ("corrected-lines-are-not-the-whole-list", "cancel", test_corrections);
  ADD ("what-staff-book-again-stays-booked", "cancel", test_staff_book_again);
  return g_test_run ();
}
