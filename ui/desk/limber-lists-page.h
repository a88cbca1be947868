/* LimberListsPage: what waits for somebody at this site: what is to be done, two answers to one question, what was put aside, and how the
 * public screens are. */
#pragma once

#include "limber-desk-page.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_LISTS_PAGE (limber_lists_page_get_type ())
G_DECLARE_FINAL_TYPE (LimberListsPage, limber_lists_page, LIMBER, LISTS_PAGE, GtkWidget)

/* About "to-do", "answers", "aside" or "screens"; without, the first in which something waits. Actions used: desk.back, desk.compare(s),
 * desk.show-visit(s). It has the actions lists.* of its lines. */

G_END_DECLS
