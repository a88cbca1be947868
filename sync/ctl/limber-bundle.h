/* LimberBundle: texts that are put into one file, with a first text that says what each is, so that who sends it can read it first. */
#pragma once

#include <gio/gio.h>
#include <jansson.h>

G_BEGIN_DECLS

typedef struct _LimberBundle LimberBundle;

LimberBundle *limber_bundle_new      (void);
void          limber_bundle_free     (LimberBundle *bundle);
void          limber_bundle_add_text (LimberBundle *bundle, const char *name, const char *about, const char *text);
void          limber_bundle_add_json (LimberBundle *bundle, const char *name, const char *about, json_t *json);
char         *limber_bundle_contents (LimberBundle *bundle);
gboolean      limber_bundle_write    (LimberBundle *bundle, const char *path, gint64 now, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberBundle, limber_bundle_free)

G_END_DECLS
