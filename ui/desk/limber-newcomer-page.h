/* LimberNewcomerPage: somebody who is not on this computer is let in for the day, on a colleague's word. */
#pragma once

#include <gtk/gtk.h>

#include "limber-staff-member.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_NEWCOMER_PAGE (limber_newcomer_page_get_type ())
G_DECLARE_FINAL_TYPE (LimberNewcomerPage, limber_newcomer_page, LIMBER, NEWCOMER_PAGE, GtkWidget)

void limber_newcomer_page_start (LimberNewcomerPage *page, LimberStore *store);
void limber_newcomer_page_stop  (LimberNewcomerPage *page);

/* Signals: "let-in" (LimberStaffMember *member); "given-up". */

G_END_DECLS
