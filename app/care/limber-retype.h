/* Retyping what was written on paper while there was no power or no line: a line of the list at a time. */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

/**
 * LimberRetype:
 * @status: of the appointment as whoever typed saw it, round and rank; saving refuses when it is another by now, and then
 *   sets the one that it made
 * @start: when the appointment began
 * @came: when she came, milliseconds UTC; 0 when nothing was typed
 * @seen: when she was seen; 0 when nothing was typed
 * @did_not_come: it says that she did not
 *
 * One line of the paper.
 */
typedef struct {
  LimberId appointment;
  gint64   status;
  gint64   start;
  gint64   came;
  gint64   seen;
  gboolean did_not_come;
} LimberRetype;

gboolean limber_retype_is_empty (const LimberRetype *line);
gboolean limber_retype_read     (LimberRetype *line, const char *came, const char *seen, GError **error);
gboolean limber_retype_save     (LimberTransaction *transaction, LimberRetype *line, const LimberAuthor *author, GError **error);
gboolean limber_retype_undo     (LimberTransaction *transaction, const LimberRetype *line, gint64 before, const LimberAuthor *author, GError **error);

G_END_DECLS
