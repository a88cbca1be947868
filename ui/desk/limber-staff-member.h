/* LimberStaffMember: somebody who may sign in, or has. */
#pragma once

#include "limber-role.h"
#include "limber-row.h"
#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_STAFF_MEMBER (limber_staff_member_get_type ())
G_DECLARE_FINAL_TYPE (LimberStaffMember, limber_staff_member, LIMBER, STAFF_MEMBER, GObject)

LimberStaffMember *limber_staff_member_new          (LimberRow *row);
LimberStaffMember *limber_staff_member_find         (LimberStore *store, const LimberId *staff);
void               limber_staff_member_set_waiting  (LimberStaffMember *member, gboolean waiting);
gboolean           limber_staff_member_get_waiting  (LimberStaffMember *member);
const LimberId    *limber_staff_member_get_id       (LimberStaffMember *member);
const char        *limber_staff_member_get_name     (LimberStaffMember *member);
const char        *limber_staff_member_get_initials (LimberStaffMember *member);
const char        *limber_staff_member_get_role     (LimberStaffMember *member);
LimberAuthor       limber_staff_member_author       (LimberStaffMember *member);
void               limber_staff_member_stand        (LimberStaffMember *member, LimberStore *store);
gboolean           limber_staff_member_may          (LimberStaffMember *member, LimberAction action);
gint64             limber_staff_member_get_glass    (LimberStaffMember *member);

/* Properties, read-only strings: "name" ("Priya Shah"), "initials" ("PS"), "role" ("Physiotherapist"), "number" ("S0003").
 *
 * Signal "stands": what she may do now is another. */

G_END_DECLS
