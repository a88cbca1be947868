#include "limber-bench-typing.h"

#include <string.h>

#define SHORTEST_SLIP 3 /* letters: in less there is nothing left to know somebody by */
#define TRIES 50

static gboolean
chance (GRand *random, double part)
{
  return g_rand_double (random) < part;
}

/* The text as letters, so that a slip takes a whole one. */
static GPtrArray *
letters_of (const char *text)
{
  GPtrArray *letters = g_ptr_array_new_with_free_func (g_free);

  for (; *text != '\0'; text = g_utf8_next_char (text))
    g_ptr_array_add (letters, g_strndup (text, (gsize) (g_utf8_next_char (text) - text)));
  return letters;
}

static char *
join (GPtrArray *letters)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < letters->len; i++)
    g_string_append (text, g_ptr_array_index (letters, i));
  return g_string_free (text, FALSE);
}

/* One letter wrong, missing, doubled, or swapped with the next. */
static char *
slip_of_fingers (GRand *random, const char *name)
{
  g_autoptr (GPtrArray) letters = letters_of (name);
  guint at = (guint) g_rand_int_range (random, 0, (gint32) letters->len);
  char **place = (char **) &g_ptr_array_index (letters, at);

  switch (g_rand_int_range (random, 0, 4)) {
  case 0:
    g_free (*place);
    *place = g_strdup_printf ("%c", 'a' + g_rand_int_range (random, 0, 26));
    break;
  case 1:
    g_ptr_array_remove_index (letters, at);
    break;
  case 2:
    g_ptr_array_insert (letters, (int) at, g_strdup (*place));
    break;
  default:
    if (at + 1 < letters->len) {
      char *next = g_ptr_array_index (letters, at + 1);

      g_ptr_array_index (letters, at + 1) = *place;
      *place = next;
    }
  }
  return join (letters);
}

/* As somebody writes the name who has only heard it. */
static char *
slip_of_ear (GRand *random, const char *name)
{
  static const char *const heard[][2] = {
    { "Clarke", "Clerk" }, { "Clark", "Clerk" }, { "Clerk", "Clark" }, { "Steven", "Stephen" }, { "Stephen", "Steven" }, { "Reid", "Read" }, { "Read", "Reed" }, { "Reed", "Reid" },
    { "Whittaker", "Whitaker" }, { "Whitaker", "Whittaker" }, { "Thakker", "Thakkar" }, { "Raval", "Rawal" }, { "Rawal", "Raval" }, { "Philips", "Phillips" }, { "Stewart", "Stuart" },
    { "Stuart", "Stewart" }, { "Mac", "Mc" }, { "Mc", "Mac" }, { "Geoffrey", "Jeffrey" }, { "Jeffrey", "Geoffrey" }, { "Katherine", "Catherine" }, { "Catherine", "Kathryn" },
    { "Kathryn", "Catherine" }, { "Nicholls", "Nichols" }, { "Gray", "Grey" }, { "Grey", "Gray" }, { "Sean", "Shaun" }, { "Featherstonehaugh", "Fanshaw" }, { "Cholmondeley", "Chumley" },
    { "Mohamed", "Muhammad" }, { "Hussein", "Husain" }, { "Graham", "Graeme" }, { "ph", "f" }, { "sh", "s" }, { "ck", "k" }, { "ee", "ea" }, { "ll", "l" }, { "tt", "t" }, { "th", "t" },
    { "w", "v" }, { "v", "w" }, { "y", "i" }, { "z", "s" }, { "er", "ar" }, { "an", "en" }, { "kh", "k" }, { "a", "e" }, { "i", "y" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (heard); i++)
    if (strstr (name, heard[i][0]) != NULL) {
      GString *said = g_string_new (name);

      g_string_replace (said, heard[i][0], heard[i][1], 1);
      return g_string_free (said, FALSE);
    }
  return slip_of_fingers (random, name);
}

/* Slips until it is another text than it was. */
static char *
slip_in_name (GRand *random, const char *name)
{
  gboolean ear = chance (random, 0.3);

  for (guint i = 0; i < TRIES; i++) {
    g_autofree char *slipped = ear && i == 0 ? slip_of_ear (random, name) : slip_of_fingers (random, name);

    if (g_ascii_strcasecmp (slipped, name) != 0)
      return g_steal_pointer (&slipped);
  }
  return g_strdup (name);
}

/* @text: 06081954; one figure wrong, or day and month swapped */
static void
slip_in_date (GRand *random, char *text)
{
  if (chance (random, 0.3)) {
    char day[2] = { text[0], text[1] };

    memcpy (text, text + 2, 2);
    memcpy (text + 2, day, 2);
  } else {
    gint32 at = (gint32[]){ 0, 1, 2, 3, 6, 7 }[g_rand_int_range (random, 0, 6)];

    text[at] = (char) ('0' + (text[at] - '0' + g_rand_int_range (random, 1, 10)) % 10);
  }
}

static char *
typed_date (GRand *random, const char *born, gboolean slipped)
{
  static const char *const months[] = { "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec" };
  char text[9] = { born[8], born[9], born[5], born[6], born[0], born[1], born[2], born[3], '\0' };
  int day, month;

  if (slipped)
    slip_in_date (random, text);
  day = (text[0] - '0') * 10 + text[1] - '0';
  month = (text[2] - '0') * 10 + text[3] - '0';
  switch (g_rand_int_range (random, 0, 6)) {
  case 0:
    return g_strdup (text);
  case 1:
    return g_strdup_printf ("%.4s%s", text, text + 6);
  case 2:
    return g_strdup_printf ("%d.%d.%s", day, month, text + 4);
  case 3:
    return month >= 1 && month <= 12 ? g_strdup_printf ("%d %s %s", day, months[month - 1], text + 4) : g_strdup (text);
  default:
    return g_strdup_printf ("%d/%d/%s", day, month, text + 6);
  }
}

static char *
typed_nhs_number (GRand *random, const char *number, gboolean slipped)
{
  g_autofree char *text = g_strdup (number);
  gint32 at = g_rand_int_range (random, 3, 9);

  if (slipped) {
    text[at] = number[at + 1];
    text[at + 1] = number[at];
  }
  if (chance (random, 0.3))
    return g_steal_pointer (&text);
  return g_strdup_printf (chance (random, 0.5) ? "%.3s %.3s %s" : "%.3s-%.3s-%s", text, text + 3, text + 6);
}

/* Both names, or the beginning of the given one, in either order. */
static char *
typed_name (GRand *random, const char *family, const char *given)
{
  long most = g_utf8_strlen (given, -1);
  g_autofree char *some = chance (random, 0.5) ? g_utf8_substring (given, 0, MIN (most, g_rand_int_range (random, 1, 5))) : g_strdup (given);
  g_autofree char *both = chance (random, 0.7) ? g_strdup_printf ("%s %s", family, some) : g_strdup_printf ("%s %s", some, family);

  return g_utf8_strdown (both, -1);
}

static char *
typed_exactly (GRand *random, const LimberBenchPerson *person)
{
  double kind = g_rand_double (random);
  g_autofree char *date = typed_date (random, person->born, FALSE), *name = typed_name (random, person->family, person->given), *number = NULL;

  if (person->expected && kind < 0.7)
    return g_steal_pointer (&name);
  if (*person->nhs_number != '\0' && kind > 0.85)
    return typed_nhs_number (random, person->nhs_number, FALSE);
  if (*person->nhs_number != '\0' && kind > 0.78)
    return g_strdup_printf ("%s %s", person->family, person->nhs_number + 6);
  if (*person->phone != '\0' && kind > 0.72)
    return g_strdup_printf ("%s %s", name, person->phone);
  if (kind > 0.68)
    return g_strdup (person->number);
  if (kind > 0.45)
    return chance (random, 0.5) ? g_strdup_printf ("%s %s", person->family, date) : g_strdup_printf ("%s %s", date, person->family);
  return g_strdup_printf ("%s %s", name, date);
}

static char *
typed_with_slip (GRand *random, const LimberBenchPerson *person)
{
  double kind = g_rand_double (random);
  gboolean in_family = g_utf8_strlen (person->family, -1) >= SHORTEST_SLIP && (chance (random, 0.6) || g_utf8_strlen (person->given, -1) < SHORTEST_SLIP);
  g_autofree char *date = typed_date (random, person->born, kind < 0.1), *slipped = slip_in_name (random, in_family ? person->family : person->given), *name = NULL;

  if (kind < 0.1)
    return g_strdup_printf ("%s %s %s", person->family, person->given, date);
  if (kind < 0.2 && *person->nhs_number != '\0')
    return typed_nhs_number (random, person->nhs_number, TRUE);
  name = g_strdup_printf ("%s %s", in_family ? slipped : person->family, in_family ? person->given : slipped);
  return person->expected && kind < 0.7 ? g_steal_pointer (&name) : g_strdup_printf ("%s %s", name, date);
}

/**
 * limber_bench_typed:
 *
 * Returns: (transfer full): what somebody types who looks for @person, from the first letter to the last
 */
char *
limber_bench_typed (GRand *random, const LimberBenchPerson *person, LimberBenchTyping typing)
{
  if (typing == LIMBER_BENCH_NAME)
    return g_strdup_printf ("%s %s", person->family, person->given);
  return typing == LIMBER_BENCH_EXACT ? typed_exactly (random, person) : typed_with_slip (random, person);
}
