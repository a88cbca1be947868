/* LimberClient: keeps a store in step with its node: pushes what is new at once, pulls when the node says that there is
 * something, tries again when nobody answers, and says truthfully how things stand. It never blocks the main loop: HTTP
 * runs in the main context, the store's work in its own threads. Main thread only. */
#pragma once

#include <jansson.h>

#include "limber-store.h"
#include "limber-transport.h"

G_BEGIN_DECLS

/* Milliseconds within which a person who asks for somebody has an answer; and a hub on behalf of its device, so that there is
 * time left to ask central directly. */
#define LIMBER_CLIENT_FIND_TIME 4500
#define LIMBER_CLIENT_RELAY_TIME 2500

/**
 * LimberClientState:
 * @LIMBER_CLIENT_UP_TO_DATE: central has all that was written here, and this store holds all that it should
 * @LIMBER_CLIENT_SYNCING: entries or records are on their way
 * @LIMBER_CLIENT_WAITING: a node has been reached, but central does not have everything yet
 * @LIMBER_CLIENT_OFFLINE: no node can be reached
 * @LIMBER_CLIENT_REFUSED: the node does not take this device, or not all that it wrote; see "error"
 */
typedef enum {
  LIMBER_CLIENT_UP_TO_DATE,
  LIMBER_CLIENT_SYNCING,
  LIMBER_CLIENT_WAITING,
  LIMBER_CLIENT_OFFLINE,
  LIMBER_CLIENT_REFUSED,
} LimberClientState;

#define LIMBER_TYPE_CLIENT_STATE (limber_client_state_get_type ())
GType limber_client_state_get_type (void);

#define LIMBER_TYPE_CLIENT (limber_client_get_type ())
G_DECLARE_FINAL_TYPE (LimberClient, limber_client, LIMBER, CLIENT, GObject)

LimberClient *limber_client_new           (LimberStore *store);
LimberClient *limber_client_new_full      (LimberStore *store, LimberTransport *transport);
void          limber_client_start         (LimberClient *client);
void          limber_client_stop          (LimberClient *client);
void          limber_client_sync_now      (LimberClient *client);
gboolean      limber_client_sync_once     (LimberClient *client, GCancellable *cancellable, GError **error);

void          limber_client_set_compare   (LimberClient *client, gboolean compare);

LimberClientState limber_client_get_state (LimberClient *client);
guint         limber_client_get_pending   (LimberClient *client);
gint64        limber_client_get_last_sync (LimberClient *client);
const char   *limber_client_get_peer      (LimberClient *client);
gboolean      limber_client_get_central_reachable (LimberClient *client);
gboolean      limber_client_has_read      (LimberClient *client);
gint64        limber_client_get_offline_since (LimberClient *client);
const char   *limber_client_get_error     (LimberClient *client);
const char   *limber_client_get_cause     (LimberClient *client);

void          limber_client_find_async    (LimberClient *client, json_t *question, guint milliseconds, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
json_t       *limber_client_find          (LimberClient *client, json_t *question, guint milliseconds, GCancellable *cancellable, GError **error);
json_t       *limber_client_find_finish   (LimberClient *client, GAsyncResult *result, GError **error);

void          limber_client_manage_async  (LimberClient *client, json_t *question, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
json_t       *limber_client_manage        (LimberClient *client, json_t *question, GCancellable *cancellable, GError **error);
json_t       *limber_client_manage_finish (LimberClient *client, GAsyncResult *result, GError **error);

gboolean          limber_client_is_address (const char *url);
gboolean      limber_client_join          (const char *dir, const char *url, const char *code, LimberEnv *env, GError **error);
gboolean      limber_client_join_full     (const char *dir, const char *url, const char *code, LimberEnv *env, LimberTransport *transport, GCancellable *cancellable, GError **error);
json_t       *limber_client_look_full     (const char *url, const char *code, LimberEnv *env, LimberTransport *transport, GCancellable *cancellable, GError **error);

void          limber_client_look_async    (const char *code, LimberEnv *env, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
json_t       *limber_client_look_finish   (GAsyncResult *result, GError **error);
void          limber_client_join_async    (const char *dir, const char *code, LimberEnv *env, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      limber_client_join_finish   (GAsyncResult *result, GError **error);

G_END_DECLS
