/* Wait: how long somebody who is checked in will sit there, from what any device holds. */
#pragma once

#include "limber-arrive.h"
#include "limber-turns.h"

G_BEGIN_DECLS

void     limber_wait_find  (const GArray *turns, const LimberId *appointment, gint64 now, LimberWait *wait);
gboolean limber_wait_tell  (LimberReader *reader, const LimberRecord *appointment, gint64 now, LimberArriveAnswer *answer, GError **error);
gboolean limber_wait_renew (LimberReader *reader, LimberArriveAnswer *answer, GError **error);

G_END_DECLS
