/* What a search reads of the store: everybody, for its index; and then those whom it found. Private to LimberSearch. */
#pragma once

#include "limber-database.h"
#include "limber-reader.h"
#include "limber-search-index.h"

G_BEGIN_DECLS

typedef struct _LimberSearchFetch LimberSearchFetch;

void       limber_search_read_row       (LimberSearchPerson *person, LimberStatement *statement);
gboolean   limber_search_read_everybody (LimberReader *reader, LimberSearchPack *pack, GError **error);
gboolean   limber_search_read_first     (LimberReader *reader, const char *day, GArray *first, GError **error);

LimberSearchFetch *limber_search_fetch_new  (GArray *hits, guint limit);
void               limber_search_fetch_free (gpointer fetch);
gboolean           limber_search_fetch_read (LimberReader *reader, gpointer fetch, GError **error);
GPtrArray         *limber_search_fetch_rows (const LimberSearchFetch *fetch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberSearchFetch, limber_search_fetch_free)

G_END_DECLS
