/* LimberAttendanceBox: how a visit is coded: what the times suggest, what staff have confirmed, and how to say otherwise. */
#pragma once

#include <gtk/gtk.h>

#include "limber-visit.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_ATTENDANCE_BOX (limber_attendance_box_get_type ())
G_DECLARE_FINAL_TYPE (LimberAttendanceBox, limber_attendance_box, LIMBER, ATTENDANCE_BOX, GtkWidget)

void limber_attendance_box_set_visit (LimberAttendanceBox *box, LimberVisit *visit);

/* Signal: "said" (string code, string why): staff say that it is code; NULL takes back what was said.
 * Actions used: visit.confirm. */

G_END_DECLS
