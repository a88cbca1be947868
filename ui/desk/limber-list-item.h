/* LimberListItem: a line of the lists of what waits. It stays the same while what it says changes, so that whoever is on it stays there, and
 * keeps what is being typed. */
#pragma once

#include <glib-object.h>

#include "limber-list-card.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_LIST_ITEM (limber_list_item_get_type ())
G_DECLARE_FINAL_TYPE (LimberListItem, limber_list_item, LIMBER, LIST_ITEM, GObject)

LimberListItem       *limber_list_item_new       (LimberListCard *card);
const LimberListCard *limber_list_item_get_card  (LimberListItem *item);
void                  limber_list_item_take_card (LimberListItem *item, LimberListCard *card);
const char           *limber_list_item_get_draft (LimberListItem *item);
void                  limber_list_item_set_draft (LimberListItem *item, const char *draft);

/* Signal: "changed": it says something else. */

G_END_DECLS
