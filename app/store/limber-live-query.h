/* LimberLiveQuery: a GListModel of LimberRow over a named query, which keeps itself true as the store changes, with the
 * fewest items-changed. It reads in a worker; the first rows come soon after it is made. Main thread only. */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_LIVE_QUERY (limber_live_query_get_type ())
G_DECLARE_FINAL_TYPE (LimberLiveQuery, limber_live_query, LIMBER, LIVE_QUERY, GObject)

LimberLiveQuery *limber_live_query_new         (LimberStore *store, const char *query, const char *form, ...);
void             limber_live_query_set_values  (LimberLiveQuery *query, const char *form, ...);
void             limber_live_query_set_patient (LimberLiveQuery *query, gboolean patient);
gboolean         limber_live_query_is_reading  (LimberLiveQuery *query);
gboolean         limber_live_query_is_loaded   (LimberLiveQuery *query);
const GError    *limber_live_query_get_error   (LimberLiveQuery *query);

/* Properties: "loaded" (gboolean), "n-items" (guint), both notified. Signal: "settled": it has been read, and is what the store says. */

G_END_DECLS
