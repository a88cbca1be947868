/* Check-in: who came, which appointment it is about, and what the public screen may say. The rules, and why each is as it
 * is, stand in limber-check-in.c. */
#pragma once

#include "limber-arrive.h"
#include "limber-transaction.h"

G_BEGIN_DECLS

LimberArriveAnswer *limber_check_in_find     (LimberReader *reader, const LimberArriveQuestion *question, GError **error);
LimberArriveAnswer *limber_check_in_ask      (LimberTransaction *transaction, const LimberArriveQuestion *question, GError **error);
LimberArriveAnswer *limber_check_in_arrive   (LimberTransaction *transaction, const LimberArriveQuestion *question, GError **error);
gboolean            limber_check_in_confirm  (LimberTransaction *transaction, const LimberId *appointment, gint64 at, const char *via, const LimberAuthor *author, GError **error);

G_END_DECLS
