/* When a visit came to each of its steps: she came, was called, went in, was seen. Each is a record of its own, written once;
 * its id is made from the appointment, the round of its progress and the step, so that two machines make the same one. */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

/**
 * LimberTimes:
 * @arrived: when she came; also when she has not been checked in since
 * @called: when she was called first
 * @went_in: when she went in
 * @seen: when she was done
 *
 * Milliseconds UTC, 0 where nothing says when.
 */
typedef struct {
  gint64 arrived, called, went_in, seen;
} LimberTimes;

void     limber_stage_arrival_id (const LimberId *appointment, gint64 round, LimberId *id);
gboolean limber_stage_arrive     (LimberTransaction *transaction, const LimberRecord *appointment, gint64 at, const char *via, const LimberAuthor *author, GError **error);
gboolean limber_stage_reach      (LimberTransaction *transaction, const LimberRecord *appointment, const char *step, gint64 at, const LimberAuthor *author, GError **error);
gboolean limber_stage_keep       (LimberTransaction *transaction, const LimberRecord *appointment, gint64 round, const char *until, const LimberAuthor *author, GError **error);
gboolean limber_stage_times      (LimberReader *reader, const LimberRecord *appointment, LimberTimes *times, GError **error);

G_END_DECLS
