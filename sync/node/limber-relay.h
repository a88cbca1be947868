/* LimberRelay: how a hub asks central what it cannot answer itself. A node names no client, so whoever runs both says how. */
#pragma once

#include <gio/gio.h>
#include <jansson.h>

G_BEGIN_DECLS

typedef struct _LimberRelay LimberRelay;

/* @object asks @question, and calls @callback; @finish gives the answer: (transfer full) (nullable) */
typedef void (*LimberRelayAsk) (GObject *object, json_t *question, GAsyncReadyCallback callback, gpointer user_data);
typedef json_t *(*LimberRelayFinish) (GObject *object, GAsyncResult *result, GError **error);

LimberRelay *limber_relay_new        (void);
void         limber_relay_free       (LimberRelay *relay);
void         limber_relay_set        (LimberRelay *relay, GObject *object, LimberRelayAsk ask, LimberRelayFinish finish);
void         limber_relay_ask_async  (LimberRelay *relay, json_t *question, GAsyncReadyCallback callback, gpointer user_data);
json_t      *limber_relay_ask_finish (GAsyncResult *result, GError **error);

G_END_DECLS
