/* All JSON from outside that is not a pushed line: bounded in size and depth before jansson sees it, duplicate keys and
 * bad UTF-8 refused. */
#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

#define LIMBER_JSON_MAXIMUM (1024 * 1024)

json_t     *limber_json_parse   (const char *text, gsize length, GError **error);
char       *limber_json_dup     (const json_t *json);
const char *limber_json_string  (const json_t *object, const char *name);
gint64      limber_json_integer (const json_t *object, const char *name, gint64 otherwise);
void        limber_json_quote   (GString *out, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

G_END_DECLS
