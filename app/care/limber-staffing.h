/* Staffing: who is of the staff, as what, until when, and where somebody works besides. Each is an edit as any other: it works without a line,
 * and can be taken back. What follows from it: limber-role.h, limber-sign-in.h. */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

/**
 * LimberCover:
 * @from: the first day, YYYY-MM-DD
 * @until: the last
 */
typedef struct {
  LimberId    staff;
  LimberId    site;
  const char *from, *until;
  const char *reason;
} LimberCover;

gboolean limber_staffing_set_role  (LimberTransaction *transaction, const LimberId *staff, const char *role, const LimberAuthor *author, GError **error);
gboolean limber_staffing_leave     (LimberTransaction *transaction, const LimberId *staff, const char *until, const LimberAuthor *author, GError **error);
gboolean limber_staffing_stay      (LimberTransaction *transaction, const LimberId *staff, const LimberAuthor *author, GError **error);
gboolean limber_staffing_cover     (LimberTransaction *transaction, const LimberCover *cover, const LimberAuthor *author, LimberId *id, GError **error);
gboolean limber_staffing_end_cover (LimberTransaction *transaction, const LimberId *id, const LimberAuthor *author, GError **error);

G_END_DECLS
