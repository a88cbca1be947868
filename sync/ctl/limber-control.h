/* LimberControl: the private socket by which a store's owner carries out what limberctl asks for (DIR/control).
 *
 * One request a connection: a line {"argv": […], "input": text or null}. The answer is lines, in order: {"say": text},
 * news for a person; {"output": text}, a piece of what is to be printed; and at last {"exit": status}. Only programs of
 * the same user are heard. */
#pragma once

#include <gio/gio.h>

#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_CONTROL_REQUEST_MAXIMUM (1024 * 1024)

#define LIMBER_TYPE_CONTROL (limber_control_get_type ())
G_DECLARE_FINAL_TYPE (LimberControl, limber_control, LIMBER, CONTROL, GObject)

LimberControl  *limber_control_new     (LimberStore *store, gpointer client, GError **error);
void            limber_control_stop    (LimberControl *control);
GSocketAddress *limber_control_address (const char *dir, int *folder);

G_END_DECLS
