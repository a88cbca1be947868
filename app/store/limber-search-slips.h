/* What somebody may have meant who made one slip in figures. For names see limber_search_terms_near(). Private to app/store. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GArray    *limber_search_slips_of_day    (guint32 day);
GPtrArray *limber_search_slips_of_number (const char *figures);

G_END_DECLS
