/* LimberCollision: several people of one day's list whom day and month of birth and the first letter of the surname, perhaps the
 * year too, do not tell apart. Private to app/care. */
#pragma once

#include "limber-expected.h"

G_BEGIN_DECLS

gboolean limber_collision_is_one_person   (const GPtrArray *expected);
gboolean limber_collision_can_be_settled  (const GPtrArray *expected);
void     limber_collision_settle          (GPtrArray *expected, const char *postcode);

G_END_DECLS
