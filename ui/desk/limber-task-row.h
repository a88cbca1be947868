/* LimberTaskRow: a task in the strip over the day's list: its sentence, and Done. */
#pragma once

#include <gtk/gtk.h>

#include "limber-task-item.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_TASK_ROW (limber_task_row_get_type ())
G_DECLARE_FINAL_TYPE (LimberTaskRow, limber_task_row, LIMBER, TASK_ROW, GtkWidget)

/* Property: "item" (LimberTaskItem, nullable). Actions used: desk.task-done(s), desk.show-visit(s). */

G_END_DECLS
