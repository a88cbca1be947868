/* LimberTaskItem: an open task at this site, with the sentence that the desk reads. */
#pragma once

#include "limber-row.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_TASK_ITEM (limber_task_item_get_type ())
G_DECLARE_FINAL_TYPE (LimberTaskItem, limber_task_item, LIMBER, TASK_ITEM, GObject)

LimberTaskItem *limber_task_item_new            (LimberRow *row);
const LimberId *limber_task_item_get_id         (LimberTaskItem *item);
const char     *limber_task_item_get_about      (LimberTaskItem *item);
gint64          limber_task_item_get_made       (LimberTaskItem *item);
GArray         *limber_task_item_get_appointments (LimberTaskItem *item);
GArray         *limber_task_item_get_people (LimberTaskItem *item);
const char     *limber_task_item_get_text       (LimberTaskItem *item);
void            limber_task_item_set_names      (LimberTaskItem *item, const char *const *names);

/* Property: "text" (string), notified. */

G_END_DECLS
