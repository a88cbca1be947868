/* Tasks: what somebody at a site is to do. A public screen, central or a colleague made it; one of the staff takes it, and all of them see
 * who; it is done, and that can be taken back. */
#pragma once

#include "limber-row.h"
#include "limber-transaction.h"

G_BEGIN_DECLS

#define LIMBER_TASK_NOTE 2000 /* bytes */

/* How soon; those that are sooner come first. */
typedef enum {
  LIMBER_TASK_NOW,   /* somebody stands there */
  LIMBER_TASK_TODAY,
  LIMBER_TASK_LATER, /* when there is time */
} LimberTaskUrgency;

LimberTaskUrgency limber_task_urgency    (const char *about);
int               limber_task_compare_rows (gconstpointer a, gconstpointer b);
gboolean          limber_task_set_status (LimberTransaction *transaction, const LimberId *task, const char *status, const LimberAuthor *author, GError **error);
gboolean          limber_task_take       (LimberTransaction *transaction, const LimberId *task, gboolean over, const LimberAuthor *author, GError **error);
gboolean          limber_task_let_go     (LimberTransaction *transaction, const LimberId *task, const LimberAuthor *author, GError **error);
gboolean          limber_task_note       (LimberTransaction *transaction, const LimberId *task, const char *text, const LimberAuthor *author, GError **error);

G_END_DECLS
