/* LimberBuildingRow: somebody who is in the building: what help she needs, where she should be. */
#pragma once

#include <gtk/gtk.h>

#include "limber-building-item.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_BUILDING_ROW (limber_building_row_get_type ())
G_DECLARE_FINAL_TYPE (LimberBuildingRow, limber_building_row, LIMBER, BUILDING_ROW, GtkWidget)

G_END_DECLS
