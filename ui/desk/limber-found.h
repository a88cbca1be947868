/* LimberFound: somebody whom central told of, by what tells people apart and no more. */
#pragma once

#include <glib-object.h>
#include <jansson.h>

#include "limber-id.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_FOUND (limber_found_get_type ())
G_DECLARE_FINAL_TYPE (LimberFound, limber_found, LIMBER, FOUND, GObject)

LimberFound    *limber_found_new         (const json_t *person, const char *today);
const LimberId *limber_found_get_patient (LimberFound *found);

/* Properties, read-only strings: "name", "details" (born, the end of the NHS number), "place" (outward postcode and practice),
 * "mark" (restricted, died, here already), "description" (all of it, as a screen reader says it). */

G_END_DECLS
