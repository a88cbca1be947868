/* - Two valid NHS numbers that differ are two people, whatever else is alike: that tells twins from one person entered twice.
 * - The same number is certain only with the same names and birth date: a number can be copied to the wrong twin.
 * - The same birth date needs both names, which may be swapped, sound alike or be a slip apart; twins have another given name.
 * - The same names need a birth date that is a slip apart: father and son are a generation apart, which is no slip.
 * - Somebody who has married keeps given name, birth date, and telephone or postcode.
 * What is only possible is worth a look when somebody is being registered; a county has too much of it to ask about. */
#include "limber-likeness.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-nhs-number.h"
#include "limber-slips.h"
#include "limber-sound.h"
#include "limber-text.h"

#define GENERATION 15 /* years between birth dates that no slip of the pen makes */
#define PHONE_FIGURES 10
#define PHONES 2

static const char *const alike_names[] = { "none", "number", "number-other-name", "number-other-born", "names-born", "names-swapped", "names-near", "born-near", "contact" };

struct _LimberFacts {
  char *family, *given;  /* (owned): folded, in one word */
  char **families, **givens; /* (owned): their parts */
  char *born;            /* (owned) (nullable): YYYY-MM-DD */
  char *number;          /* (owned) (nullable): a valid NHS number */
  char *phones[PHONES];  /* (owned) (nullable): the last ten figures */
  char *postcode;        /* (owned) (nullable): in capitals */
};

typedef enum {
  DIFFERENT,
  NEAR,
  SAME,
} Closeness;

static char *
figures_of (const char *phone)
{
  g_autofree char *digits = limber_text_digits (phone != NULL ? phone : "");
  gsize length = strlen (digits);

  return length >= PHONE_FIGURES ? g_strdup (digits + length - PHONE_FIGURES) : NULL;
}

static char **
parts_of (const char *name, char **together)
{
  g_autofree char *folded = limber_text_fold (name != NULL ? name : "");
  char **parts = g_strsplit (folded, " ", -1);

  *together = g_strjoinv ("", parts);
  return parts;
}

/**
 * limber_facts_new:
 * @person: what is held or was typed of somebody; her NHS number counts only if it is valid
 * @mobile: (nullable): a second telephone number
 *
 * Returns: (transfer full): it, ready for comparing
 */
LimberFacts *
limber_facts_new (const LimberPerson *person, const char *mobile)
{
  LimberFacts *facts = g_new0 (LimberFacts, 1);

  facts->families = parts_of (person->family, &facts->family);
  facts->givens = parts_of (person->given, &facts->given);
  facts->born = limber_date_is_valid (person->born) ? g_strdup (person->born) : NULL;
  facts->number = person->nhs_number != NULL ? limber_nhs_number_parse (person->nhs_number, NULL) : NULL;
  facts->phones[0] = figures_of (person->phone);
  facts->phones[1] = figures_of (mobile);
  facts->postcode = person->postcode != NULL ? limber_text_postcode (person->postcode) : NULL;
  return facts;
}

void
limber_facts_free (LimberFacts *facts)
{
  g_free (facts->family);
  g_free (facts->given);
  g_strfreev (facts->families);
  g_strfreev (facts->givens);
  g_free (facts->born);
  g_free (facts->number);
  for (guint i = 0; i < PHONES; i++)
    g_free (facts->phones[i]);
  g_free (facts->postcode);
  g_free (facts);
}

/* Whether one letter wrong, missing, too many, or two swapped make the difference. */
static gboolean
is_slip (const char *one, const char *other)
{
  gsize i = 0;

  if (strlen (one) < 3 || strlen (other) < 3)
    return FALSE;
  while (one[i] != '\0' && one[i] == other[i])
    i++;
  one += i;
  other += i;
  if (*one == '\0' || *other == '\0')
    return strlen (one) + strlen (other) <= 1;
  return g_str_equal (one + 1, other + 1) || g_str_equal (one + 1, other) || g_str_equal (one, other + 1) || (one[1] == other[0] && one[0] == other[1] && one[1] != '\0' && g_str_equal (one + 2, other + 2));
}

static gboolean
sounds_alike (char **some, char **others)
{
  g_autofree char *one = limber_sound_key (some[0]), *other = limber_sound_key (others[0]);

  return one != NULL && g_strcmp0 (one, other) == 0 && g_strv_length (some) == g_strv_length (others);
}

static gboolean
share_part (char **some, char **others)
{
  for (guint i = 0; some[i] != NULL; i++)
    if (strlen (some[i]) > 2 && g_strv_contains ((const char *const *) others, some[i]))
      return TRUE;
  return FALSE;
}

/* Of a compound name one part is enough to be near. */
static Closeness
compare_family (const LimberFacts *one, const LimberFacts *other)
{
  if (*one->family == '\0' || *other->family == '\0')
    return DIFFERENT;
  if (g_str_equal (one->family, other->family))
    return SAME;
  return is_slip (one->family, other->family) || share_part (one->families, other->families) || sounds_alike (one->families, other->families) ? NEAR : DIFFERENT;
}

/* Katherine, Kath and K are near; so are Mary Ann and Mary. Two people who bear but one name have no other that could differ. */
static Closeness
compare_given (const LimberFacts *one, const LimberFacts *other)
{
  const char *first = one->givens[0], *second = other->givens[0];

  if (g_str_equal (one->given, other->given))
    return SAME;
  if (*one->given == '\0' || *other->given == '\0')
    return DIFFERENT;
  if (g_str_equal (first, second) || is_slip (first, second) || sounds_alike (one->givens, other->givens))
    return NEAR;
  if (strlen (first) == 2 || strlen (second) == 2) /* names of two letters stand for no others */
    return DIFFERENT;
  return g_str_has_prefix (first, second) || g_str_has_prefix (second, first) ? NEAR : DIFFERENT;
}

/* A name is lacking for somebody who bears but one: it may have been entered as either. */
static gboolean
is_swapped (const LimberFacts *one, const LimberFacts *other)
{
  return *one->family != '\0' && *one->given != '\0' && g_str_equal (one->family, other->given) && g_str_equal (one->given, other->family) && !g_str_equal (one->family, one->given);
}

static gboolean
share_contact (const LimberFacts *one, const LimberFacts *other)
{
  if (one->postcode != NULL && *one->postcode != '\0' && g_strcmp0 (one->postcode, other->postcode) == 0)
    return TRUE;
  for (guint i = 0; i < PHONES; i++)
    for (guint j = 0; j < PHONES; j++)
      if (one->phones[i] != NULL && g_strcmp0 (one->phones[i], other->phones[j]) == 0)
        return TRUE;
  return FALSE;
}

/* 1954-08-06 → 19540806 */
static void
plain_date (const char *date, char plain[9])
{
  memcpy (plain, date, 4);
  memcpy (plain + 4, date + 5, 2);
  memcpy (plain + 6, date + 8, 2);
  plain[8] = '\0';
}

static gboolean
is_born_near (const char *one, const char *other)
{
  char a[9], b[9];
  guint differ = 0, first = 0;

  if (one == NULL || other == NULL || abs (atoi (one) - atoi (other)) >= GENERATION)
    return FALSE;
  plain_date (one, a);
  plain_date (other, b);
  for (guint i = 8; i > 0; i--)
    if (a[i - 1] != b[i - 1]) {
      differ++;
      first = i - 1;
    }
  if (differ == 1 || (differ == 2 && first % 2 == 0 && a[first] == b[first + 1] && a[first + 1] == b[first]))
    return TRUE;
  return memcmp (a, b, 4) == 0 && memcmp (a + 4, b + 6, 2) == 0 && memcmp (a + 6, b + 4, 2) == 0;
}

/**
 * limber_likeness_dates:
 * @born: a birth date, YYYY-MM-DD
 *
 * Returns: (transfer full): a JSON array of the dates that are a slip apart from it: one figure wrong, two that stand side by
 *   side swapped, day and month swapped
 */
char *
limber_likeness_dates (const char *born)
{
  GString *json = g_string_new ("[");
  g_autoptr (GArray) days = NULL;
  char plain[9];

  plain_date (born, plain);
  days = limber_slips_of_day ((guint32) atoi (plain));
  for (guint i = 0; i < days->len; i++) {
    guint32 day = g_array_index (days, guint32, i);
    g_autofree char *date = g_strdup_printf ("%04u-%02u-%02u", day / 10000, day / 100 % 100, day % 100);

    if (is_born_near (born, date))
      g_string_append_printf (json, "%s\"%s\"", json->len > 1 ? "," : "", date);
  }
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}

static LimberLikeness
alike (LimberLikeness likeness, LimberAlike reason, LimberAlike *why)
{
  *why = likeness != LIMBER_LIKENESS_NONE ? reason : LIMBER_ALIKE_NOT;
  return likeness;
}

static LimberLikeness
compare_same_number (const LimberFacts *one, const LimberFacts *other, gboolean same_born, LimberAlike *why)
{
  if (!same_born)
    return alike (LIMBER_LIKENESS_LIKELY, LIMBER_ALIKE_NUMBER_OTHER_BORN, why);
  if (compare_family (one, other) == SAME && compare_given (one, other) == SAME)
    return alike (LIMBER_LIKENESS_CERTAIN, LIMBER_ALIKE_NUMBER, why);
  return alike (LIMBER_LIKENESS_LIKELY, LIMBER_ALIKE_NUMBER_OTHER_NAME, why);
}

static LimberLikeness
compare_same_born (const LimberFacts *one, const LimberFacts *other, LimberAlike *why)
{
  Closeness family = compare_family (one, other), given = compare_given (one, other);
  gboolean contact = share_contact (one, other);

  if (family == SAME && given == SAME)
    return alike (LIMBER_LIKENESS_LIKELY, LIMBER_ALIKE_NAMES_BORN, why);
  if (is_swapped (one, other))
    return alike (LIMBER_LIKENESS_LIKELY, LIMBER_ALIKE_NAMES_SWAPPED, why);
  if (family != DIFFERENT && given != DIFFERENT)
    return alike (family == SAME || given == SAME || contact ? LIMBER_LIKENESS_LIKELY : LIMBER_LIKENESS_POSSIBLE, LIMBER_ALIKE_NAMES_NEAR, why);
  if (given == SAME && *one->given != '\0' && contact)
    return alike (LIMBER_LIKENESS_LIKELY, LIMBER_ALIKE_CONTACT, why);
  return alike (LIMBER_LIKENESS_NONE, LIMBER_ALIKE_NOT, why);
}

/**
 * limber_likeness_compare:
 * @why: (out): by what they are alike
 *
 * Returns: how likely two records are one person
 */
LimberLikeness
limber_likeness_compare (const LimberFacts *one, const LimberFacts *other, LimberAlike *why)
{
  gboolean same_born = one->born != NULL && g_strcmp0 (one->born, other->born) == 0;

  if (one->number != NULL && other->number != NULL)
    return g_str_equal (one->number, other->number) ? compare_same_number (one, other, same_born, why) : alike (LIMBER_LIKENESS_NONE, LIMBER_ALIKE_NOT, why);
  if (same_born)
    return compare_same_born (one, other, why);
  if (is_born_near (one->born, other->born) && compare_family (one, other) == SAME && compare_given (one, other) == SAME)
    return alike (share_contact (one, other) ? LIMBER_LIKENESS_LIKELY : LIMBER_LIKENESS_POSSIBLE, LIMBER_ALIKE_BORN_NEAR, why);
  return alike (LIMBER_LIKENESS_NONE, LIMBER_ALIKE_NOT, why);
}

/**
 * limber_alike_name:
 *
 * Returns: (transfer none): its name, for scripts and for a task's text
 */
const char *
limber_alike_name (LimberAlike why)
{
  return alike_names[why];
}

/**
 * limber_alike_parse:
 * @name: (nullable): as limber_alike_name() gives it
 *
 * Returns: it, LIMBER_ALIKE_NOT for what a newer version says
 */
LimberAlike
limber_alike_parse (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (alike_names); i++)
    if (g_strcmp0 (name, alike_names[i]) == 0)
      return (LimberAlike) i;
  return LIMBER_ALIKE_NOT;
}

/**
 * limber_alike_words:
 *
 * Returns: (transfer none): the same for people, as a part of a sentence
 */
const char *
limber_alike_words (LimberAlike why)
{
  switch (why) {
  case LIMBER_ALIKE_NUMBER:
    return _("same NHS number, name and date of birth");
  case LIMBER_ALIKE_NUMBER_OTHER_NAME:
    return _("same NHS number and date of birth, another name");
  case LIMBER_ALIKE_NUMBER_OTHER_BORN:
    return _("same NHS number, another date of birth");
  case LIMBER_ALIKE_NAMES_BORN:
    return _("same name and date of birth");
  case LIMBER_ALIKE_NAMES_SWAPPED:
    return _("same date of birth, first name and surname swapped");
  case LIMBER_ALIKE_NAMES_NEAR:
    return _("same date of birth, nearly the same name");
  case LIMBER_ALIKE_BORN_NEAR:
    return _("same name, nearly the same date of birth");
  case LIMBER_ALIKE_CONTACT:
    return _("same first name, date of birth, and telephone or postcode");
  default:
    return _("they are alike");
  }
}

/**
 * limber_likeness_name:
 *
 * Returns: (transfer none): its name, for scripts
 */
const char *
limber_likeness_name (LimberLikeness likeness)
{
  static const char *const names[] = { "none", "possible", "likely", "certain" };

  return names[likeness];
}
