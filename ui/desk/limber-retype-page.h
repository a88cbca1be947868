/* LimberRetypePage: typing in what was written on paper: a day's list in the paper's order, by the keyboard alone. */
#pragma once

#include <gtk/gtk.h>

#include "limber-staff-member.h"
#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_RETYPE_PAGE (limber_retype_page_get_type ())
G_DECLARE_FINAL_TYPE (LimberRetypePage, limber_retype_page, LIMBER, RETYPE_PAGE, GtkWidget)

void limber_retype_page_start (LimberRetypePage *page, LimberStore *store, LimberStaffMember *member);
void limber_retype_page_open  (LimberRetypePage *page, const char *date, const LimberId *appointment);
void limber_retype_page_stop  (LimberRetypePage *page);

G_END_DECLS
