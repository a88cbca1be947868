/* Guessing birth dates at a public screen: it is slowed down, and the desk is told. */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

gboolean limber_guessing_count (LimberTransaction *transaction, const char *result, GError **error);
int      limber_guessing_wait  (LimberReader *reader);

G_END_DECLS
