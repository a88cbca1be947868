/* LimberSearchFresh: those who came or changed since the pack was made, a short list by name. Private to LimberSearchIndex. */
#pragma once

#include "limber-search-pack.h"
#include "limber-search-terms.h"

G_BEGIN_DECLS

typedef struct {
  guint32    n;
  guint32    born;    /* YYYYMMDD, or 0 */
  char      *name;    /* (owned): folded, family first */
  GPtrArray *words;   /* (owned) */
  GPtrArray *sounds;  /* (owned): of those words that have one */
  GPtrArray *figures; /* (owned) */
} LimberSearchFresh;

GPtrArray *limber_search_fresh_list_new (void);
void       limber_search_fresh_put      (GPtrArray *list, const LimberSearchPerson *person);
void       limber_search_fresh_remove   (GPtrArray *list, guint32 n);
gboolean   limber_search_fresh_matches  (const LimberSearchFresh *fresh, const GArray *terms, LimberSearchReach reach);

G_END_DECLS
