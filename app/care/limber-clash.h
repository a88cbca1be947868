/* What is in the way of an appointment: the person, the clinician or the room is elsewhere then, or nobody is seen that day. */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

#define LIMBER_BOOKING_USUAL_MINUTES 30 /* of an appointment that does not say how long it is; the store's queries take the same */

/**
 * LimberBooking:
 * @patient: whose it is
 * @clinician: the nil id for nobody in particular; so with the other ids
 * @replaces: an appointment that was cancelled or not come to
 * @start: milliseconds UTC
 * @type: (nullable): new or follow-up; a walk-in comes by limber_booking_walk_in()
 * @anyway: (nullable): why it is to be although the clinician or the room is taken
 */
typedef struct {
  LimberId    patient, site, clinician, place, service, referral, replaces;
  gint64      start;
  int         minutes;
  const char *type;
  const char *anyway;
} LimberBooking;

typedef enum {
  LIMBER_CLASH_NONE,
  LIMBER_CLASH_CLOSED,    /* nobody is seen there that day */
  LIMBER_CLASH_PERSON,    /* the person has another appointment */
  LIMBER_CLASH_AWAY,      /* the clinician sees nobody that day */
  LIMBER_CLASH_CLINICIAN, /* the clinician sees somebody else */
  LIMBER_CLASH_ROOM,      /* somebody else is in the room */
} LimberClashKind;

/**
 * LimberClash:
 * @words: (owned) (nullable): it in plain words, a sentence
 */
typedef struct {
  LimberClashKind kind;
  char           *words;
} LimberClash;

gboolean limber_clash_find       (LimberReader *reader, const LimberBooking *booking, const LimberId *self, LimberClash *clash, GError **error);
gboolean limber_clash_may_anyway (LimberClashKind kind);
void     limber_clash_clear      (LimberClash *clash);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimberClash, limber_clash_clear)

G_END_DECLS
