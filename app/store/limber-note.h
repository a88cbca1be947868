/* A note in a store's folder: what was decided about the whole store, and whoever opens it next brings to its end. Private to
 * app/store. */
#pragma once

#include <jansson.h>

#include <glib.h>

G_BEGIN_DECLS

gboolean limber_note_is_there (const char *dir, const char *name);
json_t  *limber_note_read     (const char *dir, const char *name);
gboolean limber_note_write    (const char *dir, const char *name, json_t *note, GError **error);
gboolean limber_note_remove   (const char *dir, const char *name, GError **error);

G_END_DECLS
