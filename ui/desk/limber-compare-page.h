/* LimberComparePage: two records side by side, and whether they are one person. */
#pragma once

#include <gtk/gtk.h>

#include "limber-desk-page.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_COMPARE_PAGE (limber_compare_page_get_type ())
G_DECLARE_FINAL_TYPE (LimberComparePage, limber_compare_page, LIMBER, COMPARE_PAGE, GtkWidget)

/* About a pair, by the id of the task that asks whether it is one person. Action used: desk.back. */

G_END_DECLS
