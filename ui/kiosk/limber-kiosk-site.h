/* What the frame of every page needs to know of the site. */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

char *limber_kiosk_site_read (LimberStore *store, gboolean *has_code);

G_END_DECLS
