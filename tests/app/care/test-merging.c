/* Two records that are one person, and two that are not. */
#include "care-fixture.h"

#include <string.h>

#include "limber-desk.h"
#include "limber-duplicates.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-merging.h"
#include "limber-past.h"
#include "limber-projection.h"

static const LimberAuthor author = { "00000000-0000-7000-8000-000000000001", "reception" };

typedef struct {
  LimberId keep, other;
  gboolean anyway;
} Merge;

static gboolean
carry_out_merge (LimberTransaction *transaction, gpointer data, GError **error)
{
  Merge *what = data;

  return limber_merging_merge (transaction, &what->keep, &what->other, what->anyway, &author, error);
}

static gboolean
carry_out_undo (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_merging_undo (transaction, data, &author, error);
}

static gboolean
try_merge (LimberStore *store, const char *keep, const char *other, gboolean anyway, GError **error)
{
  Merge what = { .anyway = anyway };

  test_id (&what.keep, keep);
  test_id (&what.other, other);
  return limber_store_write (store, carry_out_merge, &what, error);
}

static void
merge (LimberStore *store, const char *keep, const char *other)
{
  g_autoptr (GError) error = NULL;

  try_merge (store, keep, other, FALSE, &error);
  g_assert_no_error (error);
}

static void
undo (LimberStore *store, const char *name)
{
  g_autoptr (GError) error = NULL;
  LimberId id;

  test_id (&id, name);
  limber_store_write (store, carry_out_undo, &id, &error);
  g_assert_no_error (error);
}

static void
assert_refused (LimberStore *store, const char *keep, const char *other, gboolean anyway, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (try_merge (store, keep, other, anyway, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, words));
}

typedef struct {
  const char *query;
  LimberId    id;
  GPtrArray  *rows;
} Reading;

static gboolean
read_rows (LimberReader *reader, gpointer data, GError **error)
{
  Reading *reading = data;

  reading->rows = limber_reader_query (reader, reading->query, error, "d", &reading->id);
  return reading->rows != NULL;
}

/* What a query says of somebody. */
static GPtrArray *
ask (LimberStore *store, const char *query, const char *name)
{
  Reading reading = { query, { { 0 } }, NULL };
  g_autoptr (GError) error = NULL;

  test_id (&reading.id, name);
  limber_store_read (store, read_rows, &reading, &error);
  g_assert_no_error (error);
  return reading.rows;
}

static guint
n_records (LimberStore *store, const char *name)
{
  g_autoptr (GPtrArray) rows = ask (store, "person-records", name);

  return rows->len;
}

static void
assert_shown (LimberStore *store, const char *name, const char *shown)
{
  g_autoptr (GPtrArray) rows = ask (store, "person", name);
  LimberId id;

  test_id (&id, shown);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_true (limber_id_equal (limber_row_id (g_ptr_array_index (rows, 0), "id"), &id));
}

static void
put (LimberStore *store, const char *name, const char *field, const char *value)
{
  LimberId id;

  test_id (&id, name);
  test_store_put (store, "patient", &id, field, value, NULL);
}

static void
put_ann (Care *care)
{
  care_person (care, "ann", "Baker", "Ann", "1950-02-02");
  care_person (care, "anne", "Baker", "Anne", "1950-02-02");
  care_person (care, "annie", "Baker", "Annie", "1950-02-02");
}

static void
test_everything_hangs_together (Care *care, gconstpointer data)
{
  static const char *const names[] = { "ann", "anne" };
  g_autoptr (GPtrArray) alone = NULL;

  put_ann (care);
  care_appointment (care, "ten", "ann", "10:00", "booked");
  care_appointment (care, "eleven", "anne", "11:00", "booked");
  put (care->hub, "anne", "needs", "hoist");
  put (care->hub, "ann", "needs", "large-print;hoist");
  merge (care->hub, "ann", "anne");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GPtrArray) person = ask (care->hub, "person", names[i]), visits = ask (care->hub, "person-visits", names[i]), records = ask (care->hub, "person-records", names[i]);
    const char *needs = limber_row_text (g_ptr_array_index (person, 0), "needs");
    LimberId ann;

    test_id (&ann, "ann");
    assert_shown (care->hub, names[i], "ann");
    g_assert_cmpuint (visits->len, ==, 2);
    g_assert_cmpuint (records->len, ==, 2);
    g_assert_nonnull (strstr (needs, "hoist"));
    g_assert_nonnull (strstr (needs, "large-print"));
    g_assert_true (strstr (needs, "hoist") == g_strrstr (needs, "hoist"));
    for (guint j = 0; j < visits->len; j++) { /* both visits are hers who is shown */
      g_assert_cmpstr (limber_row_text (g_ptr_array_index (visits, j), "given"), ==, "Ann");
      g_assert_true (limber_id_equal (limber_row_id (g_ptr_array_index (visits, j), "person"), &ann));
    }
  }
  undo (care->hub, "anne");
  alone = ask (care->hub, "person-visits", "anne");
  g_assert_cmpuint (alone->len, ==, 1);
  g_assert_cmpstr (limber_row_text (g_ptr_array_index (alone, 0), "given"), ==, "Anne");
  assert_shown (care->hub, "anne", "anne");
}

/* The strictest of both counts, wherever she is shown. */
static void
test_strictest (Care *care, gconstpointer data)
{
  static const char *const queries[] = { "person", "person-visits", "find-person" };

  put_ann (care);
  care_appointment (care, "ten", "ann", "10:00", "booked");
  put (care->hub, "anne", "restricted", "1");
  put (care->hub, "anne", "died", "2026-10-01");
  put (care->hub, "anne", "see_desk", "1");
  assert_refused (care->hub, "ann", "anne", FALSE, "died");
  g_assert_true (try_merge (care->hub, "ann", "anne", TRUE, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++) {
    g_autoptr (GPtrArray) rows = ask (care->hub, queries[i], "ann");
    LimberRow *row = g_ptr_array_index (rows, 0);

    g_assert_cmpint (limber_row_integer (row, "restricted"), ==, 1);
    g_assert_cmpstr (limber_row_text (row, "died"), ==, "2026-10-01");
    if (!g_str_equal (queries[i], "find-person"))
      g_assert_cmpint (limber_row_integer (row, "see_desk"), ==, 1);
  }
}

static gboolean
check_in (LimberTransaction *transaction, gpointer data, GError **error)
{
  LimberId appointment;

  test_id (&appointment, "ten");
  return limber_desk_check_in (transaction, &appointment, 0, &author, error);
}

static void
test_desk_knows_of_a_death (Care *care, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  put_ann (care);
  care_appointment (care, "ten", "ann", "10:00", "booked");
  put (care->hub, "anne", "died", "2026-10-01");
  g_assert_true (try_merge (care->hub, "ann", "anne", TRUE, NULL));
  g_assert_false (limber_store_write (care->hub, check_in, NULL, &error));
  g_assert_nonnull (strstr (error->message, "died"));
}

/* At a kiosk only one of her records is expected; the other says that staff must see her. */
static void
test_kiosk_knows_of_a_death (Care *care, gconstpointer data)
{
  put_ann (care);
  care_appointment (care, "ten", "ann", "10:00", "booked");
  put (care->hub, "anne", "died", "2026-10-01");
  g_assert_true (try_merge (care->hub, "ann", "anne", TRUE, NULL));
  care_clock (care, "09:40");
  care_project (care);
  care->store = care->kiosk;
  care_assert_asked (care, "2/2", 'B', "see-desk");
  undo (care->hub, "anne");
  care_project (care);
  care_assert_asked (care, "2/2", 'B', "checked-in");
}

static void
test_refused (Care *care, gconstpointer data)
{
  put_ann (care);
  assert_refused (care->hub, "ann", "ann", TRUE, "one record");
  put (care->hub, "ann", "nhs_number", "9990000018");
  put (care->hub, "anne", "nhs_number", "9990000026");
  assert_refused (care->hub, "ann", "anne", TRUE, "999\302\240000\302\2400026");
  put (care->hub, "anne", "nhs_number", "9990000018");
  put (care->hub, "anne", "restricted", "1");
  assert_refused (care->hub, "ann", "anne", FALSE, "restricted");
  put (care->hub, "anne", "restricted", "0");
  put (care->hub, "anne", "born", "1950-02-03");
  assert_refused (care->hub, "ann", "anne", FALSE, "02-Feb-1950 and 03-Feb-1950");
  g_assert_true (try_merge (care->hub, "ann", "anne", TRUE, NULL));
  assert_refused (care->hub, "anne", "ann", TRUE, "already");
  put (care->hub, "annie", "nhs_number", "9990000034"); /* the number of any of her records counts */
  assert_refused (care->hub, "annie", "anne", TRUE, "two people");
}

/* What is over, called off, or one after the other is in nobody's way. */
static void
test_two_places_at_once (Care *care, gconstpointer data)
{
  put_ann (care);
  care_appointment (care, "ten", "ann", "10:00", "booked");
  care_appointment (care, "half past", "anne", "10:30", "booked");
  care_appointment (care, "off", "anne", "10:15", "cancelled");
  g_assert_true (try_merge (care->hub, "ann", "anne", FALSE, NULL));
  undo (care->hub, "anne");
  care_appointment (care, "quarter past", "anne", "10:15", "booked");
  assert_refused (care->hub, "ann", "anne", FALSE, "23-Nov-2026, 10:00 to 10:30 with – at Alexandra Avenue");
  assert_refused (care->hub, "anne", "ann", FALSE, "23-Nov-2026, 10:15 to 10:45");
  put (care->hub, "anne", "restricted", "1"); /* one doubt hides no other */
  assert_refused (care->hub, "ann", "anne", FALSE, "restricted");
  assert_refused (care->hub, "ann", "anne", FALSE, "at the same time");
  g_assert_true (try_merge (care->hub, "ann", "anne", TRUE, NULL));
  undo (care->hub, "anne");
  put (care->hub, "anne", "restricted", "0");
  care->clock.now = care_time ("11:00");
  g_assert_true (try_merge (care->hub, "ann", "anne", FALSE, NULL));
}

static gboolean
read_past (LimberReader *reader, gpointer data, GError **error)
{
  LimberId anne;

  test_id (&anne, "anne");
  *(json_t **) data = limber_past_json (reader, &anne, error);
  return *(json_t **) data != NULL;
}

static gboolean
tells (const json_t *past, const char *after)
{
  json_t *change;
  size_t i;

  json_array_foreach (json_object_get (past, "changes"), i, change)
    if (g_strcmp0 (limber_json_string (change, "after_words"), after) == 0)
      return TRUE;
  return FALSE;
}

static void
test_history_of_both (Care *care, gconstpointer data)
{
  g_autoptr (json_t) past = NULL;

  put_ann (care);
  put (care->hub, "ann", "preferred", "Annika");
  put (care->hub, "anne", "preferred", "Nancy");
  merge (care->hub, "ann", "anne");
  g_assert_true (limber_store_read (care->hub, read_past, &past, NULL));
  g_assert_true (tells (past, "Annika"));
  g_assert_true (tells (past, "Nancy"));
}

static void
test_not_here (Care *care, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  put_ann (care);
  g_assert_false (try_merge (care->hub, "ann", "nobody", FALSE, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND);
}

static void
test_not_without_end (Care *care, gconstpointer data)
{
  care_person (care, "one 0", "Baker", "Ann", "1950-02-02");
  for (guint i = 1; i <= LIMBER_MERGING_MOST; i++) {
    g_autofree char *name = g_strdup_printf ("one %u", i);

    care_person (care, name, "Baker", "Ann", "1950-02-02");
    if (i < LIMBER_MERGING_MOST)
      merge (care->hub, name, "one 0"); /* each time who is shown is made to point: a chain */
    else
      assert_refused (care->hub, "one 0", name, FALSE, "sixteen");
  }
  g_assert_cmpuint (n_records (care->hub, "one 7"), ==, LIMBER_MERGING_MOST);
  assert_shown (care->hub, "one 3", "one 15");
}

/* Somebody with two records becomes the same as a third: the two stay one. */
static void
test_a_third (Care *care, gconstpointer data)
{
  put_ann (care);
  merge (care->hub, "ann", "anne");
  merge (care->hub, "annie", "anne");
  g_assert_cmpuint (n_records (care->hub, "ann"), ==, 3);
  assert_shown (care->hub, "anne", "annie");
  undo (care->hub, "ann");
  g_assert_cmpuint (n_records (care->hub, "ann"), ==, 2);
  g_assert_cmpuint (n_records (care->hub, "annie"), ==, 1);
}

/* All point at the one that is shown, so that a kiosk, which holds few of them, can tell. */
static void
test_points_at_whom_is_shown (Care *care, gconstpointer data)
{
  g_autoptr (LimberRecord) annie = NULL;
  LimberId id, ann;

  put_ann (care);
  merge (care->hub, "ann", "anne");
  merge (care->hub, "anne", "annie");
  test_id (&id, "annie");
  test_id (&ann, "ann");
  annie = test_store_get (care->hub, "patient", &id);
  g_assert_true (limber_id_equal (limber_record_id (annie, "merged_into"), &ann));
}

static void
test_undo_refused (Care *care, gconstpointer data)
{
  LimberId id;
  g_autoptr (GError) error = NULL, pointed = NULL;

  put_ann (care);
  test_id (&id, "ann");
  g_assert_false (limber_store_write (care->hub, carry_out_undo, &id, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  merge (care->hub, "ann", "anne");
  g_assert_false (limber_store_write (care->hub, carry_out_undo, &id, &pointed));
  g_assert_nonnull (strstr (pointed->message, "point at this one"));
}

/* Two machines. */

typedef struct {
  char        *dir;
  LimberStore *store;
} Machine;

/* A second one, at central, that has all that the hub has. */
static void
machine_init (Machine *machine, Care *care)
{
  machine->dir = test_dir_new ();
  machine->store = test_store_new (machine->dir, care->env, LIMBER_CLASS_CENTRAL, NULL);
  test_store_push (care->hub, machine->store);
}

static void
machine_clear (Machine *machine)
{
  g_clear_object (&machine->store);
  test_dir_remove (machine->dir);
  g_free (machine->dir);
}

static void
exchange (Care *care, Machine *machine)
{
  test_store_push (care->hub, machine->store);
  test_store_push (machine->store, care->hub);
}

static void
test_both_ways (Care *care, gconstpointer data)
{
  Machine central;

  put_ann (care);
  machine_init (&central, care);
  merge (care->hub, "ann", "anne");
  merge (central.store, "anne", "ann");
  exchange (care, &central);
  for (guint i = 0; i < 2; i++) {
    LimberStore *store = i == 0 ? care->hub : central.store;
    g_autoptr (GPtrArray) ann = ask (store, "person", "ann"), anne = ask (store, "person", "anne");

    g_assert_cmpuint (n_records (store, "ann"), ==, 2);
    g_assert_true (limber_row_equal (g_ptr_array_index (ann, 0), g_ptr_array_index (anne, 0))); /* one of them is shown, the same everywhere */
  }
  care->clock.now += 1000;
  undo (care->hub, "ann"); /* a circle is left whole: they are two again */
  exchange (care, &central);
  g_assert_cmpuint (n_records (care->hub, "ann"), ==, 1);
  g_assert_cmpuint (n_records (central.store, "anne"), ==, 1);
  machine_clear (&central);
}

/* It was undone there while it was said anew here: neither had seen the other, so a person decides. */
static void
test_undone_there (Care *care, gconstpointer data)
{
  Machine central;

  put_ann (care);
  merge (care->hub, "ann", "anne");
  machine_init (&central, care);
  undo (care->hub, "anne");
  merge (care->hub, "annie", "anne");
  care->clock.now += 1000;
  undo (central.store, "anne");
  exchange (care, &central);
  g_assert_cmpint (test_store_count (central.store, "SELECT count(*) FROM conflict WHERE field='merged_into' AND state%16=0"), ==, 1);
  g_assert_cmpuint (n_records (central.store, "anne"), ==, n_records (care->hub, "anne"));
  machine_clear (&central);
}

/* What central asks. */

typedef struct {
  LimberDuplicatesSweep *sweep;
  guint                  told;
} Sweep;

static gboolean
begin (LimberReader *reader, gpointer data, GError **error)
{
  ((Sweep *) data)->sweep = limber_duplicates_sweep_new (reader, FALSE);
  return TRUE;
}

static gboolean
look (LimberReader *reader, gpointer data, GError **error)
{
  return limber_duplicates_look (((Sweep *) data)->sweep, reader, error);
}

static gboolean
tell (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_duplicates_tell (((Sweep *) data)->sweep, transaction, &((Sweep *) data)->told, error);
}

static guint
sweep (LimberStore *store)
{
  Sweep what = { 0 };
  g_autoptr (GError) error = NULL;

  limber_store_read (store, begin, &what, &error);
  do {
    g_assert_no_error (error);
    limber_store_read (store, look, &what, &error);
    g_assert_no_error (error);
    limber_store_write (store, tell, &what, &error);
  } while (error == NULL && !what.sweep->done);
  g_assert_no_error (error);
  limber_duplicates_sweep_free (what.sweep);
  return what.told;
}

static char *
status_of_pair (LimberStore *store, const char *one, const char *other)
{
  LimberId first, second, id;
  g_autoptr (LimberRecord) task = NULL;

  test_id (&first, one);
  test_id (&second, other);
  limber_merging_pair_id (&second, &first, &id);
  task = test_store_get (store, "task", &id);
  return task != NULL ? g_strdup (limber_record_word (task, "status")) : NULL;
}

static void
assert_pair (LimberStore *store, const char *one, const char *other, const char *status)
{
  g_autofree char *is = status_of_pair (store, one, other);

  g_assert_cmpstr (is, ==, status);
}

static void
set_pair (LimberStore *store, const char *one, const char *other, const char *status)
{
  LimberId first, second, id;

  test_id (&first, one);
  test_id (&second, other);
  limber_merging_pair_id (&first, &second, &id);
  test_store_put (store, "task", &id, "status", status, NULL);
}

static void
test_asked_once (Care *care, gconstpointer data)
{
  care_person (care, "old", "Miller", "Eve", "1960-01-01");
  care_person (care, "ann", "Baker", "Ann", "1950-02-02");
  g_assert_cmpuint (sweep (care->hub), ==, 0);
  care_person (care, "anne", "Baker", "Ann", "1950-02-02");
  g_assert_cmpuint (sweep (care->hub), ==, 1); /* who is new is compared with all who were there */
  assert_pair (care->hub, "ann", "anne", "open");
  g_assert_cmpuint (sweep (care->hub), ==, 0);
  set_pair (care->hub, "ann", "anne", "done"); /* two people */
  put (care->hub, "anne", "phone", "020 8427 0001");
  g_assert_cmpuint (sweep (care->hub), ==, 0);
  assert_pair (care->hub, "ann", "anne", "done");
}

/* Whichever of the two is first by its id. */
static void
test_task_says_whom (Care *care, gconstpointer data)
{
  g_autoptr (LimberRecord) task = NULL;
  g_autoptr (json_t) json = NULL;
  LimberId first, second, id;

  put_ann (care);
  care_person (care, "anne", "Baker", "Ann", "1950-02-02");
  test_id (&first, "ann");
  test_id (&second, "anne");
  care_appointment (care, "ten", limber_id_compare (&first, &second) < 0 ? "anne" : "ann", "10:00", "booked");
  g_assert_cmpuint (sweep (care->hub), >=, 1);
  limber_merging_pair_id (&first, &second, &id);
  task = test_store_get (care->hub, "task", &id);
  g_assert_true (limber_id_equal (limber_record_id (task, "site"), &care->site));
  g_assert_true (limber_id_equal (limber_record_id (task, "patient"), limber_id_compare (&first, &second) < 0 ? &second : &first)); /* whom the site has */
  json = limber_record_to_json (task, LIMBER_CLASS_HUB);
  g_assert_cmpuint (json_array_size (json_object_get (json, "candidates")), ==, 2);
}

static gboolean
count_asked (LimberReader *reader, gpointer n, GError **error)
{
  static const char *const queries[] = { "duplicates-open", "tasks-open" };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++) {
    g_autoptr (GPtrArray) rows = limber_reader_query (reader, queries[i], error, i == 0 ? "" : "d", NULL);

    if (rows == NULL)
      return FALSE;
    ((guint *) n)[i] = rows->len;
  }
  return TRUE;
}

/* Of one pair. */
static void
assert_asked (LimberStore *store, gboolean asked)
{
  g_autoptr (GError) error = NULL;
  guint n[2] = { 9, 9 };

  limber_store_read (store, count_asked, n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n[0], ==, asked);
  g_assert_cmpuint (n[1], ==, asked);
}

static void
test_not_asked_while_one (Care *care, gconstpointer data)
{
  LimberId id, into;
  g_autofree char *text = NULL;

  care_person (care, "ann", "Baker", "Ann", "1950-02-02");
  care_person (care, "anne", "Baker", "Ann", "1950-02-02");
  g_assert_cmpuint (sweep (care->hub), ==, 1);
  assert_asked (care->hub, TRUE);
  merge (care->hub, "ann", "anne");
  assert_asked (care->hub, FALSE);
  undo (care->hub, "anne");
  assert_asked (care->hub, TRUE);
  test_id (&id, "anne");
  test_id (&into, "ann");
  text = limber_id_dup_text (&into);
  test_store_put (care->hub, "patient", &id, "merged_into", text, NULL); /* by somebody who has not the task */
  g_assert_cmpuint (sweep (care->hub), ==, 0);
  assert_asked (care->hub, FALSE);
  assert_pair (care->hub, "ann", "anne", "open");
}

static void
test_twins_are_not_asked_about (Care *care, gconstpointer data)
{
  static const struct { const char *name, *given, *born, *number; } people[] = {
    { "a", "Ann", "1950-02-02", NULL }, { "b", "Beth", "1950-02-02", NULL }, { "c", "Tom", "1980-02-02", NULL }, { "d", "Tom", "1950-02-02", NULL }, { "e", "Cara", "1970-07-07", "9990000018" }, { "f", "Cara", "1970-07-07", "9990000026" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (people); i++) {
    care_person (care, people[i].name, "Baker", people[i].given, people[i].born);
    put (care->hub, people[i].name, "postcode", "HA1 1AA");
    if (people[i].number != NULL)
      put (care->hub, people[i].name, "nhs_number", people[i].number);
  }
  g_assert_cmpuint (sweep (care->hub), ==, 0);
}

static void
add (const char *name, void (*func) (Care *, gconstpointer))
{
  g_autofree char *path = g_strdup_printf ("/care/merging/%s", name);

  g_test_add (path, Care, "hub", care_set_up, func, care_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("what-hangs-on-either-is-hers-and-undo-leaves-all-as-it-was", test_everything_hangs_together);
  add ("the-strictest-of-both-counts", test_strictest);
  add ("the-desk-checks-in-nobody-whose-other-record-says-died", test_desk_knows_of_a_death);
  add ("a-kiosk-sends-her-to-the-desk-for-what-her-other-record-says", test_kiosk_knows_of_a_death);
  add ("what-cannot-be-one-person-is-refused", test_refused);
  add ("nobody-is-made-to-be-in-two-places-without-a-word", test_two_places_at_once);
  add ("what-became-of-both-is-told", test_history_of_both);
  add ("who-is-not-here-is-not-merged", test_not_here);
  add ("nobody-has-more-than-sixteen-records", test_not_without_end);
  add ("a-third-record-joins-both", test_a_third);
  add ("all-records-point-at-the-one-that-is-shown", test_points_at_whom_is_shown);
  add ("only-what-was-merged-is-undone", test_undo_refused);
  add ("merged-both-ways-on-two-machines-they-are-one-and-can-be-two-again", test_both_ways);
  add ("merged-here-and-undone-there-is-for-a-person-to-decide", test_undone_there);
  add ("a-pair-is-asked-about-once", test_asked_once);
  add ("the-task-is-the-site-s-that-has-one-of-them", test_task_says_whom);
  add ("a-pair-is-not-asked-about-while-it-is-one-person", test_not_asked_while_one);
  add ("twins-and-father-and-son-are-not-asked-about", test_twins_are_not_asked_about);
  return g_test_run ();
}
