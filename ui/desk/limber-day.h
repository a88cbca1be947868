/* LimberDay: what the desk shows of the present day: its visits in order, the tasks that wait, and how many there are. */
#pragma once

#include <gtk/gtk.h>

#include "limber-store.h"
#include "limber-task-item.h"
#include "limber-visit.h"

G_BEGIN_DECLS

/* Which visits are shown. */
typedef enum {
  LIMBER_DAY_ALL,
  LIMBER_DAY_NOT_SEEN,
  LIMBER_DAY_HERE,
  LIMBER_DAY_NEEDS_YOU,
  LIMBER_DAY_LATE,      /* expected, and not here yet */
  LIMBER_DAY_LONG_WAIT,
  LIMBER_DAY_DID_NOT_COME,
  LIMBER_DAY_CANCELLED,
  LIMBER_DAY_SEEN,
} LimberDayShow;

#define LIMBER_TYPE_DAY (limber_day_get_type ())
G_DECLARE_FINAL_TYPE (LimberDay, limber_day, LIMBER, DAY, GObject)

LimberDay   *limber_day_new            (LimberStore *store);
GListModel  *limber_day_get_visits     (LimberDay *day);
GListModel  *limber_day_get_all        (LimberDay *day);
GListModel  *limber_day_get_tasks      (LimberDay *day);
GListModel  *limber_day_get_clinicians (LimberDay *day);
GListModel  *limber_day_get_places     (LimberDay *day);
LimberVisit *limber_day_find           (LimberDay *day, const LimberId *appointment);
LimberVisit *limber_day_find_person    (LimberDay *day, const LimberId *patient);
LimberTaskItem *limber_day_find_task   (LimberDay *day, const LimberId *id);
guint        limber_day_count          (LimberDay *day);
const char  *limber_day_get_date       (LimberDay *day);
char        *limber_day_dup_title      (LimberDay *day);
char        *limber_day_dup_summary    (LimberDay *day);
gboolean     limber_day_is_loaded      (LimberDay *day);
gboolean     limber_day_is_reading     (LimberDay *day);
const GError *limber_day_get_error     (LimberDay *day);
void         limber_day_show           (LimberDay *day, LimberDayShow show, const LimberId *clinician, const LimberId *place);
void         limber_day_tick           (LimberDay *day);
void         limber_day_reload         (LimberDay *day);

/* Signals: "changed": the title, the summary or the state is another now; the models tell of themselves. "settled": the list has been read. */

G_END_DECLS
