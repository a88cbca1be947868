/* The machine that a store is on: what is installed, how much room and memory it has, which of Limber's files there are. */
#pragma once

#include <glib.h>
#include <jansson.h>

#include "limber-env.h"

G_BEGIN_DECLS

json_t *limber_machine_versions (void);
json_t *limber_machine_state    (const char *dir);
json_t *limber_machine_files    (const char *dir, const char *folder);
char   *limber_machine_log      (void);

G_END_DECLS
