/* Two parts: the pack, made once, where those who are gone or changed since are only marked; and the fresh, a short list
 * by name of those who came or changed since, looked through one by one. A person is in one of the two. */
#include "limber-search-index.h"

#include <string.h>

#include "limber-search-fresh.h"
#include "limber-search-terms.h"
#include "limber-sound.h"

#define HANDFUL 5 /* with fewer hits, what does not quite fit is shown too */
#define ENDS_AT_ONCE 32

struct _LimberSearchIndex {
  LimberSearchPack *pack;         /* (owned) */
  guint64          *gone;         /* (owned): bits by place in the pack */
  GPtrArray        *fresh;        /* (owned): LimberSearchFresh */
  GArray           *first;        /* (owned): guint32: n of those to be shown first, in order */
  GArray           *first_places; /* (owned): guint32: those of them who are in the pack, in order */
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
  index->fresh = limber_search_fresh_list_new ();
  index->first = g_array_new (FALSE, FALSE, sizeof (guint32));
  index->first_places = g_array_new (FALSE, FALSE, sizeof (guint32));
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
  g_array_unref (index->first_places);
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
  limber_search_fresh_remove (index->fresh, n);
}

/**
 * limber_search_index_put:
 *
 * Puts a person in, in the place of what was known of her.
 */
void
limber_search_index_put (LimberSearchIndex *index, const LimberSearchPerson *person)
{
  limber_search_index_remove (index, person->n);
  limber_search_fresh_put (index->fresh, person);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint32 one = *(const guint32 *) a, other = *(const guint32 *) b;

  return one < other ? -1 : one > other;
}

/**
 * limber_search_index_set_first:
 * @people: numbers of those who are to be shown before all others: those who are expected today
 */
void
limber_search_index_set_first (LimberSearchIndex *index, const guint32 *people, guint n_people)
{
  g_array_set_size (index->first, 0);
  g_array_set_size (index->first_places, 0);
  g_array_append_vals (index->first, people, n_people);
  g_array_sort (index->first, compare_numbers);
  for (guint i = 0; i < n_people; i++) {
    gint64 at = limber_search_pack_place (index->pack, people[i]);
    guint32 place = (guint32) at;

    if (at >= 0)
      g_array_append_val (index->first_places, place);
  }
  g_array_sort (index->first_places, compare_numbers);
}

/* Marking whom a term fits. */

static void
mark_run (LimberSearchIndex *index, guint from, guint to)
{
  for (guint32 i = index->pack->words.run_at[from]; i < index->pack->words.run_at[to]; i++)
    bit_set (index->term_found, index->pack->people[i]);
}

static void
mark_word (LimberSearchIndex *index, const char *word)
{
  mark_run (index, limber_search_pack_text (&index->pack->words, word, FALSE), limber_search_pack_text (&index->pack->words, word, TRUE));
}

static void
mark_slips (LimberSearchIndex *index, const char *word)
{
  for (guint i = 0; i < index->pack->words.n; i++)
    if (limber_search_terms_near (word, index->pack->words.letters + index->pack->words.at[i]))
      mark_run (index, i, i + 1);
}

static void
mark_sound (LimberSearchIndex *index, const char *sound)
{
  const LimberSearchTexts *sounds = &index->pack->sounds;
  guint to = limber_search_pack_text (sounds, sound, TRUE);

  for (guint i = limber_search_pack_text (sounds, sound, FALSE); i < to && limber_sound_fits (sound, sounds->letters + sounds->at[i]); i++)
    for (guint32 k = sounds->run_at[i]; k < sounds->run_at[i + 1]; k++)
      mark_run (index, index->pack->sounding[k], index->pack->sounding[k] + 1);
}

static void
mark_days (LimberSearchIndex *index, guint from, guint to)
{
  for (guint32 i = index->pack->born_at[from]; i < index->pack->born_at[to]; i++)
    bit_set (index->term_found, index->pack->born[i]);
}

static void
mark_born (LimberSearchIndex *index, const LimberSearchTerm *term)
{
  const LimberSearchPack *pack = index->pack;

  for (guint32 back = 0; term->from != 0 && back <= (term->century ? 1000000u : 0); back += 1000000)
    if (term->from > back)
      mark_days (index, limber_search_pack_day (pack, term->from - back), limber_search_pack_day (pack, term->to - back + 1));
  for (guint i = 0; term->day != 0 && i < pack->n_days; i++)
    if (limber_search_terms_born_in (term, pack->days[i]))
      mark_days (index, i, i + 1);
}

static void
mark_day_slips (LimberSearchIndex *index, const LimberSearchTerm *term)
{
  for (guint i = 0; term->days != NULL && i < term->days->len; i++) {
    guint32 day = g_array_index (term->days, guint32, i);

    mark_days (index, limber_search_pack_day (index->pack, day), limber_search_pack_day (index->pack, day + 1));
  }
}

static void
mark_number (LimberSearchIndex *index, guint i)
{
  bit_set (index->term_found, (guint32) (index->pack->figures[i] & LIMBER_SEARCH_MOST_PEOPLE));
}

/* How many figures the number of @key has. */
static guint
n_figures (guint64 key)
{
  return (guint) (key >> LIMBER_SEARCH_PLACE_BITS) & ((1u << LIMBER_SEARCH_LENGTH_BITS) - 1);
}

/* The numbers that begin with @figures. */
static void
mark_beginning (LimberSearchIndex *index, const char *figures)
{
  guint64 span, lowest = limber_search_pack_number (figures, &span);
  guint low = 0, high = index->pack->n_figures;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (index->pack->figures[middle] >> LIMBER_SEARCH_NUMBER_SHIFT < lowest)
      low = middle + 1;
    else
      high = middle;
  }
  for (; low < index->pack->n_figures && index->pack->figures[low] >> LIMBER_SEARCH_NUMBER_SHIFT < lowest + span; low++)
    if (n_figures (index->pack->figures[low]) >= strlen (figures))
      mark_number (index, low);
}

/* Whether the number of @key has @length figures or more, and ends with those of @end. */
static gboolean
ends_with (guint64 key, guint64 end, gsize length)
{
  guint64 number = key >> LIMBER_SEARCH_NUMBER_SHIFT, span = 1;

  for (guint i = n_figures (key); i < LIMBER_SEARCH_FIGURES; i++)
    number /= 10;
  for (gsize i = 0; i < length; i++)
    span *= 10;
  return n_figures (key) >= length && number % span == end;
}

/* The numbers that end with @figures: many are looked at at once, since few of them do. */
static void
mark_end (LimberSearchIndex *index, const char *figures)
{
  guint64 end = g_ascii_strtoull (figures, NULL, 10);
  const guint16 *ends = index->pack->ends, last = limber_search_pack_end (figures);
  gsize length = strlen (figures);

  for (guint i = 0, n = index->pack->n_figures; i < n; i += ENDS_AT_ONCE) {
    guint16 any = 0;

    if (i + ENDS_AT_ONCE <= n) {
      for (guint k = 0; k < ENDS_AT_ONCE; k++)
        any |= ends[i + k] == last;
      if (any == 0)
        continue;
    }
    for (guint k = i; k < MIN (i + ENDS_AT_ONCE, n); k++)
      if (ends[k] == last && ends_with (index->pack->figures[k], end, length))
        mark_number (index, k);
  }
}

static void
mark_figures (LimberSearchIndex *index, const LimberSearchTerm *term, gboolean slips_too)
{
  if (strlen (term->figures) >= LIMBER_SEARCH_FEWEST_FIGURES)
    mark_beginning (index, term->figures);
  if (limber_search_terms_ends (term))
    mark_end (index, term->figures);
  for (guint i = 0; slips_too && term->numbers != NULL && i < term->numbers->len; i++)
    mark_beginning (index, g_ptr_array_index (term->numbers, i));
}

/* Sets `found` to the people of the packed part whom all terms fit. */
static void
match_packed (LimberSearchIndex *index, const GArray *terms, LimberSearchReach reach)
{
  for (guint w = 0; w < BITS_WORDS (index); w++)
    index->found[w] = ~index->gone[w];
  for (guint i = 0; i < terms->len; i++) {
    const LimberSearchTerm *term = &g_array_index (terms, LimberSearchTerm, i);

    memset (index->term_found, 0, sizeof (guint64) * BITS_WORDS (index));
    if (term->word != NULL)
      mark_word (index, term->word);
    if (term->word != NULL && reach == LIMBER_SEARCH_BY_EAR)
      mark_slips (index, term->word);
    if (term->sound != NULL && reach == LIMBER_SEARCH_BY_EAR)
      mark_sound (index, term->sound);
    mark_born (index, term);
    if (reach == LIMBER_SEARCH_BY_DATE)
      mark_day_slips (index, term);
    if (term->figures != NULL)
      mark_figures (index, term, reach == LIMBER_SEARCH_BY_EAR);
    for (guint w = 0; w < BITS_WORDS (index); w++)
      index->found[w] &= index->term_found[w];
  }
}

/* Collecting whom all terms fit. */

static void
add_hit (GArray *hits, guint32 n, LimberSearchGroup group, gboolean fresh)
{
  LimberSearchHit hit = { n, group, fresh };

  for (guint i = 0; i < hits->len; i++)
    if (g_array_index (hits, LimberSearchHit, i).n == n)
      return;
  g_array_append_val (hits, hit);
}

static LimberSearchGroup
group_of (LimberSearchReach reach)
{
  return reach == LIMBER_SEARCH_EXACTLY ? LIMBER_SEARCH_OTHERS : reach == LIMBER_SEARCH_BY_EAR ? LIMBER_SEARCH_NEAR : LIMBER_SEARCH_NEAR_BORN;
}

static LimberSearchGroup
group_of_first (LimberSearchReach reach)
{
  return reach == LIMBER_SEARCH_EXACTLY ? LIMBER_SEARCH_FIRST : LIMBER_SEARCH_NEAR_FIRST;
}

/* Adds those found in the packed part who are to be first, and takes them out of what was found. */
static guint
collect_first (LimberSearchIndex *index, GArray *hits, guint limit, LimberSearchReach reach)
{
  guint found = 0;

  for (guint i = 0; i < index->first_places->len; i++) {
    guint32 place = g_array_index (index->first_places, guint32, i);

    if (!bit_get (index->found, place))
      continue;
    bit_clear (index->found, place);
    if (found++ < limit)
      add_hit (hits, index->pack->n[place], group_of_first (reach), FALSE);
  }
  return found;
}

/* Adds those found between two places, at most @limit, and takes them out of what was found. */
static guint
collect_between (LimberSearchIndex *index, GArray *hits, guint from, guint to, guint limit, LimberSearchGroup group)
{
  guint found = 0, w = from / 64;

  for (guint64 mask = ~G_GUINT64_CONSTANT (0) << (from & 63); w * 64 < to && found < limit; mask = ~G_GUINT64_CONSTANT (0), w++)
    for (guint64 bits = index->found[w] & mask; bits != 0 && found < limit; bits &= bits - 1) {
      guint place = w * 64 + (guint) __builtin_ctzll (bits);

      if (place >= to)
        return found;
      bit_clear (index->found, place);
      add_hit (hits, index->pack->n[place], group, FALSE);
      found++;
    }
  return found;
}

/* Those whose family name begins with a word that was typed: somebody who types Smith does not mean Allen-Smith. */
static guint
collect_families (LimberSearchIndex *index, const GArray *terms, GArray *hits, guint limit)
{
  guint found = 0;

  for (guint i = 0; i < terms->len; i++) {
    const char *word = g_array_index (terms, LimberSearchTerm, i).word;
    guint from, to;

    if (word == NULL)
      continue;
    from = limber_search_pack_text (&index->pack->families, word, FALSE);
    to = limber_search_pack_text (&index->pack->families, word, TRUE);
    found += collect_between (index, hits, index->pack->families.run_at[from], index->pack->families.run_at[to], limit, LIMBER_SEARCH_FAMILY);
  }
  return found;
}

static LimberSearchGroup
group_of_fresh (const LimberSearchIndex *index, const LimberSearchFresh *fresh, const GArray *terms, LimberSearchReach reach)
{
  if (g_array_binary_search (index->first, &fresh->n, compare_numbers, NULL))
    return group_of_first (reach);
  for (guint i = 0; reach == LIMBER_SEARCH_EXACTLY && i < terms->len; i++) {
    const char *word = g_array_index (terms, LimberSearchTerm, i).word;

    if (word != NULL && g_str_has_prefix (fresh->name, word))
      return LIMBER_SEARCH_FAMILY;
  }
  return group_of (reach);
}

static void
collect_fresh (LimberSearchIndex *index, const GArray *terms, GArray *hits, guint limit, LimberSearchReach reach)
{
  guint found[LIMBER_SEARCH_GROUPS] = { 0 };

  for (guint i = 0; i < index->fresh->len; i++) {
    const LimberSearchFresh *fresh = g_ptr_array_index (index->fresh, i);
    LimberSearchGroup group;

    if (!limber_search_fresh_matches (fresh, terms, reach))
      continue;
    group = group_of_fresh (index, fresh, terms, reach);
    if (found[group]++ < limit)
      add_hit (hits, fresh->n, group, TRUE);
  }
}

/* Those who fit better were found already. */
static void
leave_out (LimberSearchIndex *index, const GArray *hits)
{
  for (guint i = 0; i < hits->len; i++) {
    gint64 place = limber_search_pack_place (index->pack, g_array_index (hits, LimberSearchHit, i).n);

    if (place >= 0)
      bit_clear (index->found, (guint32) place);
  }
}

static void
collect (LimberSearchIndex *index, const GArray *terms, GArray *hits, guint limit, LimberSearchReach reach)
{
  guint found;

  match_packed (index, terms, reach);
  leave_out (index, hits);
  found = collect_first (index, hits, limit, reach);
  if (found < limit && reach == LIMBER_SEARCH_EXACTLY)
    found += collect_families (index, terms, hits, limit);
  if (found < limit)
    collect_between (index, hits, 0, index->pack->n_people, limit, group_of (reach));
  collect_fresh (index, terms, hits, limit, reach);
}

/* A birth date with a slip says something only beside a name: nobody is found by it alone. */
static gboolean
reaches (const GArray *terms, LimberSearchReach reach)
{
  gboolean named = FALSE, dated = FALSE;

  for (guint i = 0; i < terms->len; i++) {
    named = named || g_array_index (terms, LimberSearchTerm, i).word != NULL;
    dated = dated || g_array_index (terms, LimberSearchTerm, i).days != NULL;
  }
  return reach != LIMBER_SEARCH_BY_DATE || (named && dated);
}

/**
 * limber_search_index_find:
 * @text: whatever was typed: parts of names in any order, a birth date, figures of a number, or several of these
 * @today: YYYY-MM-DD
 * @limit: how many the caller will show
 *
 * Finds the people whom all of @text fits. With fewer than a handful of them, those follow whom it would fit but for one
 * slip in each name or in the NHS number, or by its sound, and then those whose name fits and whose birth date has one
 * slip. The best @limit are among those returned.
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
  for (LimberSearchReach reach = LIMBER_SEARCH_EXACTLY; reach < LIMBER_SEARCH_REACHES; reach++)
    if (hits->len < (reach == LIMBER_SEARCH_EXACTLY ? 1 : MIN (HANDFUL, limit)) && reaches (terms, reach))
      collect (index, terms, hits, limit, reach);
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

/**
 * limber_search_index_bytes:
 *
 * Returns: about how much memory @index takes, but for those who came or changed since
 */
gsize
limber_search_index_bytes (LimberSearchIndex *index)
{
  return limber_search_pack_bytes (index->pack) + 3 * BITS_WORDS (index) * sizeof (guint64) + (index->first->len + index->first_places->len) * sizeof (guint32);
}
