/* LimberComparePage: two records side by side, and whether they are one person. */
#pragma once

#include <gtk/gtk.h>

#include "limber-deeds.h"
#include "limber-task-item.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_COMPARE_PAGE (limber_compare_page_get_type ())
G_DECLARE_FINAL_TYPE (LimberComparePage, limber_compare_page, LIMBER, COMPARE_PAGE, GtkWidget)

void limber_compare_page_open    (LimberComparePage *page, LimberStore *store, LimberDeeds *deeds, LimberTaskItem *task);
void limber_compare_page_close   (LimberComparePage *page);

/* Action used: desk.back. */

G_END_DECLS
