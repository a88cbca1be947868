#include "limber-sound.h"

#include <string.h>

#include "limber-test.h"
#include "limber-text.h"

static char *
key_of (const char *name)
{
  g_autofree char *folded = limber_text_fold (name);
  char *key = limber_sound_key (folded);

  g_assert_nonnull (key);
  return key;
}

static void
test_alike (void)
{
  static const char *const pairs[][2] = {
    { "Clark", "Clerk" }, { "Clark", "Clarke" }, { "Steven", "Stephen" }, { "Reid", "Read" }, { "Reid", "Reed" }, { "Whittaker", "Whitaker" }, { "Smith", "Smyth" },
    { "Smith", "Smythe" }, { "Catherine", "Kathryn" }, { "Katherine", "Cathryn" }, { "Geoffrey", "Jeffrey" }, { "Philips", "Phillips" }, { "Stewart", "Stuart" },
    { "MacDonald", "McDonald" }, { "McIntyre", "Macintyre" }, { "Nicholls", "Nichols" }, { "Gray", "Grey" }, { "Cook", "Cooke" }, { "Allan", "Alun" }, { "Allan", "Allen" },
    { "Jon", "John" }, { "Ann", "Anne" }, { "Sara", "Sarah" }, { "Elisabeth", "Elizabeth" }, { "Eileen", "Aileen" }, { "Seán", "Shaun" }, { "Siân", "Sharn" },
    { "Niamh", "Neve" }, { "Caoimhe", "Keeva" }, { "Siobhán", "Shivaun" }, { "Zachary", "Zackary" }, { "Graham", "Graeme" }, { "Rhys", "Reece" }, { "Hughes", "Hewes" },
    { "Wright", "Right" }, { "Knight", "Night" }, { "Thompson", "Tomson" }, { "Johnson", "Jonson" }, { "Dixon", "Dickson" }, { "Lawrence", "Laurence" }, { "Paul", "Pawl" },
    { "Leigh", "Lee" }, { "Vaughan", "Vaughn" }, { "Meyer", "Maier" }, { "Lloyd", "Loyd" }, { "Roger", "Rodger" }, { "Deborah", "Debra" }, { "Teresa", "Theresa" },
    { "Featherstonehaugh", "Fanshawe" }, { "Lowe", "Low" }, { "Howard", "Howerd" }, { "Cholmondeley", "Chumley" }, { "O’Brien", "Obrian" }, { "Kenneth", "Kennett" }, { "Quinn", "Kwin" }, { "Qureshi", "Kureshi" },
    /* Gujarati, Tamil */
    { "Thakkar", "Thakker" }, { "Thakkar", "Takkar" }, { "Raval", "Rawal" }, { "Vyas", "Wyas" }, { "Bhatt", "Bat" }, { "Lakhani", "Lakani" }, { "Vaghela", "Waghela" },
    { "Mehta", "Meta" }, { "Shah", "Sha" }, { "Chauhan", "Chohan" }, { "Sivakumar", "Shivakumar" }, { "Vigneswaran", "Wigneshwaran" }, { "Thiruchelvam", "Tiruchelvam" },
    { "Selvarajah", "Selvaraja" }, { "Ganesh", "Ghanesh" }, { "Sudha", "Suda" }, { "Singh", "Sing" },
    /* Arabic */
    { "Mohamed", "Muhammad" }, { "Mohamed", "Mohammed" }, { "Hussein", "Husain" }, { "Yusuf", "Youssef" }, { "Ahmed", "Ahmad" }, { "Haddad", "Hadad" }, { "Khoury", "Koury" },
    { "Maryam", "Mariam" }, { "Hassan", "Hasan" }, { "Fatima", "Fatimah" }, { "Ibrahim", "Ebrahim" },
    /* Polish, Romanian, German */
    { "Kowalski", "Kovalski" }, { "Wiśniewska", "Vishniewska" }, { "Szymańska", "Shimanska" }, { "Krzysztof", "Kristof" }, { "Agnieszka", "Agnieshka" },
    { "Ștefănescu", "Shtefanescu" }, { "Müller", "Mueller" }, { "Söderberg", "Soederberg" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++) {
    g_autofree char *one = key_of (pairs[i][0]), *other = key_of (pairs[i][1]);

    if (g_strcmp0 (one, other) != 0)
      g_test_fail_printf ("%s is %s, %s is %s", pairs[i][0], one, pairs[i][1], other);
  }
}

static void
test_apart (void)
{
  static const char *const pairs[][2] = {
    { "Clark", "Clay" }, { "Smith", "Smart" }, { "John", "Jane" }, { "Joan", "Jean" }, { "Khan", "Cohen" }, { "Shah", "Shaw" }, { "Brown", "Brennan" },
    { "Wood", "Webb" }, { "Ward", "Ford" }, { "Baker", "Parker" }, { "Wilson", "Filson" }, { "Hall", "Hole" }, { "Davies", "Davidson" }, { "Robinson", "Robson" }, { "Peter", "Pedro" },
    { "Desai", "Joshi" }, { "Mehta", "Modi" }, { "Sivakumar", "Suresh" }, { "Nowak", "Novotny" }, { "Popescu", "Popa" }, { "Ali", "Ola" }, { "Hassan", "Hussein" }, { "Mark", "Mary" },
    { "Barton", "Breton" }, { "George", "Gregory" }, { "Roy", "Ray" }, { "Quilliam", "Colm" }, { "Ng", "Nguyen" }, { "Jack", "Jacob" }, { "Yusuf", "Asif" }, { "Ahmed", "Mohamed" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++) {
    g_autofree char *folded = limber_text_fold (pairs[i][1]), *one = key_of (pairs[i][0]), *other = NULL;
    char *end = strchr (folded, ' ');

    if (end != NULL)
      *end = '\0';
    other = key_of (folded);
    if (g_strcmp0 (one, other) == 0)
      g_test_fail_printf ("%s and %s are both %s", pairs[i][0], folded, one);
  }
}

/* What is typed so far finds the name, as soon as it is long enough to tell. */
static void
test_beginnings (void)
{
  static const char *const pairs[][2] = {
    { "clerks", "Clarkson" }, { "whitak", "Whittaker" }, { "stephens", "Stevenson" }, { "mcdon", "Macdonald" }, { "jeffr", "Geoffrey" }, { "kathr", "Catherine" }, { "kowal", "Kovalski" },
    { "sivak", "Shivakumar" }, { "featherst", "Fetherston" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++) {
    g_autofree char *typed = key_of (pairs[i][0]), *key = key_of (pairs[i][1]);

    if (!limber_sound_fits (typed, key))
      g_test_fail_printf ("%s is %s, %s is %s", pairs[i][0], typed, pairs[i][1], key);
  }
  g_assert_true (limber_sound_fits ("RED", "RED"));
  g_assert_false (limber_sound_fits ("RED", "REDMN")); /* Reid is not Redmond */
}

static void
test_no_key (void)
{
  static const char *const words[] = { "", "o", "s", "સ્મિથ", "4b", "o connor" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++) {
    g_autofree char *key = limber_sound_key (words[i]);

    g_assert_null (key);
  }
}

/* Any letters at all: a key is there, is not longer than twice the word, and has capitals only. */
static void
test_any_letters (void)
{
  for (guint i = 0; i < 20000; i++) {
    char word[64] = "";
    guint length = (guint) g_test_rand_int_range (2, 60);
    g_autofree char *key = NULL;

    for (guint k = 0; k < length; k++)
      word[k] = "abcdefghijklmnopqrstuvwxyzghckhw"[g_test_rand_int_range (0, 32)];
    key = limber_sound_key (word);
    g_assert_nonnull (key);
    g_assert_cmpuint (strlen (key), <=, 2 * length + 2);
    g_assert_cmpuint (strspn (key, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), ==, strlen (key));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/sound/names-that-sound-alike-are-one", test_alike);
  g_test_add_func ("/base/sound/names-that-do-not-are-kept-apart", test_apart);
  g_test_add_func ("/base/sound/the-beginning-of-a-name-sounds-as-its-beginning", test_beginnings);
  g_test_add_func ("/base/sound/other-scripts-and-single-letters-have-no-sound", test_no_key);
  g_test_add_func ("/base/sound/any-letters-have-a-key", test_any_letters);
  return g_test_run ();
}
