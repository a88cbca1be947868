/* Texts that others have written, let through word by word: logs and configuration as they may be shown to somebody far away. */
#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

char *limber_trace_log     (const char *text, guint most);
char *limber_trace_nginx   (const char *text, const char *form);
json_t *limber_trace_names (const char *text);

G_END_DECLS
