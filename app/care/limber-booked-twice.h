/* Two who booked while apart may have booked the same time. Both bookings stand, and the desk is asked to move one: a hub and
 * central look for such pairs among whatever was booked or moved, and make the same task of each. */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

/* One pass: what limber_booked_twice_look() found, for limber_booked_twice_tell(). */
typedef struct {
  gint64  seen;   /* up to which place in the order of change */
  GArray *pairs;  /* (owned): LimberBookedTwicePair */
  GArray *solved; /* (owned): LimberId of tasks that are done: the two are apart again */
  gboolean more;  /* there is more to look at */
  gboolean news;  /* there is something to tell, or to keep */
} LimberBookedTwice;

typedef struct {
  LimberId    stays, moves; /* the one that was there, and the one that somebody is to move */
  LimberId    patient, site; /* of the one that is to be moved */
  gint64      at;           /* the later of the two starts, milliseconds UTC */
  const char *what;         /* person, clinician or room */
} LimberBookedTwicePair;

LimberBookedTwice *limber_booked_twice_new  (void);
void               limber_booked_twice_free (LimberBookedTwice *twice);
gboolean           limber_booked_twice_look (LimberBookedTwice *twice, LimberReader *reader, GError **error);
gboolean           limber_booked_twice_tell (LimberBookedTwice *twice, LimberTransaction *transaction, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberBookedTwice, limber_booked_twice_free)

G_END_DECLS
