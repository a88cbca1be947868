/* What staff do with an appointment at the desk and in the clinic. Staff decide: no window is kept here. What makes no
 * sense is refused in plain words, so that a slip of the finger does no harm; and all of it can be undone.
 *
 * Every deed takes the moment at which it was, for what is retyped from paper: of the appointment's own day, and not still
 * to come; each keeps its time (limber-stage.h) in the order in which things can happen. */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

gboolean limber_desk_check_in          (LimberTransaction *transaction, const LimberId *appointment, gint64 at, const LimberAuthor *author, GError **error);
gboolean limber_desk_undo              (LimberTransaction *transaction, const LimberId *appointment, gint64 at, const LimberAuthor *author, GError **error);
gboolean limber_desk_did_not_attend    (LimberTransaction *transaction, const LimberId *appointment, gint64 at, const LimberAuthor *author, GError **error);
gboolean limber_desk_cancel            (LimberTransaction *transaction, const LimberId *appointment, gint64 at, const char *by, const char *reason, const LimberAuthor *author, GError **error);
gboolean limber_desk_call              (LimberTransaction *transaction, const LimberId *appointment, gint64 at, const LimberAuthor *author, GError **error);
gboolean limber_desk_with_clinician    (LimberTransaction *transaction, const LimberId *appointment, gint64 at, const LimberAuthor *author, GError **error);
gboolean limber_desk_seen              (LimberTransaction *transaction, const LimberId *appointment, gint64 at, const LimberAuthor *author, GError **error);
gboolean limber_desk_could_not_be_seen (LimberTransaction *transaction, const LimberId *appointment, gint64 at, const char *why, const LimberAuthor *author, GError **error);
gboolean limber_desk_attendance        (LimberTransaction *transaction, const LimberId *appointment, const char *code, const char *why, const LimberAuthor *author, GError **error);

G_END_DECLS
