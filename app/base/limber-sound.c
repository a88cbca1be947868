#include "limber-sound.h"

#include <string.h>

#define LONGEST 40     /* letters of a word count */
#define BEGINNING 4    /* a shorter key is compared whole: too much begins with it */
#define BRIGHT "aeiy"
#define SOFTENS(c) ((c) == 'e' || (c) == 'i' || (c) == 'y')

/* Names that no rule leads to, as they are said. */
static const struct { const char *written, *said; } irregular[] = {
  { "beauchamp", "beecham" },    { "caoimhe", "keeva" }, { "cholmondeley", "chumley" }, { "featherstonehaugh", "fanshaw" }, { "graham", "graem" }, { "mainwaring", "mannering" },
  { "niamh", "neev" },           { "sean", "shon" },     { "shaun", "shon" },           { "shawn", "shon" },                { "sharn", "shan" },   { "siobhan", "shivon" },
  { "stjohn", "sinjun" },
};

typedef struct {
  const char *at;    /* what is still to be read */
  const char *start;
  GString    *key;
  gboolean    vowel; /* the key has its vowel */
} Reading;

static gboolean
is_vowel (char c)
{
  return c != '\0' && strchr ("aeiouy", c) != NULL;
}

static char
before (const Reading *reading)
{
  return reading->at > reading->start ? reading->at[-1] : '\0';
}

static gboolean
begins (const Reading *reading, const char *letters)
{
  return g_str_has_prefix (reading->at, letters);
}

/* A sound once where it is written twice. */
static void
add (Reading *reading, char sound, guint letters)
{
  if (reading->key->len == 0 || reading->key->str[reading->key->len - 1] != sound)
    g_string_append_c (reading->key, sound);
  reading->at += letters;
}

/* Whether a w at @at, after a vowel, is part of it: Shaw, Lowe, Stewart; not Rawal or Kowalski. */
static gboolean
is_glide (const char *at)
{
  return *at == 'w' && (!is_vowel (at[1]) || g_str_equal (at, "we") || g_str_equal (at, "wes") || (at[-1] == 'e' && g_str_has_prefix (at, "war")));
}

/* Only the first vowel counts, and only whether it is a bright one (E) or a dark one (O): what is between consonants is
 * said, heard and spelt in too many ways. */
static void
take_vowels (Reading *reading)
{
  const char *at = reading->at;
  gboolean dark = strchr (BRIGHT, *at) == NULL || g_str_has_prefix (at, "au") || g_str_has_prefix (at, "eu") || is_glide (at + 1);

  while (is_vowel (*reading->at))
    reading->at++;
  if (is_glide (reading->at))
    reading->at++;
  if (!reading->vowel)
    g_string_append_c (reading->key, dark ? 'O' : 'E');
  reading->vowel = TRUE;
}

/* Whether what stands here is written and not said. Moves on over it. */
static gboolean
take_silent (Reading *reading)
{
  static const char *const first[] = { "kn", "gn", "wr", "ps", "pn" };
  char last = before (reading), c = *reading->at, next = c != '\0' ? reading->at[1] : '\0';
  gboolean silent = c == 'h' ? reading->at > reading->start : FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (first) && reading->at == reading->start; i++)
    silent = silent || begins (reading, first[i]);
  silent = silent || (begins (reading, "gh") && (last == 'u' || last == 'i')) || (c == 'b' && last == 'm' && next == '\0') || (c == 'd' && next == 't') ||
           (c == 'p' && last == 'm' && (next == 's' || next == 't'));
  if (silent)
    reading->at++;
  return silent;
}

static void
take_c (Reading *reading)
{
  gboolean first = reading->at == reading->start;

  if (begins (reading, "ch"))
    add (reading, first && reading->at[2] != 'r' && reading->at[2] != 'l' ? 'C' : 'K', 2);
  else if (begins (reading, "ck") || begins (reading, "cz"))
    add (reading, 'K', 2);
  else
    add (reading, SOFTENS (reading->at[1]) ? 'S' : 'K', 1);
}

static void
take_g (Reading *reading)
{
  if (begins (reading, "gh"))
    add (reading, 'G', 2);
  else
    add (reading, reading->at[1] == 'e' || reading->at[1] == 'y' ? 'J' : 'G', 1);
}

static void
take_consonant (Reading *reading)
{
  char c = *reading->at;
  gboolean first = reading->at == reading->start;

  if (c == 'c')
    take_c (reading);
  else if (begins (reading, "tch"))
    add (reading, 'K', 3);
  else if (begins (reading, "dge") || begins (reading, "dgy"))
    add (reading, 'J', 2);
  else if (c == 'g')
    take_g (reading);
  else if (begins (reading, "ph"))
    add (reading, first ? 'F' : 'V', 2);
  else if (begins (reading, "rz") && is_vowel (reading->at[2]))
    add (reading, 'R', 2);
  else if (begins (reading, "sch"))
    add (reading, 'S', 3);
  else if (c == 'x' || (begins (reading, "qu") && is_vowel (reading->at[2]))) {
    add (reading, 'K', 0);
    add (reading, c == 'x' ? 'S' : 'V', c == 'x' ? 1 : 2);
  } else
    add (reading, c == 'f' ? (first ? 'F' : 'V') : c == 'w' ? 'V' : c == 'z' ? 'S' : c == 'q' ? 'K' : g_ascii_toupper (c), 1);
}

/* Mac and Mc are one. */
static char *
begin_alike (const char *word)
{
  static const struct { const char *written, *said; } beginnings[] = { { "mac", "mak" }, { "mc", "mak" } };

  for (guint i = 0; i < G_N_ELEMENTS (irregular); i++)
    if (g_str_equal (word, irregular[i].written))
      return g_strdup (irregular[i].said);
  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    if (g_str_has_prefix (word, beginnings[i].written) && word[strlen (beginnings[i].written)] != '\0')
      return g_strconcat (beginnings[i].said, word + strlen (beginnings[i].written), NULL);
  return g_strndup (word, LONGEST);
}

/**
 * limber_sound_key:
 * @word: a word of a name, folded (limber_text_fold())
 *
 * A key for names as people in Britain bear them and write them down by ear: English with its silent letters, and what
 * Gujarati, Tamil, Polish, Romanian and Arabic names become in English letters (v and w, th and t, s and sh, an h that
 * comes and goes).
 *
 * Returns: (transfer full) (nullable): the key; %NULL for a word of one letter, or with other letters than a to z
 */
char *
limber_sound_key (const char *word)
{
  g_autofree char *said = begin_alike (word);
  Reading reading = { said, said, NULL, FALSE };

  if (strlen (word) < 2 || strspn (word, "abcdefghijklmnopqrstuvwxyz") != strlen (word))
    return NULL;
  reading.key = g_string_new (NULL);
  while (*reading.at != '\0')
    if (*reading.at == 'y' && reading.at == reading.start && is_vowel (reading.at[1]))
      add (&reading, 'Y', 1);
    else if (is_vowel (*reading.at))
      take_vowels (&reading);
    else if (!take_silent (&reading))
      take_consonant (&reading);
  return g_string_free (reading.key, FALSE);
}

/**
 * limber_sound_fits:
 * @typed: the key of what was typed, which may be the beginning of a name
 * @key: a name's key
 *
 * Returns: whether the name sounds as what was typed, or, where that is enough to tell, begins so
 */
gboolean
limber_sound_fits (const char *typed, const char *key)
{
  return strlen (typed) < BEGINNING ? strcmp (typed, key) == 0 : g_str_has_prefix (key, typed);
}
