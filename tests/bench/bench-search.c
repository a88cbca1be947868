/* Every keystroke of 500 typed queries over a county's people: bench-search [FOLDER] [SEED], where FOLDER/patients.csv is
 * the county; without it one is invented. Half of the queries are right, half have a slip. Beside it, for the same words at
 * the same moment, what SQLite's own full-text index needs to say who they are, in no order.
 *
 * Whom the desk shows on its first page is what limber_search_find() gives first. */
#include <malloc.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "limber-bench-typing.h"
#include "limber-bench.h"
#include "limber-csv.h"
#include "limber-demo.h"
#include "limber-search-index.h"
#include "limber-search-terms.h"
#include "limber-search.h"
#include "limber-test.h"
#include "limber-text.h"

#define PEOPLE 265422
#define EXPECTED 120 /* today: a busy site */
#define QUERIES 500
#define FIRST_PAGE 12 /* rows that the desk shows */
#define FRESH 990
#define BATCH 5000
#define ENOUGH 5 /* exact hits, with which a search looks no further */
#define TODAY "2026-11-23"
#define YARDSTICK "INSERT INTO people (rowid, words) VALUES (?, ?)"

typedef struct {
  GArray       *people; /* (owned): LimberBenchPerson */
  LimberStore  *store;  /* (owned) */
  LimberSearch *search; /* (owned) */
  LimberSearchIndex *index; /* (owned): the same, alone */
  sqlite3      *yard;   /* (owned) */
  sqlite3_stmt *asked;  /* (owned) */
  LimberId      site;
  GRand        *random; /* (owned) */
  guint         at, to; /* of the people that are written next */
  gboolean      held;
} Bench;

/* Times by what a keystroke asks for. */
typedef struct {
  GArray *index, *index_rest, *all, *all_rest, *yard;
} Times;

static const LimberAuthor author = { "system:bench", "bench" };

static void
hold (Bench *bench, gboolean good)
{
  bench->held = bench->held && good;
}

static void
person_clear (gpointer data)
{
  LimberBenchPerson *person = data;
  char *texts[] = { person->number, person->nhs_number, person->family, person->given, person->born, person->mobile, person->phone };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
}

static void
read_people (Bench *bench, const char *folder)
{
  static const char *const columns[] = { "id", "nhs_number", "family", "given", "born", "mobile", "phone" };
  g_autofree char *path = g_build_filename (folder, "patients.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &error);
  g_autoptr (LimberCsv) csv = stream != NULL ? limber_csv_new (G_INPUT_STREAM (stream), &error) : NULL;

  if (csv == NULL)
    g_error ("%s", error->message);
  while (limber_csv_next (csv, NULL, &error) == LIMBER_CSV_ROW) {
    char *cells[G_N_ELEMENTS (columns)];

    for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
      cells[i] = g_strdup (limber_csv_cell (csv, (guint) limber_csv_column (csv, columns[i])));
    g_array_append_val (bench->people, ((LimberBenchPerson){ cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], FALSE }));
  }
  if (error != NULL)
    g_error ("%s", error->message);
}

static LimberBenchPerson *
person_at (Bench *bench, guint i)
{
  return &g_array_index (bench->people, LimberBenchPerson, i);
}

static void
set (LimberEdit *edit, const char *field, const char *text)
{
  if (*text != '\0')
    limber_edit_set_text (edit, field, text);
}

static gboolean
write_people (LimberTransaction *transaction, gpointer data, GError **error)
{
  Bench *bench = data;

  for (guint i = bench->at; i < bench->to; i++) {
    const LimberBenchPerson *person = person_at (bench, i);
    g_autoptr (LimberEdit) edit = NULL;
    LimberId id;

    test_id (&id, person->number);
    edit = limber_edit_new ("patient", &id);
    set (edit, "number", person->number);
    set (edit, "nhs_number", person->nhs_number);
    set (edit, "family", person->family);
    set (edit, "given", person->given);
    set (edit, "mobile", person->mobile);
    set (edit, "phone", person->phone);
    if (!limber_edit_parse (edit, "born", person->born, error) || !limber_transaction_edit (transaction, edit, &author, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
write_expected (LimberTransaction *transaction, gpointer data, GError **error)
{
  Bench *bench = data;

  for (guint i = 0; i < EXPECTED; i++) {
    LimberBenchPerson *person = person_at (bench, (guint) g_rand_int_range (bench->random, 0, (gint32) bench->people->len));
    g_autofree char *name = g_strdup_printf ("appointment-%u", i);
    g_autoptr (LimberEdit) edit = NULL;
    LimberId id, patient;

    test_id (&id, name);
    test_id (&patient, person->number);
    edit = limber_edit_new ("appointment", &id);
    limber_edit_set_id (edit, "patient", &patient);
    limber_edit_set_id (edit, "site", &bench->site);
    limber_edit_set_integer (edit, "start", TEST_NOW + i * 60000);
    limber_edit_set_word (edit, "status", "booked");
    person->expected = TRUE;
    if (!limber_transaction_edit (transaction, edit, &author, error))
      return FALSE;
  }
  return TRUE;
}

static void
write_or_die (LimberStore *store, LimberWriteFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!limber_store_write (store, func, data, &error))
    g_error ("%s", error->message);
}

static void
fill (Bench *bench)
{
  for (bench->at = 0; bench->at < bench->people->len; bench->at = bench->to) {
    bench->to = MIN (bench->at + BATCH, bench->people->len);
    write_or_die (bench->store, write_people, bench);
  }
  write_or_die (bench->store, write_expected, bench);
}

static void
sql_or_die (Bench *bench, int result)
{
  if (result != SQLITE_OK && result != SQLITE_DONE)
    g_error ("%s", sqlite3_errmsg (bench->yard));
}

/* The same folded names and figures in SQLite's full-text index, in memory. */
static void
lay_yardstick (Bench *bench)
{
  sqlite3_stmt *insert;

  sql_or_die (bench, sqlite3_open (":memory:", &bench->yard));
  sql_or_die (bench, sqlite3_exec (bench->yard, "CREATE VIRTUAL TABLE people USING fts5 (words, content='', prefix='1 2 3 4')", NULL, NULL, NULL));
  sql_or_die (bench, sqlite3_exec (bench->yard, "BEGIN", NULL, NULL, NULL));
  sql_or_die (bench, sqlite3_prepare_v2 (bench->yard, YARDSTICK, -1, &insert, NULL));
  for (guint i = 0; i < bench->people->len; i++) {
    const LimberBenchPerson *person = person_at (bench, i);
    g_autofree char *family = limber_text_fold (person->family), *given = limber_text_fold (person->given), *born = limber_text_digits (person->born);
    g_autofree char *words = g_strdup_printf ("%s %s %s %s %s", family, given, born, person->nhs_number, person->number);

    sqlite3_bind_int64 (insert, 1, i + 1);
    sqlite3_bind_text (insert, 2, words, -1, SQLITE_TRANSIENT);
    sql_or_die (bench, sqlite3_step (insert));
    sqlite3_reset (insert);
  }
  sqlite3_finalize (insert);
  sql_or_die (bench, sqlite3_exec (bench->yard, "COMMIT", NULL, NULL, NULL));
  sql_or_die (bench, sqlite3_prepare_v2 (bench->yard, "SELECT rowid FROM people WHERE people MATCH ? LIMIT 13", -1, &bench->asked, NULL));
}

/* How long the yardstick needs to find people with words that begin so. */
static gint64
ask_yardstick (Bench *bench, const char *text)
{
  g_autofree char *folded = limber_text_fold (text);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  g_autoptr (GString) match = g_string_new (NULL);
  gint64 start = limber_bench_now ();

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (match, "%s\"%s\"*", match->len > 0 ? " AND " : "", words[i]);
  if (match->len == 0)
    return 0;
  sqlite3_bind_text (bench->asked, 1, match->str, -1, SQLITE_STATIC);
  while (sqlite3_step (bench->asked) == SQLITE_ROW)
    ;
  sqlite3_reset (bench->asked);
  return limber_bench_now () - start;
}

/* The index alone, made of the lists: n is the place in them. */
static void
make_index (Bench *bench)
{
  struct mallinfo2 before = mallinfo2 (), after;
  LimberSearchPack *pack = limber_search_pack_new ();
  gint64 start = limber_bench_now ();
  g_autoptr (GArray) first = g_array_new (FALSE, FALSE, sizeof (guint32));
  double megabytes;

  for (guint i = 0; i < bench->people->len; i++) {
    const LimberBenchPerson *person = person_at (bench, i);
    guint32 n = i + 1;

    limber_search_pack_add (pack, &(LimberSearchPerson){ n, person->family, person->given, person->born, { person->nhs_number, person->number, person->mobile, person->phone } });
    if (person->expected)
      g_array_append_val (first, n);
  }
  limber_search_pack_seal (pack);
  bench->index = limber_search_index_new (pack);
  limber_search_index_set_first (bench->index, (const guint32 *) first->data, first->len);
  start = limber_bench_now () - start;
  after = mallinfo2 ();
  megabytes = (double) (after.uordblks + after.hblkhd - before.uordblks - before.hblkhd) / 1e6;
  g_print ("{\"figure\": \"index alone\", \"made in s\": %.3f, \"counted MB\": %.2f, \"words\": %u, \"sounds\": %u, \"days\": %u, \"numbers\": %u}\n", (double) start / 1e9,
           (double) limber_search_index_bytes (bench->index) / 1e6, pack->words.n, pack->sounds.n, pack->n_days, pack->n_figures);
  hold (bench, limber_bench_hold ("index in memory, MB of the heap", megabytes, 16));
}

static gboolean
is_ready (gpointer data)
{
  return limber_search_is_ready (data);
}

static void
make_search (Bench *bench)
{
  gint64 start = limber_bench_now ();

  bench->search = limber_search_new (bench->store);
  if (!test_wait (is_ready, bench->search))
    g_error ("The search does not become ready");
  hold (bench, limber_bench_hold ("search ready, from the store, ms", (double) (limber_bench_now () - start) / 1e6, 1000));
}

static Times
times_new (void)
{
  GArray *all[5];

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    all[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
  return (Times){ all[0], all[1], all[2], all[3], all[4] };
}

static void
times_clear (Times *times)
{
  GArray *all[] = { times->index, times->index_rest, times->all, times->all_rest, times->yard };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_array_unref (all[i]);
}

/* Whether names alone were looked for, and found as they were typed. */
static gboolean
is_plain (const char *text, const GArray *hits)
{
  return strpbrk (text, "0123456789") == NULL && hits->len >= ENOUGH && g_array_index (hits, LimberSearchHit, hits->len - 1).group < LIMBER_SEARCH_NEAR_FIRST;
}

/* One keystroke. Returns the rows that the desk would show. */
static GPtrArray *
press (Bench *bench, Times *times, const char *text)
{
  gint64 start = limber_bench_now (), took, yard;
  g_autoptr (GArray) hits = limber_search_index_find (bench->index, text, TODAY, FIRST_PAGE + 1);
  GPtrArray *rows;

  took = limber_bench_now () - start;
  g_array_append_val (is_plain (text, hits) ? times->index : times->index_rest, took);
  start = limber_bench_now ();
  rows = limber_search_find (bench->search, text, FIRST_PAGE + 1);
  took = limber_bench_now () - start;
  g_array_append_val (is_plain (text, hits) ? times->all : times->all_rest, took);
  yard = ask_yardstick (bench, text);
  g_array_append_val (times->yard, yard);
  return rows;
}

static gboolean
is_on_first_page (const GPtrArray *rows, const LimberBenchPerson *person)
{
  LimberId id;

  test_id (&id, person->number);
  for (guint i = 0; i < MIN (rows->len, FIRST_PAGE); i++)
    if (limber_id_equal (limber_row_id (g_ptr_array_index (rows, i), "patient"), &id))
      return TRUE;
  return FALSE;
}

/* Types @text letter by letter; returns whether @person is shown at its end. */
static gboolean
type (Bench *bench, Times *times, const char *text, const LimberBenchPerson *person)
{
  gboolean found = FALSE;

  for (const char *at = text; *at != '\0';) {
    g_autofree char *so_far = g_strndup (text, (gsize) (g_utf8_next_char (at) - text));
    g_autoptr (GPtrArray) rows = press (bench, times, so_far);

    at = g_utf8_next_char (at);
    found = *at == '\0' && is_on_first_page (rows, person);
  }
  return found;
}

static const LimberBenchPerson *
choose (Bench *bench, LimberBenchTyping typing)
{
  for (;;) {
    const LimberBenchPerson *person = person_at (bench, (guint) g_rand_int_range (bench->random, 0, (gint32) bench->people->len));
    gboolean wanted = typing != LIMBER_BENCH_NAME && g_rand_boolean (bench->random); /* half of those asked for are expected */

    if (typing == LIMBER_BENCH_SLIPPED && g_utf8_strlen (person->family, -1) < 3 && g_utf8_strlen (person->given, -1) < 3)
      continue;
    if (!wanted)
      return person;
    for (guint i = (guint) g_rand_int_range (bench->random, 0, (gint32) bench->people->len), n = 0; n < bench->people->len; i++, n++)
      if (person_at (bench, i % bench->people->len)->expected)
        return person_at (bench, i % bench->people->len);
  }
}

/* Returns how many of @n queries end with the right person on the first page. */
static double
ask (Bench *bench, Times *times, LimberBenchTyping typing, guint n)
{
  guint good = 0;

  for (guint i = 0; i < n; i++) {
    const LimberBenchPerson *person = choose (bench, typing);
    g_autofree char *text = limber_bench_typed (bench->random, person, typing);
    gboolean found = type (bench, times, text, person);

    good += found;
    if (!found && typing != LIMBER_BENCH_NAME && g_getenv ("LIMBER_BENCH_MISSED") != NULL)
      g_printerr ("%s, %s %s %s%s is not found by “%s”\n", person->family, person->given, person->born, person->nhs_number, person->expected ? " (today)" : "", text);
  }
  return 100.0 * good / n;
}

static void
measure (Bench *bench, const char *when)
{
  Times times = times_new ();
  double exact = ask (bench, &times, LIMBER_BENCH_EXACT, QUERIES / 2), slipped = ask (bench, &times, LIMBER_BENCH_SLIPPED, QUERIES / 2);

  g_print ("{\"figure\": \"right person on the first page\", \"when\": \"%s\", \"exact %%\": %.1f, \"slipped %%\": %.1f, \"queries\": %d, \"held\": %s}\n", when, exact, slipped, QUERIES,
           exact >= 99 && slipped >= 90 ? "true" : "false");
  hold (bench, exact >= 99 && slipped >= 90);
  limber_bench_print ("index: names", times.index, ", \"when\": \"%s\"", when);
  limber_bench_print ("index: sound-alikes, slips, dates and numbers", times.index_rest, ", \"when\": \"%s\"", when);
  limber_bench_print ("search with its rows: names", times.all, ", \"when\": \"%s\"", when);
  limber_bench_print ("search with its rows: sound-alikes, slips, dates and numbers", times.all_rest, ", \"when\": \"%s\"", when);
  limber_bench_print ("yardstick: SQLite FTS5 in memory, 13 of those with such words, in no order", times.yard, ", \"when\": \"%s\"", when);
  hold (bench, limber_bench_hold ("search with its rows: names, p99", limber_bench_percentile (times.all, 0.99), 1));
  hold (bench, limber_bench_hold ("search with its rows: the rest, p99", limber_bench_percentile (times.all_rest, 0.99), 5));
  times_clear (&times);
}

/* Of a name alone, and many who bear it, no search can show all: how often the right one is among the first all the same. */
static void
measure_names_alone (Bench *bench)
{
  Times times = times_new ();
  double found = ask (bench, &times, LIMBER_BENCH_NAME, QUERIES / 2);

  g_print ("{\"figure\": \"right person on the first page by the name alone, not expected\", \"seen %%\": %.1f, \"queries\": %d}\n", found, QUERIES / 2);
  times_clear (&times);
}

static gboolean
change_some (LimberTransaction *transaction, gpointer data, GError **error)
{
  Bench *bench = data;

  for (guint i = bench->at; i < bench->to; i++) {
    LimberBenchPerson *person = person_at (bench, i * 211 % bench->people->len);
    g_autoptr (LimberEdit) edit = NULL;
    LimberId id;

    test_id (&id, person->number);
    edit = limber_edit_new ("patient", &id);
    g_free (person->mobile);
    person->mobile = g_strdup_printf ("07700 900%03u", i % 1000);
    limber_edit_set_text (edit, "mobile", person->mobile);
    if (!limber_transaction_edit (transaction, edit, &author, error))
      return FALSE;
    limber_search_index_put (bench->index, &(LimberSearchPerson){ i * 211 % bench->people->len + 1, person->family, person->given, person->born,
                                                                  { person->nhs_number, person->number, person->mobile, person->phone } });
  }
  return TRUE;
}

static void
on_updated (LimberSearch *search, gpointer data)
{
  *(gboolean *) data = TRUE;
}

static gboolean
is_set (gpointer data)
{
  return *(gboolean *) data;
}

/* As many as may come or change before the index is made anew. */
static void
change (Bench *bench)
{
  gulong handler;
  gboolean updated = FALSE;

  handler = g_signal_connect (bench->search, "updated", G_CALLBACK (on_updated), &updated);
  for (bench->at = 0; bench->at < FRESH; bench->at = bench->to) {
    bench->to = MIN (bench->at + FRESH / 9, FRESH);
    updated = FALSE;
    write_or_die (bench->store, change_some, bench);
    if (!test_wait (is_set, &updated))
      g_error ("The search does not hear of a change");
  }
  g_signal_handler_disconnect (bench->search, handler);
}

static void
run (Bench *bench, const char *folder)
{
  gint64 start = limber_bench_now ();

  read_people (bench, folder);
  fill (bench);
  g_print ("{\"figure\": \"store filled\", \"unit\": \"s\", \"patients\": %u, \"seen\": %.1f}\n", bench->people->len, (double) (limber_bench_now () - start) / 1e9);
  make_index (bench);
  lay_yardstick (bench);
  make_search (bench);
  measure (bench, "as it was made");
  measure_names_alone (bench);
  change (bench);
  measure (bench, "990 changed since");
}

int
main (int argc, char **argv)
{
  g_autofree char *dir = test_dir_new (), *at = g_build_filename (dir, "store", NULL), *lists = g_build_filename (dir, "lists", NULL);
  TestClock clock = { .seed = 1, .now = TEST_NOW };
  g_autoptr (LimberEnv) env = test_env_new (&clock);
  Bench bench = { .people = g_array_new (FALSE, FALSE, sizeof (LimberBenchPerson)), .random = g_rand_new_with_seed (argc > 2 ? (guint32) atoi (argv[2]) : 1), .held = TRUE };
  g_autoptr (GError) error = NULL;
  LimberDemoPlan plan = { PEOPLE, TODAY, 1, TEST_NOW };
  LimberDemoCount count;

  g_array_set_clear_func (bench.people, person_clear);
  test_id (&bench.site, "site");
  bench.store = test_store_new (at, env, LIMBER_CLASS_DESK, &bench.site);
  if (argc < 2 && !limber_demo_write (lists, &plan, &count, &error))
    g_error ("%s", error->message);
  run (&bench, argc < 2 ? lists : argv[1]);
  g_object_unref (bench.search);
  limber_search_index_free (bench.index);
  sqlite3_finalize (bench.asked);
  sqlite3_close (bench.yard);
  limber_store_close (bench.store);
  g_object_unref (bench.store);
  g_array_unref (bench.people);
  g_rand_free (bench.random);
  test_dir_remove (dir);
  return bench.held ? 0 : 1;
}
