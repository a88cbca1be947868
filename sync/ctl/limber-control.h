/* LimberControl: the private socket by which a store's owner carries out what limberctl asks for (DIR/control).
 *
 * One request a connection: a line {"argv": […], "input": text or null}. The answer is lines, in order: {"say": text},
 * news for a person; {"output": text}, a piece of what is to be printed; and at last {"exit": status}. Who asks in HTTP is
 * given a page, where the owner has one of that name:  curl --unix-socket DIR/control http://localhost/health  Only programs
 * of the same user, and root's, are heard. */
#pragma once

#include <gio/gio.h>

#include "limber-errand.h"

G_BEGIN_DECLS

#define LIMBER_CONTROL_REQUEST_MAXIMUM (1024 * 1024)
#define LIMBER_CONTROL_HEAD_MAXIMUM (16 * 1024) /* of a question in HTTP */

#define LIMBER_TYPE_CONTROL (limber_control_get_type ())
G_DECLARE_FINAL_TYPE (LimberControl, limber_control, LIMBER, CONTROL, GObject)

/**
 * LimberControlPage:
 * @query: (nullable): what was asked of it, after a ?, as it came
 * @type: (out): its content type
 * @status: (inout): of the HTTP answer, 200 to begin with
 *
 * Makes a page, in any thread.
 *
 * Returns: (transfer full): its text
 */
typedef char *(*LimberControlPage) (gpointer data, const char *query, const char **type, guint *status);

LimberControl  *limber_control_new     (LimberStore *store, gpointer client, const LimberCommand *const *tables, GError **error);
void            limber_control_add_page (LimberControl *control, const char *path, LimberControlPage page, gpointer data);
void            limber_control_stop    (LimberControl *control);
GSocketAddress *limber_control_address (const char *dir, int *folder);

G_END_DECLS
