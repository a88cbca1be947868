/* LimberFindPage: asks the central service for somebody who is not on this computer. */
#pragma once

#include <gtk/gtk.h>

#include "limber-desk-page.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_FIND_PAGE (limber_find_page_get_type ())
G_DECLARE_FINAL_TYPE (LimberFindPage, limber_find_page, LIMBER, FIND_PAGE, GtkWidget)

/* About what was typed into the search. Actions used: desk.back, desk.go to whoever was sought when she is on this computer. */

G_END_DECLS
