/* LimberSearch: finds people as somebody types, over everybody whom the store holds: parts of names in any order, a birth
 * date as people type it, an NHS or other number, a telephone. The index is in memory, is made in a worker, and keeps
 * itself true by the store's own "changed". Main thread only. */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_SEARCH (limber_search_get_type ())
G_DECLARE_FINAL_TYPE (LimberSearch, limber_search, LIMBER, SEARCH, GObject)

LimberSearch *limber_search_new         (LimberStore *store);
gboolean      limber_search_is_ready    (LimberSearch *search);
GPtrArray    *limber_search_find        (LimberSearch *search, const char *text, guint limit);
void          limber_search_find_async  (LimberSearch *search, const char *text, guint limit, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray    *limber_search_once        (LimberReader *reader, const char *text, guint limit, GError **error);
GPtrArray    *limber_search_find_finish (LimberSearch *search, GAsyncResult *result, GError **error);

/* Columns of what is found: id:patient, family, given, title, born, nhs_number, mobile, address and postcode (never of
 * somebody whose address is restricted), died; and of today's appointment at this site, if any: id:appointment, start,
 * status (round and rank); near: 1 for somebody whom the text does not quite fit; same_name: 1 when somebody else among those
 * found is called the same.
 *
 * Properties: "ready" (gboolean): whether the index is there. Signals: "updated": what is found may have changed. */

G_END_DECLS
