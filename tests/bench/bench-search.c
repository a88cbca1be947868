/* Every keystroke of 500 typed queries over a county's people: bench-search [FOLDER] [SEED], where FOLDER/patients.csv is
 * the county; without it one is invented. Half of the queries are right, half have a slip. Beside it, for the same words at
 * the same time, what SQLite's own full-text index needs to say who they are, in no order.
 *
 * Whom the desk shows on its first page is what limber_search_find() gives first. */
#include <malloc.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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
#define ROUNDS 3
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

/* A keystroke: the middle of its rounds counts, and of its time the processor's, since others use this machine too: it
 * waits for nothing. */
typedef struct {
  gboolean plain; /* names alone, found as they were typed */
  gint64   index[ROUNDS], all[ROUNDS], yard[ROUNDS], wall[ROUNDS];
} Stroke;

/* What is typed, and of whom. */
typedef struct {
  char                    *text;   /* (owned) */
  const LimberBenchPerson *person;
} Query;

static const LimberAuthor author = { "system:bench", "bench" };

/* Nanoseconds that a clock of the processor's says. */
static gint64
spent (clockid_t of)
{
  struct timespec now;

  clock_gettime (of, &now);
  return (gint64) now.tv_sec * 1000000000 + now.tv_nsec;
}

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
  g_autoptr (LimberCsv) csv = stream != NULL ? limber_csv_new (G_INPUT_STREAM (stream), ',', &error) : NULL;

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
fill (Bench *bench)
{
  for (bench->at = 0; bench->at < bench->people->len; bench->at = bench->to) {
    bench->to = MIN (bench->at + BATCH, bench->people->len);
    limber_bench_write (bench->store, write_people, bench);
  }
  limber_bench_write (bench->store, write_expected, bench);
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
  gint64 start = spent (CLOCK_THREAD_CPUTIME_ID);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (match, "%s\"%s\"*", match->len > 0 ? " AND " : "", words[i]);
  if (match->len == 0)
    return 0;
  sqlite3_bind_text (bench->asked, 1, match->str, -1, SQLITE_STATIC);
  while (sqlite3_step (bench->asked) == SQLITE_ROW)
    ;
  sqlite3_reset (bench->asked);
  return spent (CLOCK_THREAD_CPUTIME_ID) - start;
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
  g_print ("{\"figure\": \"index in memory, of the heap\", \"unit\": \"MB\", \"seen\": %.2f, \"limit\": 16, \"held\": %s}\n", megabytes, megabytes < 16 ? "true" : "false");
  hold (bench, megabytes < 16);
}

static gboolean
is_ready (gpointer data)
{
  return limber_search_is_ready (data);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *) a, other = *(const gint64 *) b;

  return one < other ? -1 : one > other;
}

/* As often as there are rounds, and the middle counts. */
static void
make_search (Bench *bench)
{
  gint64 times[ROUNDS];

  for (guint round = 0; round < ROUNDS; round++) {
    gint64 start = limber_bench_now (), cpu = spent (CLOCK_PROCESS_CPUTIME_ID);

    g_clear_object (&bench->search);
    bench->search = limber_search_new (bench->store);
    if (!test_wait (is_ready, bench->search))
      g_error ("The search does not become ready");
    times[round] = spent (CLOCK_PROCESS_CPUTIME_ID) - cpu;
    g_print ("{\"figure\": \"search ready, from the store\", \"unit\": \"ms\", \"processor\": %.0f, \"wall\": %.0f}\n", (double) times[round] / 1e6, (double) (limber_bench_now () - start) / 1e6);
  }
  qsort (times, ROUNDS, sizeof times[0], compare_times);
  hold (bench, limber_bench_hold ("search ready, from the store, ms", (double) times[ROUNDS / 2] / 1e6, 1000));
}

static void
query_clear (gpointer data)
{
  g_free (((Query *) data)->text);
}

/* Whether names alone were looked for, and found as they were typed. */
static gboolean
is_plain (const char *text, const GArray *hits)
{
  return strpbrk (text, "0123456789") == NULL && hits->len >= ENOUGH && g_array_index (hits, LimberSearchHit, hits->len - 1).group < LIMBER_SEARCH_NEAR_FIRST;
}

/* Returns the rows that the desk would show. */
static GPtrArray *
press (Bench *bench, Stroke *stroke, guint round, const char *text)
{
  gint64 start = spent (CLOCK_THREAD_CPUTIME_ID), found, wall;
  g_autoptr (GArray) hits = limber_search_index_find (bench->index, text, TODAY, FIRST_PAGE + 1);
  GPtrArray *rows;

  found = spent (CLOCK_THREAD_CPUTIME_ID);
  wall = limber_bench_now ();
  rows = limber_search_find (bench->search, text, FIRST_PAGE + 1);
  stroke->wall[round] = limber_bench_now () - wall;
  stroke->all[round] = spent (CLOCK_THREAD_CPUTIME_ID) - found;
  stroke->index[round] = found - start;
  stroke->yard[round] = ask_yardstick (bench, text);
  stroke->plain = is_plain (text, hits);
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

/* Types a query letter by letter; returns whether the right person is shown at its end. */
static gboolean
type (Bench *bench, GArray *strokes, guint *at, guint round, const Query *query)
{
  gboolean found = FALSE;

  for (const char *letter = query->text; *letter != '\0'; letter = g_utf8_next_char (letter), ++*at) {
    g_autofree char *so_far = g_strndup (query->text, (gsize) (g_utf8_next_char (letter) - query->text));
    g_autoptr (GPtrArray) rows = NULL;

    if (*at == strokes->len)
      g_array_set_size (strokes, *at + 1);
    rows = press (bench, &g_array_index (strokes, Stroke, *at), round, so_far);
    found = is_on_first_page (rows, query->person);
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

static void
add_queries (Bench *bench, GArray *queries, LimberBenchTyping typing, guint n)
{
  for (guint i = 0; i < n; i++) {
    Query query = { .person = choose (bench, typing) };

    query.text = limber_bench_typed (bench->random, query.person, typing);
    g_array_append_val (queries, query);
  }
}

/* Returns of how many queries, in parts of a hundred, the right person is on the first page. */
static double
ask (Bench *bench, GArray *strokes, guint *at, guint round, GArray *queries, guint from, guint to)
{
  guint good = 0;

  for (guint i = from; i < to; i++) {
    const Query *query = &g_array_index (queries, Query, i);
    gboolean found = type (bench, strokes, at, round, query);

    good += found;
    if (!found && g_getenv ("LIMBER_BENCH_MISSED") != NULL)
      g_printerr ("%s, %s %s %s%s is not found by “%s”\n", query->person->family, query->person->given, query->person->born, query->person->nhs_number,
                  query->person->expected ? " (today)" : "", query->text);
  }
  return 100.0 * good / (to - from);
}

static void
add_middle (GArray *samples, gint64 times[ROUNDS])
{
  qsort (times, ROUNDS, sizeof times[0], compare_times);
  g_array_append_val (samples, times[ROUNDS / 2]);
}

/* Of the strokes that are plain, or of those that are not. Returns the 99th percentile of a whole search. */
static double
print_times (GArray *strokes, gboolean plain, const char *what, const char *when)
{
  g_autoptr (GArray) index = g_array_new (FALSE, FALSE, sizeof (gint64)), all = g_array_new (FALSE, FALSE, sizeof (gint64)), yard = g_array_new (FALSE, FALSE, sizeof (gint64)),
                    wall = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < strokes->len; i++) {
    Stroke *stroke = &g_array_index (strokes, Stroke, i);

    if (stroke->plain != plain)
      continue;
    add_middle (index, stroke->index);
    add_middle (all, stroke->all);
    add_middle (yard, stroke->yard);
    add_middle (wall, stroke->wall);
  }
  limber_bench_print ("index", index, ", \"of\": \"%s\", \"when\": \"%s\"", what, when);
  limber_bench_print ("search with its rows", all, ", \"of\": \"%s\", \"when\": \"%s\"", what, when);
  limber_bench_print ("search with its rows, by the clock on the wall", wall, ", \"of\": \"%s\", \"when\": \"%s\"", what, when);
  limber_bench_print ("yardstick: SQLite FTS5 in memory, 13 of those with such words, in no order", yard, ", \"of\": \"%s\", \"when\": \"%s\"", what, when);
  return limber_bench_percentile (all, 0.99);
}

static void
measure (Bench *bench, const char *when)
{
  g_autoptr (GArray) queries = g_array_new (FALSE, FALSE, sizeof (Query)), strokes = g_array_new (FALSE, TRUE, sizeof (Stroke));
  double exact = 0, slipped = 0;
  gboolean good;

  g_array_set_clear_func (queries, query_clear);
  add_queries (bench, queries, LIMBER_BENCH_EXACT, QUERIES / 2);
  add_queries (bench, queries, LIMBER_BENCH_SLIPPED, QUERIES / 2);
  for (guint round = 0; round < ROUNDS; round++) {
    guint at = 0;

    exact = ask (bench, strokes, &at, round, queries, 0, QUERIES / 2);
    slipped = ask (bench, strokes, &at, round, queries, QUERIES / 2, QUERIES);
  }
  good = exact >= 99 && slipped >= 90;
  g_print ("{\"figure\": \"right person on the first page\", \"when\": \"%s\", \"exact %%\": %.1f, \"slipped %%\": %.1f, \"queries\": %d, \"held\": %s}\n", when, exact, slipped, QUERIES,
           good ? "true" : "false");
  hold (bench, good);
  hold (bench, limber_bench_hold ("search with its rows: names, p99", print_times (strokes, TRUE, "names", when), 1));
  hold (bench, limber_bench_hold ("search with its rows: the rest, p99", print_times (strokes, FALSE, "sound-alikes, slips, dates and numbers", when), 5));
}

/* Of a name alone, and many who bear it, no search can show all: how often the right one is among the first all the same. */
static void
measure_names_alone (Bench *bench)
{
  g_autoptr (GArray) queries = g_array_new (FALSE, FALSE, sizeof (Query)), strokes = g_array_new (FALSE, TRUE, sizeof (Stroke));
  guint at = 0;

  g_array_set_clear_func (queries, query_clear);
  add_queries (bench, queries, LIMBER_BENCH_NAME, QUERIES / 2);
  g_print ("{\"figure\": \"right person on the first page by the name alone, not expected\", \"seen %%\": %.1f, \"queries\": %d}\n",
           ask (bench, strokes, &at, 0, queries, 0, queries->len), QUERIES / 2);
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
    limber_bench_write (bench->store, change_some, bench);
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
