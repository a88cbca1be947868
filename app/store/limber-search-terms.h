/* What somebody typed into the search box, taken apart: parts of names, a birth date, figures of a number. For
 * app/store; app/care compares names by limber_search_terms_near() too. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LIMBER_SEARCH_FIGURES 11 /* of a number count; the rest of a longer one is left off */

/* All that is set of a term is an alternative: 060854 may be a birth date, or the beginning of a number. */
typedef struct {
  char   *word;    /* (owned) (nullable): the beginning of a part of a name, folded */
  guint32 born;    /* YYYYMMDD, or 0 */
  guint32 day;     /* MMDD: a birthday without its year, or 0 */
  char   *figures; /* (owned) (nullable): the beginning of a number */
} LimberSearchTerm;

GArray  *limber_search_terms_parse   (const char *text, const char *today);
GPtrArray *limber_search_terms_of_name (const char *name);
char    *limber_search_terms_figures (const char *number);
guint32  limber_search_terms_born    (const char *date);
gboolean limber_search_terms_near    (const char *word, const char *token);

G_END_DECLS
