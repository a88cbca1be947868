/* LimberSyncWatch: the store's sync while the program runs, and what is known of it. */
#pragma once

#include "limber-client.h"
#include "limber-sync-words.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_SYNC_WATCH (limber_sync_watch_get_type ())
G_DECLARE_FINAL_TYPE (LimberSyncWatch, limber_sync_watch, LIMBER, SYNC_WATCH, GObject)

LimberSyncWatch *limber_sync_watch_new        (LimberStore *store);
LimberSyncWatch *limber_sync_watch_new_full   (LimberStore *store, LimberTransport *transport);
void             limber_sync_watch_stop       (LimberSyncWatch *watch);
void             limber_sync_watch_look       (LimberSyncWatch *watch);
void             limber_sync_watch_sync_now   (LimberSyncWatch *watch);
LimberClient    *limber_sync_watch_get_client (LimberSyncWatch *watch);
void             limber_sync_watch_get_facts  (LimberSyncWatch *watch, LimberSyncFacts *facts);

/* Signal: "changed": the facts are others now. */

G_END_DECLS
