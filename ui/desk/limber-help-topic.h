/* LimberHelpTopic: a page of help: what it is about, and what it says. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LIMBER_TYPE_HELP_TOPIC (limber_help_topic_get_type ())
G_DECLARE_FINAL_TYPE (LimberHelpTopic, limber_help_topic, LIMBER, HELP_TOPIC, GObject)

GListModel *limber_help_topics         (void);
const char *limber_help_topic_get_id    (LimberHelpTopic *topic);
const char *limber_help_topic_get_text  (LimberHelpTopic *topic);
gboolean    limber_help_topic_fits      (LimberHelpTopic *topic, const char *words);

/* Property: "title" (string, read-only). */

G_END_DECLS
