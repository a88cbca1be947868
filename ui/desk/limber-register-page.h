/* LimberRegisterPage: somebody new is written down, with the cable out too. Beside the form stand those who may be her already.
 * About it: what was typed into the search, or an object of what was asked of central, as JSON. */
#pragma once

#include "limber-desk-page.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_REGISTER_PAGE (limber_register_page_get_type ())
G_DECLARE_FINAL_TYPE (LimberRegisterPage, limber_register_page, LIMBER, REGISTER_PAGE, GtkWidget)

G_END_DECLS
