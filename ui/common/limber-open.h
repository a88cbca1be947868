/* Opening the store that a screen program works on. */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

LimberStore *limber_open_store (const char *dir, LimberClass classes, LimberEnv *env, GError **error);

G_END_DECLS
