/* LimberStaffMember: somebody who may sign in, or has. */
#pragma once

#include "limber-row.h"
#include "limber-transaction.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_STAFF_MEMBER (limber_staff_member_get_type ())
G_DECLARE_FINAL_TYPE (LimberStaffMember, limber_staff_member, LIMBER, STAFF_MEMBER, GObject)

LimberStaffMember *limber_staff_member_new          (LimberRow *row);
const LimberId    *limber_staff_member_get_id       (LimberStaffMember *member);
const char        *limber_staff_member_get_name     (LimberStaffMember *member);
const char        *limber_staff_member_get_initials (LimberStaffMember *member);
const char        *limber_staff_member_get_role     (LimberStaffMember *member);
LimberAuthor       limber_staff_member_author       (LimberStaffMember *member);

/* Properties, read-only strings: "name" ("Priya Shah"), "initials" ("PS"), "role" ("Physiotherapist"), "number" ("S0003"). */

G_END_DECLS
