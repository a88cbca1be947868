/* A code that central gives over the telephone to somebody who works alone at a computer without a line (limber-sign-in.h). The computer
 * asks a question, central answers with a code that is good for that question, that computer and that person only. Both make it of
 * their own secret key and the other's public key, which they have had since the computer joined; so it needs no line and no clock. */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

#define LIMBER_SIGN_IN_QUESTION_LENGTH 6
#define LIMBER_SIGN_IN_CODE_LENGTH 8

char    *limber_sign_in_code_question (LimberEnv *env);
char    *limber_sign_in_code_answer   (LimberTransaction *transaction, const LimberId *device, const LimberId *staff, const char *question, const LimberAuthor *author, GError **error);
gboolean limber_sign_in_code_fits     (LimberReader *reader, const LimberId *staff, const char *question, const char *code);

G_END_DECLS
