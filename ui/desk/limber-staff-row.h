/* LimberStaffRow: somebody of the staff as a row of the sign-in list. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIMBER_TYPE_STAFF_ROW (limber_staff_row_get_type ())
G_DECLARE_FINAL_TYPE (LimberStaffRow, limber_staff_row, LIMBER, STAFF_ROW, GtkWidget)

/* Property: "member" (LimberStaffMember, nullable). */

G_END_DECLS
