/* LimberMessage: a request or an answer as both ends see it, with no socket behind it, so that a test or a simulator can
 * carry it. A request has a method, path and query; an answer a status. Header names are in lower case. */
#pragma once

#include <gio/gio.h>
#include <jansson.h>

G_BEGIN_DECLS

#define LIMBER_TYPE_MESSAGE (limber_message_get_type ())

typedef struct {
  gatomicrefcount refs;
  char           *method;  /* (owned) (nullable) */
  char           *path;    /* (owned) (nullable) */
  char           *query;   /* (owned) (nullable): without its question mark */
  guint           status;
  GHashTable     *headers; /* (owned): name → value */
  GBytes         *body;    /* (owned): as it goes over the wire */
} LimberMessage;

GType          limber_message_get_type   (void);
LimberMessage *limber_message_new        (const char *method, const char *path, const char *query);
LimberMessage *limber_message_new_answer (guint status);
LimberMessage *limber_message_new_error  (guint status, const GError *error);
LimberMessage *limber_message_ref        (LimberMessage *message);
void           limber_message_unref      (LimberMessage *message);
void           limber_message_set        (LimberMessage *message, const char *name, const char *value);
const char    *limber_message_get        (LimberMessage *message, const char *name);
void           limber_message_set_body   (LimberMessage *message, const char *type, GBytes *body);
gboolean       limber_message_set_packed (LimberMessage *message, const char *type, const char *text, gsize length, GError **error);
gboolean       limber_message_set_json   (LimberMessage *message, const json_t *json, GError **error);
GBytes        *limber_message_unpack     (LimberMessage *message, GError **error);
json_t        *limber_message_json       (LimberMessage *message, GError **error);
GError        *limber_message_error      (LimberMessage *message);
char          *limber_message_parameter  (LimberMessage *message, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberMessage, limber_message_unref)

G_END_DECLS
