/* LimberSignInPage: who is it, and the PIN. */
#pragma once

#include <gtk/gtk.h>

#include "limber-staff-member.h"
#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_SIGN_IN_PAGE (limber_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (LimberSignInPage, limber_sign_in_page, LIMBER, SIGN_IN_PAGE, GtkWidget)

void limber_sign_in_page_set_site (LimberSignInPage *page, const char *name);
void limber_sign_in_page_start (LimberSignInPage *page, LimberStore *store, LimberStaffMember *member);
void limber_sign_in_page_stop  (LimberSignInPage *page);

/* Signal: "signed-in" (LimberStaffMember). */

G_END_DECLS
