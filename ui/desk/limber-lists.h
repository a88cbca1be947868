/* LimberLists: what waits at this site, as four models of LimberListItem that keep themselves true, and how many of each somebody should
 * see to. What somebody types into one of them is hers: whoever looks has a LimberLists of her own. */
#pragma once

#include <gio/gio.h>

#include "limber-list-item.h"
#include "limber-lists-read.h"
#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_LISTS (limber_lists_get_type ())
G_DECLARE_FINAL_TYPE (LimberLists, limber_lists, LIMBER, LISTS, GObject)

LimberLists  *limber_lists_new        (LimberStore *store, const LimberId *member);
void          limber_lists_stop       (LimberLists *lists);
void          limber_lists_reload     (LimberLists *lists);
GListModel   *limber_lists_get_items  (LimberLists *lists, LimberListWhich which);
guint         limber_lists_count      (LimberLists *lists, LimberListWhich which);
gboolean      limber_lists_has_now    (LimberLists *lists);
gboolean      limber_lists_is_loaded  (LimberLists *lists);
const GError *limber_lists_get_error  (LimberLists *lists);
const LimberListCard *limber_lists_find (LimberLists *lists, const LimberId *id);

/* Signal: "changed": some of it is different now. */

G_END_DECLS
