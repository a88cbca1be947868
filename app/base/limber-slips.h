/* What somebody may have meant who made one slip in figures. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GArray    *limber_slips_of_day    (guint32 day);
GPtrArray *limber_slips_of_number (const char *figures);

G_END_DECLS
