/* LimberHttp: messages over HTTP, and open lines over WebSocket, by libsoup. It works in the thread-default context in
 * which it was made. */
#pragma once

#include "limber-transport.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_HTTP (limber_http_get_type ())
G_DECLARE_FINAL_TYPE (LimberHttp, limber_http, LIMBER, HTTP, LimberTransport)

LimberHttp *limber_http_new (void);

G_END_DECLS
