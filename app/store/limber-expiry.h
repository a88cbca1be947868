/* What a device holds for a visit only goes at the end of its day, whether or not its node can be reached. */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

void limber_expiry_when_due (LimberStore *store);

G_END_DECLS
