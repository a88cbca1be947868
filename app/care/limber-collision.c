/* A postcode is compared by its key, which is all that a public screen has of it. Of somebody whose postcode is not held (nobody has
 * written it down, or she is restricted) it is neither known that she is meant nor that she is not: so she is never found by one, and
 * nobody is found by one beside her. */
#include "limber-collision.h"

#include <string.h>

#include "limber-projection.h"

#define LONGEST_POSTCODE 32 /* as typed, with whatever gaps */

/**
 * limber_collision_is_one_person:
 * @expected: (element-type LimberExpected): at least one, whose people were read
 *
 * Returns: whether they are all of one person, though perhaps of several records
 */
gboolean
limber_collision_is_one_person (const GPtrArray *expected)
{
  const LimberExpected *first = g_ptr_array_index (expected, 0);

  for (guint i = 1; i < expected->len; i++)
    if (!limber_id_equal (&first->person, &((LimberExpected *) g_ptr_array_index (expected, i))->person))
      return FALSE;
  return TRUE;
}

/* Whether one of a person's records has this key; any, where @key is %NULL. */
static gboolean
has_key (const GPtrArray *expected, const LimberId *person, const char *key)
{
  for (guint i = 0; i < expected->len; i++) {
    const LimberExpected *one = g_ptr_array_index (expected, i);

    if (one->postcode_key != NULL && limber_id_equal (&one->person, person) && (key == NULL || g_str_equal (one->postcode_key, key)))
      return TRUE;
  }
  return FALSE;
}

/**
 * limber_collision_can_be_settled:
 * @expected: (element-type LimberExpected): of more than one person
 *
 * Returns: whether asking for a postcode may tell who it is: each one's is known, and they are not all the same
 */
gboolean
limber_collision_can_be_settled (const GPtrArray *expected)
{
  const char *key = NULL;
  gboolean same = TRUE;

  for (guint i = 0; i < expected->len; i++) {
    const LimberExpected *one = g_ptr_array_index (expected, i);

    if (!has_key (expected, &one->person, NULL))
      return FALSE;
    key = key != NULL ? key : one->postcode_key;
    same = same && has_key (expected, &one->person, key);
  }
  return !same;
}

/**
 * limber_collision_settle:
 * @expected: (element-type LimberExpected): those who fit what else was said, perhaps none
 * @postcode: as it was typed
 *
 * Leaves those whose postcode it is, and with them those whose postcode is not known; nobody, where it is nobody's.
 */
void
limber_collision_settle (GPtrArray *expected, const char *postcode)
{
  g_autoptr (GPtrArray) left = g_ptr_array_new ();
  gboolean found = FALSE;

  for (guint i = 0; i < expected->len && strlen (postcode) <= LONGEST_POSTCODE; i++) {
    LimberExpected *one = g_ptr_array_index (expected, i);
    g_autofree char *key = limber_projection_postcode_key (&one->site, postcode);
    gboolean hers = key != NULL && has_key (expected, &one->person, key);

    found |= hers;
    if (hers || !has_key (expected, &one->person, NULL))
      g_ptr_array_add (left, one);
  }
  g_ptr_array_set_size (expected, 0);
  for (guint i = 0; found && i < left->len; i++)
    g_ptr_array_add (expected, g_ptr_array_index (left, i));
}
