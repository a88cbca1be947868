/* LimberAppointmentRow: one of a person's appointments, on her page. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIMBER_TYPE_APPOINTMENT_ROW (limber_appointment_row_get_type ())
G_DECLARE_FINAL_TYPE (LimberAppointmentRow, limber_appointment_row, LIMBER, APPOINTMENT_ROW, GtkWidget)

/* Property: "row" (LimberRow of the query "person-visits", nullable). */

G_END_DECLS
