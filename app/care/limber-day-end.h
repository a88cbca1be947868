/* Day's end: the appointments that nobody has closed, each with what is lacking. Nothing is ever closed by a program. */
#pragma once

#include "limber-reader.h"

G_BEGIN_DECLS

#define LIMBER_DAY_END_DAYS 28         /* as far back as is looked */
#define LIMBER_DAY_END_GRACE_MINUTES 60 /* after its own end, before anything of today is said to be open */

/**
 * LimberDayEnd:
 * @LIMBER_DAY_END_NOTHING: closed, or its time is not over
 * @LIMBER_DAY_END_NOT_CLOSED: booked, and nobody has said whether she came
 * @LIMBER_DAY_END_NOT_CHECKED_IN: she came, and was never checked in
 * @LIMBER_DAY_END_NOT_SEEN: she was here, and nobody has said whether she was seen
 * @LIMBER_DAY_END_STILL_IN: she went in, and nobody has said that she was seen
 *
 * What is lacking for an appointment to be closed.
 */
typedef enum {
  LIMBER_DAY_END_NOTHING,
  LIMBER_DAY_END_NOT_CLOSED,
  LIMBER_DAY_END_NOT_CHECKED_IN,
  LIMBER_DAY_END_NOT_SEEN,
  LIMBER_DAY_END_STILL_IN,
} LimberDayEnd;

void         limber_day_end_span     (gint64 now, gint64 *from, gint64 *until);
LimberDayEnd limber_day_end_lack     (LimberRow *visit);
LimberDayEnd limber_day_end_of       (LimberRow *visit, gint64 now);
const char  *limber_day_end_name     (LimberDayEnd lack);
char        *limber_day_end_words    (LimberRow *visit, LimberDayEnd lack);
GPtrArray   *limber_day_end_list     (LimberReader *reader, const LimberId *site, gint64 now, GError **error);

G_END_DECLS
