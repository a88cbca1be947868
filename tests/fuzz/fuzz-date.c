/* What somebody typed into the search box: as a birth date, and as all else that may be said of a person. Whether she was
 * there when the index was made, or came later, she is found by it alike. */
#include "limber-fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-search-index.h"
#include "limber-search-terms.h"

#define TODAY "2026-11-23"

static const LimberSearchPerson people[] = {
  { 1, "Smith", "John", "1954-08-06", { "9990000018", "P0001234", "07700 900123" } },
  { 2, "O'Connor", "Anne-Marie", "1926-11-24", { "9990000026", NULL, "+447700900124" } },
  { 3, "van der Berg", "Łukasz", "2026-01-02", { NULL, "44", "020 8427 1954" } },
  { 4, "Smyth", "June", "1954-06-30", { "0000000000", "P1", "00000" } },
  { 5, "O", NULL, NULL, { NULL } },
  { 6, "સ્મિથ", "Ng", "2000-02-29", { "9990000034" } },
};
static LimberSearchIndex *packed, *fresh;

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  LimberSearchPack *pack = limber_search_pack_new (), *empty = limber_search_pack_new ();
  guint32 first[] = { 2, 6 };

  fuzz_begin ();
  limber_search_pack_seal (empty);
  fresh = limber_search_index_new (empty);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++) {
    limber_search_pack_add (pack, &people[i]);
    limber_search_index_put (fresh, &people[i]);
  }
  limber_search_pack_seal (pack);
  packed = limber_search_index_new (pack);
  limber_search_index_set_first (packed, first, G_N_ELEMENTS (first));
  limber_search_index_set_first (fresh, first, G_N_ELEMENTS (first));
  return 0;
}

/* Whether @text has the figures of @number, as they are or after a nought. */
static gboolean
has_number (const char *text, int number)
{
  g_autofree char *figures = g_strdup_printf ("%d", number);

  return strstr (text, figures) != NULL;
}

/* A date is one that the calendar has, and that stands in the text. */
static void
check_date (const char *text)
{
  g_autofree char *whole = limber_date_parse_typed (text, TODAY), *again = NULL;
  LimberTypedDate date;
  gboolean read = limber_date_read_typed (text, TODAY, &date);

  g_assert_true ((whole != NULL) == (read && date.year != 0 && date.month != 0 && date.day != 0));
  if (!read)
    return;
  g_assert_true (date.year != 0 || date.day != 0);
  g_assert_true (date.day == 0 || date.month != 0);
  g_assert_cmpint (date.month, <=, 12);
  g_assert_true (date.year == 0 || (date.year >= 1850 && date.year <= 9999));
  g_assert_true (date.day == 0 || has_number (text, date.day));
  g_assert_true (date.year == 0 || has_number (text, date.century ? date.year % 100 : date.year));
  g_assert_true (!date.century || (date.year > 1926 - 1 && date.year <= 2026));
  if (whole == NULL)
    return;
  g_assert_true (limber_date_is_valid (whole));
  g_assert_true (!date.century || strcmp (whole, TODAY) <= 0);
  again = limber_date_parse_typed (whole, TODAY);
  g_assert_cmpstr (again, ==, whole);
}

static void
check_terms (const char *text)
{
  g_autoptr (GArray) terms = limber_search_terms_parse (text, TODAY);

  g_assert_cmpuint (terms->len, <=, 24); /* a word may be of several parts */
  for (guint i = 0; i < terms->len; i++) {
    const LimberSearchTerm *term = &g_array_index (terms, LimberSearchTerm, i);

    g_assert_true (term->word != NULL || term->from != 0 || term->day != 0 || term->days != NULL || term->figures != NULL);
    g_assert_true (term->word == NULL || (*term->word != '\0' && g_utf8_validate (term->word, -1, NULL)));
    g_assert_cmpuint (term->from, <=, term->to);
    g_assert_true (term->figures == NULL || strspn (term->figures, "0123456789") == strlen (term->figures));
  }
}

static LimberSearchGroup
group_of (const GArray *hits, guint32 n)
{
  LimberSearchGroup group = LIMBER_SEARCH_GROUPS;

  for (guint i = 0; i < hits->len; i++)
    if (g_array_index (hits, LimberSearchHit, i).n == n) {
      g_assert_cmpint (group, ==, LIMBER_SEARCH_GROUPS); /* nobody is found twice */
      group = g_array_index (hits, LimberSearchHit, i).group;
    }
  return group;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size), *exact = g_memdup2 (text, strlen (text) + 1);
  g_autoptr (GArray) one = NULL, other = NULL;

  check_date (exact);
  check_terms (exact);
  one = limber_search_index_find (packed, exact, TODAY, 100);
  other = limber_search_index_find (fresh, exact, TODAY, 100);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    g_assert_cmpint (group_of (one, people[i].n), ==, group_of (other, people[i].n));
  return 0;
}
