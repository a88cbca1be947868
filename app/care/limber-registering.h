/* A registration that was a mistake is taken back: the record stays, and nobody finds it any more. */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

gboolean limber_registering_take_back (LimberTransaction *transaction, const LimberId *patient, const LimberAuthor *author, GError **error);
gboolean limber_registering_check     (LimberReader *reader, const LimberId *patient, GError **error);

G_END_DECLS
