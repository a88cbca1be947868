#include "limber-search-fresh.h"

#include <string.h>

#include "limber-sound.h"
#include "limber-text.h"

static void
fresh_free (gpointer data)
{
  LimberSearchFresh *fresh = data;

  g_free (fresh->name);
  g_ptr_array_unref (fresh->words);
  g_ptr_array_unref (fresh->sounds);
  g_ptr_array_unref (fresh->figures);
  g_free (fresh);
}

/**
 * limber_search_fresh_list_new:
 *
 * Returns: (transfer full) (element-type LimberSearchFresh): an empty list
 */
GPtrArray *
limber_search_fresh_list_new (void)
{
  return g_ptr_array_new_with_free_func (fresh_free);
}

static void
take_numbers (LimberSearchFresh *fresh, const LimberSearchPerson *person)
{
  for (guint i = 0; i < G_N_ELEMENTS (person->numbers); i++) {
    char *figures = limber_search_pack_figures (person->numbers[i]);

    if (figures != NULL)
      g_ptr_array_add (fresh->figures, figures);
  }
}

static LimberSearchFresh *
fresh_new (const LimberSearchPerson *person)
{
  LimberSearchFresh *fresh = g_new0 (LimberSearchFresh, 1);
  const char *family = person->family != NULL ? person->family : "", *given = person->given != NULL ? person->given : "";
  g_autofree char *folded_family = limber_text_fold (family), *folded_given = limber_text_fold (given);

  fresh->n = person->n;
  fresh->born = limber_search_terms_born (person->born);
  fresh->name = g_strdup_printf ("%s\x01%s", folded_family, folded_given);
  fresh->words = limber_search_terms_of_name (family);
  g_ptr_array_extend_and_steal (fresh->words, limber_search_terms_of_name (given));
  if (person->preferred != NULL)
    g_ptr_array_extend_and_steal (fresh->words, limber_search_terms_of_name (person->preferred));
  fresh->sounds = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < fresh->words->len; i++) {
    char *sound = limber_sound_key (g_ptr_array_index (fresh->words, i));

    if (sound != NULL)
      g_ptr_array_add (fresh->sounds, sound);
  }
  fresh->figures = g_ptr_array_new_with_free_func (g_free);
  take_numbers (fresh, person);
  return fresh;
}

/**
 * limber_search_fresh_put:
 * @person: somebody who is not in @list
 */
void
limber_search_fresh_put (GPtrArray *list, const LimberSearchPerson *person)
{
  LimberSearchFresh *fresh = fresh_new (person);
  guint at = 0;

  while (at < list->len && strcmp (((LimberSearchFresh *) g_ptr_array_index (list, at))->name, fresh->name) < 0)
    at++;
  g_ptr_array_insert (list, (int) at, fresh);
}

/**
 * limber_search_fresh_remove:
 *
 * Takes @n out, if she is there.
 */
void
limber_search_fresh_remove (GPtrArray *list, guint32 n)
{
  for (guint i = 0; i < list->len; i++)
    if (((LimberSearchFresh *) g_ptr_array_index (list, i))->n == n) {
      g_ptr_array_remove_index (list, i);
      return;
    }
}

static gboolean
fits_word (const LimberSearchFresh *fresh, const LimberSearchTerm *term, gboolean by_ear)
{
  for (guint i = 0; term->word != NULL && i < fresh->words->len; i++) {
    const char *word = g_ptr_array_index (fresh->words, i);

    if (g_str_has_prefix (word, term->word) || (by_ear && limber_search_terms_near (term->word, word)))
      return TRUE;
  }
  for (guint i = 0; by_ear && term->sound != NULL && i < fresh->sounds->len; i++)
    if (limber_sound_fits (term->sound, g_ptr_array_index (fresh->sounds, i)))
      return TRUE;
  return FALSE;
}

static gboolean
fits_figures (const LimberSearchFresh *fresh, const LimberSearchTerm *term, gboolean by_ear)
{
  for (guint i = 0; term->figures != NULL && strlen (term->figures) >= LIMBER_SEARCH_FEWEST_FIGURES && i < fresh->figures->len; i++) {
    const char *figures = g_ptr_array_index (fresh->figures, i);

    if (g_str_has_prefix (figures, term->figures) || (limber_search_terms_ends (term) && g_str_has_suffix (figures, term->figures)) ||
        (by_ear && term->numbers != NULL && g_ptr_array_find_with_equal_func (term->numbers, figures, g_str_equal, NULL)))
      return TRUE;
  }
  return FALSE;
}

static gboolean
fits_date (const LimberSearchFresh *fresh, const LimberSearchTerm *term)
{
  for (guint i = 0; term->days != NULL && i < term->days->len; i++)
    if (g_array_index (term->days, guint32, i) == fresh->born)
      return TRUE;
  return FALSE;
}

/**
 * limber_search_fresh_matches:
 *
 * Returns: whether all @terms fit @fresh
 */
gboolean
limber_search_fresh_matches (const LimberSearchFresh *fresh, const GArray *terms, LimberSearchReach reach)
{
  for (guint i = 0; i < terms->len; i++) {
    const LimberSearchTerm *term = &g_array_index (terms, LimberSearchTerm, i);

    if (!fits_word (fresh, term, reach == LIMBER_SEARCH_BY_EAR) && !limber_search_terms_born_in (term, fresh->born) &&
        !fits_figures (fresh, term, reach == LIMBER_SEARCH_BY_EAR) && !(reach == LIMBER_SEARCH_BY_DATE && fits_date (fresh, term)))
      return FALSE;
  }
  return TRUE;
}
