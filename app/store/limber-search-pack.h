/* LimberSearchPack: everybody's names, birth dates and numbers, packed. Made once, by add and seal; never changed after,
 * so that it can be made in a worker. Private to LimberSearchIndex.
 *
 * People stand in the order of their names, so that the bits of a set of people, read in order, are in that order too.
 * Each word of a name has its people in one run of `people`, words in alphabetical order, so that the beginning of a word
 * is one run as well. The same goes for the days on which people were born, and for the sounds of words. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The key of a number: the number filled up on the right to LIMBER_SEARCH_FIGURES figures, how many it has, the person's place. */
#define LIMBER_SEARCH_PLACE_BITS 23
#define LIMBER_SEARCH_LENGTH_BITS 4
#define LIMBER_SEARCH_NUMBER_SHIFT (LIMBER_SEARCH_PLACE_BITS + LIMBER_SEARCH_LENGTH_BITS)
#define LIMBER_SEARCH_MOST_PEOPLE ((1u << LIMBER_SEARCH_PLACE_BITS) - 1)
#define LIMBER_SEARCH_FEWEST_FIGURES 3

/* One person as the index reads her; every text may be NULL. */
typedef struct {
  guint32     n;          /* what the store calls her; never 0 */
  const char *family;
  const char *given;
  const char *born;       /* YYYY-MM-DD */
  const char *numbers[4]; /* NHS number, the provider's number, telephones: in any written form */
  const char *preferred;  /* what she likes to be called */
} LimberSearchPerson;

/* Texts in order, for looking up their beginnings. */
typedef struct {
  guint    n;
  char    *letters; /* (owned): each ended by NUL */
  guint32 *at;      /* (owned): where in letters each begins */
  guint32 *run_at;  /* (owned): n + 1: where the run of each begins */
} LimberSearchTexts;

typedef struct {
  GHashTable       *names;       /* (owned): as written → name; until it is sealed */
  GArray           *raw;         /* (owned): people; until it is sealed */
  GArray           *raw_figures; /* (owned): until it is sealed */

  guint             n_people;
  guint32          *n;        /* (owned): by place */
  guint32          *by_n;     /* (owned): places in the order of n */
  guint             n_days;
  guint32          *days;     /* (owned): YYYYMMDD on which somebody was born, in order */
  guint32          *born_at;  /* (owned): n_days + 1: where the run of each begins in born */
  guint32          *born;     /* (owned): places */
  LimberSearchTexts words;    /* their runs are in people */
  guint32          *people;   /* (owned): places */
  LimberSearchTexts sounds;   /* of the words; their runs are in sounding */
  guint32          *sounding; /* (owned): words */
  LimberSearchTexts families; /* family names, folded; their runs are places */
  guint             n_figures;
  guint64          *figures;  /* (owned): keys of numbers, in order */
  guint16          *ends;     /* (owned): the last four figures of each of them */
} LimberSearchPack;

LimberSearchPack *limber_search_pack_new   (void);
void              limber_search_pack_free  (LimberSearchPack *pack);
void              limber_search_pack_add   (LimberSearchPack *pack, const LimberSearchPerson *person);
void              limber_search_pack_seal  (LimberSearchPack *pack);
gint64            limber_search_pack_place (const LimberSearchPack *pack, guint32 n);
guint             limber_search_pack_text  (const LimberSearchTexts *texts, const char *beginning, gboolean after);
guint64           limber_search_pack_number (const char *figures, guint64 *span);
char             *limber_search_pack_figures (const char *number);
guint16           limber_search_pack_end   (const char *figures);
guint             limber_search_pack_day   (const LimberSearchPack *pack, guint32 day);
gsize             limber_search_pack_bytes (const LimberSearchPack *pack);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberSearchPack, limber_search_pack_free)

G_END_DECLS
