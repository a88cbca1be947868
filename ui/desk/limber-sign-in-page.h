/* LimberSignInPage: who is it, and the PIN; of who is from another site, why; and whose word counts where this computer cannot know whether she
 * still is of the service (app/care/limber-sign-in.h). */
#pragma once

#include <gtk/gtk.h>

#include "limber-shifts.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_SIGN_IN_PAGE (limber_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (LimberSignInPage, limber_sign_in_page, LIMBER, SIGN_IN_PAGE, GtkWidget)

void limber_sign_in_page_set_site (LimberSignInPage *page, const char *name);
void limber_sign_in_page_start (LimberSignInPage *page, LimberStore *store, LimberStaffMember *member, LimberShifts *shifts);
void limber_sign_in_page_tell  (LimberSignInPage *page, const char *text);
void limber_sign_in_page_stop  (LimberSignInPage *page);

/* Signal: "signed-in" (LimberStaffMember). */

G_END_DECLS
