/* What somebody typed into the search box, taken apart: parts of names, a birth date, figures of a number. For
 * app/store; app/care compares names by limber_search_terms_near() too. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LIMBER_SEARCH_FEWEST_END 4 /* figures by whom a number's end is looked for */
#define LIMBER_SEARCH_FIGURES 11 /* of a number count; the rest of a longer one is left off */

/* All that is set of a term is an alternative: 060854 may be a birth date, or the beginning of a number. */
typedef struct {
  char    *word;     /* (owned) (nullable): the beginning of a part of a name, folded */
  char    *sound;    /* (owned) (nullable): its limber_sound_key(), where it is long enough to sound like something */
  guint32  from, to; /* YYYYMMDD: born between them, or 0 */
  gboolean century;  /* or a hundred years before */
  guint32  day;      /* MMDD: a birthday without its year, or 0; MM00 is the whole month */
  GArray  *days;     /* (owned) (nullable): YYYYMMDD: what a whole birth date was with one slip, also when there is no such day as was typed */
  char    *figures;  /* (owned) (nullable): the beginning of a number, or its end */
  GPtrArray *numbers; /* (owned) (nullable): what an NHS number was with one slip */
} LimberSearchTerm;

/* What counts as fitting. */
typedef enum {
  LIMBER_SEARCH_EXACTLY,
  LIMBER_SEARCH_BY_EAR,   /* names with one slip or that sound alike, an NHS number with one slip */
  LIMBER_SEARCH_BY_DATE,  /* birth dates with one slip */
  LIMBER_SEARCH_REACHES,
} LimberSearchReach;

GArray  *limber_search_terms_parse   (const char *text, const char *today);
GPtrArray *limber_search_terms_of_name (const char *name);
char    *limber_search_terms_figures (const char *number);
guint32  limber_search_terms_born    (const char *date);
gboolean limber_search_terms_near    (const char *word, const char *token);
gboolean limber_search_terms_born_in (const LimberSearchTerm *term, guint32 born);
gboolean limber_search_terms_ends    (const LimberSearchTerm *term);

G_END_DECLS
