#include "limber-namesake.h"
#include "limber-test.h"

static void
test_same (void)
{
  static const struct { const char *one[3], *other[3]; gboolean same; } cases[] = {
    { { "Smith", "John", "1954-08-06" }, { "SMITH", "john", "1981-01-02" }, TRUE },
    { { "O'Connor", "Seán", "1954-08-06" }, { "OConnor", "Sean", NULL }, TRUE },
    { { "Barton-Wood", "Anne-Marie", NULL }, { "Barton Wood", "Annemarie", NULL }, TRUE },
    { { "Łuczak", "Łukasz", NULL }, { "Luczak", "Lukasz", NULL }, TRUE },
    { { "Smith", "Steven", "1954-08-06" }, { "Smith", "Stephen", "1954-08-06" }, TRUE },
    { { "Smith", "Steven", "1954-08-06" }, { "Smith", "Stephen", "1954-08-07" }, FALSE },
    { { "Smith", "Steven", NULL }, { "Smith", "Stephen", NULL }, FALSE },
    { { "Smith", "Steven", "1954-08-06" }, { "Smyth", "Steven", "1954-08-06" }, FALSE },
    { { "Smith", "John", "1954-08-06" }, { "Smith", "Jane", "1954-08-06" }, FALSE },
    { { "S", NULL, NULL }, { "s", "", NULL }, TRUE },
    { { "", "", NULL }, { NULL, NULL, NULL }, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (LimberNamesake) one, other;

    limber_namesake_init (&one, cases[i].one[0], cases[i].one[1], cases[i].one[2]);
    limber_namesake_init (&other, cases[i].other[0], cases[i].other[1], cases[i].other[2]);
    if (limber_namesake_equal (&one, &other) != cases[i].same || limber_namesake_equal (&other, &one) != cases[i].same)
      g_test_fail_printf ("%s %s", cases[i].one[1], cases[i].one[0]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/namesake/the-same-name-however-it-is-written-and-twins-of-one-sound", test_same);
  return g_test_run ();
}
