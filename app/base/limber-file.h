/* Small files that somebody names: bounded before they are read. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *limber_file_read (const char *path, gsize most, gsize *length, GError **error);

G_END_DECLS
