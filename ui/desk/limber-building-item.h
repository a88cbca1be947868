/* LimberBuildingItem: somebody who is in the building, so that she can stand in a list model. */
#pragma once

#include <glib-object.h>

#include "limber-building.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_BUILDING_ITEM (limber_building_item_get_type ())
G_DECLARE_FINAL_TYPE (LimberBuildingItem, limber_building_item, LIMBER, BUILDING_ITEM, GObject)

LimberBuildingItem         *limber_building_item_new        (LimberBuildingPerson *person);
const LimberBuildingPerson *limber_building_item_get_person (LimberBuildingItem *item);

G_END_DECLS
