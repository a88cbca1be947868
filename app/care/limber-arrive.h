/* What a public screen asks about somebody who comes in, and what it may be told. */
#pragma once

#include <jansson.h>

#include "limber-id.h"

G_BEGIN_DECLS

/**
 * LimberArriveResult:
 * @LIMBER_ARRIVE_CHECKED_IN: she is checked in; from limber_check_in_find(): she may be
 * @LIMBER_ARRIVE_ALREADY: she is checked in already
 * @LIMBER_ARRIVE_EARLY: the appointment is later today; `opens` says from when on she may be checked in
 * @LIMBER_ARRIVE_LATE: the appointment's time is over; the desk is told
 * @LIMBER_ARRIVE_CANCELLED: the appointment was cancelled
 * @LIMBER_ARRIVE_ASK_MORE: ask for what `ask` names and try again
 * @LIMBER_ARRIVE_SEE_DESK: a person must look into it; nothing more may be said
 * @LIMBER_ARRIVE_NO_MATCH: nobody like that is expected here today; nothing is recorded
 */
typedef enum {
  LIMBER_ARRIVE_CHECKED_IN,
  LIMBER_ARRIVE_ALREADY,
  LIMBER_ARRIVE_EARLY,
  LIMBER_ARRIVE_LATE,
  LIMBER_ARRIVE_CANCELLED,
  LIMBER_ARRIVE_ASK_MORE,
  LIMBER_ARRIVE_SEE_DESK,
  LIMBER_ARRIVE_NO_MATCH,
} LimberArriveResult;

/**
 * LimberArriveQuestion:
 * @day: of birth, 1 to 31
 * @month: of birth, 1 to 12
 * @year: of birth, 0 when it was not given
 * @initial: the first letter of the surname, or of any part of it
 * @postcode: (nullable): hers as typed, where she was asked for it, or gives it in place of the year
 * @code: (nullable): a letter's code as scanned or typed; then nothing else is looked at
 * @at: when she came, milliseconds UTC; 0 for now
 */
typedef struct {
  int      day, month, year;
  gunichar initial;
  char    *postcode;
  char    *code;
  gint64   at;
} LimberArriveQuestion;

/**
 * LimberWait:
 * @waits: she sits and waits, or was called and has not gone in; where not, nothing else is known
 * @is_called: it is her turn
 * @is_next: nobody is before her
 * @has_before: whether @before is known
 * @before: how many are before her
 * @has_minutes: whether @minutes is known
 * @minutes: about how long, in steps of five
 *
 * How long somebody who is checked in will wait, so far as that is known.
 */
typedef struct {
  gboolean waits;
  gboolean is_called;
  gboolean is_next;
  gboolean has_before;
  guint    before;
  gboolean has_minutes;
  int      minutes;
} LimberWait;

/**
 * LimberArriveAnswer:
 * @has_appointment: whether @appointment is set
 * @initials: (nullable): all that may be shown of her name
 * @start: when the appointment begins, milliseconds UTC; 0 for none
 * @with: (nullable): with whom
 * @place: (nullable): where
 * @waiting_area: (nullable): where to sit
 * @masked_phone: (nullable): for "is this still right?"
 * @opens: from when on she may be checked in, milliseconds UTC; 0 but for early
 * @delay_minutes: how late whoever she sees runs, once she is checked in; 0 for nothing to say
 * @wait: about how long it will be, once she is checked in
 * @next_start: when her next appointment here today begins, once she is checked in, milliseconds UTC; 0 for none
 * @next_checked_in: whether she is checked in for that one too
 * @next_with: (nullable): with whom that is
 * @next_place: (nullable): where that is
 * @number: (nullable): the number that she is called by, once she is checked in and while she waits; %NULL where she is not called by one
 * @candidates: (nullable) (element-type LimberId): the appointments of those who cannot be told apart; for the desk alone
 * @ask: (nullable): what to ask for: "year" or "postcode"
 */
typedef struct {
  LimberArriveResult result;
  gboolean           has_appointment;
  LimberId           appointment;
  char              *initials;
  gint64             start;
  char              *with;
  char              *place;
  char              *waiting_area;
  char              *masked_phone;
  gint64             opens;
  int                delay_minutes;
  LimberWait         wait;
  gint64             next_start;
  gboolean           next_checked_in;
  char              *next_with;
  char              *next_place;
  char              *number;
  GArray            *candidates;
  char              *ask;
} LimberArriveAnswer;

const char         *limber_arrive_result_name    (LimberArriveResult result);
LimberArriveAnswer *limber_arrive_answer_new     (LimberArriveResult result);
void                limber_arrive_answer_free    (LimberArriveAnswer *answer);
json_t             *limber_arrive_answer_to_json (const LimberArriveAnswer *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberArriveAnswer, limber_arrive_answer_free)

G_END_DECLS
