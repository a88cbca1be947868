/* Asking a store's owner to carry out an errand, over its private socket (limber-control.h). */
#pragma once

#include "limber-errand.h"

G_BEGIN_DECLS

gboolean limber_ask_owner (LimberErrand *errand, gboolean *answered, GError **error);
char    *limber_ask_page  (const char *dir, const char *path);

G_END_DECLS
