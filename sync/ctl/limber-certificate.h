/* The certificate of a node that has none of anybody's: devices know a node by its own key (limber-sign.h), so that this one
 * has only to give TLS something to begin with, and must never end while a device is off. */
#pragma once

#include "limber-env.h"

G_BEGIN_DECLS

gboolean limber_certificate_is_host (const char *text);
gboolean limber_certificate_ensure  (const char *certificate, const char *key, const char *const *hosts, LimberEnv *env, gboolean *made, GError **error);

G_END_DECLS
