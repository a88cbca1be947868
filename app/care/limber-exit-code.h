/* The closing code of a public screen: four to twelve figures by which staff leave it. It is nobody's PIN, and a kiosk keeps
 * only an Argon2id verifier of it. */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

#define LIMBER_EXIT_CODE_SHORTEST 4
#define LIMBER_EXIT_CODE_LONGEST 12

gboolean limber_exit_code_set    (LimberTransaction *transaction, const char *code, GError **error);
gboolean limber_exit_code_is_set (LimberReader *reader);
gboolean limber_exit_code_verify (LimberReader *reader, const char *code);

G_END_DECLS
