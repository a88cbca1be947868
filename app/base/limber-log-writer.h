/* What a program that runs on its own writes about itself: a line of JSON for each thing that happened, on standard error. All that
 * GLib and the libraries on it say comes out so too. Nothing of it is about a person. */
#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

gboolean limber_log_writer_parse   (const char *name, GLogLevelFlags *most);
void     limber_log_writer_install (GLogLevelFlags most);
void     limber_log_writer_event   (GLogLevelFlags level, const char *event, json_t *fields);

G_END_DECLS
