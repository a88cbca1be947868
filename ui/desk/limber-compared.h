/* LimberCompared: one thing that is held of a person, in each of two records. */
#pragma once

#include <gio/gio.h>

#include "limber-row.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_COMPARED (limber_compared_get_type ())
G_DECLARE_FINAL_TYPE (LimberCompared, limber_compared, LIMBER, COMPARED, GObject)

GListModel *limber_compared_list (LimberRow *one, LimberRow *other, const char *today);

/* Properties (strings, what is shown): "heading", "one", "other"; "mark": "", or in a word how they differ; "differ" (boolean);
 * "description": all of it, to be read out. */

G_END_DECLS
