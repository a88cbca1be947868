/* Attempts: what was tried at this device and how it went, for those who slow down guessing. Local: it is no record, and
 * leaves the device neither as what was tried nor as who tried. */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

#define LIMBER_ATTEMPTS_KEPT 100000

typedef struct {
  gint64 at;         /* milliseconds UTC, by the corrected clock */
  gint64 ticks;      /* microseconds of the clock that never goes back (but begins again when the machine does) */
  char   result[32];
} LimberAttempt;

gboolean limber_attempts_add      (LimberTransaction *transaction, const char *what, const char *result, GError **error);
GArray  *limber_attempts_last     (LimberReader *reader, const char *what, const char *but, guint n, GError **error);
gint64   limber_attempts_count    (LimberReader *reader, const char *what, gint64 from, gint64 until, const char *const *results);
gint64   limber_attempts_since    (LimberReader *reader, const LimberAttempt *attempt);
gboolean limber_attempts_in_a_row (LimberReader *reader, const char *what, const char *result, guint most, guint *n, gint64 *since, GError **error);

G_END_DECLS
