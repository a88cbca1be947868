/* How a person's details came to be as they are, for people and for scripts: who changed what, when, where, and what it was before. */
#pragma once

#include <jansson.h>

#include "limber-reader.h"

G_BEGIN_DECLS

#define LIMBER_PAST_MOST 300

json_t *limber_past_json (LimberReader *reader, const LimberId *patient, GError **error);

G_END_DECLS
