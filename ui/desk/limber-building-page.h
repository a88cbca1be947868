/* LimberBuildingPage: who is in the building: what one looks at in an emergency, when no printer helps. */
#pragma once

#include <gtk/gtk.h>

#include "limber-building-list.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_BUILDING_PAGE (limber_building_page_get_type ())
G_DECLARE_FINAL_TYPE (LimberBuildingPage, limber_building_page, LIMBER, BUILDING_PAGE, GtkWidget)

void limber_building_page_set_list  (LimberBuildingPage *page, LimberBuildingList *list);
void limber_building_page_set_fresh (LimberBuildingPage *page, const char *text);
void limber_building_page_tell      (LimberBuildingPage *page, const char *text);

/* Action used: day.print-building(b), TRUE to ask on which printer. */

G_END_DECLS
