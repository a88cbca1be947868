/* LimberBuildingList: who is in the building now, as it changes. */
#pragma once

#include <gio/gio.h>

#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_BUILDING_LIST (limber_building_list_get_type ())
G_DECLARE_FINAL_TYPE (LimberBuildingList, limber_building_list, LIMBER, BUILDING_LIST, GObject)

LimberBuildingList *limber_building_list_new       (LimberStore *store);
GListModel         *limber_building_list_get_items (LimberBuildingList *list);
char               *limber_building_list_dup_count (LimberBuildingList *list);
gboolean            limber_building_list_is_loaded (LimberBuildingList *list);
const GError       *limber_building_list_get_error (LimberBuildingList *list);
void                limber_building_list_reload    (LimberBuildingList *list);
void                limber_building_list_tick      (LimberBuildingList *list);

/* Signal: "changed": the list is another, or its state is. */

G_END_DECLS
