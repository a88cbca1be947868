#include "limber-search-terms.h"

#include <stdlib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-slips.h"
#include "limber-sound.h"
#include "limber-text.h"

#define LONGEST_QUERY 400
#define MOST_TERMS 16
#define SHORTEST_SOUND 3 /* letters */

static void
term_clear (gpointer data)
{
  LimberSearchTerm *term = data;

  g_free (term->word);
  g_free (term->sound);
  g_free (term->figures);
  g_clear_pointer (&term->days, g_array_unref);
  g_clear_pointer (&term->numbers, g_ptr_array_unref);
}

static void
add_word (GPtrArray *words, const char *word)
{
  if (*word != '\0' && !g_ptr_array_find_with_equal_func (words, word, g_str_equal, NULL))
    g_ptr_array_add (words, g_strdup (word));
}

static void
add_words (GPtrArray *words, const char *folded)
{
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    add_word (words, parts[i]);
}

/**
 * limber_search_terms_of_name:
 * @name: a family or given name
 *
 * The words that a name is found by: its parts; with and without its apostrophes (oconnor, connor); and all of it as one
 * (bartonwood).
 *
 * Returns: (transfer full) (element-type utf8): folded words, each once
 */
GPtrArray *
limber_search_terms_of_name (const char *name)
{
  static const char *const apostrophes[] = { "'", "\u2019", "\u2018", "\u02bc", "`", "\u00b4" };
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folded = limber_text_fold (name);
  g_autoptr (GString) apart = g_string_new (name), whole = g_string_new (folded);

  add_words (words, folded);
  for (guint i = 0; i < G_N_ELEMENTS (apostrophes); i++)
    g_string_replace (apart, apostrophes[i], " ", 0);
  if (strcmp (apart->str, name) != 0) {
    g_autofree char *parts = limber_text_fold (apart->str);

    add_words (words, parts);
  }
  if (g_string_replace (whole, " ", "", 0) > 0)
    add_word (words, whole->str);
  return words;
}

/**
 * limber_search_terms_figures:
 * @number: (nullable): a telephone or other number in any written form
 *
 * Returns: (transfer full): its figures; a British telephone number in its national form, 07700900123
 */
char *
limber_search_terms_figures (const char *number)
{
  g_autofree char *digits = limber_text_digits (number != NULL ? number : "");
  const char *start = digits;

  if (g_str_has_prefix (start, "0044"))
    start += 4;
  else if (g_str_has_prefix (start, "44") && (number[0] == '+' || strlen (start) == 12))
    start += 2;
  else
    return g_steal_pointer (&digits);
  return g_strconcat (*start == '0' ? "" : "0", start, NULL); /* +44 (0)20 … is written too */
}

/**
 * limber_search_terms_born:
 * @date: (nullable): YYYY-MM-DD
 *
 * Returns: the day as a number, YYYYMMDD; 0 for none
 */
guint32
limber_search_terms_born (const char *date)
{
  if (!limber_date_is_valid (date))
    return 0;
  return (guint32) (atoi (date) * 10000 + atoi (date + 5) * 100 + atoi (date + 8));
}

/* Whether @rest begins @of, or is all of it. */
static gboolean
fits (const char *rest, const char *of, gboolean whole)
{
  return whole ? strcmp (rest, of) == 0 : g_str_has_prefix (of, rest);
}

/**
 * limber_search_terms_near:
 * @word: a folded word as typed
 * @token: a word of a name
 *
 * Returns: whether one letter wrong, missing, too many, or two swapped make the difference between @word and @token
 *   (from five letters on: the beginning of @token, since people are found as they are typed)
 */
gboolean
limber_search_terms_near (const char *word, const char *token)
{
  gsize length = strlen (word), i = 0, letter = (guchar) *word < 0x80 ? 1 : 3; /* bytes, of other scripts about */
  gboolean whole = length < 5 * letter;

  if (length < 3 * letter)
    return FALSE;
  while (word[i] != '\0' && word[i] == token[i])
    i++;
  word += i;
  token += i;
  if (*word == '\0')
    return whole ? *token == '\0' || token[1] == '\0' : TRUE;
  if (*token == '\0')
    return word[1] == '\0';
  if (word[1] != '\0' && word[1] != token[1] && word[1] != token[0] && word[0] != token[1]) /* soon said of most */
    return FALSE;
  return fits (word + 1, token + 1, whole) || fits (word + 1, token, whole) || fits (word, token + 1, whole) ||
         (word[1] == token[0] && word[0] == token[1] && fits (word + 2, token + 2, whole));
}

/* Whether a word is figures as people write them, with what stands between them. */
static gboolean
is_number (const char *word)
{
  return strpbrk (word, "0123456789") != NULL && strspn (word, "0123456789+-().") == strlen (word);
}

static LimberSearchTerm
term_of_word (const char *folded)
{
  return (LimberSearchTerm){ .word = g_strdup (folded), .sound = g_utf8_strlen (folded, -1) >= SHORTEST_SOUND ? limber_sound_key (folded) : NULL };
}

static void
set_date (LimberSearchTerm *term, const LimberTypedDate *date)
{
  guint32 day = (guint32) (date->month * 100 + date->day);

  if (date->year == 0) {
    term->day = day;
    return;
  }
  term->from = (guint32) date->year * 10000 + day;
  term->to = date->month == 0 ? term->from + 1299 : date->day == 0 ? term->from + 99 : term->from;
  term->century = date->century;
}

/* A month and a year are two terms, since June 1954 may be somebody called June. */
static void
add_month (GArray *terms, const char *word, const LimberTypedDate *date)
{
  g_autofree char *folded = limber_text_fold (word);
  LimberSearchTerm month = term_of_word (folded), year = { 0 };

  month.day = (guint32) date->month * 100;
  set_date (&year, &(LimberTypedDate){ .year = date->year, .century = date->century });
  g_array_append_val (terms, month);
  g_array_append_val (terms, year);
}

/* Reads the first of @words as a birth date, whole or in part; @real is whether there is such a day, as there is no
 * 31/6/54. Returns how many words it took. */
static guint
read_date (char **words, const char *today, LimberTypedDate *date, gboolean *real)
{
  for (guint n = MIN (g_strv_length (words), 4); n > 0; n--) { /* 6th of August 1954 */
    g_autoptr (GString) text = g_string_new (words[0]);

    for (guint i = 1; i < n; i++)
      g_string_append_printf (text, " %s", words[i]);
    *real = limber_date_read_typed (text->str, today, date);
    if (date->year != 0 && date->day != 0)
      return n;
    if (*real && (n == 1 || date->year != 0 || !is_number (text->str))) /* 6 8 may begin a number */
      return n;
  }
  return 0;
}

static char *
cut (char *figures)
{
  if (strlen (figures) > LIMBER_SEARCH_FIGURES)
    figures[LIMBER_SEARCH_FIGURES] = '\0';
  return figures;
}

/* Joins the numbers at @words to one: 999 123 4560. Returns how many words it took. */
static guint
take_number (char **words, LimberSearchTerm *term)
{
  g_autoptr (GString) number = g_string_new (NULL);
  guint n = 0;

  while (words[n] != NULL && is_number (words[n]))
    g_string_append (number, words[n++]);
  if (n > 0)
    term->figures = cut (limber_search_terms_figures (number->str));
  return n;
}

/* A number that begins with letters (P0001234) is looked for by its figures. */
static gboolean
take_lettered_number (const char *word, LimberSearchTerm *term)
{
  g_autofree char *digits = limber_text_digits (word);

  if (strlen (digits) < 3)
    return FALSE;
  term->figures = cut (g_steal_pointer (&digits));
  return TRUE;
}

static gboolean
is_title (const char *folded)
{
  static const char *const titles[] = { "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "sir", NULL };

  return g_strv_contains (titles, folded);
}

static void
take_name (GArray *terms, const char *word)
{
  g_autofree char *folded = limber_text_fold (word);
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0') {
      LimberSearchTerm term = term_of_word (parts[i]);

      g_array_append_val (terms, term);
    }
}

/* The one or two figures that a date begins with. Two may be a year; otherwise nothing can be said of them yet. */
static gboolean
take_few_figures (const char *word, const char *today, LimberSearchTerm *term)
{
  g_autofree char *figures = limber_text_digits (word), *date = g_strconcat ("1/1/", figures, NULL);
  gsize length = strlen (figures);
  LimberTypedDate typed;

  if (length < 1 || length > 2 || strspn (word, "0123456789/.-") != strlen (word))
    return FALSE;
  if (strlen (word) == 2 && length == 2 && limber_date_read_typed (date, today, &typed))
    set_date (term, &(LimberTypedDate){ .year = typed.year, .century = TRUE });
  term->figures = g_steal_pointer (&figures);
  return TRUE;
}

/* Takes a date or a number, or what may be both, at the beginning of @words. Returns how many words it took. */
static guint
take_figures (char **words, const char *today, LimberSearchTerm *term, const LimberTypedDate *date, guint dated, gboolean real)
{
  guint numbered;

  if (dated == 0 && (words[1] == NULL || !is_number (words[1])) && take_few_figures (*words, today, term))
    return 1;
  numbered = take_number (words, term);
  if (dated > numbered)
    g_clear_pointer (&term->figures, g_free);
  if (dated > 0 && dated >= numbered) { /* 11 11 11 4560 is no date and a number */
    if (real)
      set_date (term, date);
    if (date->year != 0 && date->day != 0)
      term->days = limber_slips_of_day ((guint32) (date->year * 10000 + date->month * 100 + date->day));
  }
  term->numbers = numbered > 0 ? limber_slips_of_number (term->figures) : NULL;
  if (dated == 0 && numbered == 0)
    return take_lettered_number (*words, term) ? 1 : 0;
  return MAX (dated, numbered);
}

/* Takes the terms at the beginning of @words that belong together. Returns how many words they are. */
static guint
take (GArray *terms, char **words, const char *today)
{
  LimberSearchTerm term = { 0 };
  LimberTypedDate date;
  gboolean real = FALSE;
  guint dated = read_date (words, today, &date, &real), taken;

  if (dated > 1 && date.day == 0 && date.month != 0 && g_ascii_isalpha (**words)) {
    add_month (terms, *words, &date);
    return dated;
  }
  taken = take_figures (words, today, &term, &date, dated, real);
  if (taken == 0)
    take_name (terms, *words);
  else
    g_array_append_val (terms, term);
  return MAX (taken, 1);
}

/* Two figures alone are no year yet, and with a name beside them one is nothing yet. */
static void
settle_few_figures (GArray *terms)
{
  gboolean named = FALSE;

  for (guint i = 0; i < terms->len; i++)
    named = named || g_array_index (terms, LimberSearchTerm, i).word != NULL;
  for (guint i = terms->len; i > 0; i--) {
    LimberSearchTerm *term = &g_array_index (terms, LimberSearchTerm, i - 1);

    if (term->figures == NULL || strlen (term->figures) > 2)
      continue;
    if (!named)
      term->from = term->to = 0;
    else if (term->from == 0 && term->day == 0)
      g_array_remove_index (terms, i - 1);
  }
}

/* "Mrs Smith": the title says nothing when there is a name beside it. */
static void
drop_titles (GArray *terms)
{
  for (guint i = terms->len; i > 0 && terms->len > 1; i--) {
    LimberSearchTerm *term = &g_array_index (terms, LimberSearchTerm, i - 1);

    if (term->word != NULL && is_title (term->word))
      g_array_remove_index (terms, i - 1);
  }
}

/**
 * limber_search_terms_parse:
 * @text: whatever was typed
 * @today: YYYY-MM-DD, for years of two figures
 *
 * Returns: (transfer full) (element-type LimberSearchTerm): what somebody must have, all of it, to be found; empty when
 *   nothing can be looked for
 */
GArray *
limber_search_terms_parse (const char *text, const char *today)
{
  GArray *terms = g_array_new (FALSE, FALSE, sizeof (LimberSearchTerm));
  g_auto (GStrv) words = NULL;
  g_autofree char *plain = NULL;

  g_array_set_clear_func (terms, term_clear);
  if (strlen (text) > LONGEST_QUERY || !g_utf8_validate (text, -1, NULL))
    return terms;
  plain = g_strdelimit (g_strdup (text), "\t\n\r", ' ');
  words = g_strsplit (plain, " ", -1);
  for (char **at = words; *at != NULL && terms->len < MOST_TERMS;)
    at += **at == '\0' ? 1 : take (terms, at, today);
  drop_titles (terms);
  settle_few_figures (terms);
  return terms;
}

/**
 * limber_search_terms_born_in:
 * @born: YYYYMMDD, or 0
 *
 * Returns: whether @term is said of a person who was born then
 */
gboolean
limber_search_terms_born_in (const LimberSearchTerm *term, guint32 born)
{
  if (born == 0)
    return FALSE;
  if (term->day != 0 && (born % 10000 == term->day || (term->day % 100 == 0 && born % 10000 / 100 == term->day / 100)))
    return TRUE;
  if (term->from == 0)
    return FALSE;
  return (born >= term->from && born <= term->to) || (term->century && born + 1000000 >= term->from && born + 1000000 <= term->to);
}

/**
 * limber_search_terms_ends:
 *
 * Returns: whether a number may end with the figures of @term: its last four or more, unless they are a date
 */
gboolean
limber_search_terms_ends (const LimberSearchTerm *term)
{
  gsize length = term->figures != NULL ? strlen (term->figures) : 0;

  return length >= LIMBER_SEARCH_FEWEST_END && length <= LIMBER_SEARCH_FIGURES && term->day == 0 && (term->from == 0 || term->from != term->to);
}
