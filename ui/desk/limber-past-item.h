/* LimberPastItem: one change of a person's details, as a line of her history. */
#pragma once

#include <glib-object.h>
#include <jansson.h>

G_BEGIN_DECLS

#define LIMBER_TYPE_PAST_ITEM (limber_past_item_get_type ())
G_DECLARE_FINAL_TYPE (LimberPastItem, limber_past_item, LIMBER, PAST_ITEM, GObject)

LimberPastItem *limber_past_item_new (const json_t *change);

/* Properties, read-only strings: "when", "what" (what the detail is called), "before", "after", "who" (with role and place), "fate" (empty
 * unless it did not stand), "description" (all of it, for those who listen). */

G_END_DECLS
