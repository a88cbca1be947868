/* LimberLikely: who among the people of this computer may be the one that is being registered, looked for anew as more of her is typed. */
#pragma once

#include <gio/gio.h>

#include "limber-likeness.h"
#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_LIKELY (limber_likely_get_type ())
G_DECLARE_FINAL_TYPE (LimberLikely, limber_likely, LIMBER, LIKELY, GObject)

LimberLikely  *limber_likely_new        (LimberStore *store);
void           limber_likely_look       (LimberLikely *likely, const LimberPerson *person);
void           limber_likely_stop       (LimberLikely *likely);
GListModel    *limber_likely_get_people (LimberLikely *likely);
gboolean       limber_likely_is_looking (LimberLikely *likely);
LimberLikeness limber_likely_get_best   (LimberLikely *likely);

/* Signals: "changed": the people are others. */

G_END_DECLS
