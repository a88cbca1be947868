#include "limber-search-pack.h"

#include <stdlib.h>
#include <string.h>

#include "limber-search-terms.h"
#include "limber-sound.h"
#include "limber-text.h"

/* A name as written, once for all who bear it. */
typedef struct {
  char    *folded; /* (owned) */
  char   **words;  /* (owned): n_words of them, as limber_search_terms_of_name() */
  gsize    n_words;
  guint32 *places; /* (owned): of the words, once they are packed */
  guint32  rank;   /* among all names, by folded; 0 is no name */
} Name;

/* What limber_search_pack_add() keeps. */
typedef struct {
  guint32 n;
  guint32 born;
  guint32 at; /* her place among those added */
  Name   *family;
  Name   *given;
  Name   *preferred; /* (nullable) */
} Raw;

/* A number as limber_search_pack_add() keeps it. */
typedef struct {
  guint64 key; /* as in `figures`, with the place among those added */
  guint16 end;
} RawFigures;

static void
name_free (gpointer data)
{
  Name *name = data;

  g_free (name->folded);
  for (gsize i = 0; i < name->n_words; i++)
    g_free (name->words[i]);
  g_free (name->words);
  g_free (name->places);
  g_free (name);
}

/**
 * limber_search_pack_new:
 *
 * Returns: (transfer full): an empty pack
 */
LimberSearchPack *
limber_search_pack_new (void)
{
  LimberSearchPack *pack = g_new0 (LimberSearchPack, 1);

  pack->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, name_free);
  pack->raw = g_array_new (FALSE, FALSE, sizeof (Raw));
  pack->raw_figures = g_array_new (FALSE, FALSE, sizeof (RawFigures));
  return pack;
}

static void
texts_clear (LimberSearchTexts *texts)
{
  g_free (texts->letters);
  g_free (texts->at);
  g_free (texts->run_at);
}

void
limber_search_pack_free (LimberSearchPack *pack)
{
  g_clear_pointer (&pack->names, g_hash_table_unref);
  g_clear_pointer (&pack->raw, g_array_unref);
  g_clear_pointer (&pack->raw_figures, g_array_unref);
  g_free (pack->n);
  g_free (pack->by_n);
  g_free (pack->days);
  g_free (pack->born_at);
  g_free (pack->born);
  texts_clear (&pack->words);
  g_free (pack->people);
  texts_clear (&pack->sounds);
  g_free (pack->sounding);
  texts_clear (&pack->families);
  g_free (pack->figures);
  g_free (pack->ends);
  g_free (pack);
}

static Name *
name_of (LimberSearchPack *pack, const char *text)
{
  Name *name = g_hash_table_lookup (pack->names, text);

  if (name == NULL) {
    g_autoptr (GPtrArray) words = limber_search_terms_of_name (text);

    name = g_new0 (Name, 1);
    name->folded = limber_text_fold (text);
    name->words = (char **) g_ptr_array_steal (words, &name->n_words);
    g_hash_table_insert (pack->names, g_strdup (text), name);
  }
  return name;
}

/**
 * limber_search_pack_figures:
 * @number: (nullable): a number in any written form
 *
 * Returns: (transfer full) (nullable): its figures so far as they are looked for; %NULL when there are too few
 */
char *
limber_search_pack_figures (const char *number)
{
  g_autofree char *figures = number != NULL && *number != '\0' ? limber_search_terms_figures (number) : NULL;
  gsize length = figures != NULL ? strlen (figures) : 0;

  if (length < LIMBER_SEARCH_FEWEST_FIGURES)
    return NULL;
  if (length > LIMBER_SEARCH_FIGURES)
    figures[LIMBER_SEARCH_FIGURES] = '\0';
  return g_steal_pointer (&figures);
}

/**
 * limber_search_pack_number:
 * @figures: figures only
 * @span: (out) (optional): how many numbers of LIMBER_SEARCH_FIGURES figures begin with @figures
 *
 * Returns: the lowest of them
 */
guint64
limber_search_pack_number (const char *figures, guint64 *span)
{
  guint64 number = 0, width = 1;
  gsize length = strlen (figures);

  for (gsize i = 0; i < LIMBER_SEARCH_FIGURES; i++) {
    number = number * 10 + (i < length ? (guint64) (figures[i] - '0') : 0);
    width *= i < length ? 1 : 10;
  }
  if (span != NULL)
    *span = width;
  return number;
}

/**
 * limber_search_pack_end:
 * @figures: figures only
 *
 * Returns: the last four of them, or a number that is no four figures when there are fewer
 */
guint16
limber_search_pack_end (const char *figures)
{
  gsize length = strlen (figures);

  return length < LIMBER_SEARCH_FEWEST_END ? G_MAXUINT16 : (guint16) atoi (figures + length - LIMBER_SEARCH_FEWEST_END);
}

/**
 * limber_search_pack_add:
 *
 * Adds a person before the index is sealed; nobody may be added twice.
 */
void
limber_search_pack_add (LimberSearchPack *pack, const LimberSearchPerson *person)
{
  Raw raw = { .n = person->n, .born = limber_search_terms_born (person->born) };

  g_return_if_fail (pack->raw != NULL);
  if (pack->raw->len >= LIMBER_SEARCH_MOST_PEOPLE)
    return;
  raw.at = pack->raw->len;
  raw.family = name_of (pack, person->family != NULL ? person->family : "");
  raw.given = name_of (pack, person->given != NULL ? person->given : "");
  raw.preferred = person->preferred != NULL && *person->preferred != '\0' ? name_of (pack, person->preferred) : NULL;
  for (guint i = 0; i < G_N_ELEMENTS (person->numbers); i++) {
    g_autofree char *figures = limber_search_pack_figures (person->numbers[i]);
    RawFigures number;

    if (figures == NULL)
      continue;
    number = (RawFigures){ limber_search_pack_number (figures, NULL) << LIMBER_SEARCH_NUMBER_SHIFT | strlen (figures) << LIMBER_SEARCH_PLACE_BITS | raw.at, limber_search_pack_end (figures) };
    g_array_append_val (pack->raw_figures, number);
  }
  g_array_append_val (pack->raw, raw);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(Name *const *) a)->folded, (*(Name *const *) b)->folded);
}

/* Gives each name its rank, equal for names that fold to the same. */
static void
rank_names (LimberSearchPack *pack)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer each;
  guint32 rank = 0;

  g_hash_table_iter_init (&iter, pack->names);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    g_ptr_array_add (names, each);
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++) {
    Name *name = g_ptr_array_index (names, i);

    if (i == 0 || strcmp (((Name *) g_ptr_array_index (names, i - 1))->folded, name->folded) != 0)
      rank++;
    name->rank = rank;
  }
}

static int
compare_raw (gconstpointer a, gconstpointer b)
{
  const Raw *one = a, *other = b;

  if (one->family->rank != other->family->rank)
    return one->family->rank < other->family->rank ? -1 : 1;
  if (one->given->rank != other->given->rank)
    return one->given->rank < other->given->rank ? -1 : 1;
  if (one->born != other->born)
    return one->born < other->born ? -1 : 1;
  return one->n < other->n ? -1 : one->n > other->n;
}

static int
compare_places (gconstpointer a, gconstpointer b, gpointer data)
{
  const LimberSearchPack *pack = data;
  guint32 one = pack->n[*(const guint32 *) a], other = pack->n[*(const guint32 *) b];

  return one < other ? -1 : one > other;
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  guint64 one = *(const guint64 *) a, other = *(const guint64 *) b;

  return one < other ? -1 : one > other;
}

static void
pack_people (LimberSearchPack *pack)
{
  guint count = pack->n_people = pack->raw->len;

  pack->n = g_new (guint32, count);
  pack->by_n = g_new (guint32, count);
  for (guint i = 0; i < count; i++) {
    pack->n[i] = g_array_index (pack->raw, Raw, i).n;
    pack->by_n[i] = i;
  }
  g_qsort_with_data (pack->by_n, (int) count, sizeof (guint32), compare_places, pack);
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
lay_out (LimberSearchTexts *texts, const GPtrArray *from)
{
  GString *letters = g_string_new (NULL);

  texts->n = from->len;
  texts->at = g_new (guint32, from->len);
  for (guint i = 0; i < from->len; i++) {
    const char *text = g_ptr_array_index (from, i);

    texts->at[i] = (guint32) letters->len;
    g_string_append_len (letters, text, (gssize) strlen (text) + 1);
  }
  texts->letters = g_memdup2 (letters->str, letters->len + 1);
  g_string_free (letters, TRUE);
}

/* Lays out all words in order, and tells each name where its own are. */
static void
pack_words (LimberSearchPack *pack)
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  GHashTableIter iter;
  Name *name;

  g_hash_table_iter_init (&iter, pack->names);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &name))
    for (gsize i = 0; i < name->n_words; i++)
      if (g_hash_table_add (places, name->words[i]))
        g_ptr_array_add (words, name->words[i]);
  g_ptr_array_sort (words, compare_words);
  lay_out (&pack->words, words);
  for (guint i = 0; i < words->len; i++)
    g_hash_table_insert (places, g_ptr_array_index (words, i), GUINT_TO_POINTER (i));
  g_hash_table_iter_init (&iter, pack->names);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &name)) {
    name->places = g_new (guint32, name->n_words);
    for (gsize i = 0; i < name->n_words; i++)
      name->places[i] = GPOINTER_TO_UINT (g_hash_table_lookup (places, name->words[i]));
  }
}

#define N_NAMES 3

/* (nullable): what somebody is found by. */
static const Name *
name_at (const Raw *raw, guint i)
{
  return i == 0 ? raw->family : i == 1 ? raw->given : raw->preferred;
}

/* Gives each word its run of people. Whoever has a word in two of her names is there twice. */
static void
pack_runs (LimberSearchPack *pack)
{
  g_autofree guint32 *next = NULL;

  pack->words.run_at = g_new0 (guint32, pack->words.n + 1);
  for (guint i = 0; i < pack->n_people; i++) {
    const Raw *raw = &g_array_index (pack->raw, Raw, i);

    for (guint j = 0; j < N_NAMES; j++)
      for (gsize k = 0; name_at (raw, j) != NULL && k < name_at (raw, j)->n_words; k++)
        pack->words.run_at[name_at (raw, j)->places[k] + 1]++;
  }
  for (guint w = 0; w < pack->words.n; w++)
    pack->words.run_at[w + 1] += pack->words.run_at[w];
  pack->people = g_new (guint32, pack->words.run_at[pack->words.n]);
  next = g_memdup2 (pack->words.run_at, sizeof (guint32) * (pack->words.n + 1));
  for (guint i = 0; i < pack->n_people; i++) {
    const Raw *raw = &g_array_index (pack->raw, Raw, i);

    for (guint j = 0; j < N_NAMES; j++)
      for (gsize k = 0; name_at (raw, j) != NULL && k < name_at (raw, j)->n_words; k++)
        pack->people[next[name_at (raw, j)->places[k]]++] = i;
  }
}

static void
pack_families (LimberSearchPack *pack)
{
  g_autoptr (GPtrArray) families = g_ptr_array_new ();
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 rank = 0;

  for (guint32 i = 0; i < pack->n_people; i++) {
    const Name *family = g_array_index (pack->raw, Raw, i).family;

    if (family->rank == rank)
      continue;
    rank = family->rank;
    g_ptr_array_add (families, family->folded);
    g_array_append_val (runs, i);
  }
  g_array_append_val (runs, pack->n_people);
  lay_out (&pack->families, families);
  pack->families.run_at = g_memdup2 (runs->data, runs->len * sizeof (guint32));
}

/* Gives each day its run of people. */
static void
pack_days (LimberSearchPack *pack)
{
  g_autofree guint64 *keys = g_new (guint64, pack->n_people);
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (guint32)), runs = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 n = 0, last = 0;

  for (guint32 i = 0; i < pack->n_people; i++)
    if (g_array_index (pack->raw, Raw, i).born != 0)
      keys[n++] = (guint64) g_array_index (pack->raw, Raw, i).born << 32 | i;
  if (n > 0)
    qsort (keys, n, sizeof (guint64), compare_keys);
  pack->born = g_new (guint32, n);
  for (guint32 i = 0; i < n; i++) {
    guint32 day = (guint32) (keys[i] >> 32);

    if (day != last) {
      g_array_append_val (days, day);
      g_array_append_val (runs, i);
    }
    last = day;
    pack->born[i] = (guint32) keys[i];
  }
  g_array_append_val (runs, n);
  pack->n_days = days->len;
  pack->days = g_memdup2 (days->data, sizeof (guint32) * days->len);
  pack->born_at = g_memdup2 (runs->data, sizeof (guint32) * runs->len);
}

static void
pack_figures (LimberSearchPack *pack)
{
  g_autofree guint32 *places = g_new (guint32, pack->n_people);
  GArray *raw = pack->raw_figures;

  for (guint i = 0; i < pack->n_people; i++)
    places[g_array_index (pack->raw, Raw, i).at] = i;
  for (guint i = 0; i < raw->len; i++) {
    RawFigures *number = &g_array_index (raw, RawFigures, i);

    number->key = (number->key & ~(guint64) LIMBER_SEARCH_MOST_PEOPLE) | places[number->key & LIMBER_SEARCH_MOST_PEOPLE];
  }
  g_array_sort (raw, compare_keys);
  pack->n_figures = raw->len;
  pack->figures = g_new (guint64, raw->len);
  pack->ends = g_new (guint16, raw->len);
  for (guint i = 0; i < raw->len; i++) {
    pack->figures[i] = g_array_index (raw, RawFigures, i).key;
    pack->ends[i] = g_array_index (raw, RawFigures, i).end;
  }
}

/* The sound of a word. */
typedef struct {
  char   *key; /* (owned) */
  guint32 word;
} Sound;

static int
compare_sounds (gconstpointer a, gconstpointer b)
{
  const Sound *one = a, *other = b;
  int order = strcmp (one->key, other->key);

  return order != 0 ? order : one->word < other->word ? -1 : one->word > other->word;
}

static void
sound_clear (gpointer data)
{
  g_free (((Sound *) data)->key);
}

/* Gives each sound its run of words. */
static void
pack_sounds (LimberSearchPack *pack)
{
  g_autoptr (GArray) sounds = g_array_new (FALSE, FALSE, sizeof (Sound)), runs = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();

  g_array_set_clear_func (sounds, sound_clear);
  for (guint32 i = 0; i < pack->words.n; i++) {
    Sound sound = { limber_sound_key (pack->words.letters + pack->words.at[i]), i };

    if (sound.key != NULL)
      g_array_append_val (sounds, sound);
  }
  g_array_sort (sounds, compare_sounds);
  pack->sounding = g_new (guint32, sounds->len);
  for (guint32 i = 0; i < sounds->len; i++) {
    const Sound *sound = &g_array_index (sounds, Sound, i);

    pack->sounding[i] = sound->word;
    if (keys->len > 0 && strcmp (g_ptr_array_index (keys, keys->len - 1), sound->key) == 0)
      continue;
    g_ptr_array_add (keys, sound->key);
    g_array_append_val (runs, i);
  }
  g_array_append_val (runs, sounds->len);
  lay_out (&pack->sounds, keys);
  pack->sounds.run_at = g_memdup2 (runs->data, sizeof (guint32) * runs->len);
}

/**
 * limber_search_pack_seal:
 *
 * Packs those who were added; nobody can be added from now on.
 */
void
limber_search_pack_seal (LimberSearchPack *pack)
{
  g_return_if_fail (pack->raw != NULL);
  rank_names (pack);
  g_array_sort (pack->raw, compare_raw);
  pack_people (pack);
  pack_words (pack);
  pack_runs (pack);
  pack_sounds (pack);
  pack_families (pack);
  pack_days (pack);
  pack_figures (pack);
  g_clear_pointer (&pack->raw, g_array_unref);
  g_clear_pointer (&pack->raw_figures, g_array_unref);
  g_clear_pointer (&pack->names, g_hash_table_unref);
}

/**
 * limber_search_pack_place:
 *
 * Returns: where @n stands, -1 when she is not in @pack
 */
gint64
limber_search_pack_place (const LimberSearchPack *pack, guint32 n)
{
  guint low = 0, high = pack->n_people;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (pack->n[pack->by_n[middle]] < n)
      low = middle + 1;
    else
      high = middle;
  }
  return low < pack->n_people && pack->n[pack->by_n[low]] == n ? (gint64) pack->by_n[low] : -1;
}

/**
 * limber_search_pack_text:
 * @beginning: folded
 * @after: which end is asked for
 *
 * Returns: the first of @texts that is not before @beginning, or, with @after, that is neither before it nor begins with
 *   it: between the two are those that begin with it
 */
guint
limber_search_pack_text (const LimberSearchTexts *texts, const char *beginning, gboolean after)
{
  guint low = 0, high = texts->n;
  gsize length = strlen (beginning);

  while (low < high) {
    guint middle = low + (high - low) / 2;
    int order = strncmp (texts->letters + texts->at[middle], beginning, length);

    if (order < 0 || (order == 0 && after))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/**
 * limber_search_pack_day:
 * @day: YYYYMMDD
 *
 * Returns: the first of `days` that is not before @day
 */
guint
limber_search_pack_day (const LimberSearchPack *pack, guint32 day)
{
  guint low = 0, high = pack->n_days;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (pack->days[middle] < day)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static gsize
texts_bytes (const LimberSearchTexts *texts)
{
  const char *last = texts->n > 0 ? texts->letters + texts->at[texts->n - 1] : texts->letters;

  return (gsize) (last - texts->letters) + strlen (last) + 1 + (2 * texts->n + 1) * sizeof (guint32);
}

/**
 * limber_search_pack_bytes:
 *
 * Returns: how much memory @pack takes
 */
gsize
limber_search_pack_bytes (const LimberSearchPack *pack)
{
  gsize numbers = 2 * pack->n_people + 2 * pack->n_days + 1 + pack->born_at[pack->n_days] + pack->words.run_at[pack->words.n] + pack->words.n;

  return texts_bytes (&pack->words) + texts_bytes (&pack->sounds) + texts_bytes (&pack->families) + numbers * sizeof (guint32) + pack->n_figures * (sizeof (guint64) + sizeof (guint16));
}
