/* LimberNonces: which nonces a node has seen in this run: for each device run the highest counter and a window of 64
 * below it, so that requests may overtake each other but none counts twice. Any thread. */
#pragma once

#include "limber-sign.h"

G_BEGIN_DECLS

typedef struct _LimberNonces LimberNonces;

LimberNonces *limber_nonces_new  (void);
void          limber_nonces_free (LimberNonces *nonces);
gboolean      limber_nonces_take (LimberNonces *nonces, const LimberSignature *signature);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberNonces, limber_nonces_free)

G_END_DECLS
