/* LimberSearchIndex: finds people by what somebody types, in microseconds and few megabytes for a whole county. It knows
 * people by their number in the store, and nothing of the store. Private to app/store. */
#pragma once

#include "limber-search-pack.h"

G_BEGIN_DECLS

typedef struct _LimberSearchIndex LimberSearchIndex;

/* In which order people are shown. */
typedef enum {
  LIMBER_SEARCH_FIRST,      /* those of limber_search_index_set_first() */
  LIMBER_SEARCH_FAMILY,     /* whose family name begins with what was typed */
  LIMBER_SEARCH_OTHERS,
  LIMBER_SEARCH_NEAR_FIRST, /* not quite, and of limber_search_index_set_first() */
  LIMBER_SEARCH_NEAR,       /* one slip in a name or an NHS number, or a name that sounds alike */
  LIMBER_SEARCH_NEAR_BORN,  /* the name fits, the birth date has one slip */
  LIMBER_SEARCH_GROUPS,
} LimberSearchGroup;

/* One person found. Of one group those of the pack are in the order of their names. */
typedef struct {
  guint32           n;
  LimberSearchGroup group;
  gboolean          fresh; /* came or changed since the pack was made */
} LimberSearchHit;

LimberSearchIndex *limber_search_index_new       (LimberSearchPack *pack);
void               limber_search_index_free      (LimberSearchIndex *index);
void               limber_search_index_put       (LimberSearchIndex *index, const LimberSearchPerson *person);
void               limber_search_index_remove    (LimberSearchIndex *index, guint32 n);
void               limber_search_index_set_first (LimberSearchIndex *index, const guint32 *people, guint n_people);
GArray            *limber_search_index_find      (LimberSearchIndex *index, const char *text, const char *today, guint limit);
guint              limber_search_index_n_fresh   (LimberSearchIndex *index);
gsize              limber_search_index_bytes     (LimberSearchIndex *index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberSearchIndex, limber_search_index_free)

G_END_DECLS
