/* LimberDiary: one day of a site's diary: a column for each clinician, in it who is booked and which times are free. It keeps
 * itself true while others book. Main thread only. */
#pragma once

#include "limber-booking.h"
#include "limber-store.h"
#include "limber-visit.h"

G_BEGIN_DECLS

/**
 * LimberDiaryItem:
 * @visit: (owned) (nullable): who is booked
 * @slot: (owned) (nullable): or a free time
 * @column: of which clinician
 * @lane: where several are at one time, which of @lanes side by side
 */
typedef struct {
  LimberVisit *visit;
  LimberSlot  *slot;
  guint        column, lane, lanes;
  gint64       start, end;
} LimberDiaryItem;

/**
 * LimberDiaryColumn:
 * @clinician: the nil id for whoever has nobody yet
 * @name: (owned): the clinician's
 * @rooms: (owned): where, "" when nobody says
 * @n_free: how many free times are still to come
 */
typedef struct {
  LimberId clinician;
  char    *name, *rooms;
  guint    n_free;
} LimberDiaryColumn;

#define LIMBER_TYPE_DIARY (limber_diary_get_type ())
G_DECLARE_FINAL_TYPE (LimberDiary, limber_diary, LIMBER, DIARY, GObject)

LimberDiary  *limber_diary_new         (LimberStore *store, const char *date);
const char   *limber_diary_get_date    (LimberDiary *diary);
void          limber_diary_set_date    (LimberDiary *diary, const char *date);
GPtrArray    *limber_diary_get_items   (LimberDiary *diary);
GPtrArray    *limber_diary_get_columns (LimberDiary *diary);
LimberVisit  *limber_diary_find        (LimberDiary *diary, const LimberId *appointment);
gboolean      limber_diary_is_loaded   (LimberDiary *diary);
const GError *limber_diary_get_error   (LimberDiary *diary);
char         *limber_diary_dup_closed  (LimberDiary *diary);
void          limber_diary_tick        (LimberDiary *diary);
void          limber_diary_reload      (LimberDiary *diary);
char         *limber_diary_item_dup_title       (const LimberDiaryItem *item);
char         *limber_diary_item_dup_description (const LimberDiaryItem *item, const LimberDiaryColumn *column);

/* Signal: "changed": the columns and items are others now. */

G_END_DECLS
