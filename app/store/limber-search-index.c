/* Two parts: the pack, made once, where those who are gone or changed since are only marked; and the fresh, a short list
 * by name of those who came or changed since, looked through one by one. A person is in one of the two. */
#include "limber-search-index.h"

#include <string.h>

#include "limber-search-terms.h"
#include "limber-text.h"

#define HANDFUL 5 /* with fewer exact hits, near misses are shown too */

typedef struct {
  guint32    n;
  guint32    born;
  char      *name;    /* (owned): folded, family first */
  GPtrArray *words;   /* (owned) */
  GPtrArray *figures; /* (owned) */
} Fresh;

struct _LimberSearchIndex {
  LimberSearchPack *pack;  /* (owned) */
  guint64          *gone;  /* (owned): bits by place in the pack */
  GPtrArray        *fresh; /* (owned): Fresh */
  GArray           *first; /* (owned): guint32: n of those to be shown first */
  guint64          *found, *term_found; /* (owned): bits by place, for find() */
};

#define BITS_WORDS(index) (((index)->pack->n_people + 63) / 64)

static inline void
bit_set (guint64 *bits, guint32 at)
{
  bits[at >> 6] |= G_GUINT64_CONSTANT (1) << (at & 63);
}

static inline gboolean
bit_get (const guint64 *bits, guint32 at)
{
  return (bits[at >> 6] >> (at & 63)) & 1;
}

static inline void
bit_clear (guint64 *bits, guint32 at)
{
  bits[at >> 6] &= ~(G_GUINT64_CONSTANT (1) << (at & 63));
}

static void
fresh_free (gpointer data)
{
  Fresh *fresh = data;

  g_free (fresh->name);
  g_ptr_array_unref (fresh->words);
  g_ptr_array_unref (fresh->figures);
  g_free (fresh);
}

/**
 * limber_search_index_new:
 * @pack: (transfer full): a sealed pack
 *
 * Returns: (transfer full): an index of the people in @pack, which come and go from now on by limber_search_index_put()
 *   and limber_search_index_remove()
 */
LimberSearchIndex *
limber_search_index_new (LimberSearchPack *pack)
{
  LimberSearchIndex *index = g_new0 (LimberSearchIndex, 1);

  index->pack = pack;
  index->gone = g_new0 (guint64, BITS_WORDS (index) + 1);
  index->found = g_new0 (guint64, BITS_WORDS (index) + 1);
  index->term_found = g_new0 (guint64, BITS_WORDS (index) + 1);
  index->fresh = g_ptr_array_new_with_free_func (fresh_free);
  index->first = g_array_new (FALSE, FALSE, sizeof (guint32));
  return index;
}

void
limber_search_index_free (LimberSearchIndex *index)
{
  limber_search_pack_free (index->pack);
  g_free (index->gone);
  g_free (index->found);
  g_free (index->term_found);
  g_ptr_array_unref (index->fresh);
  g_array_unref (index->first);
  g_free (index);
}

/**
 * limber_search_index_remove:
 *
 * Takes @n out, if she is there.
 */
void
limber_search_index_remove (LimberSearchIndex *index, guint32 n)
{
  gint64 place = limber_search_pack_place (index->pack, n);

  if (place >= 0)
    bit_set (index->gone, (guint32) place);
  for (guint i = 0; i < index->fresh->len; i++)
    if (((Fresh *) g_ptr_array_index (index->fresh, i))->n == n) {
      g_ptr_array_remove_index (index->fresh, i);
      return;
    }
}

static Fresh *
fresh_new (const LimberSearchPerson *person)
{
  Fresh *fresh = g_new0 (Fresh, 1);
  const char *family = person->family != NULL ? person->family : "", *given = person->given != NULL ? person->given : "";
  g_autofree char *folded_family = limber_text_fold (family), *folded_given = limber_text_fold (given);

  fresh->n = person->n;
  fresh->born = limber_search_terms_born (person->born);
  fresh->name = g_strdup_printf ("%s\x01%s", folded_family, folded_given);
  fresh->words = limber_search_terms_of_name (family);
  g_ptr_array_extend_and_steal (fresh->words, limber_search_terms_of_name (given));
  fresh->figures = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < G_N_ELEMENTS (person->numbers); i++) {
    char *figures = limber_search_pack_figures (person->numbers[i]);

    if (figures != NULL)
      g_ptr_array_add (fresh->figures, figures);
  }
  return fresh;
}

/**
 * limber_search_index_put:
 *
 * Puts a person in, in the place of what was known of her.
 */
void
limber_search_index_put (LimberSearchIndex *index, const LimberSearchPerson *person)
{
  Fresh *fresh = fresh_new (person);
  guint at = 0;

  limber_search_index_remove (index, person->n);
  while (at < index->fresh->len && strcmp (((Fresh *) g_ptr_array_index (index->fresh, at))->name, fresh->name) < 0)
    at++;
  g_ptr_array_insert (index->fresh, (int) at, fresh);
}

/**
 * limber_search_index_set_first:
 * @people: numbers of those who are to be shown before all others: those who are expected today
 */
void
limber_search_index_set_first (LimberSearchIndex *index, const guint32 *people, guint n_people)
{
  g_array_set_size (index->first, 0);
  g_array_append_vals (index->first, people, n_people);
}

static void
mark_run (LimberSearchIndex *index, guint from, guint to)
{
  for (guint32 i = index->pack->words.run_at[from]; i < index->pack->words.run_at[to]; i++)
    bit_set (index->term_found, index->pack->people[i]);
}

static void
mark_word (LimberSearchIndex *index, const char *word, gboolean near_too)
{
  guint from = limber_search_pack_text (&index->pack->words, word, FALSE);
  guint to = limber_search_pack_text (&index->pack->words, word, TRUE);

  mark_run (index, from, to);
  for (guint i = 0; near_too && i < index->pack->words.n; i++)
    if (limber_search_terms_near (word, index->pack->words.letters + index->pack->words.at[i]))
      mark_run (index, i, i + 1);
}

static void
mark_born (LimberSearchIndex *index, guint32 born)
{
  for (guint i = 0; i < index->pack->n_people; i++)
    if (index->pack->born[i] == born)
      bit_set (index->term_found, i);
}

static void
mark_day (LimberSearchIndex *index, guint32 day)
{
  for (guint i = 0; i < index->pack->n_people; i++)
    if (index->pack->born[i] % 10000 == day)
      bit_set (index->term_found, i);
}

/* Whether @number, filled up on the right to LIMBER_SEARCH_FIGURES figures, ends with @end: a telephone's last figures. */
static gboolean
ends_with (guint64 number, guint64 end, guint64 span)
{
  return number % span == end || (number % 10 == 0 && number / 10 % span == end);
}

static void
mark_ends (LimberSearchIndex *index, const char *figures)
{
  guint64 end = g_ascii_strtoull (figures, NULL, 10), span = 1;

  for (gsize i = strlen (figures); i > 0; i--)
    span *= 10;
  for (guint i = 0; i < index->pack->n_figures; i++)
    if (ends_with (index->pack->figures[i] >> LIMBER_SEARCH_FIGURE_BITS, end, span))
      bit_set (index->term_found, (guint32) (index->pack->figures[i] & LIMBER_SEARCH_MOST_PEOPLE));
}

static void
mark_figures (LimberSearchIndex *index, const char *figures, gboolean ends_too)
{
  guint64 span, lowest = limber_search_pack_number (figures, &span);
  guint low = 0, high = index->pack->n_figures, from;

  if (strlen (figures) < LIMBER_SEARCH_FEWEST_FIGURES)
    return;
  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (index->pack->figures[middle] >> LIMBER_SEARCH_FIGURE_BITS < lowest)
      low = middle + 1;
    else
      high = middle;
  }
  for (from = low; low < index->pack->n_figures && index->pack->figures[low] >> LIMBER_SEARCH_FIGURE_BITS < lowest + span; low++)
    bit_set (index->term_found, (guint32) (index->pack->figures[low] & LIMBER_SEARCH_MOST_PEOPLE));
  if (ends_too && low == from && strlen (figures) > LIMBER_SEARCH_FEWEST_FIGURES && strlen (figures) <= LIMBER_SEARCH_FIGURES)
    mark_ends (index, figures);
}

/* Sets `found` to the people of the packed part whom all terms fit. */
static void
match_packed (LimberSearchIndex *index, const GArray *terms, gboolean near_too)
{
  if (BITS_WORDS (index) == 0)
    return;
  for (guint w = 0; w < BITS_WORDS (index); w++)
    index->found[w] = ~index->gone[w];
  for (guint i = 0; i < terms->len; i++) {
    const LimberSearchTerm *term = &g_array_index (terms, LimberSearchTerm, i);

    memset (index->term_found, 0, sizeof (guint64) * BITS_WORDS (index));
    if (term->word != NULL)
      mark_word (index, term->word, near_too);
    if (term->born != 0)
      mark_born (index, term->born);
    if (term->day != 0)
      mark_day (index, term->day);
    if (term->figures != NULL)
      mark_figures (index, term->figures, term->born == 0 && term->day == 0);
    for (guint w = 0; w < BITS_WORDS (index); w++)
      index->found[w] &= index->term_found[w];
  }
}

static gboolean
fresh_fits (const Fresh *fresh, const LimberSearchTerm *term, gboolean near_too)
{
  for (guint i = 0; term->word != NULL && i < fresh->words->len; i++) {
    const char *word = g_ptr_array_index (fresh->words, i);

    if (g_str_has_prefix (word, term->word) || (near_too && limber_search_terms_near (term->word, word)))
      return TRUE;
  }
  for (guint i = 0; term->figures != NULL && strlen (term->figures) >= LIMBER_SEARCH_FEWEST_FIGURES && i < fresh->figures->len; i++) {
    const char *figures = g_ptr_array_index (fresh->figures, i);

    if (g_str_has_prefix (figures, term->figures) || (strlen (term->figures) > LIMBER_SEARCH_FEWEST_FIGURES && g_str_has_suffix (figures, term->figures)))
      return TRUE;
  }
  return fresh->born != 0 && (fresh->born == term->born || fresh->born % 10000 == term->day);
}

static gboolean
fresh_matches (const Fresh *fresh, const GArray *terms, gboolean near_too)
{
  for (guint i = 0; i < terms->len; i++)
    if (!fresh_fits (fresh, &g_array_index (terms, LimberSearchTerm, i), near_too))
      return FALSE;
  return TRUE;
}

static void
add_hit (GArray *hits, guint32 n, LimberSearchGroup group)
{
  LimberSearchHit hit = { n, group };

  for (guint i = 0; i < hits->len; i++)
    if (g_array_index (hits, LimberSearchHit, i).n == n)
      return;
  g_array_append_val (hits, hit);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint32 one = *(const guint32 *) a, other = *(const guint32 *) b;

  return one < other ? -1 : one > other;
}

/* Adds those found in the packed part who are to be first, and takes them out of what was found. */
static void
collect_first (LimberSearchIndex *index, GArray *hits, guint limit, gboolean near_too)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < index->first->len; i++) {
    gint64 at = limber_search_pack_place (index->pack, g_array_index (index->first, guint32, i));
    guint32 place = (guint32) at;

    if (at < 0 || !bit_get (index->found, place))
      continue;
    bit_clear (index->found, place);
    g_array_append_val (places, place);
  }
  g_array_sort (places, compare_numbers);
  for (guint i = 0; i < places->len && i < limit; i++)
    add_hit (hits, index->pack->n[g_array_index (places, guint32, i)], near_too ? LIMBER_SEARCH_NEAR : LIMBER_SEARCH_FIRST);
}

/* Adds those found between two places, at most @limit, and takes them out of what was found. */
static void
collect_between (LimberSearchIndex *index, GArray *hits, guint from, guint to, guint limit, LimberSearchGroup group)
{
  guint found = 0, w = from / 64;

  for (guint64 mask = ~G_GUINT64_CONSTANT (0) << (from & 63); w * 64 < to && found < limit; mask = ~G_GUINT64_CONSTANT (0), w++)
    for (guint64 bits = index->found[w] & mask; bits != 0 && found < limit; bits &= bits - 1) {
      guint place = w * 64 + (guint) __builtin_ctzll (bits);

      if (place >= to)
        return;
      bit_clear (index->found, place);
      add_hit (hits, index->pack->n[place], group);
      found++;
    }
}

/* Those whose family name begins with a word that was typed: somebody who types Smith does not mean Allen-Smith. */
static void
collect_families (LimberSearchIndex *index, const GArray *terms, GArray *hits, guint limit)
{
  for (guint i = 0; i < terms->len; i++) {
    const char *word = g_array_index (terms, LimberSearchTerm, i).word;
    guint from, to;

    if (word == NULL)
      continue;
    from = limber_search_pack_text (&index->pack->families, word, FALSE);
    to = limber_search_pack_text (&index->pack->families, word, TRUE);
    collect_between (index, hits, index->pack->families.run_at[from], index->pack->families.run_at[to], limit, LIMBER_SEARCH_FAMILY);
  }
}

static LimberSearchGroup
group_of_fresh (const LimberSearchIndex *index, const Fresh *fresh, const GArray *terms)
{
  for (guint i = 0; i < index->first->len; i++)
    if (g_array_index (index->first, guint32, i) == fresh->n)
      return LIMBER_SEARCH_FIRST;
  for (guint i = 0; i < terms->len; i++) {
    const char *word = g_array_index (terms, LimberSearchTerm, i).word;

    if (word != NULL && g_str_has_prefix (fresh->name, word))
      return LIMBER_SEARCH_FAMILY;
  }
  return LIMBER_SEARCH_OTHERS;
}

static void
collect_fresh (LimberSearchIndex *index, const GArray *terms, GArray *hits, guint limit, gboolean near_too)
{
  guint found[LIMBER_SEARCH_NEAR + 1] = { 0 };

  for (guint i = 0; i < index->fresh->len; i++) {
    const Fresh *fresh = g_ptr_array_index (index->fresh, i);
    LimberSearchGroup group;

    if (!fresh_matches (fresh, terms, near_too))
      continue;
    group = near_too ? LIMBER_SEARCH_NEAR : group_of_fresh (index, fresh, terms);
    if (found[group]++ < limit)
      add_hit (hits, fresh->n, group);
  }
}

static void
collect (LimberSearchIndex *index, const GArray *terms, GArray *hits, guint limit, gboolean near_too)
{
  match_packed (index, terms, near_too);
  collect_first (index, hits, limit, near_too);
  if (!near_too)
    collect_families (index, terms, hits, limit);
  if (hits->len < limit)
    collect_between (index, hits, 0, index->pack->n_people, limit, near_too ? LIMBER_SEARCH_NEAR : LIMBER_SEARCH_OTHERS);
  collect_fresh (index, terms, hits, limit, near_too);
}

/**
 * limber_search_index_find:
 * @text: whatever was typed: parts of names in any order, a birth date, figures of a number, or several of these
 * @today: YYYY-MM-DD
 * @limit: how many the caller will show
 *
 * Finds the people whom all of @text fits. With fewer than a handful of them, those who are one typing mistake away
 * follow. The best @limit are among those returned; they are in no order but for their group.
 *
 * Returns: (transfer full) (element-type LimberSearchHit): the people found, each once
 */
GArray *
limber_search_index_find (LimberSearchIndex *index, const char *text, const char *today, guint limit)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (LimberSearchHit));
  g_autoptr (GArray) terms = limber_search_terms_parse (text, today);

  if (terms->len == 0 || limit == 0)
    return hits;
  collect (index, terms, hits, limit, FALSE);
  if (hits->len < MIN (HANDFUL, limit))
    collect (index, terms, hits, limit, TRUE);
  return hits;
}

/**
 * limber_search_index_n_fresh:
 *
 * Returns: how many people came or changed since the pack was made: when there are many, it is time to make it anew
 */
guint
limber_search_index_n_fresh (LimberSearchIndex *index)
{
  return index->fresh->len;
}
