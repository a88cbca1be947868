#include "limber-search-read.h"

#include <string.h>

#include "limber-date.h"
#include "limber-namesake.h"
#include "limber-queries.h"
#include "limber-reader-private.h"
#include "limber-text.h"

struct _LimberSearchFetch {
  GArray    *hits;  /* (owned): LimberSearchHit */
  GPtrArray *found; /* (owned): Found */
  guint      limit;
};

/* A row with what it is sorted by. */
typedef struct {
  LimberRow        *row;      /* (owned) */
  LimberSearchGroup group;
  char             *name;     /* (owned): folded, family first, then the birth date */
  LimberNamesake    namesake;
} Found;

/* Everybody. */

/**
 * limber_search_read_row:
 * @person: (out): what @statement stands at, as long as it stands there
 */
void
limber_search_read_row (LimberSearchPerson *person, LimberStatement *statement)
{
  person->n = (guint32) sqlite3_column_int64 (statement->stmt, 0);
  person->family = (const char *) sqlite3_column_text (statement->stmt, 1);
  person->given = (const char *) sqlite3_column_text (statement->stmt, 2);
  person->born = (const char *) sqlite3_column_text (statement->stmt, 3);
  for (int i = 0; i < (int) G_N_ELEMENTS (person->numbers); i++)
    person->numbers[i] = (const char *) sqlite3_column_text (statement->stmt, 4 + i);
  person->preferred = (const char *) sqlite3_column_text (statement->stmt, 4 + (int) G_N_ELEMENTS (person->numbers));
}

/**
 * limber_search_read_everybody:
 *
 * Adds everybody to @pack and seals it.
 */
gboolean
limber_search_read_everybody (LimberReader *reader, LimberSearchPack *pack, GError **error)
{
  g_autoptr (LimberStatement) statement = limber_database_statement (reader->database, limber_query_find ("search-everybody")->sql, error);
  int step = -1;

  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1) {
    LimberSearchPerson person;

    limber_search_read_row (&person, statement);
    limber_search_pack_add (pack, &person);
  }
  if (step == 0)
    limber_search_pack_seal (pack);
  return step == 0;
}

/**
 * limber_search_read_first:
 * @day: YYYY-MM-DD
 * @first: (element-type guint32): gets the numbers of those who are expected at this store's site on @day
 */
gboolean
limber_search_read_first (LimberReader *reader, const char *day, GArray *first, GError **error)
{
  g_autoptr (LimberStatement) statement = NULL;
  gint64 start, end;
  int step = -1;

  if (!reader->has_site || !limber_date_bounds (day, &start, &end))
    return TRUE;
  statement = limber_database_bound (reader->database, error, limber_query_find ("search-first")->sql, "iii", start, end - 1, limber_database_thing (reader->database, &reader->site, FALSE, NULL));
  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1) {
    guint32 n = (guint32) sqlite3_column_int64 (statement->stmt, 0);

    g_array_append_val (first, n);
  }
  return step == 0;
}

/* Those who were found. */

static void
found_free (gpointer data)
{
  Found *found = data;

  g_object_unref (found->row);
  g_free (found->name);
  limber_namesake_clear (&found->namesake);
  g_free (found);
}

/**
 * limber_search_fetch_new:
 * @hits: (transfer full) (nullable) (element-type LimberSearchHit): who is to be read
 * @limit: how many are wanted
 */
LimberSearchFetch *
limber_search_fetch_new (GArray *hits, guint limit)
{
  LimberSearchFetch *fetch = g_new0 (LimberSearchFetch, 1);

  fetch->hits = hits != NULL ? hits : g_array_new (FALSE, FALSE, sizeof (LimberSearchHit));
  fetch->found = g_ptr_array_new_with_free_func (found_free);
  fetch->limit = limit;
  return fetch;
}

void
limber_search_fetch_free (gpointer data)
{
  LimberSearchFetch *fetch = data;

  g_array_unref (fetch->hits);
  g_ptr_array_unref (fetch->found);
  g_free (fetch);
}

static gboolean
is_found (GPtrArray *found, LimberRow *row)
{
  for (guint i = 0; i < found->len; i++)
    if (limber_id_equal (limber_row_id (((Found *) g_ptr_array_index (found, i))->row, "patient"), limber_row_id (row, "patient")))
      return TRUE;
  return FALSE;
}

/* What is in the store counts, where the index does not know of it yet. */
static LimberSearchGroup
group_of (LimberRow *row, LimberSearchGroup group)
{
  gboolean near = group >= LIMBER_SEARCH_NEAR_FIRST;

  if (limber_row_has (row, "appointment"))
    return near ? LIMBER_SEARCH_NEAR_FIRST : LIMBER_SEARCH_FIRST;
  return MAX (group, near ? LIMBER_SEARCH_NEAR : LIMBER_SEARCH_FAMILY);
}

static void
add_found (GPtrArray *all, LimberRow *row, LimberSearchGroup group)
{
  const char *family = limber_row_text (row, "family"), *given = limber_row_text (row, "given"), *born = limber_row_text (row, "born");
  g_autofree char *folded_family = limber_text_fold (family != NULL ? family : ""), *folded_given = limber_text_fold (given != NULL ? given : "");
  Found *found;

  if (limber_row_id (row, "patient") == NULL || is_found (all, row))
    return;
  found = g_new0 (Found, 1);
  found->row = g_object_ref (row);
  found->group = group_of (row, group);
  found->name = g_strdup_printf ("%s\x01%s\x01%s", folded_family, folded_given, born != NULL ? born : "");
  limber_namesake_init (&found->namesake, family, given, born);
  g_ptr_array_add (all, found);
}

static int
compare_found (gconstpointer a, gconstpointer b)
{
  const Found *one = *(Found *const *) a, *other = *(Found *const *) b;

  if (one->group != other->group)
    return one->group < other->group ? -1 : 1;
  return strcmp (one->name, other->name);
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  return (int) ((const LimberSearchHit *) a)->group - (int) ((const LimberSearchHit *) b)->group;
}

/* The last column of "search-person" is for this. */
static void
mark_namesakes (GPtrArray *all)
{
  for (guint i = 0; i < all->len; i++)
    for (guint k = 0; k < all->len; k++) {
      Found *one = g_ptr_array_index (all, i), *other = g_ptr_array_index (all, k);

      if (i != k && limber_namesake_equal (&one->namesake, &other->namesake))
        limber_value_set_integer (limber_row_column (one->row, limber_row_n_columns (one->row) - 1), 1);
    }
}

/* Today at this site, as the queries ask for it. */
typedef struct {
  gint64 start, end, now;
} Today;

/* The row of the person who is hit, as the only one of @rows; none when she is gone. */
static GPtrArray *
read_hit (LimberReader *reader, const LimberSearchHit *hit, const Today *today, GError **error)
{
  static const char *const queries[] = { "search-person-alone", "search-person" };
  const LimberId *site = reader->has_site ? &reader->site : NULL;
  GPtrArray *rows = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (queries) && (rows == NULL || rows->len == 0); i++) {
    g_clear_pointer (&rows, g_ptr_array_unref);
    rows = limber_reader_query (reader, queries[i], error, "iiidii", (gint64) hit->n, today->start, today->end - 1, site, today->now, (gint64) (hit->group >= LIMBER_SEARCH_NEAR_FIRST));
    if (rows == NULL)
      return NULL;
  }
  return rows;
}

/**
 * limber_search_fetch_read:
 * @fetch: a LimberSearchFetch
 *
 * Reads those who were found, group by group, until there are as many as are wanted.
 */
gboolean
limber_search_fetch_read (LimberReader *reader, gpointer data, GError **error)
{
  LimberSearchFetch *fetch = data;
  char day[LIMBER_DATE_LENGTH + 1];
  Today today = { .now = limber_reader_now (reader) };

  limber_date_of_time (today.now, day);
  limber_date_bounds (day, &today.start, &today.end);
  g_array_sort (fetch->hits, compare_groups);
  for (guint i = 0; i < fetch->hits->len; i++) {
    const LimberSearchHit *hit = &g_array_index (fetch->hits, LimberSearchHit, i);
    g_autoptr (GPtrArray) rows = NULL;

    if (fetch->found->len >= fetch->limit && hit->group != g_array_index (fetch->hits, LimberSearchHit, i - 1).group)
      break;
    if (fetch->found->len >= fetch->limit && !hit->fresh) /* those before it are before it by name too */
      continue;
    rows = read_hit (reader, hit, &today, error);
    if (rows == NULL)
      return FALSE;
    if (rows->len > 0)
      add_found (fetch->found, g_ptr_array_index (rows, 0), hit->group);
  }
  g_ptr_array_sort (fetch->found, compare_found);
  mark_namesakes (fetch->found);
  return TRUE;
}

/**
 * limber_search_fetch_rows:
 *
 * Returns: (transfer full) (element-type LimberRow): those who were read, the best first, as many as are wanted
 */
GPtrArray *
limber_search_fetch_rows (const LimberSearchFetch *fetch)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < fetch->found->len && i < fetch->limit; i++)
    g_ptr_array_add (rows, g_object_ref (((Found *) g_ptr_array_index (fetch->found, i))->row));
  return rows;
}
