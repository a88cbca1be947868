/* LimberHit: somebody whom the search found, and the visit of hers that Enter would check in. */
#pragma once

#include "limber-visit.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_HIT (limber_hit_get_type ())
G_DECLARE_FINAL_TYPE (LimberHit, limber_hit, LIMBER, HIT, GObject)

LimberHit      *limber_hit_new         (LimberRow *person, LimberVisit *visit, const char *today);
const LimberId *limber_hit_get_patient (LimberHit *hit);
LimberVisit    *limber_hit_get_visit   (LimberHit *hit);
const char     *limber_hit_get_name    (LimberHit *hit);
gboolean        limber_hit_is_namesake (LimberHit *hit);
gboolean        limber_hit_is_doubtful (LimberHit *hit);

/* Properties, read-only strings: "name", "details" (born, NHS No., and the address where others have the same name), "doubt"
 * (why to look twice, or ""), "today" (the visit of today), "does" (what Enter does), "description" (all of it, as a screen
 * reader says it). */

G_END_DECLS
