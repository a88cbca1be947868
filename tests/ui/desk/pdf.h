/* What a printed paper says. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *pdf_text (const char *path);

G_END_DECLS
