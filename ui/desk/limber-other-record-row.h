/* LimberOtherRecordRow: another record of a person, and the way to say that it is somebody else's. */
#pragma once

#include <gtk/gtk.h>

#include "limber-row.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_OTHER_RECORD_ROW (limber_other_record_row_get_type ())
G_DECLARE_FINAL_TYPE (LimberOtherRecordRow, limber_other_record_row, LIMBER, OTHER_RECORD_ROW, GtkWidget)

/* Property: "row" (LimberRow): of the query "person-records". Action used: desk.unmerge. */

G_END_DECLS
