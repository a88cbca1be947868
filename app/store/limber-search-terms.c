#include "limber-search-terms.h"

#include <stdlib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-text.h"

#define LONGEST_QUERY 120

static void
term_clear (gpointer data)
{
  LimberSearchTerm *term = data;

  g_free (term->word);
  g_free (term->figures);
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
  gsize length = strlen (word), i = 0;
  gboolean whole = length < 5;

  if (length < 4)
    return FALSE;
  while (word[i] != '\0' && word[i] == token[i])
    i++;
  word += i;
  token += i;
  if (*word == '\0')
    return whole ? *token == '\0' || token[1] == '\0' : TRUE;
  if (*token == '\0')
    return word[1] == '\0';
  return fits (word + 1, token + 1, whole) || fits (word + 1, token, whole) || fits (word, token + 1, whole) ||
         (word[1] == token[0] && word[0] == token[1] && fits (word + 2, token + 2, whole));
}

/* Whether a word is figures as people write them, with what stands between them. */
static gboolean
is_number (const char *word)
{
  return strpbrk (word, "0123456789") != NULL && strspn (word, "0123456789+-().") == strlen (word);
}

/* Reads up to three words at @words as a birth date, with its year or without. Returns how many words it took. */
static guint
take_date (char **words, const char *today, LimberSearchTerm *term)
{
  guint most = MIN (g_strv_length (words), 3);

  for (guint n = most; n > 0; n--) {
    g_autoptr (GString) text = g_string_new (words[0]);
    g_autofree char *date = NULL;

    for (guint i = 1; i < n; i++)
      g_string_append_printf (text, " %s", words[i]);
    date = limber_date_parse_typed (text->str, today);
    if (date != NULL) {
      term->born = limber_search_terms_born (date);
      return n;
    }
    if (n == 3 || (strpbrk (text->str, "/.") == NULL && n == 1) || is_number (text->str))
      continue;
    g_string_append (text, "/2000"); /* a leap year: 29 February too */
    date = limber_date_parse_typed (text->str, today);
    if (date != NULL) {
      term->day = limber_search_terms_born (date) % 10000;
      return n;
    }
  }
  return 0;
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
    term->figures = limber_search_terms_figures (number->str);
  return n;
}

/* A number that begins with letters (P0001234) is looked for by its figures. */
static gboolean
take_lettered_number (const char *word, LimberSearchTerm *term)
{
  g_autofree char *digits = limber_text_digits (word);

  if (strlen (digits) < 3)
    return FALSE;
  term->figures = g_steal_pointer (&digits);
  return TRUE;
}

static gboolean
is_title (const char *folded)
{
  static const char *const titles[] = { "mr", "mrs", "ms", "miss", "mx", "dr", NULL };

  return g_strv_contains (titles, folded);
}

static void
take_name (GArray *terms, const char *word)
{
  g_autofree char *folded = limber_text_fold (word);
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++) {
    LimberSearchTerm term = { .word = g_strdup (parts[i]) };

    if (*parts[i] != '\0')
      g_array_append_val (terms, term);
    else
      term_clear (&term);
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
  for (char **at = words; *at != NULL;) {
    LimberSearchTerm term = { 0 };
    guint dated, numbered;

    if (**at == '\0') {
      at++;
      continue;
    }
    dated = take_date (at, today, &term);
    numbered = take_number (at, &term);
    if (dated > 0 && numbered > dated) /* 11 11 11 4560 is no date and a number */
      term.born = term.day = 0;
    if (dated > 0 || numbered > 0 || take_lettered_number (*at, &term)) {
      g_array_append_val (terms, term);
      at += MAX (MAX (dated, numbered), 1);
    } else
      take_name (terms, *at++);
  }
  drop_titles (terms);
  return terms;
}
